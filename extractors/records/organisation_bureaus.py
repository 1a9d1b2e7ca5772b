"""Bureaus of a region that the table of organs does not have: 大庆市油田工业局."""

import re
from collections.abc import Iterator

from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import words

_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,9}?局(?![面部限势域])")
_WORDS = ("全局", "大局", "格局", "布局", "结局", "开局", "邮局", "时局", "政局", "僵局", "战局", "各局", "分局", "当局", "本局")
_NOMINAL = ("n", "vn", "j", "b", "l")


def find(reading: Reading) -> Iterator[Candidate]:
    """Nouns between a region's name and 局."""
    for start, end, region in reading.regions:
        match = _BUREAU.match(reading.text, end)
        if match and not match[0].endswith(_WORDS) and _is_name(reading, end, match.end()):
            yield Candidate(start=start, end=match.end(), type="government", rule="bureau", rank=0, region=region.code, confidence=0.7)


def _is_name(reading: Reading, start: int, end: int) -> bool:
    lexicon = words()
    inside = reading.tokens_between(start, end)
    nominal = all(t.tag.startswith(_NOMINAL) or t.text in lexicon.nominal or t.text in lexicon.generic for t in inside)
    return nominal and not any(s in reading.place_starts for s in range(start + 1, end))
