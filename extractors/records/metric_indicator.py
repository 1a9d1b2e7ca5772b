"""What a number counts or measures, as a phrase of the text: behind the counting word, before the number, or carried from the clause before."""

import re
from dataclasses import dataclass, replace
from typing import Final

from extractors.article import Span
from extractors.records import metric_phrase
from extractors.records.metric_award import CONDITION, award, share_of
from extractors.records.metric_phrase import ahead, behind, level, split_names, strip_lead, trim
from extractors.records.metric_place import MEASURES, Place

PARENT: Final = re.compile(r"其中|分别|含")
WORD: Final = re.compile(r"[一-鿿A-Za-z]")


OF_ALL: Final = re.compile(r"(?:以上|左右|多)?的")  # 七成以上的|就业


@dataclass(frozen=True, slots=True)
class Indicator:
    span: Span
    rule: str
    consumed: int  # the text up to here belongs to this indicator: what names the next number begins behind it
    within: Span | None = None
    names: tuple[Span, ...] = ()  # of 甲、乙分别…: still to be given out

    def text(self, text: str) -> str:
        return text[self.span.start : self.span.end]


def indicator(place: Place, previous: Indicator | None, *, is_change: bool, is_rule: bool, skip: int = 0) -> Indicator | None:
    """The phrase that names what the quantity counts; None where none can be told. `skip`: the text up to there names the subject."""
    found = _find(place, previous, is_change=is_change, is_rule=is_rule, skip=skip)
    if found and PARENT.match(place.text, place.clause.start, place.quantity.start) and previous and found.rule in ("ahead", "behind"):
        parent = previous.within if previous.within and place.text[place.clause.start : place.clause.start + 2] != "其中" else previous.span
        return replace(found, within=parent)
    again = found and previous and previous.within and previous.consumed >= place.sentence.start and found.rule in ("ahead", "behind")
    if again and (place.joined or level().fullmatch(place.text, found.span.start, found.span.end)):
        return replace(found, within=previous.within)
    return found


def _find(place: Place, previous: Indicator | None, *, is_change: bool, is_rule: bool, skip: int) -> Indicator | None:
    q = place.quantity
    counts = q.form == "share" and OF_ALL.match(place.after) is not None or q.unit not in MEASURES and "/" not in q.unit and q.form != "rank"
    if place.joined and previous:
        if previous.names:
            return Indicator(previous.names[0], "distributed", q.end, previous.within, previous.names[1:])
        if not (counts and behind(place)):
            return replace(previous, rule="list", consumed=max(q.end, previous.consumed), names=())
    if is_rule and not counts and not is_change and (found := _given(place)):
        return found
    if counts and (span := behind(place)):
        return Indicator(span, "behind", span.end)
    if found := _ahead(place, previous, is_change=is_change, is_rule=is_rule, skip=skip):
        return found
    if span := behind(place):
        return Indicator(span, "behind", span.end)
    if span := _before_bracket(place):
        return Indicator(span, "bracket", q.end)
    if previous and previous.consumed >= place.sentence.start:
        return replace(previous, rule="carried", consumed=q.end, names=())
    if span := metric_phrase.doing(place):
        return Indicator(span, "doing", q.end)
    if previous and previous.consumed >= place.period.start:
        return replace(previous, rule="carried", consumed=q.end, names=())
    return None


def _given(place: Place) -> Indicator | None:
    if place.quantity.unit == "%" and (span := share_of(place)):
        return Indicator(span, "share of", place.quantity.end)
    if (span := award(place)) is not None:
        return Indicator(span, "award", max(place.quantity.end, span.end if span.start > place.quantity.end else 0))
    return None


def _ahead(place: Place, previous: Indicator | None, *, is_change: bool, is_rule: bool, skip: int) -> Indicator | None:
    start = max(place.left, skip, previous.consumed if previous and previous.consumed <= place.quantity.start else 0)
    span = ahead(place, start, is_change=is_change, is_rank=place.quantity.form == "rank")
    if span is None:
        return None
    if is_rule and (condition := CONDITION.search(place.text, span.start, span.end)):
        span = Span(condition.start("m"), span.end)
    if "分别" in place.text[span.start : place.quantity.start] and place.ahead:
        cut = place.text.find("分别", span.start, place.quantity.start)
        names = split_names(place.text, Span(span.start, trim(place.text, span.start, cut)))
        if len(names) > 1 and names[-1].end - names[-1].start >= 2:
            names = [_with_head(place.text, name, names[-1]) for name in names]
            return Indicator(names[0], "distributed", place.quantity.end, None, tuple(names[1:]))
    return Indicator(span, "ahead", place.quantity.end)


# Nouns that can be measured; a name of a list without one shares that of the last: 甲业、乙业增加值.
MEASURABLE: Final = re.compile(r"(?:[额值入率数量积比重度]|投资|支出|价格|人次|水平|排名|产能|销售|贷款|存款|消费|外资)$")


def _with_head(text: str, name: Span, last: Span) -> Span:
    if name == last or MEASURABLE.search(text, name.start, name.end) or not MEASURABLE.search(text, last.start, last.end):
        return name
    return Span(name.start, last.end)


def _before_bracket(place: Place) -> Span | None:
    """经验做法|（共60项）: the phrase before the bracket that holds the number."""
    match = re.search(r"[（(][共约含计等]*$", place.text[place.clause.start : place.quantity.start])
    if match is None:
        return None
    end = place.clause.start + match.start()
    start = max(place.text.rfind("\n", 0, max(end - 1, 0)) + 1, place.clause.start)
    while end > start and place.text[end - 1].isspace():
        end -= 1
    start = strip_lead(place.text, start, end)
    start = metric_phrase.core(place.text, start, end)
    return Span(start, end) if 2 <= end - start <= metric_phrase.LONGEST else None
