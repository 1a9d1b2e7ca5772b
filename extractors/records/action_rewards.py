"""Rules of reward: 对…给予…奖励. The verbal noun is the trigger, who receives is the object."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.article import Span

_NOUN = re.compile(r"奖励|补助|补贴|奖补|资助|贴息|扶持|(?:资金|经费|配套)支持|补偿|激励|(?:[元倍％%]的?|综合|专项|稳定)支持(?=[，。；]|$)")
_NAME_RIGHT = re.compile(
    r"资金|金额|政策|办法|标准|对象|范围|额|总额|比例|方式|期|条件|项目|申[报请]|管理|机制|力度|制度|金|类|措施|券|的[^。，；]{0,4}(?:政策|资金)"
)
_GIVES = re.compile(r"(?:给予|予以|给与|获得?|享受|一次性|分别|再|最高|按(?=[^。；，]*[\d※])|给)[^。；]{0,60}$")
_PAID_OUT = re.compile(r"发放|兑现|拨付|下达|申领|领取")  # 发放补贴22亿元 is told by its verb
_RECEIVED = re.compile(r"(?<![可能])获得?[^，]*\d[^，]*$")
_PRIZE = re.compile(r"获(?!得)[^，]{0,8}$")  # 成果获省级奖励
_AMOUNT = re.compile(r"[^，]{0,3}(?:最高|不超过|约)?[\d０-９※一二三四五六七八九十]")
_PAYER = r"[省市区县]级(?:财政|按|给予|分别|一次性|再)|自治区(?:级|本级)"
_RECEIVER = re.compile(rf"对于?([^。；]{{2,160}}?)(?=，|给予|予以|按照?|{_PAYER}|一次性|分别|连续|最高|每年|再)")
_TO_WHOM = re.compile(
    r"给予(?P<each>(?!最高|一次|每|不超|总额|相应|其)[\u4e00-\u9fff]{2,14}?)(?=每[人家个月年]|最高|一次性|不超过)"
    r"|(?:给予|奖励|补助|补贴)(?P<class>[\u4e00-\u9fff]{2,12}(?:企业|单位|机构|团队|个人|平台|载体|人才|公司|园区|项目|主体|人员|用户|农户|家庭))"
)
_DIRECT = re.compile(r"(?:^|(?<=[，。；.．、]))([^，；。\d]{2,24}的(?:[^，；。\d的]{0,8}(?:企业|单位|机构|团队|个人))?)$")  # 复评合格的奖励6万元
_BEFORE_PAYER = re.compile(r"(.{2,80}?)(?:，|省级|市级|县级|财政|按|给予|予以|自治区|$)")
# Clauses that say why, how or when; the receiver stands in another.
_ASIDE = re.compile(
    r"\s*(?:\d{4}\s?年|截至|去年|近年|持续|不断|加大|将|把|建立|凭借?|深入|其中\d|面向|围绕|为|按|根据|依据|今年|[一二三四五六七八九十]+是|[省市县]级|财政|自治区|通过|同时|此外|”"
    r"|推进|推动|加强|完善|落实|强化|深化|优化|加大|坚持|(?:实施|设立|建立|开展|组织|健全)(?![^，]*的))"
)
_SAID = re.compile(r"^\s*”|[：:]|介绍|表示|指出|透露")
_WISH = re.compile(r"^\s*(?:每年|择优)*(?:支持|鼓励|引导|推动|遴选|评选|评定|选拔)+(?:建设|发展)?(?:一批)?")
_NUMBER = re.compile(r"\s*(?:\d+[.．、]|[（(]?[一二三四五六七八九十]+[)）、])")


@dataclass(frozen=True, slots=True)
class Reward:
    trigger: Span
    target: Span
    front: Span  # where the payer may stand


def rewards(masked: str, sentence: Span, *, told: bool) -> Iterator[Reward]:
    """Each reward of a sentence; a second figure for the same receiver (最高补助…) is not another. `told`: the text reports, so
    that 获得…支持 is a statement and no rule."""
    seen: set[int] = set()
    for noun in _NOUN.finditer(masked, sentence.start, sentence.end):
        clause_start = max(masked.rfind("，", sentence.start, noun.start()) + 1, sentence.start)
        gives = _GIVES.search(masked, clause_start, noun.start())
        amount = _AMOUNT.match(masked, noun.end(), sentence.end)
        paid_out = _PAID_OUT.search(masked, clause_start, noun.start())
        received = told and _RECEIVED.search(masked, clause_start, noun.start())
        prize = noun[0] == "奖励" and not amount and _PRIZE.search(masked, clause_start, noun.start())
        if paid_out or prize or received or _NAME_RIGHT.match(masked, noun.end()) or not (gives or amount):
            continue
        target = _receiver(masked, sentence, noun.start(), noun.end())
        if target is None or target.start in seen:
            continue
        seen.add(target.start)
        yield Reward(Span(noun.start(), noun.end()), target, Span(clause_start, noun.start()))


def _first_clause(masked: str, start: int, at: int) -> re.Match[str] | None:
    """The first clause before a reward that may name its receiver."""
    for clause in re.compile(r"[^，]+").finditer(masked, start, at):
        opens = numbered.end() if (numbered := _NUMBER.match(masked, *clause.span())) else clause.start()
        if not _ASIDE.match(masked, opens, clause.end()):
            return _BEFORE_PAYER.match(masked, opens, clause.end())
    return None


def _receiver(masked: str, sentence: Span, at: int, end: int) -> Span | None:
    """Who receives: behind 对; else behind 给予; else what the sentence opens with."""
    named = list(_RECEIVER.finditer(masked, sentence.start, at))
    direct = _DIRECT.search(masked, max(sentence.start, masked.rfind("，", 0, at) + 1), at)
    found = named[-1] if named else direct or _TO_WHOM.search(masked, sentence.start, end) or _first_clause(masked, sentence.start, at)
    if found is None or _SAID.search(found[found.lastgroup or 1]):
        return None
    start, stop = found.span(found.lastgroup or 1)
    wish = _WISH.match(masked[start:stop])
    start += wish.end() if wish else 0
    while stop > start and masked[stop - 1] in "的，、 　":
        stop -= 1
    return Span(start, stop) if stop - start >= 2 else None
