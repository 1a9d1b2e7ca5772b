"""What a region has by its name alone: bureaus that the table of organs does not have (大庆市油田工业局, 市地铁建设办公室), 潮州三中."""

import re
from collections.abc import Iterator

from extractors.names.authority import LEVEL_WORDS
from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import words

_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,9}?局(?![面部限势域])")
# Looks ahead: what begins at one level word may hold another (州|市…由市…办公室).
_OF_LEVEL = re.compile(rf"(?=({'|'.join(LEVEL_WORDS)})([\u4e00-\u9fff]{{4,9}}?(?:局|办公室))(?![面部限势域主]))")
_SCHOOL = re.compile(r"([一二三四五六七八九十]{1,2})中(?![小心学国午旬期间院专有的、]\w)")
_WORDS = ("全局", "大局", "格局", "布局", "结局", "开局", "邮局", "时局", "政局", "僵局", "战局", "各局", "分局", "当局", "本局")
_OTHER = ("和", "与", "及", "政府", *LEVEL_WORDS)  # another body begins
_NOMINAL = ("n", "vn", "j", "b", "l")
_BEFORE = "pcdvxwu"  # tags of what stands before a level word that begins a name


def find(reading: Reading) -> Iterator[Candidate]:
    """Schools by their number; nouns between a region's name and 局, or between 市, 省 … at the head of a phrase and 局 or 办公室."""
    for start, end, region in reading.regions:
        if school := _SCHOOL.match(reading.text, end):
            full = f"{region.name}第{school[1]}中学"
            yield Candidate(start=start, end=school.end(), type="institution", rule="bureau", canonical=full, region=region.code, confidence=0.7)
        match = _BUREAU.match(reading.text, end)
        if match and not match[0].endswith(_WORDS) and _is_name(reading, end, match.end()):
            yield Candidate(start=start, end=match.end(), type="government", rule="bureau", rank=0, region=region.code, confidence=0.7)
    for match in _OF_LEVEL.finditer(reading.text):
        if not match[2].endswith(_WORDS) and _heads_phrase(reading, match) and _is_name(reading, *match.span(2)):
            yield Candidate(start=match.start(), end=match.end(2), type="government", rule="bureau", rank=0, confidence=0.7)


def _heads_phrase(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a level word stands by itself behind a sign, a verb or a preposition, and of no group (各市)."""
    at = match.start()
    before = reading.token_before(at)
    return {at, *match.span(2)} <= reading.bounds and not reading.is_group(at) and (before is None or before.tag[0] in _BEFORE or before.text == "\n")


def _is_name(reading: Reading, start: int, end: int) -> bool:
    lexicon = words()
    inside = reading.tokens_between(start, end)
    if any(t.tag.startswith("nr") or t.text in _OTHER for t in inside):
        return False
    nominal = all(t.tag.startswith(_NOMINAL) or t.text in lexicon.nominal or t.text in lexicon.generic for t in inside)
    return nominal and not any(s in reading.place_starts for s in range(start + 1, end))
