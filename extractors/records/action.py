"""Actions: who did, does or will do what. The lexicon is action.yml; clauses, actors and rules of reward have modules of their own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.article import Article, Span
from extractors.record import Action, ActionType, AnyRecord, inside, Metric, Organisation, Tense
from extractors.records.action_actors import Actor, Actors
from extractors.records.action_clauses import aspect_end, clauses, mask, Predicate, predicates, sentences
from extractors.records.action_notices import Draft, notices
from extractors.records.action_rewards import rewards
from extractors.records.action_words import lexicon
from extractors.records.task_units import unit_lists

_TIME = re.compile(
    r"(?:截至|自|到|至)?(?:(?:19|20)\d\d年(?:度)?(?:上半年|下半年|前?[一二三四]季度|\d{1,2}月(?:\d{1,2}日)?)?(?:以来|底|末|起|年底)?|今年以?来?|去年|目前|近日|日前|近年来|每年|全年|年内)"
    r"|截至[^，。；]{1,10}(?=，)"
)
_DONE = re.compile(r"了|已|曾|先后|累计|截至|近日|日前|以来|去年|共[^同建享]|首次|成功|荣获|获评|获批|入选|成立于|新增.{0,12}达")
_PLANNED = re.compile(r"将[^近]|拟|力争|争取|计划[^划]|到20\d\d年|今年要|下一步|今后|要[加进坚持]|争创|筹建|应当|可享受|明年")
_ONGOING = re.compile(r"正在|常态化|持续|每年|常年|定期|不断|长期|正[^式确规面]")
_PLAN_TEXT = re.compile(
    r"责任单位|牵头单位|[一二三四五六七八九十]、(?:主要目标|总体要求|重点任务|工作目标|保障措施|组织实施)|新的一年|今年(?:要|将)?重点|第[一二三四五六七八九十]+条|制定(?:本|以下|如下)|本(?:办法|措施|方案|政策|细则)"
)
_ANNOUNCED = re.compile(r"(?:今年|明年|年内)将|将(?:于|在|组织|举办|建|推)")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]+是|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])[^“《\d]{4,40}")


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Action]:
    organisations = [r for r in found.get("organisation", ()) if isinstance(r, Organisation)]
    metrics = [r for r in found.get("metric", ()) if isinstance(r, Metric)]
    actors = Actors(article, organisations)
    lists = [(x.start, x.end) for x in unit_lists(article.text, organisations)]
    masked = mask(article.text, lists)
    usual = usual_tense(article)
    drafts = [*notices(article, actors), *_drafts(masked, actors, plan=usual == "planned")]
    return [_action(article, d, masked, usual, metrics, organisations) for d in _once(drafts)]


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    kept: dict[int, Draft] = {}
    for draft in drafts:
        kept.setdefault(draft.trigger.start, draft)
    return list(kept.values())


def _drafts(masked: str, actors: Actors, *, plan: bool) -> Iterator[Draft]:
    topic: Actor | None = None
    for sentence in sentences(masked):
        carried = topic
        paid = list(rewards(masked, sentence))
        for reward in paid:
            payer = actors.subject(masked, reward.front)
            yield Draft(reward.trigger, "fund", reward.target, payer if payer and payer.named else actors.home, sentence, "reward")
        for clause in clauses(masked, sentence):
            for predicate in predicates(masked, clause, actors.inside_name):
                if any(clause.start <= r.trigger.start < clause.end for r in paid):
                    continue
                subject = actors.subject(masked, predicate.front)
                speaker = actors.subject(masked, predicate.outer) if predicate.outer else subject
                carried = speaker or carried
                draft = _draft(masked, predicate, subject, carried or actors.home, sentence, plan=plan)
                if draft and not (predicate.verb.strength == "weak" and _is_heading(masked, sentence)):
                    yield draft
            if (opened := _opening_subject(masked, clause, actors)) and not carried:
                carried = opened
        if not plan and carried and carried is not topic and actors.leads(carried):
            topic = carried


def _is_heading(masked: str, sentence: Span) -> bool:
    """一是支持渔民建码头。 A numbered sentence of one clause announces what follows; its general verbs state nothing yet."""
    return bool(_HEADING.fullmatch(masked[sentence.start : sentence.end]))


def _opening_subject(masked: str, clause: Span, actors: Actors) -> Actor | None:
    """The subject of a clause that states no action itself but opens a sentence: 北岭市海洋局坚持…，举办…"""
    subject = actors.subject(masked, Span(clause.start, clause.end))
    return subject if subject and subject.named and actors.leads(subject) else None


def _draft(masked: str, predicate: Predicate, subject: Actor | None, carried: Actor | None, sentence: Span, *, plan: bool) -> Draft | None:
    """The action that a predicate states, unless it only exhorts."""
    words = lexicon()
    target = _target(masked, predicate)
    if target is None:
        return None
    phrase = masked[target.start : target.end]
    if words.is_level(predicate.verb, phrase) or phrase.startswith(("并", "和", "或")):
        return None
    if predicate.causer:
        if (plan or predicate.causer.causing == "soft") and not (subject and subject.named):
            return None  # 鼓励各类企业建设…: encouragement of a class is no action
        carried = subject if subject and subject.named else carried
    if predicate.verb.word in words.duties and (subject is None or not subject.named or predicate.causer):
        return None
    weak = predicate.noun or (predicate.verb.strength == "weak" and predicate.verb.word not in words.duties)
    if weak and not words.is_concrete(predicate.verb, phrase, plan=plan):
        return None
    kind = predicate.verb.noun if predicate.noun else words.type_of(predicate.verb, phrase)
    return Draft(predicate.trigger, kind or "other", target, carried, sentence, predicate.verb.type or "light")


def _target(masked: str, predicate: Predicate) -> Span | None:
    """The object of a predicate, trimmed; for 将 X 纳入 and X 落成 what stands before the verb."""
    moved = re.search(r"(?:将|把)([^，]{2,})$", masked[predicate.front.start : predicate.front.end])
    start, end = aspect_end(masked, predicate.target), predicate.target.end
    if moved and not masked.startswith("为", predicate.trigger.end):
        start, end = predicate.front.start + moved.start(1), predicate.front.start + moved.end(1)
    elif not masked[start:end].strip():
        start, end = predicate.front
        partner = re.search(r"[与和同]([^，]{2,})$", masked[start:end]) if predicate.verb.type == "cooperate" else None
        start += partner.start(1) if partner else 0
    if predicate.verb.type == "fund" and (shared := re.search(r"\d[万亿]?元(?=与|用于|共同|支持)", masked[start:end])):
        end = start + shared.end()
    if gap := _GAP.search(masked, start + 4, end):
        end = gap.start()
    while start < end and masked[start] in " 　、和与及的":
        start += 1
    while start < end and masked[end - 1] in " 　、和与及":
        end -= 1
    return Span(start, end) if end - start >= 2 else None


def usual_tense(article: Article) -> Tense:
    """The tense of a text's plain verbs: plans and policies speak of what is to come."""
    if article.kind in ("policy", "call") or _ANNOUNCED.search(article.title or article.text[:60]) or len(_PLAN_TEXT.findall(article.text)) >= 2:
        return "planned"
    return "planned" if len(_PLANNED.findall(article.text)) > 2 * len(_DONE.findall(article.text)) else "done"


def _tense(text: str, draft: Draft, usual: Tense) -> Tense:
    before = text[draft.sentence.start : draft.trigger.end + 1]
    clause = before[max(before.rfind("，"), before.rfind(",")) + 1 :]
    if usual == "planned":
        return "done" if draft.type == "issue" and re.search(r"制定|印发", text[slice(*draft.trigger)]) else "planned"
    if _PLANNED.search(clause):
        return "planned"
    return "ongoing" if _ONGOING.search(clause) else "done"


def _action(article: Article, draft: Draft, masked: str, usual: Tense, metrics: Sequence[Metric], organisations: Sequence[Organisation]) -> Action:
    assert draft.target is not None
    when = None
    for when in _TIME.finditer(article.text, draft.sentence.start, draft.trigger.start):
        pass
    spans = {"object": draft.target}
    if draft.actor and draft.actor.span:
        spans["actor"] = draft.actor.span
    if when:
        spans["date"] = Span(*when.span())
    return Action(
        article=article.id,
        start=draft.trigger.start,
        end=draft.trigger.end,
        quote=article.quote(draft.trigger),
        rule=f"action: {draft.rule}",
        version=lexicon().version,
        trigger=article.quote(draft.trigger),
        type=draft.type,
        actor=draft.actor.name if draft.actor else None,
        object=article.quote(draft.target),
        date=when[0] if when else None,
        tense=_tense(article.text, draft, usual),
        metrics=tuple(m.id for m in inside(metrics, draft.target)),
        organisations=tuple(o.id for o in inside(organisations, draft.target)),
        spans=spans,
    )
