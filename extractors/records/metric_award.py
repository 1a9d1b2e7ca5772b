"""Amounts that a policy gives: which word says what they are (奖励, 补助, 贴息), and what a share is taken of (项目投资额的30%)."""

import re
from functools import cache
from typing import Final

from extractors.article import Span
from extractors.records.metric_phrase import strip_lead
from extractors.records.metric_place import Place, pattern

# What a condition of a policy measures, behind the bodies that it is put to: 对企业|年营业收入达到….
CONDITION: Final = re.compile(
    r"(?:企业|单位|机构|项目|公司|产品|人才|个人|团队|平台)(?P<m>[一-鿿]{0,6}(?:注册资本|总?投资额?|收入|产值|销售额|金额|面积|纳税额|税收|利润|贷款|融资|投入))$"
)
GIVING: Final = re.compile(
    r"处(?!理|置|于|境|所|方)|给予|予以|奖励|奖补|补助|补贴|资助|贴息|扶持|最高|按照?|不超过|每[家个人名户项年台亩证件]|分别|年[ 　]*$|限额"
)
THRESHOLD: Final = re.compile(
    r"[ 　]*(?:(?:及?以上|以下|（含）|及以下|以内)+的?(?:，|(?:企业|项目|单位|机构|法人|平台|团队|个人|产品))|(?:及?以上|以下|以内|（含）)*的(?:企业|项目|单位|机构|法人|平台|团队|个人|产品))"
)
AMOUNT: Final = re.compile(
    r"(?:金额|额度|总额|资金|出资|标准|注册资本|投资额?|贷款|收入|产值)(?:最高)?(?:不超过|不高于|不低于|达到|为|突破|在|累计|首次|合计|超过?|[ 　])*$"
)
OF: Final = re.compile(r"(?:按照?|不超过|不高于|不低于|达到?|其(?!中))(?=[^按不达其]*$)")


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"(?:一次性|综合|专项|事后|定额|分档|建设|研发|生活|房租|租金|经费|培训|运营|用电|[一-鿿]{{2}}费用?)*(?:{pattern('awards')})")


def award(place: Place) -> Span | None:
    """The word that says what an amount of money (or a share given outright) is; None where the number is not given by a policy."""
    text, q = place.text, place.quantity
    lead = text[place.clause.start : q.start]
    if not GIVING.search(lead) or (THRESHOLD.match(text, q.end, place.sentence.end) and not re.search(r"给予[^，]*$", lead)):
        return None
    if AMOUNT.search(place.before):
        return None
    if match := _noun().search(text, q.end, place.clause.end):
        return Span(match.start(), match.end())
    verbs = list(_noun().finditer(text, place.clause.start, q.start))
    if verbs:
        return Span(verbs[-1].start(), verbs[-1].end())
    earlier = list(_noun().finditer(text, place.sentence.start, place.clause.start))
    if earlier:
        return Span(earlier[-1].start(), earlier[-1].end())
    match = _noun().search(text, place.clause.end, min(place.sentence.end, place.clause.end + 16))
    return Span(match.start(), match.end()) if match else None


def share_of(place: Place) -> Span | None:
    """按照项目投资额的|30%给予补助: what a share is taken of."""
    text, q = place.text, place.quantity
    match = None
    for match in OF.finditer(text, place.left, q.start):
        pass
    if match is None:
        return None
    end = q.start
    while end > match.end() and text[end - 1] in "的 　":
        end -= 1
    start = strip_lead(text, match.end(), end)
    return Span(start, end) if end - start >= 2 else None
