"""Noun phrases around a number: where one that follows it ends, and where one that leads to it begins."""

import re
from functools import cache
from typing import Final

from extractors.article import Span
from extractors.periods import PHRASE
from extractors.records.metric_place import Place
from extractors.records.metric_words import bound_words, pattern, standing, table, words

LONGEST: Final = 40  # characters of a phrase; more is a sentence, not a name
OPEN: Final = "“‘《（(「『【"
CLOSE: Final = "”’》）)」』】"
LEFT_OVER: Final = "、，和与及或的 　”’）)；;"
AMONG: Final = re.compile(r"[^初高集其一二三四五六七八九十]中$")  # 企业中, but 高中
BOUNDS: Final = ("~", ">=", "<=")


ABOVE: Final = r"(?:高于|低于|快于|高出|领先)[^，。；、\d]{1,10}"  # 高于全省平均2个百分点
STRONG: Final = re.compile(
    r"开展|举办|提供|获得|完成|实现|引进|建成(?!区)|签订|召开|发放|投入(?!强度|力度|占|总|资本)|(?<!实际)使用(?!时长|时间|寿命|面积|年限|成本|效率)|新增|净增|授予|享受|入选|获评|获批|惠及|攻克|共建|选派|授信(?!上限|额度|总额|余额|规模)|承载|达成|累计|每年|年均|汇聚|录入|已(?!经)|已经|先后|(?<!公)共(?![同建享性青产和富有计])|一批|力争|预计|有望|希望(?:能够?)?(?=[把将让使])|(?<!车)把(?![关脉握手控])"
)
# 使用时长仅4G手机的|三分之一: a share of something else says nothing of what that is
OF_ANOTHER: Final = re.compile(
    r"(?:仅仅?[为有是]?|只[有为是]|不及|不到|不足|应?按?不?[得能应宜]?(?:超过|[高低大小多少]于)|相当于|保持在|维持在|稳定在|控制在|达到?|约?(?<![作认成行较])为|(?<![但也都就还或于要凡])是)[^，。；、]{2,20}的$"
)
DOING: Final = re.compile(r"[一-鿿]{2,8}$")
DOINGS: Final = frozenset(("工作", "做法", "经验", "举措", "改革", "经验做法"))  # 5项举措入选|典型案例: the award is what is counted
WON: Final = re.compile(r"(?:获评|入选|荣获|获批|获得|列入|获)")
MANNER: Final = re.compile(r"(?:方式|形式|途径|渠道|领域|方面)(?=[一-鿿]{4})")
BODY: Final = re.compile(r"(?:有限公司|集团|银行|大学|委员会|人民政府)$")
# Nouns with a counting word of their own, before 的 and what they have: 500个创新平台的资源, 4起事故的责任人.
COUNTABLE: Final = re.compile(
    r"(?!以|最|具有|具备|拥有|掌握|符合|从事|参与|获得|通过|完成|经|有|能|可|在|为|由|新)[一-鿿、]{0,14}(?:平台|企业|公司|事故|案件|机构|高校|园区|城市|医院|学校|工程师|专家|院士|教师|学生|员工|科学家|人员|志愿者)(?=的[一-鿿]{2,8}$)"
)
OF_WHAT: Final = re.compile(r"期限|时限|时间|人数|次数|价格|成本|费用|面积|距离|长度")  # they, too, keep what stands before 的
# 5个产值超60亿元、3个超20亿元的|渔业集群: sizes before what is counted.
SURPASSING: Final = re.compile(
    r"[一-鿿]{0,8}?(?:超过?|突破|达到?|过|逾|不低于)[\d.]+[万亿]*(?:元|亩|人|吨)(?:以上)?(?:[、和]\d+[个家](?:超过?|达|过)?[\d.]+[万亿]*元(?:以上)?)*的"
)
# 11个|超亿元渔业项目: a size that is part of the name
OF_SIZE: Final = re.compile(r"(?:总?投资|年?产值|年?营收)?(?:超过?|过|逾)?[\d.]*[十百千]*[万亿]+元(?:以上|级)?(?=[一-鿿]{2})(?!以|级|的)")
PLACES: Final = frozenset("县市区镇乡村国省州盟旗")
# Measures that say nothing without what is measured.
BARE: Final = re.compile(r"强度|力度|比例|比重|占比|规模|水平|[总金]?额|总?量|率|资金|投资|面积|人数|次数|数量|里程")
NOTHING: Final = re.compile(r"(?:标准|比例|时间|部分|额度|以上|以下|左右)$|用于|由|给予|每年|分别|一次性$|以?内|昨天|今天|据|其")


@cache
def ends() -> re.Pattern[str]:
    kinds = ("always", "unless_noun", "single")
    return re.compile("|".join(f"(?P<{k}>{pattern('phrase_end', k)})" for k in kinds))


@cache
def _single_inside() -> re.Pattern[str]:
    return re.compile(pattern("phrase_end", "single_inside"))


@cache
def after_number() -> re.Pattern[str]:
    """What may stand between a unit and the noun that it counts."""
    bounds = "|".join(pattern("bounds", "after", b) for b in BOUNDS)
    return re.compile(rf"[ 　]*(?:{bounds})?(?:[（(]含[^）)]{{0,8}}[）)])?(?:的)?[ 　]*")


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('relative_start')})[^，。；：\d]{{1,40}}的|(?:年度|计划|总投资)[^，。；：]{{1,24}}的")


@cache
def level() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('levels')})(?:和|、|以上)?")


def behind(place: Place) -> Span | None:
    """36家|重点实验室: the noun phrase after the counting word."""
    following = place.ahead.end if place.ahead else None
    return _noun_after(place.text, place.quantity.end, place.right, place.clause.end, following=following)


def _noun_after(text: str, start: int, right: int, stop: int, *, following: int | None) -> Span | None:
    """The phrase from `start` to `right` (the next number) or `stop` (the clause's end). `following`: where the next number ends."""
    lead = after_number().match(text, start, right)
    start = lead.end() if lead else start
    if size := OF_SIZE.match(text, start, stop):
        return Span(start, phrase_end(text, size.end(), stop, more=True))
    if start >= right or not re.match(r"[一-鿿“《A-Za-z\d]", text[start]):
        return None
    if relative := _relative().match(text, start, stop) or SURPASSING.match(text, start, stop):
        start, right, following = relative.end(), stop, None
    end = phrase_end(text, start, right, more=following is not None)
    if following is not None and level().fullmatch(text, start, end):
        return _shared_head(text, following, stop)
    if text[start:end] in DOINGS and (won := WON.match(text, end, stop)):
        start, end = won.end(), phrase_end(text, won.end(), stop, more=False)
    start, end = _counted(text, start, end)
    enough = end - start >= 2 or text[start:end] in PLACES
    return Span(start, end) if enough and not NOTHING.match(text, start, end) else None


def _counted(text: str, start: int, end: int) -> tuple[int, int]:
    """38家上市公司|的成绩: a noun that can be counted is what is counted; else what stands behind the last 的."""
    if match := COUNTABLE.match(text, start, end):
        return start, match.end()
    return core(text, start, end), end


def _shared_head(text: str, start: int, stop: int) -> Span | None:
    """60名一级、80名二级|船长: the head stands behind the next member of the list."""
    if found := level().match(text, start, stop):
        start = found.end()
    end = phrase_end(text, start, stop, more=False)
    return Span(start, end) if end - start >= 2 else None


def phrase_end(text: str, start: int, right: int, *, more: bool) -> int:
    """Where a noun phrase that begins at `start` ends: at a verb of the table, a mark, or the 、 before a list's next number (`more`)."""
    end, depth, stop = start, 0, min(right, start + 2 * LONGEST)
    while end < stop:
        c = text[end]
        depth += (c in OPEN) - (c in CLOSE)
        if depth < 0 or c == "\n" or (depth == 0 and (c in "，。；：！？" or (c == "、" and more and "等" not in text[end:right]))):
            break
        if depth == 0 and (match := ends().match(text, end)) and _ends(text, start, match):
            break
        end += 1
    return trim(text, start, end)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a verb of the table ends the phrase here, or is part of the noun."""
    if match.lastgroup == "always":
        return True
    if match.lastgroup == "unless_noun":
        if text[match.end() : match.end() + 1] in tuple("到至了达超近约为"):
            return True  # 增长到
        return match.start() - start >= 2 and not re.match(r"[一-鿿]", text[match.end() : match.end() + 1])
    if any(m.start() <= match.start() < m.end() for m in _single_inside().finditer(text, max(0, match.start() - 2), match.end() + 3)):
        return False
    return match.start() == start or match.start() - start >= 2


def trim(text: str, start: int, end: int) -> int:
    """Without the marks and connectives at its end, and without a bracket that does not close."""
    opened = text.rfind("（", start, end)
    if opened > start and "）" not in text[opened:end]:
        end = opened
    if end - start > 2 and AMONG.search(text, start, end):
        end -= 1
    while end > start and text[end - 1] in "、和与及或等的 　，—-“‘（(《：" and not text.endswith(("之和", "总和"), start, end):
        end -= 1
    return end


def core(text: str, start: int, end: int) -> int:
    """Behind the last 的 and the last 等, where enough stands there: 具有优势的|企业, 甲、乙等|服务平台."""
    for mark, least in (("的", 2), ("等", 4)):
        at = text.rfind(mark, start, end)
        if (
            at > 0
            and end - at - 1 >= least
            and text[at + 1] not in CLOSE
            and not (BARE.fullmatch(text, at + 1, end) or OF_WHAT.fullmatch(text, at + 1, end))
            and not (mark == "等" and text[at + 1] in "待级于候效同")
        ):
            start = at + 1
    return start


@cache
def _tails() -> dict[str, re.Pattern[str]]:
    bounds = "|".join([standing(bound_words("before", b)) for b in BOUNDS])
    measuring = standing(words("measuring"))
    moves = f"{pattern('changes', 'up')}|{pattern('changes', 'down')}"
    compared = f"{pattern('changes', 'yoy')}|{pattern('changes', 'ytd')}"
    beside = r"连续(?:\d+|[一二三四五六七八九十]+)年|（以?下同）"
    return {
        "tail": re.compile(rf"(?:{measuring}|{bounds}|[ 　“‘]|比?较?上年|[月季]?环比|年均|{beside}|(?:{PHRASE.pattern})的?|{ABOVE})+$"),
        "growth": re.compile(rf"(?:{moves})(?:率|幅)?$"),
        "compared": re.compile(rf"(?:{compared}|环比|(?:较|(?<!占)比(?![例重率值]))[^，]{{1,8}})$"),
        "rank": re.compile(
            r"(?<=[，。；：\n])在?(?:全[国省市球区]|所有|同类)[^，。；]{0,8}$|荣登[^，。；]{0,10}$"
            r"|(?:在?(?:位居|位列|名列|分列|分居|排名|跃居|跃升|蝉联|稳居|升至|保持|居|列|排)|综合排名|规模(?!以上))[^，。；]{0,12}$"
        ),
    }


def ahead(place: Place, start: int, *, is_change: bool, is_rank: bool = False) -> Span | None:
    """技术收入达到|900亿元: the phrase that leads to the number, without verbs of measuring and doing."""
    text = place.text
    end = _strip_tail(text, start, _before_another(place, start), is_change=is_change, is_rank=is_rank)
    start = strip_lead(text, start, end)
    if end - start < 2 or _only_verb().fullmatch(text, start, end):
        return None
    start = strip_lead(text, _behind_verb(text, start, end), end)
    start = core(text, start, end)
    if manner := MANNER.match(text, start, end):  # 以转让、许可等方式转化|成果
        start = strip_lead(text, manner.end(), end)
    end = trim(text, start, end)
    while end - start > LONGEST and (cut := re.search(r"[、和及与]", text[start:end])):
        start += cut.end()
    if BODY.search(text, start, end):  # 某有限公司出借30万元: whose, not what
        return None
    return Span(start, end) if 2 <= end - start <= LONGEST and re.search(r"[一-鿿]|[A-Z]{2}", text[start:end]) else None


def _before_another(place: Place, start: int) -> int:
    """Where the phrase ends that is measured by a share of something else: before its verb."""
    q = place.quantity
    match = OF_ANOTHER.search(place.text, start, q.start) if q.unit in ("%", "倍") else None
    return match.start() if match and match.start() - start >= 2 else q.start


def doing(place: Place) -> Span | None:
    """实施改造|1055万平方米: where nothing but a verb leads to the number, the verb."""
    end = _strip_tail(place.text, place.left, place.quantity.start, is_change=False, is_rank=False)
    match = DOING.search(place.text, place.left, end)
    return Span(match.start(), match.end()) if match else None


def _strip_tail(text: str, start: int, end: int, *, is_change: bool, is_rank: bool) -> int:
    """Take 达到, 共计, 同比增长, 最高 … off the end of the phrase before a number."""
    names = ["tail", *(["growth", "compared"] if is_change else []), *(["rank"] if is_rank else [])]
    while True:
        before = end
        for name in names:
            if match := _tails()[name].search(text, start, end):
                end = match.start()
        while end > start and text[end - 1] in " 　，、“‘（(":
            end -= 1
        if end == before or end <= start:
            return max(end, start)


@cache
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    bounds = "|".join(pattern("bounds", "after", b) for b in BOUNDS)
    single = "|".join(f"{c}(?![{after}])" if after else c for c, after in table("lead_single").items())
    how = "高(?:标准|质量|水平)(?=建设|推进|打造|运营|办|谋划|规划|编制|完成|发展)"
    here = "全[市省区县州国盟旗]|[我本][市省区县州国]|[市省区县]内"
    heading = "[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"  # but 一、二、三产
    number = rf"{heading}|第[一二三四五六七八九十百]+条|[（(][\d一二三四五六七八九十]{{1,3}}[）)]|\d{{1,2}}[.．、](?!\d)"
    within = r"(?:\d{1,2}|[一两二三四五六七八九十])年[内间]"
    lead = rf"{pattern('lead')}|{within}|{single}|{how}|{bounds}|{here}|[ 　]|{number}|{PHRASE.pattern}"
    part = r"(?![率额量者力型]|业(?!务|绩)|外包|贸易|总值|区(?=绿|面积|人口))"  # 服务业, 生产总值, 建成区面积: no verb
    return re.compile(lead), re.compile(rf"(?:{pattern('lead_verbs')}){part}(?:了|和(?![美谐平])|或|、)?")


@cache
def _only_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('lead_verbs')}|{STRONG.pattern}|{_leads()[0].pattern}|连续|分别|成功|[ 　])+")


def strip_lead(text: str, start: int, end: int, *, verbs: bool = True) -> int:
    """Take connectives, times, 全市 and verbs of doing off the front; 新增 and its like stay (they are part of what is counted)."""
    lead, verb = _leads()
    doing = None  # where the verbs begin
    while start < end:
        unclosed = text[start] in "（(" and not re.search("[）)]", text[start:end])  # 40万吨（其中|网箱养殖9万吨）
        if unclosed or (text[start] in LEFT_OVER and not text.startswith(("和美", "和谐", "和平"), start)):
            start += 1
            continue
        match = lead.match(text, start, end) or (verb.match(text, start, end) if verbs else None)
        if match is None or match.end() == start or (match.re is verb and (text.startswith("新增", start) or end - match.end() < 2)):
            break
        doing = start if match.re is verb and doing is None else doing
        start = match.end()
    return doing if doing is not None and BARE.fullmatch(text, start, end) else start


def _behind_verb(text: str, start: int, end: int) -> int:
    """主动提供|政策解读: what stands behind the last verb, where enough stands there."""
    if text[start] == "新":
        return start
    for match in reversed(list(STRONG.finditer(text, start, end))):
        if end - match.end() >= 2 and text[match.end()] not in "的、和率额数量者业人" and not BARE.fullmatch(text, match.end(), end):
            if match.group() in ("新增", "净增"):
                return match.start() if match.start() - start > 4 else start  # 城镇|新增就业 is one name
            return match.end()
    return start


def without_base(text: str, start: int, end: int) -> int:
    """渔获量较往年|分别增长, 渔获量应当|分别达到: the end of what stands before the base of a comparison and verbs."""
    for name in ("tail", "compared"):
        match = _tails()[name].search(text, start, end)
        end = match.start() if match and match.start() - start >= 2 else end
    return end
