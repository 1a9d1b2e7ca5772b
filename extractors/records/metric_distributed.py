"""甲、乙分别增长3%和5%; 甲9艘、乙8亿元，分别增长7%、5%: numbers that are given out to names, one by one."""

import re
from collections.abc import Sequence
from typing import Final

from extractors.article import Span
from extractors.records.metric_phrase import CLOSE, OPEN, trim, without_base
from extractors.records.metric_place import Place

# Nouns that can be measured; a name of a list without one shares that of the last: 甲业、乙业增加值.
MEASURABLE: Final = re.compile(r"(?:GDP|CPI|PPI|[额值入率数量积比重度]|比例|投资|支出|价格|人次|水平|排名|产能|销售|贷款|存款|消费|外资)$")
AGAIN: Final = re.compile(r"[ 　]*(?:同比|环比|[较比](?:上年|去年|年初)(?:同期)?|增[速幅]|增长率)?分别")


def names(place: Place, span: Span) -> list[Span]:
    """甲、乙分别增长3%和5%: the names that the numbers are given to, in order."""
    cut = place.text.find("分别", span.start, place.quantity.start)
    if cut < 0 or place.ahead is None:
        return []
    found = _split(place.text, Span(span.start, without_base(place.text, span.start, trim(place.text, span.start, cut))))
    return [_with_head(place.text, name, found[-1]) for name in found]


def again(placed: Sequence[Place], n: int) -> int:
    """甲9艘、乙8亿元，|分别增长7%、5%: how many quantities back the names of such a clause begin, for its first number; 0 for all others."""
    place = placed[n]
    if place.joined or not AGAIN.match(place.lead):
        return 0
    members = next((m for m in range(n + 1, len(placed)) if not placed[m].joined), len(placed)) - n
    told = members > 1 and n >= members and placed[n - members].quantity.start >= place.period.start
    return members if told else 0


def _split(text: str, span: Span) -> list[Span]:
    """甲、乙和丙 -> three spans; marks inside quotes and brackets do not count."""
    out, begin, depth = [], span.start, 0
    for at in range(span.start, span.end):
        depth += (text[at] in OPEN) - (text[at] in CLOSE)
        if depth == 0 and text[at] in "、和与及":
            if at > begin:
                out.append(Span(begin, at))
            begin = at + 1
    if span.end > begin:
        out.append(Span(begin, span.end))
    return out


def _with_head(text: str, name: Span, last: Span) -> Span:
    if name == last or MEASURABLE.search(text, name.start, name.end) or not MEASURABLE.search(text, last.start, last.end):
        return name
    return Span(name.start, last.end)
