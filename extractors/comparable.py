"""What may be compared: two metrics join a series, a sum or a table only where they agree; else the reason why not, in Chinese."""

from collections.abc import Collection
from typing import Final, Literal

from extractors.names.regions import region_by_code
from extractors.record import Metric

Across = Literal["subject", "period"]
SUBJECTS: Final[tuple[Across, ...]] = ("subject",)  # sums are over places of one year


def comparable(a: Metric, b: Metric, across: Collection[Across] = ()) -> str | None:
    """None where two metrics may be set side by side, else why not.

    `across` names what may differ: {"period"} for a series over the years, {"subject"} for places side by side; nothing for a
    target against its actual value. Stated growth, ranks and norms have keys or measures of their own and so join only their like.
    """
    for check in (_indicator, _measure, _unit):
        if reason := check(a, b):
            return reason
    if "subject" not in across and (reason := _subject(a, b)):
        return reason
    return _length(a, b) if "period" in across else _period(a, b)


def addable(a: Metric, b: Metric, across: Collection[Across] = SUBJECTS) -> str | None:
    """None where the values of two metrics may be added up, else why not."""
    if reason := comparable(a, b, across):
        return reason
    if a.measure == "cumulative" or b.measure == "cumulative":
        return "累计数不能相加"
    if a.measure in ("rate", "rule"):
        return "比率、位次和标准不能相加"
    if a.measure == "stock" and a.subject_region == b.subject_region and a.subject == b.subject:
        return "同一主体的存量不能相加"
    return None


def _indicator(a: Metric, b: Metric) -> str | None:
    if a.indicator_key is None or b.indicator_key is None:
        return "指标不明"
    return None if a.indicator_key == b.indicator_key else f"指标不同：{a.indicator_key}、{b.indicator_key}"


MEASURES: Final = {"stock": "存量", "flow": "当期", "cumulative": "累计", "rate": "比率", "rule": "标准"}


def _measure(a: Metric, b: Metric) -> str | None:
    if a.measure is None or b.measure is None:
        return "口径不明：分不清存量还是当期"
    return None if a.measure == b.measure else f"口径不同：{MEASURES[a.measure]}、{MEASURES[b.measure]}"


def _unit(a: Metric, b: Metric) -> str | None:
    if a.unit_key is None or b.unit_key is None:
        return "单位不明"
    return None if a.unit_key == b.unit_key else f"单位不同：{a.unit}、{b.unit}"


def _subject(a: Metric, b: Metric) -> str | None:
    if a.subject is None or b.subject is None:
        return "主体不明"
    if a.subject == b.subject or (_is_region(a) and _is_region(b) and a.subject_region == b.subject_region):
        return None
    return f"主体不同：{a.subject}、{b.subject}"


def _is_region(m: Metric) -> bool:
    """Whether the subject is the region itself, not a body that sits in it."""
    region = region_by_code(m.subject_region) if m.subject_region else None
    return region is not None and m.subject in (region.name, region.short)


def _period(a: Metric, b: Metric) -> str | None:
    if a.year is None or b.year is None:
        return "时间不明"
    if a.year != b.year:
        return f"时间不同：{a.year}年、{b.year}年"
    return _length(a, b)


def _length(a: Metric, b: Metric) -> str | None:
    """A flow of nine months does not stand beside one of twelve; a stock has a day, not a length."""
    if a.year is None or b.year is None:
        return "时间不明"
    if a.measure == "stock" or not (a.period_start and b.period_start):
        return None
    spans = [f"{m.period_start[5:]}至{m.period_end[5:]}" if m.period_start and m.period_end else "" for m in (a, b)]
    return None if spans[0] == spans[1] else f"时段长短不同：{a.period}、{b.period}"
