"""Metrics: every stated quantity about the world, with what it measures, whose it is and when (docs/metrics.md)."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypedDict

from extractors.article import Article, Span
from extractors.numbers import Quantity, quantities
from extractors.periods import YEAR as YEAR_FORM
from extractors.periods import Days, own_date, resolve
from extractors.record import AnyRecord, Bound, Measure, Metric, MetricChange, Organisation, Status, identify
from extractors.records.metric_arithmetic import check
from extractors.records.metric_bound import bound
from extractors.records.metric_change import change
from extractors.records.metric_distributed import again
from extractors.records.metric_indicator import Indicator, indicator
from extractors.records.metric_kept import DURATIONS, kept
from extractors.records.metric_key import indicator_key, measure, unit_key
from extractors.records.metric_period import Periods
from extractors.records.metric_place import Place, Surroundings
from extractors.records.metric_status import Moods, moods, status
from extractors.records.metric_subject import Subject, Subjects
from extractors.records.metric_tables import Figure, Tables, tables
from extractors.rules import load

# How sure a reading is by the rule that gave its indicator; measured on the gold (docs/metrics.md).
CONFIDENCE: Final = {
    "behind": 0.95,
    "ahead": 0.92,
    "award": 0.9,
    "share of": 0.9,
    "list": 0.9,
    "distributed": 0.9,
    "carried": 0.8,
    "bracket": 0.85,
    "cell": 0.9,
}
UNNAMED: Final = 0.5
YEAR: Final = re.compile(YEAR_FORM)
OF_TARGET: Final = re.compile(r"占[^，。；]{0,6}(?:目标|任务|计划|预算)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of one quantity, and which rule gave each field."""

    place: Place
    bound: Bound
    change: MetricChange | None
    status: Status
    indicator: Indicator | None
    subject: Subject | None
    period: Span | None
    rules: dict[str, str]


@dataclass(slots=True)
class Context:
    """What the fields of an article's metrics are read against."""

    article: Article
    outlook: Moods
    subjects: Subjects
    periods: Periods
    tables: Tables
    written: date | None


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Metric]:
    """Every metric of an article, in text order, with ids; `found["organisation"]` may be subjects."""
    return [metric for metric, _ in explain(article, found)]


def explain(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[tuple[Metric, dict[str, str]]]:
    """Every metric with the rule that gave each of its fields: {"indicator": "behind", "status": "aim", …}."""
    context = _context(article, found)
    made: dict[tuple[int, int], tuple[Metric, dict[str, str]]] = {}
    for reading in _readings(context, _quantities(article, context.tables)):
        figure = context.tables.figures.get(reading.place.quantity.start)
        metric = _metric(context, reading, figure)
        made[metric.start, metric.end] = (metric, reading.rules | ({"indicator": "cell"} if figure else {}))
    checked = check(article.text, identify(article, [m for m, _ in made.values()]))
    return [(m, made[m.start, m.end][1]) for m in checked]


def _context(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> Context:
    m = article.metadata
    organisations = [o for o in found.get("organisation", ()) if isinstance(o, Organisation)]
    written = next((d for d in map(own_date, (m.published_date, m.written_date, m.printed_date)) if d), None)
    return Context(article, moods(article), Subjects(article, organisations), Periods(article), tables(article), written)


def _quantities(article: Article, cells: Tables) -> list[Quantity]:
    """The quantities of the text, those of figure cells read as their table says."""
    figures = [f.quantity for f in cells.figures.values()]
    spans = sorted([(q.start, q.end) for q in figures] + [(s.start, s.end) for s in cells.units])
    plain = [q for q in quantities(article.text) if not _within(spans, q.start) and not cells.parts(q)]
    return sorted([*plain, *figures], key=lambda q: q.start)


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    n = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return n >= 0 and spans[n][0] <= at < spans[n][1]


def _readings(context: Context, found: Sequence[Quantity]) -> list[Reading]:
    """Read every quantity in order; a list's members look back at the one before."""
    around = Surroundings(context.article)
    counted = [p.quantity for p in around.places(found) if kept(p)]
    out: list[Reading] = []
    last: Indicator | None = None
    placed = around.places(counted)
    for n, place in enumerate(placed):
        labels = context.tables.of(place.paragraph.start, place.quantity.start)
        if labels and labels.name and (not out or out[-1].place.paragraph != place.paragraph):
            last = Indicator(labels.name, "cell", place.sentence.start)  # the heading names what a cell's words leave out
        last = _told_again(out, again(placed, n)) or last
        reading = _labelled(context, _read(context, place, out[-1] if out else None, last))
        if place.quantity.unit not in DURATIONS or (reading.indicator and reading.indicator.rule == "ahead"):
            last = _carries(context.article.text, reading.indicator) or last  # 连续四年居第一: the years name nothing
        out.append(reading)
    return out


def _carries(text: str, named: Indicator | None) -> Indicator | None:
    """…9亿元，占全年目标的80%，居全省第四: the rank is not that of the share."""
    return None if named and OF_TARGET.match(text, named.span.start, named.span.end) else named


def _told_again(out: Sequence[Reading], members: int) -> Indicator | None:
    """The names of as many quantities before, for a clause that gives its numbers to them."""
    spans = [r.indicator.span for r in out[len(out) - members :] if r.indicator]
    if not members or len(set(spans)) < members:
        return None
    return Indicator(spans[0], "again", out[-1].place.quantity.end, names=tuple(spans))


def _labelled(context: Context, reading: Reading) -> Reading:
    """With what a cell's headings say of indicator, year and status, where its own words say nothing."""
    labels = context.tables.of(reading.place.paragraph.start, reading.place.quantity.start)
    if labels is None:
        return reading
    rules, period, named = dict(reading.rules), reading.period, reading.indicator
    if labels.period and rules["period"] in ("none", "frame"):
        period, rules["period"] = labels.period, "heading"
    elif rules["period"] == "frame" and period and period.start >= labels.body:  # a year in another row
        period, rules["period"] = None, "none"
    if named is None and labels.name:  # another sentence of the cell
        named, rules["indicator"] = Indicator(labels.name, "cell", reading.place.sentence.start), "cell"
    aimed = labels.status or _by_year(context, labels.period)
    if aimed and (rules["status"] == "mood" or (rules["status"], aimed) == ("done", "target")):
        rules["status"] = "heading"
        return replace(reading, status=aimed, period=period, indicator=named, rules=rules)
    return replace(reading, period=period, indicator=named, rules=rules)


def _by_year(context: Context, period: Span | None) -> Status | None:
    """What is stated for years to come is aimed at, what for past ones is not."""
    stated = YEAR.search(context.article.text, period.start, period.end) if period and context.written else None
    if stated is None or context.written is None or int(stated[0]) == context.written.year:
        return None
    return "target" if int(stated[0]) > context.written.year else "actual"


def _read(context: Context, place: Place, before: Reading | None, named: Indicator | None) -> Reading:
    bounded = bound(place, before.bound if before else None)
    changed = change(place, before.change if before and before.place.quantity.end >= place.sentence.start else None)
    aimed, why = status(place, context.outlook)
    if place.joined and before:
        aimed, why = before.status, "list"
    subject = context.subjects.of(place)
    skip = subject.span.end if subject and subject.span else 0
    phrase = indicator(place, named, is_change=changed is not None, is_rule=aimed == "rule", skip=skip)
    when = context.periods.of(place, aimed)
    rules = {
        "number": place.quantity.form,
        "status": why,
        "indicator": phrase.rule if phrase else "none",
        "subject": subject.rule if subject else "none",
    }
    return Reading(
        place=place,
        bound=bounded,
        change=changed,
        status=aimed,
        indicator=phrase,
        subject=subject,
        period=Span(when.start, when.end) if when else None,
        rules=rules | {"period": when.rule if when else "none"},
    )


def _metric(context: Context, reading: Reading, figure: Figure | None) -> Metric:
    """The record of one reading; a cell's headings take the place of the phrases around it."""
    text, q, i, s = context.article.text, reading.place.quantity, reading.indicator, reading.subject
    words = text[slice(*reading.period)] if reading.period else None
    rule = "cell" if figure else i.rule if i else "none"
    indicator = figure.indicator if figure else i.text(text) if i else None
    return Metric(
        article=context.article.id,
        start=q.start,
        end=q.end,
        quote=text[q.start : q.end],
        rule=f"metric: {rule}",
        version=load("metric").version,
        confidence=CONFIDENCE.get(rule, UNNAMED),
        spans=_spans(reading, figure),
        text=text[q.start : q.end],
        value=q.value,
        value_max=q.value_max,
        unit=q.unit,
        bound=reading.bound,
        indicator=indicator,
        within=text[i.within.start : i.within.end] if i and i.within and not figure else None,
        change=None if figure else reading.change,
        status=reading.status,
        period=words,
        subject=s.name if s else None,
        subject_region=s.region if s else None,
        **_comparable(reading, _days(context, reading, words), _indicator_key(reading, figure), unit_key(q, indicator)),
    )


class _Comparable(TypedDict):
    """The fields that say what a metric may be compared with."""

    period_start: str | None
    period_end: str | None
    year: int | None
    indicator_key: str | None
    measure: Measure | None
    unit_key: str | None
    scaled: float | None


def _comparable(reading: Reading, days: Days | None, key: str | None, unit: tuple[str | None, float | None]) -> _Comparable:
    last = (days.end or days.start) if days else None
    return _Comparable(
        period_start=days.start if days else None,
        period_end=days.end if days else None,
        year=int(last[:4]) if last else None,
        indicator_key=key,
        measure=measure(reading.place, reading.status, reading.change),
        unit_key=unit[0],
        scaled=unit[1],
    )


def _indicator_key(reading: Reading, figure: Figure | None) -> str | None:
    if figure:
        return figure.indicator
    return indicator_key(reading.place, reading.indicator, reading.change) if reading.indicator else None


def _days(context: Context, reading: Reading, words: str | None) -> Days | None:
    return resolve(words, context.written, context.periods.year_at(reading.place)) if words else None


def _spans(reading: Reading, figure: Figure | None) -> dict[str, Span]:
    """The evidence of single fields."""
    i, s = reading.indicator, reading.subject
    found = {"indicator": i.span if i else None, "subject": s.span if s else None, "period": reading.period, "within": i.within if i else None}
    if figure:
        found |= {"indicator": figure.labels.column or figure.labels.row, "row": figure.labels.row, "within": None}
    return {field: span for field, span in found.items() if span}
