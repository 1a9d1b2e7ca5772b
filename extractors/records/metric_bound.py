"""How a number is bounded (约, 超, 不超过, 以上) and whether it is a change (同比增长, 较年初下降)."""

import re
from functools import cache
from typing import Final, Literal

from extractors.numbers import SPACE
from extractors.record import Bound, MetricChange
from extractors.records.metric_place import MEASURES, Place, pattern

BOUNDS: Final[tuple[Bound, ...]] = (">=", "<=", "~")
GIVING: Final = r"(?:给予|奖励|补助|补贴|资助|达到?|为|至|可获|可达|可享受|提供|支持|增长|下降|提高|增加|减少)?"


@cache
def _before() -> re.Pattern[str]:
    """One alternation for all bounds: the leftmost match wins, so that 不超过 is never read as 超过."""
    kinds = "|".join(f"(?P<k{n}>{pattern('bounds', 'before', b)})" for n, b in enumerate(BOUNDS))
    return re.compile(rf"(?:{kinds})了?{GIVING}{SPACE}$")


@cache
def _after(bound: Bound) -> re.Pattern[str]:
    return re.compile(rf"{SPACE}(?:（[^）]{{1,3}}）)?(?:的)?(?:{pattern('bounds', 'after', bound)})")


@cache
def _far(bound: Bound) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('bounds', 'far', bound)})[^\d]*$")


def bound(place: Place, previous: Bound | None) -> Bound:
    """= ~ >= <= of a quantity; the members of a list share what stands before the first (突破10亿元、5亿元)."""
    after, before = place.after, place.before
    for kind in BOUNDS:
        if _after(kind).match(after):
            return kind
    if match := _before().search(before):
        return BOUNDS[int(str(match.lastgroup)[1:])]
    if place.quantity.more:
        return ">="
    if place.quantity.unit == "位" and place.text[place.quantity.start] == "前":
        return "<="
    for kind in (">=", "<="):
        if _far(kind).search(before):
            return kind  # type: ignore[return-value]
    if place.joined and previous and not place.before.strip("、和与及或/， "):
        return previous
    return "="


@cache
def _change() -> re.Pattern[str]:
    ups, downs = pattern("changes", "up"), pattern("changes", "down")
    return re.compile(
        rf"(?P<word>(?P<down>{downs})|(?P<up>{ups}))(?:率|幅度?|比例)?(?:均|分别|同比|各|约|近|超过?|达到?|了|高达|为|突破|逾|在|不低于|不超过|接近|保持在?|稳定在|控制在|预计|实现|力争|维持在|[ 　])*$"
    )


FEWER: Final = re.compile(r"(?:减少|压减|缩减|精简)[^，。；、\d至到为]{1,16}$")  # 减少群众跑动近千次
NET: Final = re.compile("净增")
TOTAL: Final = re.compile("总|达|共有")
LEVEL: Final = re.compile(r"(?:增长|增加|提高|提升|上升|扩大|下降|减少|降低|压缩|缩短|压减|缩减|增|降)[至到为]")
NOT_CHANGE: Final = re.compile(r"(?:增加值|降水|增值|新增|加快推进|精简)$")


IMPROVING: Final = frozenset(("提升", "提高", "扩大", "加快", "压缩", "减", "少", "增", "降"))


def change(place: Place, previous: MetricChange | None) -> MetricChange | None:
    """The basis and direction of a number that is itself a change; None where it states a level."""
    before = place.lead if not place.joined else place.before
    if place.joined and previous and not re.search(r"[一-鿿]", place.before.strip("和与及或")):
        return previous
    if place.quantity.unit not in ("%", "百分点") and NET.search(place.lead) and not TOTAL.search(place.before):
        return MetricChange(basis=_basis(place), direction="+")
    if FEWER.search(place.before):
        return MetricChange(basis=_basis(place), direction="-")
    match = _change().search(before)
    if match is None or NOT_CHANGE.search(before[: match.end("word")]):
        return None
    if match["word"] in IMPROVING and place.quantity.unit not in MEASURES:
        return None  # 改造提升60个: how many, not how much more
    return MetricChange(basis=_basis(place), direction="-" if match["down"] else "+")


@cache
def _yoy() -> re.Pattern[str]:
    return re.compile(pattern("changes", "yoy"))


@cache
def _ytd() -> re.Pattern[str]:
    return re.compile(pattern("changes", "ytd"))


NAMED_BASE: Final = re.compile(r"[较比](?:(?:19|20)\d\d年?|“?十[二三四五]五|\d{1,2}月|上[月季周]|改革前|此前|以往|整治前|同类|[\d一二三四五]年前)")


def _basis(place: Place) -> Literal["yoy", "ytd", "period", "none"]:
    text = place.lead
    if _ytd().search(text):
        return "ytd"
    if _yoy().search(text):
        return "yoy"
    return "period" if NAMED_BASE.search(text) else "none"
