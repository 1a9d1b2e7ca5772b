"""Phrases of time in Chinese text, and the days that they mean against an article's own date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_Y: Final = r"(?:19|20|１９|２０)[\d０-９]{2}[ 　]?年"
_TO: Final = r"[ 　]?(?:——?|[-－–~～至到])[ 　]?"
_HAN: Final = r"[一二三四五六七八九十]"
_DAY: Final = r"\d{1,2}[ 　]?日(?:\d{1,2}时)?"
_SPAN: Final = rf"(?:{_Y}(?:度)?)?(?:(?:1[0-2]|[1-9])[ 　]?月?{_TO}(?:1[0-2]|[1-9])[ 　]?月(?:份|底)?|前[一二三1-3][ 　]?季度|[一二三四1-4]季度|[上下]半年|前(?:{_HAN}{{1,2}}|\d{{1,2}})个?月|全年)"
_POINT: Final = rf"(?:{_Y}|去年|今年|今|当年|次年|明年|本年度?|上年|前年)?[ 　]?(?:1[0-2]|[1-9])[ 　]?月(?:份|底|末|初|上旬|中旬|下旬)?(?:{_DAY})?|{_Y}(?:度|底|末|初|以前)?|年底|年末|年初"
_RELATIVE: Final = (
    r"今年以来|本年以来|近年来|近[一二三两四五\d]年来?|近期|近日|去年以来|一年来|过去(?:的)?(?:一年|五年|5年)|五年来|5年来|全年|今年|去年|明年|上年|当年|新的一年|本年度|上半年|下半年"
    r"|年底前?|年末|[前后][两二三四五]年|第[一二三四五]年|首年|[获批认定次]{0,2}次年|未来[一二三两四五\d]年|今后[一二三两四五\d]年|目前|截至目前|至今|现已|每年|每月|每季度|年均|年度|[“‘「]?十[二三四五六]五[”’」]?(?:时期|期间|以来|末|开局)"
)
PHRASE: Final = re.compile(
    rf"(?:截至|截止到?|到|至|自|从)?(?:{_Y}{_TO}{_Y}|(?:19|20)\d\d{_TO}(?:19|20)\d\d[ 　]?年|{_SPAN}|{_POINT}|{_RELATIVE})(?:以来|期间|之前|以前|前|起|内|底)?(?:，(?=20\d\d年))?"
    r"(?:(?<=目前，)20\d\d年)?"
    r"|[一-鿿]{2,8}以来(?=，)|“十[二三四五六]五”(?:时期|期间|以来|末)?"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of time as written."""

    start: int
    end: int
    text: str


def phrases(text: str, start: int = 0, end: int | None = None) -> Iterator[Phrase]:
    """Every phrase of time between two offsets, in order."""
    for match in PHRASE.finditer(text, start, len(text) if end is None else end):
        yield Phrase(match.start(), match.end(), match.group().rstrip("，"))
