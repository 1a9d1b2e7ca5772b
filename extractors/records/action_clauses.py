"""Sentences -> clauses -> predicates: which lexicon words govern something, what, and what stands before them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.article import Span
from extractors.records.action_actors import MASK
from extractors.records.action_frames import AND_DOES, GIVEN, Predicate, ends_at_verb, expand
from extractors.records.action_grammar import front_of, grammar
from extractors.records.action_hits import Verbs
from extractors.records.action_words import Hit, lexicon

_LONGEST_SENTENCE, _LONGEST_CLAUSE = 1200, 240  # characters; the gold's longest are 278 and 112
_LONGEST_NAME = 14  # characters of who is honoured behind 、
_LONGEST_WORK = 24  # of what is finished behind 、
_SENTENCE = re.compile(r"[^。；！？;!?\n]+")
_HIDDEN = re.compile(
    r"《[^《》\n]{0,60}\n?[^《》\n]*》|（[^（）\n]*）|\([^()\n]*\)|“[^“”。，\n]{1,30}”|\"[^\"。，\n]{1,30}\"|‘[^‘’。，\n]{1,30}’|〈[^〈〉]*〉"
)

_PHRASE = re.compile(r"对于?|为|以|在|围绕|依托|按照?|根据")
_INTO_PHRASE = re.compile(r"(?:申请|对于?|为了?|以|围绕|聚焦|针对|依据|根据|按照?(?:实际|已)?|在|就|与|从|经|于|因)(?:已|所)?$")
_COMPOUND = re.compile(r"(?:项目|工程|制度|体系|园区|队伍|能力|设施|[强大]市|强[省县区]|城市|作风|党)$")  # 项目建设“龙虎榜”
_CUE_RIGHT = re.compile(
    r"了|出(?![口版台租资海境入厂圈])|成功|[约近超各]?[《“\"\d０-９](?!※*[”\"》](?:制度|机制|模式|体系|办法|政策))"
)  # no verb in 创新攻关“揭榜”制度
_HOW_MANY = re.compile(r"\s*[约近超共逾]?\d[\d.]*[余多]?[万亿]?[个家项座条处台套所]")  # 渔港项目新开工9个
_FIGURE_END = re.compile(r"\d[\d.]*\s?[余多]?[万亿]?[\u4e00-\u9fff]{1,3}(?:以上|左右|以内)?$")
_COMMA = re.compile(r"[、，,；;。\n]")
_IS = re.compile(r"(?:(?<![一二三四五六七八九十])是|作为[^，]*)$")  # 既是推进…的要求, 作为建设…的试点: what something is
_AIM = re.compile(r"以[^，]{2,40}?为(?:主要)?(?:抓手|载体|重点|目标|引领|契机|牵引|核心|导向|支撑|主线|突破口|切入点|基础|依托|纽带)")
_CONDITION = re.compile(r"(?:后|时|之前|以后|基础上|过程中|期间|情况下|前提下|的)\s*$")
_ANNIVERSARY = re.compile(r"\d+周年|[\d一二三四五六七八九十两]+年(?:以来|来)|之[初际日前后]|伊始|以来|后(?![期备台续勤方端])")
_DENIED = re.compile(r"(?:不得|不(?![断仅但少懈久])|未(?!来)|停止|暂停|禁止|严禁|不再|不予|尚未|拒不|擅自|无需)[^，]{0,2}$")
_MOVING = frozenset({"下放", "纳入", "列入"})
# 组织对渔港进行验收, 探索在渔港设立工作站: the verb behind the phrase says what is done.
_AHEAD = {"组织": ("对", "就"), "探索": ("在", "对", "与", "以", "将", "通过")}
_SPREAD = re.compile("[在向于]|全[省国市区]")
_WHO = re.compile(r"^[全我本该][省市区县]$|(?<!城)[省市区县州盟旗局厅委部院校]$|公司$|大学$|中心$")  # 城市更新项目9个 says how many there are
_TELLING = frozenset({"提出", "明确", "公布"})
_ONLY_VERBS = frozenset({"签订", "签署", "达成", "印发", "出台", "举办", "召开", "荣获", "拨付", "下达", "发放"})  # no name holds them: 签订合同
_NOUN = re.compile(r"(?:合同|政策|方案|办法|条例|措施|资金|经费|通知书|标准|制度|活动)[^，的]{0,6}\d")
_FROM = re.compile(r"从[^，]{0,8}$")  # 从发布到量产需要一年
_MANY = re.compile(r"[^，]{0,12}的[^，\d]{2,16}(?:超过?|达到?|突破|增至|共)\s*\d")  # 开展服务的渔技员超过900人
_NOUN_THEN = re.compile(r"(?:规模|数量|能力|水平|效率|总量|速度|进度)[^，]{0,4}(?:居|达|超|位列|扩大|提升|稳)")
_COPULA = re.compile(r"[^，]{2,}(?<![但还就也都不于若只])是(?![否以])")
_ONLY_WISH = frozenset({"力争", "争取"})  # 力争新培育渔企20家: nobody is caused, the next verb governs
_MODAL = re.compile(r"(?:可以?|应当?|须|需|方可)$")
_MEANS = re.compile(r"(?:通过|采取|采用|以)[^，]*(?:方式|形式|途径|渠道|手段)")
_RECENTLY = re.compile(
    r"(?:近日|日前|昨[天日][上下]?午?|今天|今年[^，]{0,8}|刚刚|前不久|不久前|近期|新近|此前|\d日)(?:正式|联合|对外|开始|新|[^，]{0,8})?$"
)


def mask(text: str, hidden: Sequence[tuple[int, int]] = ()) -> str:
    """The text with titles, quoted names and brackets blanked out, at the same offsets: no verb or comma inside them counts."""
    out = _HIDDEN.sub(lambda m: m[0][0] + MASK * (len(m[0]) - 2) + m[0][-1], text)
    for start, end in hidden:  # a list of units in the text's own line ends its sentence
        out = out[:start] + (MASK if out[start] == MASK else "。") * (end - start) + out[end:]
    return out


def sentences(masked: str) -> Iterator[Span]:
    """Statements; questions are none."""
    for m in _SENTENCE.finditer(masked):
        if m[0].strip() and masked[m.end() : m.end() + 1] not in ("？", "?"):
            yield from _pieces(m.start(), m.end(), _LONGEST_SENTENCE)


def clauses(masked: str, sentence: Span, verbs: Verbs) -> list[Span]:
    found = grammar().clause.finditer(masked, sentence.start, sentence.end)
    pieces = (piece for m in found for piece in _pieces(m.start(), m.end(), _LONGEST_CLAUSE))
    return [part for piece in pieces for part in _parallels(masked, piece, verbs)]


def _pieces(start: int, end: int, longest: int) -> Iterator[Span]:
    """A stretch in pieces of bounded length: text without punctuation must not cost more than its share."""
    for at in range(start, end, longest):
        yield Span(at, min(at + longest, end))


def _parallels(masked: str, clause: Span, verbs: Verbs) -> Iterator[Span]:
    """The statements that 、 joins: 甲县获评…、乙县入选…; 培育渔企3家、建成码头2座; 渔港大桥合龙、灯塔完工."""
    start = clause.start
    if (
        masked.find("、", start, clause.end) >= 0
        and not grammar().relative.search(masked[start : clause.end])
        and not masked.startswith(("对", "凡"), start)
    ):
        for m in re.finditer("、", masked[start : clause.end]):
            at = clause.start + m.start()
            if _both_state(masked, verbs.within(Span(start, at)), at, verbs.within(Span(at, clause.end))):
                yield Span(start, at)
                start = at + 1
    yield Span(start, clause.end)


def _both_state(masked: str, left: Sequence[Hit], at: int, right: Sequence[Hit]) -> bool:
    if not left or not right:
        return False
    first, between = right[0], masked[at + 1 : right[0].start]
    if first.verb.type == "recognise" and any(h.verb.type == "recognise" for h in left):
        return len(between) <= _LONGEST_NAME and not re.search("[、的]", between)
    if first.verb.word in grammar().tail_verbs and left[-1].end == at and left[-1].verb.word in (*grammar().tail_verbs, "完成"):
        return 2 <= len(between) <= _LONGEST_WORK and not re.search("[、的]", between)
    if first.verb.strength == "strong" and any(h.verb is first.verb for h in left) and front_of(masked, at + 1, first.start).end == at + 1:
        return True  # 放宽船龄要求、放宽渔港准入
    counted = first.verb.type is not None and _FIGURE_END.search(masked[first.end : _next_comma(masked, first.end)])
    verbs = (first.verb.strength == "strong" or counted) and left[-1].verb.type is not None
    return bool(verbs and front_of(masked, at + 1, first.start).end == at + 1 and _FIGURE_END.search(masked[left[-1].end : at]))


def _next_comma(masked: str, at: int) -> int:
    found = _COMMA.search(masked, at)
    return found.start() if found else len(masked)


def predicates(masked: str, clause: Span, verbs: Verbs) -> list[Predicate]:
    """What a clause says is done, in order."""
    if not (hits := verbs.within(clause)):
        return []
    aims = [m.span() for pattern in (_AIM, _MEANS) for m in pattern.finditer(masked, clause.start, clause.end)]
    hits = _chained(masked, clause, [h for h in hits if not any(start < h.start < end for start, end in aims)])
    if not hits or _CONDITION.search(masked[clause.start : clause.end]):
        return []
    wished: list[Predicate] = []
    for i, hit in enumerate(hits):
        front = front_of(masked, clause.start, hit.start)
        if hit.verb.word in _AHEAD and masked.startswith(_AHEAD[hit.verb.word], hit.end) and i + 1 < len(hits):
            continue
        if _barred(masked, clause, hit) or _moved_later(masked, clause, hit, hits[i + 1 :]):
            continue
        if _relative(masked, hit, hits[i + 1 :]):
            continue
        named = verbs.inside_name(hit.start - 1)  # a name ends here: its last character opens no phrase
        if not _governs(masked, clause, hit, front, hits[i + 1 :]) and not (named and _plain(masked, clause, hit)):
            continue
        if masked.startswith("的", hit.end):
            return [Predicate(Span(hit.start, hit.end), hit.verb, _noun_behind(masked, hit.end + 1, clause.end), front, clause)]
        main = Predicate(Span(hit.start, hit.end), hit.verb, Span(hit.end, clause.end), front, clause)
        opened = list(expand(masked, main, hits[i + 1 :]))
        if hit.verb.word not in _ONLY_WISH or (opened and opened[0].trigger.start != hit.start):
            return opened
        wished = wished or opened  # 争取渔港项目纳入规划: the next verb governs; 争取项目9个: nothing else does
    return wished


def _chained(masked: str, clause: Span, hits: list[Hit]) -> list[Hit]:
    """开园和签约揭牌: verbs of completion that end a clause together are one."""
    last = len(hits) - 1
    if last < 1 or masked[hits[last].end : clause.end].strip() or hits[last].verb.word not in grammar().tail_verbs:
        return hits
    first = last
    while first and hits[first - 1].verb.word in grammar().tail_verbs and masked[hits[first - 1].end : hits[first].start] in ("", "和", "并", "及"):
        first -= 1
    return hits if first == last else [*hits[:first], replace(hits[first], end=hits[last].end)]


def _relative(masked: str, hit: Hit, later: Sequence[Hit]) -> bool:
    """参与完成的项目获奖, 牵头或参与的成果, 研制建设的装置: two verbs of who did it, before 的."""
    if not later or not masked.startswith("的", later[0].end):
        return False
    return bool(re.fullmatch("[和与或及、]?", masked[hit.end : later[0].start]))


def _barred(masked: str, clause: Span, hit: Hit) -> bool:
    """停止发放, 批准后公布, 可申报: what is denied, what comes before the act itself, what the public may do."""
    lead = masked[clause.start : hit.start]
    denied = lead.startswith("占") or _DENIED.search(lead) or _ANNIVERSARY.match(masked, hit.end)
    made = hit.verb.word == "成为" and re.search("[让使]", lead)  # 让变量成为增量: a wish about things
    until = masked.startswith(("到", "至"), hit.end) and _FROM.search(lead)
    return bool(denied or made or until or (hit.verb.word in lexicon().public and _MODAL.search(lead)))


def _moved_later(masked: str, clause: Span, hit: Hit, later: Sequence[Hit]) -> bool:
    """将建设码头的权限下放至…: a word of what is moved."""
    lead = masked[clause.start : hit.start]
    return ("将" in lead or "把" in lead) and any(h.verb.word in _MOVING for h in later) and hit.verb.word not in _MOVING


def _governs(masked: str, clause: Span, hit: Hit, front: Span, later: Sequence[Hit]) -> bool:
    """Whether a word is the verb of its clause rather than part of a name."""
    right, before, known = masked[hit.end : clause.end], masked[front.start : front.end], grammar()
    if _IS.search(before) or _only_named(hit, before, right):
        return False
    if right.startswith("的"):
        return _attributive(masked, clause, hit)
    if ends_at_verb(hit.verb, right) or (hit.verb.word in known.tail_verbs and len(before) >= 3 and _HOW_MANY.fullmatch(right)):
        return _ends_clause(hit, before)
    if hit.verb.word in lexicon().tail_only or _in_phrase(masked, front, hit, right, later):
        return False
    if not _cued(masked, clause, hit, before, later) or (hit.verb.word in lexicon().conditional and grammar().relative.search(right)):
        return False
    clean = front.end < hit.start or not before  # an adverb stands between, or nothing at all
    return _takes_object(masked, hit, right, before, clean=clean, later=later)


def _only_named(hit: Hit, before: str, right: str) -> bool:
    """创建规模居首位, 提供信号是最大的用处, 参加者: a doing that something is said of."""
    copula = not before and hit.verb.word not in _TELLING and _COPULA.match(right)
    return bool(copula or _MANY.match(right) or _NOUN_THEN.match(right) or right.startswith(("者", "人员")))


def _plain(masked: str, clause: Span, hit: Hit) -> bool:
    """A strong verb right behind a name, with something behind it that is not the rest of a noun."""
    right = masked[hit.end : clause.end]
    return hit.verb.strength == "strong" and bool(right.strip()) and not grammar().noun_right.match(right)


def _takes_object(masked: str, hit: Hit, right: str, before: str, *, clean: bool, later: Sequence[Hit]) -> bool:
    known, strong = grammar(), hit.verb.strength == "strong"
    phrase = known.preposition.search(before)
    if later and re.fullmatch(r"[、和及与或并]?", masked[hit.end : later[0].start]):
        return clean or bool(phrase) or strong or bool(known.actor_end.search(before))
    named = known.noun_right.match(right) and not (hit.verb.word in _ONLY_VERBS and _NOUN.match(right))
    if named and not (strong and AND_DOES.match(right)):
        return clean and not re.match(r"[、和与及]", right)
    if clean or strong or hit.verb.light or phrase:
        return True
    if hit.verb.strength == "counted":
        return bool(_WHO.search(before))
    return hit.verb.type is not None and len(before) <= 16


def _ends_clause(hit: Hit, before: str) -> bool:
    """码头落成, 与某校合作: nothing follows the verb, its object stands before it."""
    if hit.verb.type == "issue" and before.rstrip().endswith("日"):
        return False  # the foot of a document: …办公室 三月九日印发
    if hit.verb.word == "推广" and not _SPREAD.search(before):
        return False  # 海藻应用推广
    together = hit.verb.type == "cooperate" and re.search(r"[与和同]", before)
    under_way = hit.verb.word in ("加快建设", "加速建设") and lexicon().concrete.search(before)
    given = hit.verb.word in GIVEN and re.search("[为向给]", before)
    return len(before) >= 3 and (hit.verb.word in grammar().tail_verbs or bool(together or under_way or given))


def _in_phrase(masked: str, front: Span, hit: Hit, right: str, later: Sequence[Hit]) -> bool:
    """对获得资助的企业, 可申请免征: the verb is inside a phrase, or what somebody may ask for."""
    before = masked[front.start : front.end]
    opened = None if right.startswith("了") else _INTO_PHRASE.search(masked, front.start, hit.start)  # 年初就推出了…
    if opened and opened.end() - opened.start() == 1 and opened.start() - front.start == 1:
        opened = None  # the 为 of 华为: no subject has one character
    at = masked.find("的", hit.end, hit.end + len(right))  # 对获得资助的企业免征…; but 为企业搭建了展示产品的平台
    return bool(opened or (_PHRASE.match(before) and any(h.start > at >= 0 for h in later)))


def _attributive(masked: str, clause: Span, hit: Hit) -> bool:
    """近日印发的《…》, 昨天举行的发布会: a relative clause that reports what was done, with a time or a title."""
    before, behind = masked[clause.start : hit.start], masked[hit.end + 1 : clause.end]
    named = behind.startswith(("《", "“")) and len(before) >= 3
    reports = hit.verb.strength == "strong" and hit.verb.type in ("issue", "hold", "launch", "establish")
    return reports and bool(named or _RECENTLY.search(before))


def _noun_behind(masked: str, start: int, end: int) -> Span:
    stop = re.compile(r"(?<=会)上|[上中](?=$|，)|是|在|明确|提出|规定|要求|将|对").search(masked, start + 2, end)
    return Span(start, stop.start() if stop else end)


def _cued(masked: str, clause: Span, hit: Hit, before: str, later: Sequence[Hit]) -> bool:
    """Whether a word that may be a noun shows that it is a verb here."""
    words, known = lexicon(), grammar()
    if hit.verb.word not in words.nounlike_inside or known.adverbs.search(masked[clause.start : hit.start]):
        return True
    right = masked[hit.end : clause.end]
    if _COMPOUND.search(before) and not known.preposition.search(before):
        return False
    opens = not before or known.preposition.search(before) or known.actor_end.search(before)
    named = right.startswith(("“", "《", '"')) and hit.verb.word in words.nounlike and not opens  # 渔政服务“一网通办”
    if (_CUE_RIGHT.match(right) and not named) or (not later and _FIGURE_END.search(right)):
        return True
    return hit.verb.word not in words.nounlike and bool(opens)
