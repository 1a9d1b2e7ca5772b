"""Sentences -> clauses -> predicates: which lexicon words govern something, what, and what stands before them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import rjieba

from extractors.article import Span
from extractors.records.action_words import Hit, Verb, lexicon

_SENTENCE = re.compile(r"[^。；！？;!?\n]+")
_CLAUSE = re.compile(
    r"(?:(?!并(?:开展|举办|建立|形成|给予|推动|成立|启动|获|在|被|为|发布|组织|制定|联合|通过|积极|打通|完成|提供|签订|签署|设立|向|对|于|与|将|由|按))[^，,：:])+|并[^，,：:]+"
)
_HIDDEN = re.compile(r"《[^《》\n]*》|（[^（）\n]*）|\([^()\n]*\)|“[^“”。，\n]{1,30}”|\"[^\"。，\n]{1,30}\"|‘[^‘’。，\n]{1,30}’|〈[^〈〉]*〉")
MASK = "※"

# Adverbs and auxiliaries between a subject and its verb.
ADVERB = (
    r"(?:已经|已|曾|共同|共|先后|累计|总计|积极|大力|持续|稳步|有序|扎实|深入|全面|全力|着力|聚力|加力|努力|奋力|主动|不断|进一步|切实|认真|严格|坚决|坚持|充分|及时|定期|首次|首批|成功|正式|新|"
    r"再|又|还|也|均|都|分别|一次性|联合|牵头|率先|统一|集中|重点|加快|加速|抓紧|尽快|逐步|继续|正在|正|将|拟|要|应当|应|可|可以|能够|需|须|并|并且|而且|且|同时|高标准|高质量|高水平|高起点|"
    r"常态化|精准|合理|推动|前瞻|统筹|扎实|精心|广泛|创新性|持续|迭代|力争|争取|依法|依规|独立|自主|每年|连续|(?<![\u4e00-\u9fff])(?:创新|合作|系统|科学|组织|探索|参与|协同)|率先|专门|最高|多次|现|特|深化|纵深|"
    r"更大力度|滚动|动态|快速|提速|鼓励和|陆续|相继|一并|即将|启动|加强|强化|优先|基本|初步|务必|快|来|去)"
)
_ADVERBS = re.compile(rf"(?:{ADVERB}|[\s　])+$")
_OPENER = re.compile(
    r"^(?:[\s　]|[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十]+[，,]?|此外|另外|其中|同时|如|例如|比如|目前|近日|日前|近年来|近期|今年来?以来|今年|去年|明年|当前|"
    r"截至目前|截至[^，]{2,12}[，]?|(?:\d{4}|[０-９]{4})年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|底|末)?|到\d{4}年|据悉|据了解|据介绍|会上|会后|下一步|接下来|今后|随后|期间|为此|因此|并|且|"
    r"[上下]半年|[前一二三四]+季度|[\d]+[-—–~～至][\d]+月|[\d]{1,2}月(?:\d{1,2}日)?(?:以来)?|重点|特别是|尤其是|而|还|也)+"
)
# What opens a phrase between subject and verb; its noun phrase may hold lexicon words.
_PREPOSITION = re.compile(
    r"对于?|向|为了?|与|和|同|联合|会同|携手|在|依托|通过|围绕|聚焦|按照?|根据|依据|以|将|把|从|由|面向|针对|利用|借助|借力|结合|经过?|于|自|随着|作为|就|给|被|获|至|到|立足|瞄准|发挥|因|用"
)
_PHRASE = re.compile(r"对于?|为|以|在|围绕|依托|按照?|根据")
_ASPECT = re.compile(r"(?:了|过|出了?|起|好|成了?|给|到|至|为|成为|于)")
_PURPOSE = re.compile(r"^\s*(?:为了?|围绕|聚焦|以|按照|根据|坚持|瞄准|立足|依据|鉴于|结合)")
# Right of a verbal noun: the word is part of a name, not the verb.
_NOUN_RIGHT = re.compile(
    r"的|、|和|与|及|等|工作|活动|[中后前时期](?=$|，)|以来|能力|水平|体系|机制|力度|政策|方案|资金|成效|情况|需求|模式|制度|办法|环境|经费|费用|强度|总额|人员|领域|业务|标准|"
    r"条件|结果|规模|收入|效能|效率|效果|条例|合同|收益|不断|持续|取得|得到|明显|显著|稳步|更加|进一步|达到?|实现"
)
_CUE_RIGHT = re.compile(r"了|[约近超各]?[《“\"\d０-９]")
# 列入名单的企业, 突破十亿元的企业: who is meant, not what is done. Clauses that end so are conditions.
_RELATIVE = re.compile(r"的[^，的\d]{0,14}(?:企业|单位|机构|项目|平台|人才|团队|个人|产品|地区|园区|载体|基地|公司|法人|集团|主体)(?:等)?中?$|的$")
_CONDITION = re.compile(r"(?:后|时|之前|以后|基础上|过程中|期间|情况下|前提下|的)\s*$")
_INTO_PHRASE = re.compile(r"(?:对于?|为了?|以|围绕|聚焦|针对|按照|在|就|与|从|经|于|因)$")
# What a caused actor ends with, where no name ends there.
_ACTOR_END = re.compile(
    r"(?:企业|单位|高校|院所|机构|部门|人员|专家|团队|主体|平台|载体|孵化器|[市县区旗盟州省]|等|银行|学校|员|园区|公司|中心|医院|基金|学院|大学|[局厅委]|实验室|力量|地方|方|家)$"
)
_TAIL_VERBS = frozenset(
    "揭牌 挂牌 上线 落成 投产 开工 启动 落地 投用 成立 建成 奠基 投运 建成投用 投入使用 启用 组建 举办 举行 召开 开通 发布 印发".split()
)
_COORDINATION = re.compile(r"[、和及与或并]{0,1}")
# Verbs that open a second predicate behind the first one's object.
_SERIAL = frozenset("建成 组建 成立 设立 共建 举办 印发 出台 签订 签署 授信 开辟 搭建 承办 获批 认定 建立 打造 建设 引进 启动 实施 发布 制定".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb that governs something. All spans are offsets into the text; `front` is what stands before the verb in its clause."""

    trigger: Span
    verb: Verb
    target: Span  # object
    front: Span  # subject and phrases before the verb
    clause: Span
    causer: Verb | None = None  # 推动 in 推动某县建设码头; then `front` is the caused actor
    outer: Span | None = None  # and this is what stands before the causer
    noun: bool = False  # the trigger is a verbal noun


def mask(text: str, hidden: Sequence[tuple[int, int]] = ()) -> str:
    """The text with titles, quoted names and brackets blanked out, at the same offsets: no verb or comma inside them counts."""
    out = _HIDDEN.sub(lambda m: m[0][0] + MASK * (len(m[0]) - 2) + m[0][-1], text)
    for start, end in hidden:
        out = out[:start] + MASK * (end - start) + out[end:]
    return out


def sentences(masked: str) -> Iterator[Span]:
    for m in _SENTENCE.finditer(masked):
        if m[0].strip() and masked[m.end() : m.end() + 1] not in ("？", "?"):
            yield Span(m.start(), m.end())


def clauses(masked: str, sentence: Span) -> list[Span]:
    return [Span(m.start(), m.end()) for m in _CLAUSE.finditer(masked, sentence.start, sentence.end)]


def predicates(masked: str, clause: Span, inside_name: Callable[[int], bool]) -> list[Predicate]:
    """What a clause says is done, in order. `inside_name`: whether an offset lies in the name of an organisation."""
    words = lexicon()
    piece = masked[clause.start : clause.end]
    if _CONDITION.search(piece):
        return []
    bounds = _bounds(piece)
    hits = [Hit(h.start + clause.start, h.end + clause.start, h.verb) for h in words.hits(piece) if h.start in bounds and h.end in bounds]
    hits = [h for h in hits if not inside_name(h.start)]
    for i, hit in enumerate(hits):
        if not _governs(masked, clause, hit, hits[i + 1 :]):
            continue
        front = _front(masked, clause.start, hit.start)
        if masked.startswith("的", hit.end):
            return [Predicate(Span(hit.start, hit.end), hit.verb, _noun_behind(masked, hit.end + 1, clause.end), front, clause)]
        main = Predicate(Span(hit.start, hit.end), hit.verb, Span(hit.end, clause.end), front, clause)
        return list(_expand(masked, main, hits[i + 1 :]))
    return []


def _bounds(piece: str) -> set[int]:
    """Where words start and end: 孵化 in 孵化器, 突破 in 突破性 are no words."""
    at, bounds = 0, {0}
    for token in rjieba.cut(piece):
        at += len(token)
        bounds.add(at)
    return bounds


def _front(masked: str, start: int, end: int) -> Span:
    """What stands before a verb, without opening words and adverbs."""
    opener = _OPENER.match(masked[start:end])
    start += opener.end() if opener else 0
    adverbs = _ADVERBS.search(masked[start:end])
    return Span(start, start + adverbs.start() if adverbs else end)


def _governs(masked: str, clause: Span, hit: Hit, later: Sequence[Hit]) -> bool:
    """Whether a word is the verb of its clause rather than part of a name."""
    right, front = masked[hit.end : clause.end], _front(masked, clause.start, hit.start)
    before = masked[front.start : front.end]
    if right.startswith("的"):
        return _attributive(masked, clause, hit)
    if right.startswith(("者", "人员")):
        return False
    if not right.strip():
        together = hit.verb.type == "cooperate" and re.search(r"[与和同]", before)
        return (hit.verb.word in _TAIL_VERBS or bool(together)) and len(before) >= 3
    clean = front.end < hit.start or not before  # an adverb stands between, or nothing at all
    if _INTO_PHRASE.search(masked[front.start : hit.start]) or (before and _PHRASE.match(before) and "的" in right and later):
        return False  # 对获得资助的企业: inside the phrase
    if not _cued(masked, clause, hit, before, later) or (hit.verb.word in lexicon().conditional and _RELATIVE.search(right)):
        return False
    if later and _COORDINATION.fullmatch(masked[hit.end : later[0].start]):
        return clean or bool(_PREPOSITION.search(before)) or hit.verb.strength == "strong"
    if _NOUN_RIGHT.match(right):
        return False if not clean else not re.match(r"[、和与及]", right)
    if clean:
        return True
    if _PREPOSITION.search(before):
        return hit.verb.light or hit.verb.strength == "strong" or bool(re.search(r"[\u4e00-\u9fff※”]$", before))
    return hit.verb.strength == "strong" or hit.verb.light or hit.verb.type is not None and len(before) <= 16


def _attributive(masked: str, clause: Span, hit: Hit) -> bool:
    """近日印发的《…》, 昨天举行的发布会: a relative clause that reports what was done, with a time or a title."""
    before, behind = masked[clause.start : hit.start], masked[hit.end + 1 : clause.end]
    when = re.search(r"(?:近日|日前|昨[天日][上下]?午?|今天|今年[^，]{0,8}|刚刚|近期|新近|此前|\d日)(?:正式|联合|对外|开始|新|[^，]{0,8})?$", before)
    named = behind.startswith(("《", "“")) and len(before) >= 3
    return hit.verb.strength == "strong" and bool(when or named) and hit.verb.type in ("issue", "hold", "launch", "establish")


def _noun_behind(masked: str, start: int, end: int) -> Span:
    stop = re.compile(r"[上中](?=$|，)|是|在|明确|提出|规定|要求|将|对").search(masked, start + 2, end)
    return Span(start, stop.start() if stop else end)


def _cued(masked: str, clause: Span, hit: Hit, before: str, later: Sequence[Hit]) -> bool:
    """Whether a word that may be a noun shows that it is a verb here."""
    words, adverb = lexicon(), _ADVERBS.search(masked[clause.start : hit.start])
    if adverb or hit.verb.word not in words.nounlike_inside:
        return True
    right = masked[hit.end : clause.end]
    if _CUE_RIGHT.match(right) or (not later and re.search(r"\d[\d.]*[余多]?[万亿]?[\u4e00-\u9fff]{1,3}$", right)):
        return True
    opens = not before or _PREPOSITION.search(before) or _ACTOR_END.search(before)
    return hit.verb.word not in words.nounlike and bool(opens)


def _expand(masked: str, main: Predicate, later: Sequence[Hit]) -> Iterator[Predicate]:
    """The predicates that a main verb opens: itself, the verb that it causes or joins, the verbal noun that it carries."""
    if later and (joined := _joined(masked, main, later[0])):
        yield from _expand(masked, joined, later[1:])
        return
    if main.verb.causing and (caused := _caused(masked, main, later)):
        yield from caused
        return
    if (main.verb.pushing or main.verb.light) and (carried := _carried(masked, main)):
        yield carried
        return
    if main.verb.type is None:
        return
    if main.verb.word in lexicon().addressing:
        ends = [h.start for h in later if _ACTOR_END.search(masked[main.target.start : h.start])]
        main = replace(main, target=Span(main.target.start, ends[0])) if ends else main
    second = next((h for h in later if h.verb.word in _SERIAL and _opens_second(masked, main, h)), None)
    if second is None:
        yield main
        return
    yield replace(main, target=Span(main.target.start, second.start))
    yield replace(main, trigger=Span(second.start, second.end), verb=second.verb, target=Span(second.end, main.clause.end))


def _joined(masked: str, main: Predicate, following: Hit) -> Predicate | None:
    """Two verbs with one object (引进和培育, 推动建立): the first gives the type, unless it only carries the second."""
    between = masked[main.trigger.end : following.start]
    if not _COORDINATION.fullmatch(between) or _NOUN_RIGHT.match(masked[following.end : main.clause.end] or "的"):
        return None
    if main.verb.light and following.verb.word in lexicon().nounlike:
        return None
    carrier = main.verb.type is None or main.verb.causing or main.verb.light or (main.verb.strength == "weak" and following.verb.strength == "strong")
    verb = following.verb if carrier and following.verb.type else main.verb
    if verb is following.verb:
        return replace(main, trigger=Span(following.start, following.end), verb=verb, target=Span(following.end, main.clause.end))
    return replace(main, trigger=Span(main.trigger.start, following.end), target=Span(following.end, main.clause.end))


def _caused(masked: str, main: Predicate, later: Sequence[Hit]) -> list[Predicate]:
    """推动某县建设码头 -> 建设, done by 某县."""
    for i, hit in enumerate(later):
        actor = _front(masked, main.trigger.end, hit.start)
        right = masked[hit.end : main.clause.end]
        if not right.strip() and hit.verb.word in _TAIL_VERBS and actor.end > actor.start:
            return [replace(main, trigger=Span(hit.start, hit.end), verb=hit.verb, target=actor, front=Span(main.front.start, main.front.end))]
        if not right.strip() or _NOUN_RIGHT.match(right) or hit.verb.causing == "soft":
            continue
        if not re.search(r"\d[余多]?[家个名位]", masked[actor.start : actor.end]) and not _ACTOR_END.search(re.split(r"对|为|与|在|向|到|赴", masked[actor.start : actor.end])[0].rstrip("）)※（(")):
            continue
        if actor.end - actor.start < 2 or re.search(r"的(?!.*(?:[局厅委市县区盟]|企业|单位|等))", masked[actor.start : actor.end]):
            continue
        nested = Predicate(Span(hit.start, hit.end), hit.verb, Span(hit.end, main.clause.end), actor, main.clause, causer=main.verb, outer=main.front)
        return list(_expand(masked, nested, later[i + 1 :]))
    return []


def _carried(masked: str, main: Predicate) -> Predicate | None:
    """推进试验场建设 -> 建设 of 试验场; 对灯塔进行检查 -> 检查 of 灯塔."""
    words, target = lexicon(), masked[main.target.start : main.target.end].rstrip()
    found = words.noun_end.search(_AND_MORE.sub("", target))
    if not found:
        return None
    noun = words.nouns[found[0]]
    at = main.target.start + found.start()
    about = re.search(r"(?:对|就|针对)([^，]+)$", masked[main.front.start : main.front.end])
    if main.verb.light:
        if not about or found.start() > 8:
            return None
        start = main.front.start + about.start(1)
        spot = Span(start, main.front.start + about.end(1))
        done = replace(noun, type=noun.noun, strength="strong")
        before = Span(main.front.start, main.front.start + about.start())
        return replace(main, trigger=Span(at, at + len(found[0])), verb=done, target=spot, front=before)
    if found.start() < 2:
        return None
    return replace(main, trigger=Span(at, at + len(found[0])), verb=noun, target=Span(main.target.start, at), noun=True)


# What may trail the verbal noun: 码头建设及运营, 码头建设工作.
_AND_MORE = re.compile(r"(?:工作|等|(?:和|与|及|、)(?:应用|运营|发展|使用|管理|运行|推广|服务))$")


def _opens_second(masked: str, main: Predicate, hit: Hit) -> bool:
    right = masked[hit.end : main.clause.end]
    between = masked[main.target.start : hit.start]
    if len(between) < 4 or len(right) < 3 or "的" in right or _NOUN_RIGHT.match(right):
        return False
    return not re.search(r"[、和与及的]$", between)


def aspect_end(masked: str, target: Span) -> int:
    """Where an object starts: behind 了, 过, 出, 给."""
    m = _ASPECT.match(masked, target.start, target.end)
    return m.end() if m else target.start


def is_purpose(masked: str, clause: Span) -> bool:
    """为…, 围绕…: says what for, not what is done."""
    return bool(_PURPOSE.match(masked[clause.start : clause.end]))
