"""What a number counts or measures, as a phrase of the text: behind the counting word, before the number, or carried from the clause before."""

import re
from dataclasses import dataclass, replace
from typing import Final

from extractors.article import Span
from extractors.records.metric_award import award, share_of
from extractors.records.metric_distributed import names
from extractors.records.metric_phrase import LONGEST, ahead, behind, core, doing, level, phrase_end, strip_lead
from extractors.records.metric_place import MEASURES, Place
from extractors.records.metric_words import cue

OF_ALL: Final = re.compile(r"(?:以上|左右|多)?的(?!比例|标准|份额|额度|幅度|速度)")  # 七成以上的|就业
CONVERTED: Final = re.compile(r"[（(](?:约?合|折合|相当于)(?:人民币)?[约近]?$")  # 200万美元（约合人民币1411万元）
MONEY: Final = ("元", "美元", "欧元")
PROVIDING: Final = re.compile(
    r"(?:规模|提供|完成|安排|获得?|发放|筹集|落实|兑现|拨付|发起|设立|成立)(?:不[低少]于|不超过|达到?|约|近|超过?|了|首批|首期|新一轮|首轮|[ 　])*$"
)
PROVIDED: Final = re.compile(
    r"(?:以上|左右)?的?(?:[A-Z][+＋]?轮)?[一-鿿]{0,12}?(?:资金|贷款|担保|保障|融资|授信|基金|补助|补贴|经费|债券)(?:支持)?(?=[，。；、]|$|用于|支持)"
)
THRESHOLD: Final = re.compile(r"(?<![\d.])(?:超过?|过|逾|破)?[十百千]*[万亿]+(?:元|美元)(?:以上|级)?的?$")  # 年营业额超亿元|企业130家
# …, a size with its digits: 年产值2亿元以上|渔厂30家
SIZE: Final = re.compile(
    r"(?:(?:计划)?总?投资额?|年?(?:主营业务|销售|营业)?(?:产值|营收|收入|营业额|纳税额?))?(?:超过?|过|达到?|不低于)?\d[\d.]*(?:[—-]\d[\d.]*)?[十百千]?[万亿]*(?:元|美元|亩|吨|人)$"
)
SIZED: Final = re.compile(r"(?:及?以上|以下|级)的?(?P<noun>[一-鿿]{2,16}?)(?:达到?|不[少低]于|共|总数|有|约|超过?|近|[ 　])*")
OF_NOUN: Final = re.compile(r"(?:以上|左右|以内)?的(?=[一-鿿])(?!比例|标准|份额|额度|幅度|速度)")
MEASURE: Final = re.compile(r"(?:[率比占例重度平额量值过至到按为]|投入|资金)(?:的|均|已|[ 　])*$")
EXTENT: Final = re.compile(
    r"(?:面积|[总全]长|长度|里程|距离|容量|功率|能力|产能|排水量|规模)(?:约|近|达到?|为|超过?|逾|[ 　])*$"
)  # 库容量3万吨的冷库
PREDICATE: Final = re.compile(r"[ 　]*(?:呈|为|属于?)(?=[一-鿿]{2})")
OPEN_BRACKET: Final = re.compile(r"[（(][共约含计等]*$")


@dataclass(frozen=True, slots=True)
class Indicator:
    span: Span
    rule: str
    consumed: int  # the text up to here belongs to this indicator: what names the next number begins behind it
    within: Span | None = None
    unit: str = ""  # of its quantity: a part is counted like its whole
    names: tuple[Span, ...] = ()  # of 甲、乙分别…: still to be given out

    def text(self, text: str) -> str:
        return text[self.span.start : self.span.end]


def indicator(place: Place, previous: Indicator | None, *, is_change: bool, is_rule: bool, skip: int = 0) -> Indicator | None:
    """The phrase that names what the quantity counts; None where none can be told.

    `previous`: of the quantity before; `skip`: the text up to there names the subject.
    """
    found = _find(place, previous, is_change=is_change, is_rule=is_rule, skip=skip)
    if found is None:
        return None
    if previous and found.rule in ("ahead", "behind"):
        found = replace(found, within=_parent(place, found, previous))
    return replace(found, unit=place.quantity.unit)


def _parent(place: Place, found: Indicator, previous: Indicator) -> Span | None:
    """加速器40家，其中市级9家，县级20家: the whole that a part belongs to."""
    if previous.unit != place.quantity.unit or previous.consumed < place.period.start:
        return None
    if place.text.startswith("其中", place.clause.start) or place.before.startswith(("（其中", "(其中")):
        return previous.span
    if previous.within is None or previous.consumed < place.sentence.start:
        return None
    is_part = place.joined or level().fullmatch(place.text, found.span.start, found.span.end)
    return previous.within if is_part else None


def _find(place: Place, previous: Indicator | None, *, is_change: bool, is_rule: bool, skip: int) -> Indicator | None:
    """The rules in the order in which they are trusted."""
    counts = _counts(place)
    return (
        _converted(place, previous)
        or _provided(place)
        or _listed(place, previous, counts=counts)
        or (_given(place) if is_rule and not counts and not is_change else None)
        or (_behind(place) if counts or (not is_rule and not is_change and _portion(place)) else None)
        or (_sized(place) if counts else None)
        or _ahead(place, previous, is_change=is_change, is_rule=is_rule, skip=skip)
        or _behind(place)
        or _before_bracket(place)
        or (_predicated(place) if counts else None)
        or _carried(place, previous, place.sentence)
        or _doing(place)
        or _carried(place, previous, place.period)
    )


def _converted(place: Place, previous: Indicator | None) -> Indicator | None:
    """The same amount in another currency, in a bracket behind the first."""
    if previous is None or not CONVERTED.search(place.before):
        return None
    return replace(previous, rule="carried", consumed=place.quantity.end, names=())


def _provided(place: Place) -> Indicator | None:
    """规模不低于1亿元的|引导资金, 提供37万元的|风险保障, 获得15万元|资金支持: an amount that names nothing before it is of what follows."""
    if place.quantity.unit not in MONEY or not PROVIDING.search(place.before) or not PROVIDED.match(place.text, place.quantity.end, place.clause.end):
        return None
    return _behind(place)


def _counts(place: Place) -> bool:
    """Whether what is counted follows the unit (36家|企业), rather than leads to it (收入|36元)."""
    q = place.quantity
    if q.form == "share":
        return OF_ALL.match(place.after) is not None
    if q.unit in MEASURES or "/" in q.unit or q.form == "rank":
        return False
    return not (OF_NOUN.match(place.after) and EXTENT.search(place.before))


def _portion(place: Place) -> bool:
    """预留20%的|泊位: a share of what follows, where nothing that is measured in percent leads to it."""
    return place.quantity.unit == "%" and OF_NOUN.match(place.after) is not None and not MEASURE.search(place.before)


def _predicated(place: Place) -> Indicator | None:
    """检测结果：90尾为|阳性."""
    match = PREDICATE.match(place.text, place.quantity.end, place.clause.end)
    end = phrase_end(place.text, match.end(), place.right, more=place.ahead is not None) if match else 0
    return Indicator(Span(match.end(), end), "behind", end) if match and end - match.end() >= 2 else None


def _listed(place: Place, previous: Indicator | None, *, counts: bool) -> Indicator | None:
    """A list's members share the indicator of the first, or take the next name of 甲、乙分别…."""
    if previous is None or not (place.joined or previous.rule == "again"):
        return None
    end = place.quantity.end
    if previous.names:
        return Indicator(previous.names[0], "distributed", end, previous.within, names=previous.names[1:])
    if counts and behind(place):
        return None
    return replace(previous, rule="list", consumed=max(end, previous.consumed), names=())


def _given(place: Place) -> Indicator | None:
    """What a policy gives, or what a share is taken of."""
    end = place.quantity.end
    if place.quantity.unit == "%" and (span := share_of(place)):
        return Indicator(span, "share of", end)
    if (span := award(place)) is not None:
        return Indicator(span, "award", max(end, span.end if span.start > end else 0))
    return None


def _behind(place: Place) -> Indicator | None:
    span = behind(place)
    return Indicator(span, "behind", span.end) if span else None


def _ahead(place: Place, previous: Indicator | None, *, is_change: bool, is_rule: bool, skip: int) -> Indicator | None:
    end = place.quantity.start
    start = max(place.left, skip, previous.consumed if previous and previous.consumed <= end else 0)
    if place.text.startswith("的", place.left):  # 造价9亿元的甲轮、造价5亿元的乙轮
        start = max(start, place.text.rfind("、", place.left, end) + 1)
    span = ahead(place, start, is_change=is_change, is_rank=place.quantity.form == "rank")
    if span is None:
        return None
    if is_rule and (condition := cue("condition").search(place.text, span.start, span.end)):
        span = Span(condition.start("m"), span.end)
    span = _with_threshold(place.text, span, previous)
    if len(given := names(place, span)) > 1:
        return Indicator(given[0], "distributed", place.quantity.end, names=tuple(given[1:]))
    return Indicator(span, "ahead", place.quantity.end)


def _with_threshold(text: str, span: Span, previous: Indicator | None) -> Span:
    """年营业额超亿元企业: a round amount right before a noun says which ones are counted."""
    match = THRESHOLD.search(text, max(0, span.start - 12), span.start)
    if match is None or previous is None:
        return span
    start = previous.span.start if previous.span.end <= match.start() <= previous.span.end + 1 else match.start()
    return Span(start, span.end) if span.end - start <= LONGEST else span


def _sized(place: Place) -> Indicator | None:
    """50亿元以上|项目2个: the size that stands right before a noun says which ones are counted."""
    noun = SIZED.fullmatch(place.text, place.left, place.quantity.start)
    size = SIZE.search(place.text, max(place.clause.start, place.left - 24), place.left) if noun else None
    return Indicator(Span(size.start(), noun.end("noun")), "ahead", place.quantity.end) if noun and size else None


def _carried(place: Place, previous: Indicator | None, reach: Span) -> Indicator | None:
    """总额9亿元，增长5%: the indicator of the quantity before, when it stands in the same sentence."""
    if previous is None or previous.consumed < reach.start:
        return None
    return replace(previous, rule="carried", consumed=place.quantity.end, names=())


def _doing(place: Place) -> Indicator | None:
    span = doing(place)
    return Indicator(span, "doing", place.quantity.end) if span else None


def _before_bracket(place: Place) -> Indicator | None:
    """经验做法|（共60项）: the phrase before the bracket that holds the number."""
    match = OPEN_BRACKET.search(place.text[place.clause.start : place.quantity.start])
    if match is None:
        return None
    end = place.clause.start + match.start()
    start = max(place.text.rfind("\n", 0, max(end - 1, 0)) + 1, place.clause.start)
    end = start + len(place.text[start:end].rstrip())
    start = core(place.text, strip_lead(place.text, start, end), end)
    return Indicator(Span(start, end), "bracket", place.quantity.end) if 2 <= end - start <= LONGEST else None
