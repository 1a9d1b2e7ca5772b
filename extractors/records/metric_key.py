"""What makes two metrics comparable: the key of the indicator, what it measures in time, and the unit that it is scaled to."""

import re
from functools import cache, lru_cache
from typing import Final

from extractors.numbers import Quantity
from extractors.record import Measure, MetricChange, Status
from extractors.records.metric_indicator import Indicator
from extractors.records.metric_place import Place
from extractors.records.metric_words import any_of, pattern, table

MARKS: Final = re.compile(
    r"[\s“”‘’\"'《》〈〉「」『』（）()【】\[\]·,，、]|^全[市省区县州国]|^年度|^[我本][市省区县]|的?(?:拥有量|总?(?:数量|(?<!人)数|总量|总数))$"
)
RATES: Final = frozenset(("%", "‰", "百分点", "倍", "番", "比", "基点"))
# In this order: 累计 outweighs 新增, 产值达到 is a flow though 达到 alone speaks of a stock.
TIME: Final[tuple[tuple[str, Measure], ...]] = (("cumulative", "cumulative"), ("stock", "stock"), ("flow", "flow"), ("reached", "stock"))
LISTED: Final = re.compile(r"\d[^，。]*[、和及与][\s]*$")
OPENING: Final = 8  # characters of a clause in which its verb stands
ENTERPRISES: Final = re.compile(r"企业|主体|公司|机构|合作社|商户")


@cache
def _synonyms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(names)) for key, names in table("synonyms").items())


@lru_cache(maxsize=4096)
def common_name(phrase: str) -> str:
    """The key that the synonyms give a phrase; itself where none knows it."""
    plain = _plain(phrase)
    return next((key for key, names in _synonyms() if names.fullmatch(plain)), plain)


def _plain(text: str) -> str:
    """Without marks, 全市 and 总数."""
    bare = MARKS.sub("", re.sub(r"[\s“”‘’\"'《》（）()]", "", text))
    return bare or text


@cache
def _qualifier() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('qualifiers')})(?=[了各类]{{0,2}}$)")


def indicator_key(place: Place, indicator: Indicator, change: MetricChange | None) -> str:
    """The indicator under its common name, with its parent, its doing and 增幅 or 位次 where it is one: 创新平台（备案）."""
    text = place.text
    key = common_name(indicator.text(text))
    if indicator.within:
        key = f"{common_name(text[indicator.within.start : indicator.within.end])}·{key}"
    doing = _doing(place, indicator)
    if doing and not key.startswith(doing):
        key += f"（{doing}）"
    if place.quantity.form == "rank":
        return key + "（位次）"
    if change:
        return key + ("（增幅）" if change.direction == "+" else "（降幅）")
    return key


def _doing(place: Place, indicator: Indicator) -> str | None:
    """The verb right before the indicator or its number; a list's later members share that of its first (备案甲5家、乙3家)."""
    first = min(indicator.span.start, place.quantity.start)
    if not place.clause.start <= first:
        return None
    lead = re.sub(r"(?:约|近|超过?|逾|达到?|共|累计|[\s])+$", "", place.text[place.clause.start : first])
    if match := _qualifier().search(lead):
        return match.group()
    head = any_of("qualifiers").search(lead[:OPENING]) if LISTED.search(lead) else None
    return head.group() if head else None


def measure(place: Place, status: Status, change: MetricChange | None) -> Measure | None:
    """stock, flow, cumulative, rate or rule; None where the words do not tell a stock from a flow."""
    if status == "rule":
        return "rule"
    q = place.quantity
    if change or q.unit in RATES or "/" in q.unit or q.form == "rank":
        return "rate"
    clause = place.text[place.clause.start : place.clause.end]
    near = clause[: place.right - place.clause.start]
    for words, kind in TIME:
        if any_of("measures_of_time", words).search(near):
            return kind
    return "flow" if q.unit in ("场", "次", "人次", "期", "批次", "件次", "户次") else None


@cache
def _units() -> dict[str, tuple[str, float]]:
    """Unit as kept -> (unit of comparison, factor)."""
    found = {word: (row["key"], float(row["factor"])) for row in table("measures").values() for word in row["words"].split()}
    return found | {word: (key, 1.0) for key, family in table("unit_families").items() for word in family.split()}


def unit_key(q: Quantity, indicator: str | None) -> tuple[str | None, float | None]:
    """(unit of comparison, value in it). 户 of enterprises are counted with 个; 户 of homes stay."""
    if not q.unit:
        return None, None
    if q.form == "rank":
        return "位次", q.value
    if q.unit == "户" and ENTERPRISES.search(indicator or ""):
        return "个", q.value
    parts = [_units().get(part, (part, 1.0)) for part in q.unit.split("/")]
    factor = parts[0][1]
    for _, below in parts[1:]:
        factor /= below
    return "/".join(key for key, _ in parts), float(f"{q.value * factor:.12g}")
