"""What a main verb opens: itself with its object, the verb that it causes or joins, the verbal noun that it carries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.article import Span
from extractors.records.action_grammar import front_of, grammar
from extractors.records.action_words import Hit, Verb, lexicon

# A second verb that is in no list: 制定和进一步完善预案.
AND_DOES = re.compile(r"(?:和|并|及)(?:进一步|不断)?(?:完善|健全|优化|落实|更新|运行|维护|注册|投产)(?=[《“\u4e00-\u9fff])")
_ASPECT = re.compile(
    r"(?:了|过|出(?![口版台租资海境入厂圈])了?|起|好|成功了?|成(?![立果员效本长熟套都])了?|有(?=[各\d近超一两])|给|到|至|为|成为|于|"
    + AND_DOES.pattern
    + r")"
)
GIVEN = frozenset({"授牌", "授旗", "颁奖", "颁证"})  # 为九家渔企授牌: the object stands before them
_COORDINATION = re.compile(r"[、和及与或并]?")
_GRANTS = frozenset({"授权", "同意", "批准"})  # their objects are what somebody may do
# What may trail the verbal noun: 码头建设及运营, 码头建设工作.
_AND_MORE = re.compile(r"(?:工作|总结|等|的(?:通报|决定|通知)|(?:和|与|及|、)(?:应用|运营|发展|使用|管理|运行|推广|服务))$")
_TITLE_END = re.compile(r"(?:方案|意见|办法|规划|计划|措施|细则|条例|政策|标准|指南|规定|清单|目录)$")
_ALL_WORK = re.compile(r"[、和].*(?:工作|活动|服务)$")
_COUNTED = re.compile(r"[\d十百千][余多]?[万亿]?[家个名位户]")
_PHRASE_WORD = re.compile(r"对|为|与|在|向|到|赴")
_LONGEST_PLACE = 8  # characters
# An actor of several words with 的 is one only if it names or lists somebody.
_LONG_ACTOR = re.compile(r"的(?!.*(?:[局厅委市县区盟]|企业|单位|等))")


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
    pusher: Span | None = None  # the verb that carries it: 推进 in 推进码头建设


def expand(masked: str, main: Predicate, later: Sequence[Hit]) -> Iterator[Predicate]:
    """The predicates that a main verb opens; `later` are the lexicon words behind it."""
    if later and (joined := _joined(masked, main, later[0])):
        yield from expand(masked, joined, later[1:])
    elif main.verb.causing and (caused := _caused(masked, main, later)):
        yield from caused
    elif (main.verb.pushing or main.verb.light) and (carried := _carried(masked, main)):
        yield carried
    elif main.verb.type is not None:
        yield from _plain(masked, main, later)


def _plain(masked: str, main: Predicate, later: Sequence[Hit]) -> Iterator[Predicate]:
    """The verb with its object, and a second verb behind that: 引进专家建成工作站."""
    known = grammar()
    if main.verb.word in lexicon().addressing:
        ends = [h.start for h in later if known.actor_end.search(masked[main.target.start : h.start])]
        main = replace(main, target=Span(main.target.start, ends[0])) if ends else main
    titled = main.verb.type == "issue" and _TITLE_END.search(masked[main.target.start : main.target.end])
    named = (
        main.verb.type == "recognise" or titled or main.verb.word == "新增" or main.verb.word in _GRANTS
    )  # 入选渔港建设试点, 出台渔业强省建设方案: the rest is a name
    second = None if named else next((h for h in later if h.verb.word in known.serial and _opens_second(masked, main, h)), None)
    if second is None:
        yield main
        return
    yield replace(main, target=Span(main.target.start, second.start))
    yield replace(main, trigger=Span(second.start, second.end), verb=second.verb, target=Span(second.end, main.clause.end))


def _joined(masked: str, main: Predicate, following: Hit) -> Predicate | None:
    """Two verbs with one object (引进和培育, 推动建立): the first gives the type, unless it only carries the second."""
    between = masked[main.trigger.end : following.start]
    if not _COORDINATION.fullmatch(between) or grammar().noun_right.match(masked[following.end : main.clause.end] or "的"):
        return None
    if main.verb.word.endswith("为") or main.verb.word in lexicon().duties or (main.verb.light and following.verb.word in lexicon().nounlike):
        return None
    if not between and _opens_object(main.verb, following.verb):
        return None
    weaker = main.verb.strength != "strong" and following.verb.strength == "strong"
    carrier = main.verb.type is None or main.verb.causing or main.verb.light or weaker
    behind = Span(following.end, main.clause.end)
    if carrier and following.verb.type:
        return replace(main, trigger=Span(following.start, following.end), verb=following.verb, target=behind)
    return replace(main, trigger=Span(main.trigger.start, following.end), target=behind)


def _opens_object(main: Verb, following: Verb) -> bool:
    """举办孵化培训班, 提供申报渔港项目的服务, 新增备案渔企6家, 出台推动渔业发展的方案: what follows is part of the object."""
    titled = main.type == "issue" and following.causing
    return bool(
        titled or following.word in lexicon().nounlike or main.type == "serve" or (main.word in ("新增", "净增") and following.word != "认定")
    )


def _caused(masked: str, main: Predicate, later: Sequence[Hit]) -> list[Predicate]:
    """推动某县建设码头 -> 建设, done by 某县."""
    for i, hit in enumerate(later):
        actor = front_of(masked, main.trigger.end, hit.start)
        right, trigger = masked[hit.end : main.clause.end], Span(hit.start, hit.end)
        finished = ends_at_verb(hit.verb, right) and hit.verb.word in grammar().tail_verbs and main.verb.causing == "hard"
        if finished and actor.end > actor.start:
            return [replace(main, trigger=trigger, verb=hit.verb, target=actor)]
        if not right.strip() or grammar().noun_right.match(right) or hit.verb.causing == "soft":
            continue
        if main.verb.type == "serve" and _COUNTED.search(masked[actor.start : actor.end]):
            helped = replace(main, target=Span(main.target.start, hit.start))  # 帮助9家渔企获得贷款: the help is an action of its own
            nested = Predicate(trigger, hit.verb, Span(hit.end, main.clause.end), actor, main.clause, causer=main.verb, outer=main.front)
            return [helped, *expand(masked, nested, later[i + 1 :])]
        if _can_act(masked[actor.start : actor.end]):
            nested = Predicate(trigger, hit.verb, Span(hit.end, main.clause.end), actor, main.clause, causer=main.verb, outer=main.front)
            return list(expand(masked, nested, later[i + 1 :]))
    return []


def ends_at_verb(verb: Verb, right: str) -> bool:
    """Whether nothing follows a verb that could be its object: 渔港落成, 渔业论坛落户遂溪."""
    return not right.strip() or (verb.word == "落户" and len(right) <= _LONGEST_PLACE and not _COUNTED.search(right))


def _can_act(actor: str) -> bool:
    """Whether a phrase between a causing verb and the next verb may be who is caused to act."""
    if len(actor) < 2 or _LONG_ACTOR.search(actor):
        return False
    head = _PHRASE_WORD.split(actor)[0].rstrip("）)※（(")
    return bool(_COUNTED.search(actor) or grammar().actor_end.search(head))


def _carried(masked: str, main: Predicate) -> Predicate | None:
    """推进试验场建设 -> 建设 of 试验场; 对灯塔进行检查 -> 检查 of 灯塔."""
    words, target = lexicon(), masked[main.target.start : main.target.end].rstrip()
    found = words.noun_end.search(_AND_MORE.sub("", target))
    if not found:
        return None
    noun, at = words.nouns[found[0]], main.target.start + found.start()
    trigger = Span(at, at + len(found[0]))
    if not main.verb.light:
        if found.start() < 2:
            return None
        return replace(main, trigger=trigger, verb=noun, target=Span(main.target.start, at), noun=True, pusher=main.trigger)
    about = re.search(r"(?:对|就|针对)([^，]+)$", masked[main.front.start : main.front.end])
    if not about or found.start() > 8:
        return None
    spot = Span(main.front.start + about.start(1), main.front.start + about.end(1))
    before = Span(main.front.start, main.front.start + about.start())
    return replace(main, trigger=trigger, verb=replace(noun, type=noun.noun, strength="strong"), target=spot, front=before)


def _opens_second(masked: str, main: Predicate, hit: Hit) -> bool:
    right, between = masked[hit.end : main.clause.end], masked[main.target.start : hit.start]
    if (main.verb.light or main.verb.pushing) and _ALL_WORK.search(right):
        return False  # 开展企业认定、复审和培训工作
    if len(between) < 4 or len(right) < 3 or "的" in right or right.startswith(("试点", "示范")) or grammar().noun_right.match(right):
        return False
    return not re.search(r"[、和与及的]$", between)


def aspect_end(masked: str, target: Span) -> int:
    """Where an object starts: behind 了, 过, 出, 给."""
    m = _ASPECT.match(masked, target.start, target.end)
    return m.end() if m else target.start
