"""Companies by their short names, where the text says what they are: 甲新材、乙科技等龙头企业; 丁、戊 beside a company that is known;
己锂业 at the head of an item, a word that no dictionary has before a trade."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import rjieba

from extractors.records import organisation_projects
from extractors.records.organisation_projects import HEADS_ITEM
from extractors.records.organisation_reading import Candidate, Reading, Token
from extractors.records.organisation_words import any_trade, words

_END = re.compile(
    r"等(?:一批|一大批)?(?:\d+[余多]?[家户个])?(?:[\u4e00-\u9fff“”]{2,6}?)?(?:企业|公司|厂商|运营商|[外央国民车药名]企)(?![家负成诉办自的])"
)
_BESIDE = re.compile(r"、([\u4e00-\u9fff]{2,5})(?=[、，。；]|等)")
_BEFORE = re.compile(r"(?<=[、，。；持引进推动托快])([\u4e00-\u9fff]{2,5})、$")
_ITEM = re.compile(r"[^、，。；：！？\s“”（）()《》]{2,14}$")
_DOES = re.compile(r"[、\u4e00-\u9fff]{0,16}?(?:获批|获评|获得|入选|荣获|成功|上市|投产|[一二三四五]期|项目|总部|等[\u4e00-\u9fff\d]{0,6}企业)")
_AWARDED = re.compile("获批|获评|荣获|入选")
_NO_BRAND = re.compile(r"[做推建抓促创打强提办引育聚增优深补延拓壮培扩赋并新大小低高零研]|.*[级型类性化式规基晶]$")
_BETWEEN = ("、", "和", "与", "及")
MOST = 12  # items of a list


def find(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """The items of a list that ends in 等…企业; an item needs a word that no dictionary has, or a proper name."""
    companies = {c.end: c.start for c in known if c.type == "company"}
    for match in _END.finditer(reading.text):
        items = _items(reading, match.start(), companies)
        if len(items) > 1:
            yield from (_company(start, end) for start, end in items if end not in companies)
    for start, end in _traders(reading):
        if not any(start == c.start for c in known):
            yield _company(start, end)
    yield from (_company(start, end) for start, end in organisation_projects.owners(reading))
    for company in known:
        if company.type == "company":
            yield from (c for c in _beside(reading, company) if c.end not in companies)


def _company(start: int, end: int) -> Candidate:
    return Candidate(start=start, end=end, type="company", rule="enumerated", rank=0, confidence=0.7)


@cache
def _trade() -> re.Pattern[str]:
    behind = r"[、，\d]|等|[与和](?!其)|获|入选|荣获|成功|上市|投产|[一二三四五]期|(?![谷园城港产])[\u4e00-\u9fff]{0,6}项目"
    return re.compile(rf"{HEADS_ITEM}([\u4e00-\u9fff]{{2,4}}?)((?:{any_trade()})(?:科技|股份)?)(?={behind})")


def _traders(reading: Reading) -> list[tuple[int, int]]:
    """Brands before a trade; before an industry also beside such a one (甲新材料、乙微电子)."""
    items = [(m.span(), m[2]) for m in _trade().finditer(reading.text) if _has_brand(reading, m)]
    sure = {
        span for span, trade in items if trade not in words().industries or (reading.text[span[1]].isdigit() or _DOES.match(reading.text, span[1]))
    }
    starts, ends = {s for s, _ in sure}, {e for _, e in sure}
    return [span for span, _ in items if span in sure or (span[0] - 1 in ends or span[1] + 1 in starts)]


def _has_brand(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a word that no dictionary has stands before a trade."""
    brand = match[1]
    if _NO_BRAND.match(brand) or brand in words().generic or any(s in reading.place_starts for s in range(*match.span())):
        return False
    named = rjieba.has_word(brand) and _AWARDED.match(reading.text, match.end()) and rjieba.tag(brand)[0][1] in ("nr", "nz")  # 卓越科技获批
    return (named or not rjieba.has_word(brand)) and len(rjieba.cut(brand)) == 1 and not rjieba.has_word(match[0])


def _beside(reading: Reading, company: Candidate) -> Iterator[Candidate]:
    """Short words that no dictionary has, listed beside a known company."""
    at = company.end
    while (match := _BESIDE.match(reading.text, at)) and _is_brand(reading, match.start(1), match.end()):
        yield _company(match.start(1), match.end())
        at = match.end()
    at = company.start
    while (match := _BEFORE.search(reading.text, max(0, at - 8), at)) and _is_brand(reading, match.start(1), match.end(1)):
        yield _company(match.start(1), match.end(1))
        at = match.start(1)


def _is_brand(reading: Reading, start: int, end: int) -> bool:
    """One or two words, of which one is in no dictionary and none is a place, a verb or a head."""
    tokens = reading.tokens_between(start, end)
    lexicon = words()
    if not tokens or tokens[0].start != start or len(tokens) > 2 or any(s in reading.place_starts for s in range(start, end)):
        return False
    fit = all(t.tag[0] in "njgzi" and t.text not in lexicon.generic and not lexicon.is_head(t.text) for t in tokens)
    return fit and any(not t.known and len(t.text) > 1 for t in tokens)


def _items(reading: Reading, end: int, companies: dict[int, int]) -> list[tuple[int, int]]:
    """Offsets of the items before 等, the last first; stops at the first that is no proper name. `companies` are known: end, start."""
    found: list[tuple[int, int]] = []
    while len(found) < MOST:
        match = _ITEM.search(reading.text, max(0, end - 14), end)
        tokens = reading.tokens_between(match.start(), end) if match else []
        named = companies.get(end) or _name(reading, tokens)
        if not match or not named:
            break
        found.append((named, end))
        if reading.text[named - 1 : named] not in _BETWEEN:
            break
        end = named - 1
    return found


def _name(reading: Reading, tokens: list[Token]) -> int | None:
    """Where the name begins behind the verbs of a list's first item; None where nothing proper stands in it."""
    lexicon = words()
    rest = list(tokens)
    for n, token in enumerate(tokens):
        if token.text in lexicon.stops or lexicon.ends_name(token.text, token.tag, known=token.known) or token.tag[0] in "pudrcm":
            rest = tokens[n + 1 :]
    proper = [t for t in rest if t.text not in lexicon.generic and (not t.known or t.tag in ("nz", "nt", "j", "nrt"))]
    placed = len(rest) > 1 and rest[0].start in reading.place_starts and any(t.text not in lexicon.generic for t in rest[1:])
    if not (proper or placed) or len(rest) > 5 or lexicon.ends_in_head(rest[-1].text):
        return None
    return rest[0].start
