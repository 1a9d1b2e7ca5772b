"""The note under a law's title on when it was passed, changed and put into force (题注).

The day of a document is the day on which a meeting passed it or its head signed it (党政机关公文处理工作条例, 第九条: 成文日期);
a text that was changed since has the day of its last change. A day of 施行 is that of its effect.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractors.article import Span, Stated
from extractors.days import HAN_DAY, iso_day

LONGEST: Final = 600  # characters of a line: laws that were changed ten times
_ACT: Final = re.compile("通过|公布|发布|颁布|批准|修订|修正|修改|(?:会议|大会)上")
_EFFECT: Final = re.compile("施行|实施|生效")
_EVENT: Final = re.compile(rf"(?P<day>{HAN_DAY})(?P<what>(?:(?!{HAN_DAY}).)*)")
_OPENING: Final = re.compile(rf"(?:根据)?{HAN_DAY}")
_DELIVERED: Final = re.compile(rf"[（(—－─\s-]*(?P<day>{HAN_DAY})\s*在[^。；]{{4,60}}(?:会议|大会)上")  # a report, to those who heard it
_CITED: Final = re.compile(r"《[^》]*》?|〈[^〉]*〉?")


def is_note(text: str, before: str = "") -> bool:
    """Whether a line is such a note, or goes on one (`before`) that broke off within a cited title."""
    if before and unclosed(before):
        return bool(_ACT.search(text)) and len(text) <= LONGEST
    if _DELIVERED.match(text) and len(text) <= 120:
        return True
    if len(text) > LONGEST or "。" in text or not (_ACT.search(text) or _EFFECT.search(text)):
        return False
    if text.startswith(("（", "(")):
        return bool(_EVENT.search(text)) and text.endswith(("）", ")"))
    return bool(_OPENING.match(text)) and not _OPENING.fullmatch(text) and not re.search("[，；：]", _CITED.sub("", text))


def unclosed(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("《》", "〈〉"))


def passed(lines: Iterable[tuple[str, int]]) -> Iterator[Stated]:
    """What the lines of a note, each with its offset, state: written_date and effective_date, of each the last."""
    found: dict[str, list[tuple[str, Stated]]] = {}
    for text, at in lines:
        for match in _EVENT.finditer(text):
            field = "written_date" if _ACT.search(match["what"]) else "effective_date" if _EFFECT.search(match["what"]) else None
            day = iso_day(match["day"])
            if field and day:
                span = Span(at + match.start("day"), at + match.end("day"))
                found.setdefault(field, []).append((day, Stated(field=field, value=match["day"], origin="inferred", where="题注", span=span)))
    for held in found.values():
        yield max(held, key=lambda item: item[0])[1]
