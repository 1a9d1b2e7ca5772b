"""Figures side by side: the stated values of one indicator that may be compared, with their evidence, and what was left out, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from extractors.comparable import MEASURES, comparable
from extractors.names.regions import region_by_code
from extractors.record import Metric
from extractors.records.metric_key import common_name
from index.backend import Backend
from index.query import Node, Request, Sort, Term
from index.rows import RecordRow
from index.terms import indicator

if TYPE_CHECKING:
    from store import Store

Axis = Literal["region", "year"]
MOST: Final = 5000  # records that are looked at
_PAGE: Final = 500
_STATES: Final = {"actual": "实际", "target": "目标"}
_ACROSS: Final[Mapping[Axis, Literal["subject", "period"]]] = {"region": "subject", "year": "period"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One place and year. Several `values` are statements that contradict each other; equal statements are one value with more evidence."""

    region: str | None  # GB/T 2260 code of the subject
    region_name: str  # or the body whose figure it is
    year: int | None
    state: str  # actual, target
    values: tuple[float, ...]
    quotes: tuple[str, ...]
    records: tuple[str, ...]  # ids: the evidence
    articles: tuple[str, ...]

    @property
    def conflict(self) -> bool:
        return len(self.values) > 1

    @property
    def state_name(self) -> str:
        return _STATES.get(self.state, self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    record: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    indicator: str
    unit: str
    measure: str | None
    by: tuple[Axis, ...]
    points: tuple[Point, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def measure_name(self) -> str:
        return MEASURES.get(self.measure or "", "口径不明")

    def reasons(self) -> dict[str, int]:
        """Why records were left out, most frequent first."""
        return dict(Counter(left.reason for left in self.left_out).most_common())


def series(backend: Backend, store: "Store", name: str, *, by: tuple[Axis, ...] = ("region", "year"), filters: Sequence[Node] = ()) -> Series:
    """Values that may stand side by side over `by`; those are kept that agree with the statement most others agree with."""
    held, left = _metrics(backend, store, name, filters)
    across = [_ACROSS[axis] for axis in by]
    fit, unfit = _agreeing(held, across, name)
    left += [LeftOut(record=m.id, reason=reason) for m, reason in unfit]
    first = fit[0] if fit else None
    return Series(
        indicator=(first.indicator_key or first.indicator or name) if first else name,
        unit=(first.unit_key or first.unit) if first else "",
        measure=first.measure if first else None,
        by=by,
        points=tuple(_points(fit)),
        left_out=tuple(left),
    )


def _metrics(backend: Backend, store: "Store", name: str, filters: Sequence[Node]) -> tuple[list[Metric], list[LeftOut]]:
    held, left = [], []
    for row in _rows(backend, name, filters):
        metric = store.record(row.id)
        if not isinstance(metric, Metric):
            continue  # deleted since it was indexed
        reason = None if row.first else "转载，首发处已计入"
        reason = reason or ("标准或奖补额度，不是数据" if metric.status == "rule" else "是增减幅度，不是数值本身" if metric.change else None)
        reason = reason or ("主体不明" if metric.subject is None else "时间不明" if metric.year is None else None)
        if reason:
            left.append(LeftOut(record=row.id, reason=reason))
        else:
            held.append(metric)
    return held, left


def _rows(backend: Backend, name: str, filters: Sequence[Node]) -> Iterable[RecordRow]:
    request = Request(index="records", filters=(Term("kind", ("metric",)), indicator(name), *filters), sort=Sort("date"), size=_PAGE)
    for _ in range(MOST // _PAGE):
        page = backend.search(request)
        yield from (hit.row for hit in page.hits if isinstance(hit.row, RecordRow))
        if not page.next:
            return
        request = replace(request, cursor=page.next)


def _agreeing(metrics: Sequence[Metric], across: Sequence[Literal["subject", "period"]], name: str) -> tuple[list[Metric], list[tuple[Metric, str]]]:
    """Those comparable with the base: the statement of exactly this indicator that the most others can stand beside."""
    kinds: dict[tuple[object, ...], list[Metric]] = {}
    for m in metrics:
        kinds.setdefault(_kind(m, across), []).append(m)
    if not kinds:
        return [], []
    base = max(kinds.values(), key=lambda some: _weight(some, name))[0]
    fit: list[Metric] = []
    unfit: list[tuple[Metric, str]] = []
    for m in metrics:
        reason = None if m is base else comparable(base, m, across)
        if reason is None:
            fit.append(m)
        else:
            unfit.append((m, reason))
    return fit, unfit


def _weight(metrics: Sequence[Metric], name: str) -> tuple[bool, bool, int, int]:
    """The asked indicator before others, what was reached before mere targets, many places and years before repetitions, then the latest."""
    places = {(_place(m), m.year) for m in metrics}
    reached = any(m.status == "actual" for m in metrics)
    return metrics[0].indicator_key in (name, common_name(name)), reached, len(places), max(m.year or 0 for m in metrics)


def _kind(m: Metric, across: Sequence[str]) -> tuple[object, ...]:
    """Metrics of one kind are comparable, but for rare cases that `comparable` then finds."""
    length = (m.period_start[5:], m.period_end[5:]) if m.measure != "stock" and m.period_start and m.period_end else None
    subject = None if "subject" in across else (m.subject_region, m.subject)
    year = None if "period" in across else m.year
    return (m.indicator_key, m.measure, m.unit_key, length, subject, year)


def _place(m: Metric) -> tuple[str | None, str]:
    """Code and name of whose figure it is. A body that sits in a region is not the region."""
    region = region_by_code(m.subject_region) if m.subject_region else None
    if region and m.subject in (region.name, region.short):
        return region.code, region.name
    return None, m.subject or ""


def _points(metrics: Sequence[Metric]) -> Iterable[Point]:
    groups: dict[tuple[str, int, str], list[Metric]] = {}
    for m in metrics:
        groups.setdefault((_place(m)[1], m.year or 0, m.status), []).append(m)
    for (name, year, state), some in sorted(groups.items()):
        values = dict.fromkeys(m.value if m.scaled is None else m.scaled for m in some)
        yield Point(
            region=_place(some[0])[0],
            region_name=name,
            year=year or None,
            state=state,
            values=tuple(values),
            quotes=tuple(dict.fromkeys(m.quote for m in some)),
            records=tuple(m.id for m in some),
            articles=tuple(dict.fromkeys(m.article for m in some)),
        )
