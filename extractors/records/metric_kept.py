"""Which quantities state something about the world: durations only where they bound something, rounds not where they name a phase."""

import re
from typing import Final

from extractors.records.metric_place import Place
from extractors.records.metric_words import cue

DURATIONS: Final = frozenset(("年", "月", "个月", "天", "日", "个工作日", "工作日", "周", "小时", "分钟", "秒"))
LONG: Final = frozenset(("年", "月", "个月", "周"))
VILLAGES: Final = frozenset(("村", "镇", "县", "乡"))  # 千村示范, 百县千镇
# What opens and closes a name that holds a number, and how far before it: “万企百链”行动, 《关于修改甲条例等九件法规的决定》.
NAMES: Final = (
    (7, re.compile(r"“[^”，。；\n]*$"), re.compile(r"[^”\n]{0,6}”")),
    (60, re.compile(r"《[^《》\n]*$"), re.compile(r"[^《》\n]{0,60}》")),
)
SIZED: Final = ("以上", "级", "项目", "企业", "产业", "投资项目", "园区", "GDP", "生产总值", "地区生产总值", "国内生产总值")


def kept(place: Place) -> bool:
    """Whether a quantity is a metric."""
    return not (_is_name(place) or _is_size(place)) and _is_bounded(place)


def _is_name(place: Place) -> bool:
    """“惠企18条”, “20分钟便民圈”, 二期工程."""
    q = place.quantity
    if q.unit in ("个", "条", "项") and place.after.startswith("”"):
        return True
    if place.before.endswith(("（含", "(含")) and place.after.startswith(("）", ")")):  # 100—500亩（含500亩）
        return True
    if q.unit in DURATIONS and place.before.endswith(("“", "‘")):
        return True
    if any(opens.search(place.text, max(0, q.start - reach), q.start) and closes.match(place.text, q.end) for reach, opens, closes in NAMES):
        return True
    if q.form == "magnitude" and q.unit in VILLAGES:
        return True
    return q.unit == "期" and bool(cue("phase").match(place.after))


def _is_size(place: Place) -> bool:
    """亿元以上项目 and 金额（万元）: a size and a heading's unit, no sums. 突破亿元以上 is one."""
    q = place.quantity
    if q.form != "magnitude":
        return False
    if place.clause.start > 2 and place.text.startswith("单位", place.clause.start - 3):  # 单位：亿元, of a table
        return True
    if place.before[-1:] in ("（", "(") and place.after[:1] in ("）", ")"):
        return True
    surpassed = place.before.rstrip(" 　")[-1:] in tuple("超过破近达上逾")
    return q.unit == "元" and place.after.startswith(SIZED) and not (surpassed and place.after.startswith("以上"))


def _is_bounded(place: Place) -> bool:
    """Years and months count only as limits (不超过3年, 5年期); days and shorter ones unless they name something."""
    unit = place.quantity.unit
    if unit in LONG:
        limited = cue("limit_before").search(place.before) and not cue("named_duration").match(place.after)
        for_long = place.before.rstrip(" 　").endswith("连续")
        given = not for_long or cue("given_long").search(place.text, place.quantity.end, place.clause.end)
        return bool((limited and given) or cue("limit_after").match(place.after))
    return unit not in ("日", "天", "岁") or not cue("named_duration").match(place.after)
