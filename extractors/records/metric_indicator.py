"""What a number counts or measures, as a phrase of the text: behind the counting word, before the number, or carried from the clause before."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.article import Span
from extractors.periods import PHRASE
from extractors.records.metric_place import Place, pattern

LONGEST: Final = 40  # characters; the issue asks for <= 60 always
MEASURED: Final = frozenset(("元", "%", "百分点", "倍", "番", "美元", "比"))  # units of what stands before; the rest count what follows
OPEN, CLOSE = "“‘《（(「『【", "”’》）)」』】"


@dataclass(frozen=True, slots=True)
class Indicator:
    span: Span
    rule: str
    consumed: int  # the text up to here belongs to this indicator (what follows a counted noun may name the next number)
    within: Span | None = None

    def text(self, text: str) -> str:
        return text[self.span.start : self.span.end]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    bounds = "|".join([pattern("bounds", "before", b) for b in ("~", ">=", "<=")])
    up_down = f"{pattern('changes', 'up')}|{pattern('changes', 'down')}"
    yoy = f"{pattern('changes', 'yoy')}|{pattern('changes', 'ytd')}"
    return {
        "tail": re.compile(rf"(?:{pattern('measuring')}|{bounds}|[ 　“‘]|比?较?上年|环比|年均)+$"),
        "growth": re.compile(rf"(?:{up_down})(?:率|幅)?$"),
        "compared": re.compile(rf"(?:{yoy}|环比|比[^，]{{1,8}}|较[^，]{{1,8}})$"),
        "lead": re.compile(rf"(?:{pattern('lead')}|全[市省区县州国盟旗]|[我本][市省区县州国]|[市省区县]内|[ 　]|{PHRASE.pattern})"),
        "verb": re.compile(rf"(?:{pattern('lead_verbs')})(?:了|和|或|、)?"),
        "bound_after": re.compile(rf"[ 　]*(?:{'|'.join(pattern('bounds', 'after', b) for b in ('>=', '<=', '~'))})?(?:的)?[ 　]*"),
        "end": re.compile(rf"{pattern('phrase_end')}"),
        "heads": re.compile(rf"{pattern('good_heads')}"),
        "award": re.compile(rf"(?:一次性|综合|专项|事后|定额|分档)?(?:资金|财政)?(?:{pattern('awards')})"),
    }


def indicator(place: Place, previous: Indicator | None, *, is_change: bool) -> Indicator | None:
    """The phrase that names what the quantity counts; None where none can be told."""
    unit = place.quantity.unit
    counts = unit not in MEASURED and place.quantity.form != "rank"
    if not counts and unit in ("元", "%") and not is_change and (found := _award(place)):
        return found
    if place.joined and previous and not _word(place.before) and not (counts and _behind(place)):
        return Indicator(previous.span, "list", place.quantity.end, previous.within)
    if counts and (found := _behind(place)):
        return found
    if found := _ahead(place, previous, is_change=is_change):
        return found
    if found := _behind(place):
        return found
    if previous and previous.span.start >= place.sentence.start:
        return Indicator(previous.span, "carried", place.quantity.end, previous.within)
    return None


def _word(text: str) -> bool:
    return bool(re.search(r"[一-鿿A-Za-z]", text.strip("、和与及或各均")))


def _behind(place: Place) -> Indicator | None:
    """36家|重点实验室: the noun phrase after the counting word."""
    p = _patterns()
    lead = p["bound_after"].match(place.after)
    assert lead
    start = place.quantity.end + lead.end()
    end = _phrase_end(place, start)
    last = place.text.rfind("的", start, end)
    if last > 0 and end - last > 2:
        start = last + 1
    text = place.text[start:end]
    if len(text) < 2 or not re.match(r"[一-鿿“《A-Za-z\d（]", text):
        return None
    return Indicator(Span(start, end), "behind", end)


def _phrase_end(place: Place, start: int) -> int:
    """Where a noun phrase that begins at `start` ends: at a verb of the table, a mark, or a list's next number."""
    p = _patterns()
    end, depth = start, 0
    limit = min(place.right, start + 2 * LONGEST)
    while end < limit:
        c = place.text[end]
        depth += (c in OPEN) - (c in CLOSE)
        if depth < 0 or (depth == 0 and c in "、" and _list_goes_on(place, end)):
            break
        if depth == 0 and c == "\n":
            break
        if depth <= 0 and (match := p["end"].match(place.text, end)) and not _inside_noun(place, start, match):
            break
        end += 1
    return _trim(place.text, start, end)


def _list_goes_on(place: Place, at: int) -> bool:
    """The 、 at `at` separates numbers (…、150名), not members of one noun phrase (A、B等项目)."""
    return place.ahead is not None and at < place.right and "等" not in place.text[at : place.right]


def _inside_noun(place: Place, start: int, match: re.Match[str]) -> bool:
    """A verb of the table is part of the noun when the noun goes on behind it (发展研究中心) or nothing stands before it but too little."""
    if match.start() - start < 2:
        return len(match.group()) > 1 or match.start() == start
    tail = place.text[match.end() : match.end() + 2]
    if match.group() in (
        "支持",
        "发展",
        "建设",
        "实施",
        "申报",
        "补助",
        "奖励",
        "上市",
        "提升",
        "投入",
        "开放",
        "覆盖",
        "实现",
        "参与",
        "服务",
        "投资",
    ):
        return bool(re.match(r"[一-鿿]", tail)) and not re.match(r"[一了到在]", tail)
    return match.group() in (
        "以",
        "为",
        "对",
        "与",
        "可",
        "来",
        "能",
        "应",
        "将",
        "要",
        "总",
        "列",
        "均",
        "共",
        "每",
        "到",
        "向",
        "较",
        "比",
        "近",
        "由",
        "按",
        "约",
        "占",
        "从",
        "赴",
        "是",
        "超",
        "达",
    ) and _joined_word(place.text, match)


# Single characters of the table that are the middle of a word.
WORDS: Final = re.compile(
    r"行为|作为|认为|成为|参与|赠与|以上|以下|以内|予以|可再生|可持续|可循环|许可|认可|未来|外来|往来|来源|能源|能力|功能|智能|性能|产能|职能|节能|储能|效能|应用|应急|供应|响应|适应|主要|重要|需要|要素|总部|总成|总量|总体|系列|列车|均衡|平均|公共|共享|共同|共建|每年|到位|到期|方向|面向|定向|导向|对接|对外|对口|对象|针对|比赛|比例|对比|近海|邻近|由于|按揭|公约|节约|节点|合约|占地|占比|从业|是否|超市|超级|超算|超高|超大|发达|雷达|到达|比重|较大|比较|领域|与会|可视|可穿戴|可信|应届|对标|向导|均等|近零|近地|近岸|将军|总装|总线|总站|超导|超低|超声|超限|达标|反应|效应|应对|能效|可行|列装|列入"
)


def _joined_word(text: str, match: re.Match[str]) -> bool:
    return any(m.start() <= match.start() < m.end() for m in WORDS.finditer(text, max(0, match.start() - 2), match.end() + 2))


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "、和与及或等的 　，—-、“‘（(《":
        if text[end - 1] in "“‘（(《" or text[end - 1] not in CLOSE:
            end -= 1
    return end


def _ahead(place: Place, previous: Indicator | None, *, is_change: bool) -> Indicator | None:
    """技术合同成交额达到|900亿元: the phrase between the last boundary and the number."""
    start = max(place.left, previous.consumed if previous and previous.consumed <= place.quantity.start else 0)
    end = _strip_tail(place.text, start, place.quantity.start, is_change=is_change)
    start, verb = _strip_lead(place.text, start, end)
    if end - start < 2:
        return None
    start = _after_last_verb(place.text, start, end)
    end = _trim(place.text, start, end)
    while end - start > LONGEST and (cut := re.search(r"[、和及与]", place.text[start:end])):
        start += cut.end()
    if end - start < 2 or end - start > LONGEST:
        return None
    return Indicator(Span(start, end), "ahead", place.quantity.end)


def _strip_tail(text: str, start: int, end: int, *, is_change: bool) -> int:
    """Take 达到, 共计, 同比增长, 最高 … off the end of the phrase before a number."""
    p = _patterns()
    while True:
        before = end
        for name in ("tail", "growth", "compared"):
            if name == "tail" or is_change:
                if (match := p[name].search(text, start, end)) and match.start() > start - 1:
                    end = match.start()
        while end > start and text[end - 1] in " 　，、“‘（(":
            end -= 1
        if end == before or end <= start:
            return max(end, start)


def _strip_lead(text: str, start: int, end: int) -> tuple[int, bool]:
    """Take connectives, times, 全市 and verbs of doing off the front; 新增 and its like stay (they are part of the indicator)."""
    p = _patterns()
    verb = False
    while start < end:
        if text[start] in "、，和与及或的 　”’）)；":
            start += 1
        elif (match := p["lead"].match(text, start, end)) and match.end() > start:
            start = match.end()
        elif (match := p["verb"].match(text, start, end)) and match.end() > start and match.group() != "新增" and end - match.end() >= 2:
            start, verb = match.end(), True
        else:
            break
    return start, verb


STRONG: Final = re.compile(
    r"开展|举办|提供|获得|完成|实现|引进|建成|签订|召开|发放|投入(?!强度|力度)|使用|新增|净增|集聚|培育|培养|形成|授予|享受|落实|支持|组织|入选|获评|获批|惠及|推广|攻克|提升|吸引"
)


def _after_last_verb(text: str, start: int, end: int) -> int:
    """主动提供|政策解读服务: what stands behind the last verb, when enough stands there."""
    for match in reversed(list(STRONG.finditer(text, start, end))):
        if end - match.end() >= 2 and not re.match(r"[的、和率额数量者]", text[match.end() : match.end() + 1]):
            return match.start() if match.group() in ("新增", "净增") else match.end()
    return start


def _award(place: Place) -> Indicator | None:
    """给予最高100万元|一次性奖励; 按项目投资额的|30%给予补助."""
    p = _patterns()
    if place.quantity.unit == "%":
        return None
    after = place.text[place.quantity.end : place.clause.end]
    lead = re.match(r"[ 　]*(?:以内|以下|以上)?(?:的)?", after)
    assert lead
    if match := p["award"].match(after, lead.end()):
        at = place.quantity.end
        return Indicator(Span(at + match.start(), at + match.end()), "award", at + match.end())
    found = list(p["award"].finditer(place.text, place.sentence.start, place.quantity.start))
    near = re.search(r"(?:最高|不超过|给予|奖励|补助|补贴|资助|奖补)[^，；]{0,12}$", place.before)
    if found and near and (place.text[place.quantity.end : place.quantity.end + 1] in "，。；、（" or not after):
        last = found[-1]
        return Indicator(Span(last.start(), last.end()), "award", place.quantity.end)
    for match in p["award"].finditer(after):
        if near and match.start() < 16:
            at = place.quantity.end
            return Indicator(Span(at + match.start(), at + match.end()), "award", at + match.end())
    return None
