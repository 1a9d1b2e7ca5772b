"""Amounts that a policy gives: which word says what they are (奖励, 补助, 罚款), and what a share is taken of (项目投资额的30%)."""

import re
from functools import cache
from typing import Final

from extractors.article import Span
from extractors.records.metric_phrase import core, strip_lead
from extractors.records.metric_place import Place
from extractors.records.metric_words import cue, pattern

OF: Final = re.compile(r"(?:按照?|不得?超过|不高于|不低于|不[大小]于|达到?|其(?!中))(?=[^按不达其]*$)")
# 从转让净收入中，提取|5%
FROM: Final = re.compile(r"从([^，。；]{2,40}?)[中里]?，?(?:提取|计提|安排|列支|拿出|划出)(?:不[低少高多]于|不超过)?[ 　]*$")
GIVEN: Final = re.compile(r"(?:给予|予以|按)(?:企业|单位|个人)?(?=[^给予按]*$)")
NEAR: Final = 16  # characters into the next clause: 以60万元为限，提供|经费补助


def award(place: Place) -> Span | None:
    """The word that says what an amount is; None where no policy gives it, or where it is a condition or names itself."""
    text, q = place.text, place.quantity
    lead = text[place.clause.start : q.start]
    is_condition = cue("threshold").match(text, q.end, place.sentence.end) and not re.search(r"给予[^，]*$", lead)
    if not cue("giving").search(lead) or is_condition or cue("amount").search(place.before):
        return None
    if match := _noun().search(text, q.end, place.clause.end):
        return Span(match.start(), match.end())
    for start, end in ((place.clause.start, q.start), (place.sentence.start, place.clause.start)):
        if found := list(_noun().finditer(text, start, end)):
            return Span(found[-1].start(), found[-1].end())
    match = _noun().search(text, place.clause.end, min(place.sentence.end, place.clause.end + NEAR))
    return Span(match.start(), match.end()) if match else None


def share_of(place: Place) -> Span | None:
    """按照船舶造价的|35%予以补贴: what a share is taken of."""
    text, q = place.text, place.quantity
    if whole := FROM.search(text, place.sentence.start, q.start):
        return Span(core(text, strip_lead(text, *whole.span(1), verbs=False), whole.end(1)), whole.end(1))
    found = list(OF.finditer(text, place.left, q.start))
    if not found:
        return None
    begin, end = found[-1].end(), q.start
    if end - begin < 2:  # 给予引进成本不低于10%的资金
        named = GIVEN.search(text, place.left, found[-1].start())
        begin, end = (named.end(), found[-1].start()) if named else (begin, end)
    while end > begin and text[end - 1] in "的 　":
        end -= 1
    start = strip_lead(text, begin, end, verbs=False)
    return Span(start, end) if end - start >= 2 else None


@cache
def _noun() -> re.Pattern[str]:
    kinds = "一次性|综合|专项|事后|定额|分档|建设|研发|生活|房租|租金|经费|培训|运营|用电|[一-鿿]{2}费用?"
    return re.compile(rf"(?:{kinds})*(?:{pattern('awards')})")
