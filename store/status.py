"""Whether a policy is in force: its life as events with evidence, and what holds on a day.

Ends come only from a stated 有效期 or the text of a repeal, never from the kind of document. Drafts stay drafts and name their final text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import Span, from_text
from extractors.days import HAN_DAY, iso_day
from extractors.drafts import is_draft
from extractors.facts_deadlines import deadlines
from extractors.record import Record, sentence_span
from extractors.validity import Term, extended, last_day, terms
from store.cards import Card, cards, families
from store.carriers import files_of, pages_of
from store.database import slices
from store.facts import Cluster, Event, Link, PolicyStatus, Status, fact_id, replace, touching
from store.payload import decode_record
from store.tables import article_keys, records
from store.titles import INNER

_KINDS: Final = ("policy", "call")  # what has a life; and whatever bears a 文号 or is enacted by a notice
_TELL: Final = ("interpretation", "news", "bulletin", "newspaper")  # tell of repeals, but do not repeal
_BY_RELATION: Final[dict[str, PolicyStatus]] = {"repeals": "repealed", "amends": "amended", "extends": "amended"}
_ENDINGS: Final = re.compile(r"(?:废止|失效|停止执行)[^，。]{0,20}(?:目录|清单|一览表)(?:[（(][^（()）]*[）)])?$")  # a list of what ends, no policy
_ENDED: Final = ("失效", "废止", "已废", "已失效", "终止")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOn:
    """What holds on a day, and the event that says so."""

    status: PolicyStatus
    day: str
    since: str | None = None
    until: str | None = None  # the last day, where an end is stated
    evidence: Event | None = None


def on(status: Status | None, day: str) -> StatusOn:
    """The status on an ISO day. Where nothing is known for that day: unknown."""
    events = status.events if status else ()
    past = [e for e in events if e.day is not None and e.day <= day]
    end = _end(events, day)
    until = end.until if end else None
    if repeal := next((e for e in past if e.status == "repealed"), None):
        return StatusOn(status="repealed", day=day, since=repeal.day, until=last_day_of(status) if status else None, evidence=repeal)
    if end and until and until < day:
        return StatusOn(status="expired", day=day, since=_next(until), until=until, evidence=end)
    for event in events:  # said to have ended, on no stated day
        if event.day is None and event.status in ("repealed", "expired"):
            return StatusOn(status=event.status, day=day, until=until, evidence=event)
    for name in ("amended", "in force", "draft"):
        for event in reversed(past):
            if event.status == name:
                return StatusOn(status=event.status, day=day, since=event.day, until=until, evidence=event)
    return StatusOn(status="unknown", day=day, until=until)


def _end(events: Iterable[Event], day: str) -> Event | None:
    """What states the last day, as known on a day: the last extension by then, else the document itself."""
    stated = [e for e in events if e.until and e.status == "expired"]
    extensions = [e for e in events if e.until and e.status == "amended" and e.day and e.day <= day and not e.applications]
    return next(iter([*reversed(extensions), *stated]), None)


def last_day_of(status: Status) -> str | None:
    """The last day on which a policy holds, as far as is known: before its repeal, else the end that is stated or was put off."""
    end = _end(status.events, "9999")
    days = [end.until] if end and end.until else []
    days += [(date.fromisoformat(e.day) - timedelta(days=1)).isoformat() for e in status.events if e.status == "repealed" and e.day]
    return min(days, default=None)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything that the statuses of some articles rest on, read at once."""

    cards: dict[str, Card]
    counterparts: dict[str, set[str]]  # drafts of a title, final texts of a draft
    same: dict[str, set[str]]  # what is one document with an article: its page, what that enacts, and their copies
    ends: dict[str, list[Link]]  # repeals, amendments and extensions by target
    references: dict[str, Record]
    pages: dict[str, Card]  # of attachments that end others


def refresh(connection: Connection, ids: set[str]) -> set[str]:
    """Make the statuses of these articles, and of what hangs on them, anew; the articles whose status changed."""
    wanted = closure(connection, ids)
    scene = _scene(connection, wanted)
    old = [f for f in touching(connection, "status", wanted) if isinstance(f, Status)]
    new = [status for id_ in sorted(wanted) if (status := _status(scene, id_))]
    replace(connection, old, new)
    return {status.article for status in {*old} ^ {*new}}


def closure(connection: Connection, ids: set[str]) -> set[str]:
    """The articles, what they are issued with, their copies, what they and their files cite, and drafts and final texts of one title."""
    ids = ids | files_of(connection, ids)
    targets = {f.target for f in touching(connection, "link", ids) if isinstance(f, Link) and f.article in ids}
    wanted = ids | targets
    wanted = wanted.union(*_counterparts(connection, ids).values())
    wanted |= {id_ for family in families(connection, wanted).values() for id_ in family}
    return wanted | {m for f in touching(connection, "cluster", wanted) if isinstance(f, Cluster) for m in _copies(f)}


def _scene(connection: Connection, ids: set[str]) -> _Scene:
    related = families(connection, ids)
    everyone = ids.union(*related.values())
    copies = {m: _copies(f) for f in touching(connection, "cluster", everyone) if isinstance(f, Cluster) for m in _copies(f)}
    same = {id_: family.union(*(copies.get(m, ()) for m in family)) for id_, family in related.items()}
    everyone = everyone.union(*same.values())
    links = [f for f in touching(connection, "link", everyone) if isinstance(f, Link) and f.relation in _BY_RELATION]
    references = _references(connection, [link.record for link in links])
    counterparts = _counterparts(connection, ids)
    held = cards(connection, everyone.union({k.article for k in links}, *counterparts.values()))
    ends: dict[str, list[Link]] = {}
    for link in links:
        if link.article in held and link.record in references:  # else it is gone, and its own line comes later
            ends.setdefault(link.target, []).append(link)
    attached = [held[k.article] for k in links if k.article in held and held[k.article].role in ("page", "attachment")]
    pages = pages_of(connection, attached)
    return _Scene(held, {id_: some & held.keys() for id_, some in counterparts.items()}, same, ends, references, pages)


def _copies(cluster: Cluster) -> set[str]:
    return {m.article for m in cluster.members if m.how in ("first", "same")}


def _counterparts(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """For articles: drafts of their titles, and for drafts their final texts."""
    own = article_keys.alias("own")
    found: dict[str, set[str]] = {}
    swapped = sa.case((own.c.key.like("d:%"), sa.literal("t:") + sa.func.substr(own.c.key, 3)), else_=sa.literal("d:") + sa.func.substr(own.c.key, 3))
    for some in slices(sorted(ids)):
        query = sa.select(own.c.article.label("of"), article_keys.c.article).join(own, article_keys.c.key == swapped)
        for row in connection.execute(query.where(own.c.article.in_(some), own.c.rank <= INNER, article_keys.c.rank <= INNER)):
            found.setdefault(row.of, set()).add(row.article)
    return found


def _references(connection: Connection, ids: list[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for some in slices(ids):
        for row in connection.execute(sa.select(records.c.id, records.c.kind, records.c.payload).where(records.c.id.in_(some))):
            found[row.id] = decode_record(row.kind, row.payload)
    return found


def _status(scene: _Scene, id_: str) -> Status | None:
    card = scene.cards.get(id_)
    if card is None or not _has_life(card):
        return None
    related = [scene.cards[other] for other in sorted(scene.counterparts.get(id_, ()))]
    if is_draft(card.title):
        finals = [c for c in related if not is_draft(c.title) and c.role in ("page", "enacted")]
        final = min(finals, key=lambda c: (c.role != "enacted", c.issued or "9999", c.id), default=None)
        return Status(id=fact_id("status", id_), article=id_, events=(_issue(card, "draft"),), final=final.id if final else None)
    drafts = [_issue(c, "draft") for c in related if is_draft(c.title) and not _after(c, card)]
    events = [*drafts, *_own([scene.cards[other] for other in scene.same[id_] if other in scene.cards], card)]
    events += _of_others(scene, id_, _until(card) if card.kind == "call" else next((e.until for e in events if e.until), None))
    return Status(id=fact_id("status", id_), article=id_, events=tuple(sorted(_distinct(events), key=_order)))


def _until(call: Card) -> str | None:
    """The day until when a call is open to those who apply."""
    stated = (d for d in deadlines(from_text(call.text, metadata=call.metadata)) if d.role == "applicant" and d.due)
    return next((d.due[:10] for d in stated if d.due), None)


def _has_life(card: Card) -> bool:
    if card.role == "attachment" or card.kind in _TELL or _ENDINGS.search(card.title or ""):
        return False
    return card.kind in _KINDS or card.role == "enacted" or card.number is not None or is_draft(card.title)


def _after(draft: Card, final: Card) -> bool:
    return bool(draft.issued and final.issued and draft.issued > final.issued)


def _issue(card: Card, status: PolicyStatus) -> Event:
    return Event(status=status, day=card.issued, article=card.id, quote=card.metadata.doc_number or card.title or "")


def _own(family: list[Card], card: Card) -> list[Event]:
    """What the document says of itself: from when, until when, and what the page says of its validity."""
    family = sorted(family, key=lambda c: (c.id != card.id, c.id))
    said = [(c, t) for c in family for t in terms(c.text, c.issued)]
    first = next(((c, t) for c, t in said if t.kind == "effective" and t.day), None)
    start = first[1].day if first else next((c.metadata.effective_date for c in family if c.metadata.effective_date), None)
    issued = [c for c in family if c.issued]
    if first:
        events = [_event("in force", start, *first)]
    elif issued or start:
        holder = issued[0] if issued else card
        events = [Event(status="in force", day=start or holder.issued, article=holder.id, quote=holder.metadata.doc_number or holder.title or "")]
    else:
        events = []
    return events + _ends(family, said, start or (issued[0].issued if issued else None))


def _ends(family: list[Card], said: list[tuple[Card, Term]], start: str | None) -> list[Event]:
    for card, term in said:
        last = term.day or last_day(start, term.months)
        if term.kind == "expiry" and last:
            return [_event("expired", _next(last), card, term, until=last)]
    for card in family:
        if last := card.metadata.expiry_date:
            return [Event(status="expired", day=_next(last[:10]), article=card.id, quote=last, until=last[:10])]
        if card.metadata.validity and any(word in card.metadata.validity for word in _ENDED):
            status: PolicyStatus = "repealed" if "废" in card.metadata.validity else "expired"
            return [Event(status=status, day=None, article=card.id, quote=card.metadata.validity)]
    return []


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _event(status: PolicyStatus, day: str | None, card: Card, term: Term, until: str | None = None) -> Event:
    return Event(status=status, day=day, article=card.id, span=term.span, quote=card.text[term.span.start : term.span.end], until=until)


def _of_others(scene: _Scene, id_: str, end: str | None) -> list[Event]:
    """Repeals, amendments and extensions by documents that are issued, and not drafts or tales of it."""
    same = scene.same[id_]
    links = [link for target in same for link in scene.ends.get(target, ()) if link.article not in same]
    found: list[Event] = []
    for link in sorted(links, key=lambda k: (scene.cards[k.article].issued or "9999", k.id)):
        card, reference, page = scene.cards[link.article], scene.references[link.record], scene.pages.get(link.article)
        kept = link.relation == "repeals" and _KEPT.match(card.text, reference.end)
        if any(c.kind not in _TELL for c in (card, page) if c) and not any(is_draft(c.title) for c in (card, page) if c) and not kept:
            event = _by_other(link, card, page, reference, end, call=scene.cards[id_].kind == "call")
            found.append(event)
            end = event.until or end
    return found


# 自…起废止, 下列文件自…起停止执行, 自…起施行，《…》同时废止
_REPEALED: Final = re.compile(rf"(?:自|从)(?P<day>{HAN_DAY})起?[^。；\n]{{0,30}}?(?:废止|失效|停止(?:执行|施行|实施))")


def _repealed_on(text: str, reference: Record) -> str | None:
    """The day that the sentence of a repeal gives; else the one that the whole text gives, where it is one only."""
    own = _REPEALED.search(text, *sentence_span(text, reference.start, reference.end))
    return iso_day(own["day"]) if own else _only_day(text)


def _only_day(text: str) -> str | None:
    days = {iso_day(m["day"]) for m in _REPEALED.finditer(text)}
    return days.pop() if len(days) == 1 else None


_NUMBER: Final = r"》?\s?(?:[（(〔][^）)]{0,40}[）)])?"
_KEPT: Final = re.compile(rf"{_NUMBER}[^。；\n《]{{0,24}}?(?:不(?:予|再)?废止|未(?:被)?废止|继续有效|继续执行|予以保留)")  # 《…》不予废止
_PART: Final = re.compile(rf"{_NUMBER}\s?(?:中)?的?第[一二三四五六七八九十百零〇\d]+[条款项章]")  # 废止《…》第三条: the rest holds


def _by_other(link: Link, card: Card, page: Card | None, reference: Record, end: str | None, *, call: bool) -> Event:
    """`page`: that carries the card, an attachment (附件：废止文件目录), and says from when. `call`: what it does this to is one."""
    said = [*terms(card.text, card.issued), *(terms(page.text, page.issued) if page else ())]
    issued = card.issued or (page.issued if page else None)
    start = next((t.day for t in said if t.kind == "effective" and t.day), None) or card.metadata.effective_date or issued
    if link.relation == "repeals":
        start = _repealed_on(card.text, reference) or (_only_day(page.text) if page else None) or start
    term = next((t for t in said if t.kind == "extended"), None) if link.relation == "extends" else None
    until = (term.day or extended(end, term.months)) if term else None
    partly = link.relation == "repeals" and _PART.match(card.text, reference.end)
    return Event(
        status="amended" if partly else _BY_RELATION[link.relation],
        # An extension holds from when it is issued, not from a day on which it takes effect.
        day=issued if link.relation == "extends" and issued else start,
        article=card.id,
        record=link.record,
        span=Span(reference.start, reference.end),
        quote=reference.quote,
        until=until,
        was=end if until else None,
        applications=call and until is not None,
    )


def _distinct(events: Iterable[Event]) -> list[Event]:
    """Copies of one repeal say the same: one event a status and day."""
    kept: dict[tuple[str, str | None, str | None], Event] = {}
    for event in events:
        kept.setdefault((event.status, event.day, event.until), event)
    return list(kept.values())


def _order(event: Event) -> tuple[str, str, str]:
    return (event.day or "9999", event.status, event.article)
