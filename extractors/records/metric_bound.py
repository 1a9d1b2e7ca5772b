"""How a number is bounded: 约, 超, 不超过 before it, 以上, 左右 behind it."""

import re
from functools import cache
from typing import Final

from extractors.numbers import SPACE
from extractors.record import Bound
from extractors.records.metric_place import Place
from extractors.records.metric_words import bound_words, pattern, standing

BOUNDS: Final[tuple[Bound, ...]] = (">=", "<=", "~")
FAR: Final[tuple[Bound, ...]] = (">=", "<=")
# 最高支付限额3800元 is a limit of its own, 最高日产量达8吨 a fact.
NAMED_OR_QUOTED: Final = re.compile(
    r"最[高低][一-鿿]{0,4}(?:限额|额度|分值|限价|标准)|“[^”]*”|最[高低大][一-鿿]{1,8}[量额数值价温率速](?=达|突破|创|超)"
)
GIVING: Final = r"(?:给予|奖励|补助|补贴|资助|达到?|为|至|可获|可达|可享受|提供|支持|增长|下降|提高|增加|减少)?"


def bound(place: Place, previous: Bound | None) -> Bound:
    """= ~ >= <= of a quantity; `previous`: that of the quantity before."""
    return _behind(place.after) or _before(place) or _listed(place, previous) or _shared(place) or "="


def _behind(after: str) -> Bound | None:
    return next((kind for kind in BOUNDS if _after_pattern(kind).match(after)), None)


def _before(place: Place) -> Bound | None:
    """A word right before the number, in it (余), or elsewhere in the clause with a noun between (不超过购置费30%)."""
    match = _before_pattern().search(place.before)
    if match:
        return BOUNDS[int(str(match.lastgroup)[1:])]
    if place.quantity.more:
        return ">="
    if place.quantity.form == "rank" and place.text[place.quantity.start] == "前":
        return "<="
    before = NAMED_OR_QUOTED.sub("", place.before)
    return next((kind for kind in FAR if _far_pattern(kind).search(before)), None)


def _listed(place: Place, previous: Bound | None) -> Bound | None:
    """The members of a list share what stands before the first (突破10亿元、5亿元)."""
    return previous if place.joined and not place.before.strip("、和与及或/， ") else None


def _shared(place: Place) -> Bound | None:
    """分别增长20%、10%以上: what stands behind the last holds for all."""
    follows = place.ahead
    if follows is None or "分别" not in place.lead or not re.fullmatch("[、和]", place.after) or follows.unit != place.quantity.unit:
        return None
    return _behind(place.text[follows.end : place.clause.end])


@cache
def _before_pattern() -> re.Pattern[str]:
    """One alternation for all bounds: the leftmost match wins, so that 不超过 is never read as 超过."""
    kinds = "|".join(f"(?P<k{n}>{standing(bound_words('before', b))})" for n, b in enumerate(BOUNDS))
    return re.compile(rf"(?:{kinds})了?{GIVING}{SPACE}$")


@cache
def _after_pattern(kind: Bound) -> re.Pattern[str]:
    return re.compile(rf"{SPACE}(?:（[^）]{{1,3}}）)?(?:的)?(?:{pattern('bounds', 'after', kind)})")


@cache
def _far_pattern(kind: Bound) -> re.Pattern[str]:
    return re.compile(rf"(?:{standing(bound_words('far', kind))})[^\d]*$")
