"""Whether a number is itself a change (同比增长, 较年初下降, 净增), against what and in which direction."""

import re
from functools import cache
from typing import Final, Literal

from extractors.record import MetricChange
from extractors.records.metric_place import MEASURES, Place
from extractors.records.metric_words import any_of, pattern

# What may stand between a word of change and its number.
BETWEEN: Final = (
    "均|分别|同比|各|却|更是|仅仅?|约|近|超过?|达到?|了|高达|为|突破|逾|在|不低于|不超过|接近|保持在?|稳定在|控制在|预计|实现|力争|维持在|[ 　]"
)
FEWER: Final = re.compile(r"(?:减少|压减|缩减|精简)[^，。；、\d至到为]{1,16}$")  # 减少群众跑动近千次
BY_MUCH: Final = re.compile(r"(?:(?P<up>提高|延长)|(?P<down>降低|缩短))[^，。；、\d至到为]{2,16}$")  # 提高支付限额3800元
MORE_THAN: Final = re.compile(r"[较比][^，。；]{1,8}(?:新增|多)(?:了|约|近|超过?|逾|[ 　])*$")  # 较年初新增
TOTAL: Final = re.compile("总|达|共有")
NO_CHANGE: Final = re.compile(r"(?:增加值|降水|增值|新增|加快推进|精简)$")
# With a counting word these say how many, not how much more: 改造提升60个.
IMPROVING: Final = frozenset(("提升", "提高", "扩大", "加快", "压缩", "减", "少", "增", "降"))
SAME_BASE: Final = re.compile(rf"(?:增速|增幅|增长率|降幅|涨幅)(?:{BETWEEN})*")  # …比上年净增9家，增速3%
NAMED_BASE: Final = re.compile(
    r"[较比](?:(?:19|20)\d\d年?|“?十[二三四五]五|\d{1,2}月|上[月季周]|改革前|此前|以往|整治前|同类|[\d一二三四五]年前|目前|现在|现有|原来|之前)"
    r"|(?:较|比(?![重例率较分价]))[一-鿿]{2,5}?前(?![列沿茅三十位\d])"
)


def change(place: Place, previous: MetricChange | None) -> MetricChange | None:
    """The basis and direction of a number that is a change; None where it states a level. `previous`: of the quantity before."""
    if place.joined and previous:
        return previous
    direction = _direction(place)
    if direction is None:
        return None
    if previous and SAME_BASE.fullmatch(place.lead):
        return MetricChange(basis=previous.basis, direction=direction)
    return MetricChange(basis=_basis(place.lead), direction=direction)


def _direction(place: Place) -> Literal["+", "-"] | None:
    unit = place.quantity.unit
    if unit not in ("%", "百分点") and "净增" in place.lead and not TOTAL.search(place.before):
        return "+"
    if FEWER.search(place.before):
        return "-"
    if unit in MEASURES and (by := BY_MUCH.search(place.before)):
        return "+" if by["up"] else "-"
    return _moved_before(place)


def _moved_before(place: Place) -> Literal["+", "-"] | None:
    """By the word of change that leads to the number."""
    unit, before = place.quantity.unit, place.before if place.joined else place.lead
    if MORE_THAN.search(before):
        return "+"
    match = _moved().search(before)
    if match is None or NO_CHANGE.search(before[: match.end("word")]):
        return None
    if match["word"] in IMPROVING and unit not in MEASURES and unit != "位":
        return None
    return "-" if match["down"] else "+"


@cache
def _moved() -> re.Pattern[str]:
    ups, downs = pattern("changes", "up"), pattern("changes", "down")
    return re.compile(rf"(?P<word>(?P<down>{downs})|(?P<up>{ups}))(?:率|幅度?|比例)?(?:{BETWEEN})*$")


def _basis(lead: str) -> Literal["yoy", "ytd", "period", "none"]:
    """What the clause says that the number is measured against."""
    if any_of("changes", "ytd").search(lead):
        return "ytd"
    if any_of("changes", "yoy").search(lead):
        return "yoy"
    return "period" if NAMED_BASE.search(lead) else "none"
