"""Which organisation a mention means, where the finder did not know: the full name of its parts, and one name for one body."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.names.authority import LEVEL_WORDS, level_of_word
from extractors.records.organisation_reading import Candidate, Reading

_BOARD = re.compile("管委会$")
# What the last words of zones and their boards are short for.
_SHORTS = (
    (_BOARD, "管理委员会"),
    (re.compile("职院$"), "职业技术学院"),
    (re.compile("高新区(?=$|管理委员会$|[\u4e00-\u9fff]{2,8}局$)"), "高新技术产业开发区"),
    (re.compile("经开区(?=$|管理委员会$|[\u4e00-\u9fff]{2,8}局$)"), "经济技术开发区"),
    (re.compile("综保区(?=$|管理委员会$|[\u4e00-\u9fff]{2,8}局$)"), "综合保税区"),
)
_ACADEMY = "中国科学院"
_TAIL = re.compile(r"[（(](暂名|筹|筹建)[）)]$")


def link(reading: Reading, mentions: Sequence[Candidate], known: Sequence[Candidate]) -> list[Candidate]:
    """Give every mention its canonical name."""
    listed = {c.start: c for c in known}
    linked = [c if c.canonical else _named(reading, c, listed.get(c.start)) for c in mentions]
    return _unite(_of_academy(linked))


def _named(reading: Reading, mention: Candidate, first: Candidate | None) -> Candidate:
    text = _TAIL.sub("", reading.text[mention.start : mention.end])
    bodies = reading.names.by_name.get(text)
    if bodies:
        return replace(mention, canonical=bodies[0].canonical, entity=bodies[0].id, region=bodies[0].region)
    if first and first.canonical and first.type not in ("company", "other") and first.end < mention.end:  # 中国科大|科技商学院
        rest = _BOARD.sub("管理委员会", reading.text[first.end : mention.end])
        own = rest.endswith("委员会") and first.type in ("university", "institute", "association")  # 中科院…学术委员会
        own = own or (first.type == "government" and rest.endswith("分行"))  # of the central bank
        return replace(mention, canonical=first.canonical + rest, region=first.region, type=first.type if own else mention.type)
    for short, full in _SHORTS:
        text = short.sub(full, text)
    word = next((w for w in LEVEL_WORDS if text.startswith(w)), "" if text[0] == "第" else None)
    if word is not None:  # 市中医院; 第九中学
        region = reading.region_at(mention.start, level_of_word(word) or "city")
        return replace(mention, canonical=region.name + text[len(word) :], region=region.code) if region else replace(mention, canonical=text)
    place = reading.region_starts.get(mention.start)
    return replace(mention, canonical=text, region=place[1].code if place else None)


def _of_academy(mentions: Sequence[Candidate]) -> list[Candidate]:
    """甲研究所 listed behind 中国科学院乙研究所 is the academy's too."""
    out: list[Candidate] = []
    for c in mentions:
        beside = bool(out) and out[-1].end + 1 == c.start and c.type == "institute" and c.entity is None and c.region is None
        of_academy = beside and (out[-1].canonical or "").startswith(_ACADEMY) and not (c.canonical or "").startswith(_ACADEMY)
        out.append(replace(c, canonical=f"{_ACADEMY}{c.canonical}") if of_academy else c)
    return out


def _unite(mentions: list[Candidate]) -> list[Candidate]:
    """A form whose characters all stand in one longer name of the same kind and region means that one (…医保工作专班, …医疗保障工作专班)."""
    names = {(c.canonical or "", c.type) for c in mentions if c.entity is None}
    out = []
    for c in mentions:
        longer = [n for n, kind in names if kind == c.type == "government" and c.entity is None and _shortens(c.canonical or "", n)]
        out.append(replace(c, canonical=longer[0]) if len(longer) == 1 else c)
    return out


def _shortens(short: str, full: str) -> bool:
    """Same first two and last three characters, the rest in order, at most six characters fewer."""
    if not 6 <= len(short) < len(full) <= len(short) + 6 or short[:2] != full[:2] or short[-3:] != full[-3:]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)
