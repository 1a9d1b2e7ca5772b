"""Which quantities state something about the world: durations only where they bound something, rounds not where they name a phase."""

import re
from typing import Final

from extractors.records.metric_place import Place

DURATIONS: Final = frozenset(("年", "月", "个月", "天", "日", "个工作日", "工作日", "周", "小时", "分钟", "秒"))
LIMIT_BEFORE: Final = re.compile(
    r"(?:给予|按照?|不超过|不少于|不低于|最长|最短|最多|连续|期限为?|时限.{0,6}|周期.{0,4}|有效期.{0,3}|满|至少|压缩|缩短|控制在|免费|延长|延期|达到?|用时|时间|耗时|居住|平均|存续期.{0,3}|期.{0,3})(?:至|到|为|了)?[ 　]*$"
)
LIMIT_AFTER: Final = re.compile(r"[ 　]*(?:以上|以内|以下|（含）|\(含\)|期(?!间|末|待))")
NAMED: Final = re.compile(r"[ 　]*(?:行动|计划|规划|来|间|内，|时间|之内|以来|多来|前|后|的努力|期间|专项|攻坚|工程|累计|活动|奋斗|滚动|一届)")
PHASE: Final = re.compile(r"[ 　]*(?:工程|项目|建设)")


def kept(place: Place) -> bool:
    """Whether a quantity is a metric."""
    unit = place.quantity.unit
    if place.text[place.quantity.end : place.quantity.end + 1] == "”" and unit in ("个", "条", "项"):
        return False  # “惠企18条”: a name
    if unit in ("年", "月", "个月", "周"):
        return (bool(LIMIT_BEFORE.search(place.before)) and not NAMED.match(place.after)) or bool(LIMIT_AFTER.match(place.after))
    if unit in DURATIONS and place.before.endswith(("“", "‘")):
        return False  # “20分钟便民圈”: a name
    if unit in ("日", "天", "岁"):
        return not NAMED.match(place.after)
    if place.quantity.form == "magnitude" and unit == "元" and re.match("以上|级|项目|企业|产业|投资项目|园区", place.after):
        return place.after.startswith("以上") and bool(re.search(r"[超过破近达上逾][ 　]*$", place.before))  # 亿元项目: a size
    if place.quantity.form == "magnitude" and place.before[-1:] in ("（", "(") and place.after[:1] in ("）", ")"):
        return False  # 金额（万元）: a heading's unit
    if unit == "期":
        return not PHASE.match(place.after)
    if unit == "亩" and place.text[place.quantity.start - 1 : place.quantity.start] == "每":
        return False
    return True
