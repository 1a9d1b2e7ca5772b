"""Names by their last word: …有限公司, …研究院, …实验室, …领导小组."""

import re
from collections.abc import Iterator, Sequence

from extractors.names.authority import LEVEL_WORDS
from extractors.records.organisation_edge import KIND_LIKE, Piece, pieces_before
from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import Head, words

# A number before or behind makes it a kind, not a name: 3家研究院, 研发机构20家.
_COUNT = re.compile(
    r"([\d一二两三四五六七八九十百千万]+[余多几]?(家|个|所|批|座|处|类|支|大|种|项|名)(以上|左右)?|一批|若干|多家|多个|各类|各级|各|两个|首批|国家级|省级|市级)$"
)
_COUNTED = re.compile(
    r"(达到?|超过?|约|总数|数量|增至|共)?[ \t]*\d|[一二三四五六七八九十]+(家|个|所)|[化性群数](?!物)|生(?!物|命|态)|城区|城市|任务|环节|思想|派"
)
_OFFICE = re.compile("办公室")
# Roles of cities, not bodies: 国际金融中心, 国际航运中心.
_CONCEPT = re.compile(r"国际(经济|金融|贸易|航运|消费|科技创新|科创|会展|旅游)$")
_BODY = ("会议", "组长", "副组长", "成员")  # of a leading group
_TAIL = re.compile(r"（(暂名|筹|筹建)）|\((暂名|筹|筹建)\)")


def find(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names that end in a head. `known` are mentions found before: a name may begin with one (北京大学第一医院)."""
    lexicon = words()
    known_ends = {c.end: c.start for c in known}
    for start, end, number in lexicon.automaton.find(reading.text):
        head = lexicon.heads[number]
        if not _bounded(reading, start, end) or _COUNTED.match(reading.text, end) or _is_region(reading, end):
            continue
        pieces = pieces_before(reading, start, known_ends, lexicon, firm=head.firm)
        if end in known_ends and not any(p.place for p in pieces):
            continue  # the name is known as it stands
        if pieces and _names(reading, pieces, start, head):
            tail = _TAIL.match(reading.text, end) or (_OFFICE.match(reading.text, end) if head.type == "government" else None)
            yield Candidate(start=pieces[0].start, end=tail.end() if tail else end, type=head.type, rule="head", rank=1, confidence=0.8)


def _is_region(reading: Reading, end: int) -> bool:
    """浦东新区 is a region; a development zone that has a code is a platform as well."""
    return end in reading.region_ends and reading.region_ends[end][1].level != "zone"


def _bounded(reading: Reading, start: int, end: int) -> bool:
    """Whether a head ends where a word ends and is no part of another one (宅|基地)."""
    if reading.text.startswith("园区", end - 1):  # 产业园|区: another word
        return False
    if end not in reading.bounds and end not in reading.ends and not reading.text.startswith(_BODY, end):
        return False
    return start in reading.bounds or start in reading.starts or start - 1 not in reading.starts


def _is_kind(reading: Reading, pieces: list[Piece], start: int) -> bool:
    """Whether the words make a kind or a role of what follows: 3家…, 省级…, 副中心, 国际金融中心."""
    first = pieces[0].start
    counted = _COUNT.search(reading.text, max(0, first - 8), first) or _CONCEPT.search(reading.text[first:start])
    return bool(counted) or pieces[-1].text == "副" or any(p.text.endswith("级") for p in pieces)


def _names(reading: Reading, pieces: list[Piece], start: int, head: Head) -> bool:
    """Whether a body says which one: a known name, a quotation, a word that no dictionary has, a place and something else."""
    lexicon = words()
    first = pieces[0]
    if _is_kind(reading, pieces, start):
        return False
    if _national(pieces) or any(p.proper and not p.place and (p.known or p.tag == "ns" or not head.placed) for p in pieces):
        return True
    content = any(p.text not in lexicon.generic and not p.place and p.text not in LEVEL_WORDS and not KIND_LIKE.fullmatch(p.text) for p in pieces)
    if any(p.place for p in pieces):
        return content or not head.many or sum(p.place for p in pieces) > 1
    if first.text in LEVEL_WORDS and len(pieces) > 1:
        return head.single or (content and not head.many)
    return content and ((head.firm and start - first.start >= 4) or head.text in lexicon.subjects)


def _national(pieces: list[Piece]) -> bool:
    """某某…全国重点实验室, …国家工程研究中心: a field before 国家 names one particular body."""
    at = next((n for n, p in enumerate(pieces) if p.text in ("全国", "国家")), 0)
    return any(p.text not in words().generic for p in pieces[:at])
