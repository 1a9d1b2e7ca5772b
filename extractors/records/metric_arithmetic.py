"""What the text itself adds up: base values (由甲增长到乙), shares, sums and growth; a mismatch becomes a note that people see."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extractors.article import Note, Span
from extractors.record import Metric

FROM: Final = re.compile(r"(?:由|从)[^，。；]{0,24}$")
RISEN: Final = re.compile(
    r"[^，。；]{0,8}?(?:增长|增加|提高|提升|扩大|上升|增|升|下降|减少|降低|压缩|缩短|降|减)[到至为]了?(?:目前|现在|今年|去年)?的?[约近超 ]*$"
)
SHARE: Final = re.compile(r"占(?:比|其|总数|全部|总量)?[^，。；\d]{0,10}$")
AMONG: Final = re.compile(r"其中")
ROUNDING: Final = Decimal("0.6")  # of the last digit that is written


def check(text: str, metrics: Sequence[Metric]) -> list[Metric]:
    """The metrics of an article, in order, with links to their base values and with notes where stated figures disagree."""
    out = list(metrics)
    for n in range(1, len(out)):
        between = text[out[n - 1].end : out[n].start]
        if RISEN.fullmatch(between) and out[n - 1].unit == out[n].unit and FROM.search(text, max(0, out[n - 1].start - 30), out[n - 1].start):
            out[n] = _same_thing(replace(out[n], base=out[n - 1].id, change=None), out[n - 1])
            out = _growth(text, out, n)
        elif out[n].unit == "%" and SHARE.search(text, max(0, out[n].start - 16), out[n].start):
            out = _share(text, out, n)
    return out


def _same_thing(metric: Metric, base: Metric) -> Metric:
    """A value that grew from a base value measures what the base measures."""
    if base.indicator is None:
        return metric
    spans = metric.spans | ({"indicator": base.spans["indicator"]} if "indicator" in base.spans else {})
    return replace(metric, indicator=base.indicator, indicator_key=base.indicator_key, spans=spans)


def decimals(metric: Metric) -> int:
    """Digits behind the point as written."""
    match = re.search(r"[.．](\d+)", metric.text)
    return len(match[1]) if match else 0


def agrees(stated: Metric, computed: Decimal) -> bool:
    """Whether a computed figure rounds to the stated one."""
    return abs(Decimal(str(stated.value)) - computed) <= ROUNDING * Decimal(10) ** -decimals(stated)


def _growth(text: str, metrics: list[Metric], n: int) -> list[Metric]:
    """由1200万元增长到9600万元，增长700%: the rate that follows in the same sentence."""
    if n + 1 >= len(metrics) or metrics[n + 1].unit != "%" or metrics[n + 1].change is None:
        return metrics
    if re.search(r"[。；]", text[metrics[n].end : metrics[n + 1].start]) or metrics[n - 1].value == 0:
        return metrics
    first, last = Decimal(str(metrics[n - 1].value)), Decimal(str(metrics[n].value))
    computed = abs(last - first) / first * 100
    return _noted(metrics, n + 1, computed, f"由{metrics[n - 1].text}到{metrics[n].text}，按此计算为")


def _share(text: str, metrics: list[Metric], n: int) -> list[Metric]:
    """共3400家，其中甲1530家，占45%: part and whole stand before the share, in one sentence."""
    if n < 2:
        return metrics
    whole, part = metrics[n - 2], metrics[n - 1]
    middle = text[whole.end : part.start]
    if part.unit != whole.unit or not AMONG.search(middle) or re.search(r"[。；\n]", text[whole.end : metrics[n].start]):
        return metrics
    if not 0 < part.value <= whole.value:
        return metrics
    computed = Decimal(str(part.value)) / Decimal(str(whole.value)) * 100
    return _noted(metrics, n, computed, f"{part.text}占{whole.text}，按此计算为")


def _noted(metrics: list[Metric], n: int, computed: Decimal, why: str) -> list[Metric]:
    stated = metrics[n]
    if agrees(stated, computed) or stated.bound != "=":
        return metrics
    note = Note(code="arithmetic", text=f"{why}{computed:.{max(1, decimals(stated))}f}%，原文写{stated.text}", span=Span(stated.start, stated.end))
    return [*metrics[:n], replace(stated, notes=(*stated.notes, note)), *metrics[n + 1 :]]
