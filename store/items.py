"""Library items: what each article states of them, and the items that the statements make together. Rows, and log lines of kind `item`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import Article
from extractors.facts_deadlines import Deadline, deadlines
from extractors.item import Document, Item, Library, document_of, source_of, speaks_for_itself
from extractors.items import merge, stated
from store import putting, reading
from store.database import fetch, slices
from store.database import reading as reads
from store.facts import Cluster, Link, Status, touching
from store.payload import decode_item, encode, tracked_item
from store.status import last_day_of
from store.store import Store
from store.tables import item_statements
from store.tables import items as table

Held = dict[str, putting.Item]
_REPRINTS: Final = ("first", "same", "abridged", "excerpt")
_APPLY: Final = ("apply", "online", "register")  # one time under several names
_AT_ONCE: Final = 200  # articles read together


def items_of(store: Store, library: Library | None = None) -> Iterator[Item]:
    """The items, of one library or of all, as they first came."""
    query = sa.select(table.c.payload).where(sa.true() if library is None else table.c.library == library).order_by(table.c.n)
    with reads(store.engine) as connection:
        for row in connection.execute(query):
            yield decode_item(row.payload)


def refresh(connection: Connection, articles: set[str]) -> int:
    """What these articles state, anew (those that are gone state nothing), and the items that it changes; the number of log lines."""
    touched = _forget(connection, articles)
    for some in slices(sorted(articles), _AT_ONCE):
        rows = [row for article in _stated(connection, some) for row in article]
        if rows:
            connection.execute(item_statements.insert(), rows)
        touched |= {str(row["item"]) for row in rows}
    return _merge(connection, touched)


def _forget(connection: Connection, articles: set[str]) -> set[str]:
    asked = json.dumps(sorted(articles))
    where = "article IN (SELECT value FROM json_each(?))"
    gone = {item for (item,) in fetch(connection, f"SELECT item FROM item_statements WHERE {where}", asked)}
    connection.exec_driver_sql(f"DELETE FROM item_statements WHERE {where}", (asked,))
    return gone


def _stated(connection: Connection, ids: Sequence[str]) -> Iterator[list[dict[str, object]]]:
    held = reading.articles_by_id(connection, ids)
    records = reading.records_of(connection, ids)
    originals = _originals(connection, held)
    cited = _cited(connection, ids)
    lives = {f.article: f for f in touching(connection, "status", ids) if isinstance(f, Status)}
    ends = {id_: last_day_of(life) for id_, life in lives.items()}
    later = _later(connection, lives)
    amending = {f.article for f in touching(connection, "link", ids) if isinstance(f, Link) and f.relation == "extends"}
    for article in held:
        original = originals.get(article.id)
        source = source_of(article, records[article.id], document_of(original) if original else None, cited)
        reprint = original is not None and original.id != article.id
        rank = 2 if source.authority == "secondary" else int(reprint)
        found = [_put_off(_until(item, ends.get(article.id)), later.get(article.id, ())) for item in stated(source)]
        if article.id in amending:
            found = [item for item in found if item.opportunity is None]  # it is the call's, not another
        yield [{"article": article.id, "item": item.id, "rank": rank, "payload": encode(item)} for item in found]


def _until(item: Item, day: str | None) -> Item:
    return replace(item, policy=replace(item.policy, until=day)) if item.policy and day else item


def _later(connection: Connection, lives: Mapping[str, Status]) -> dict[str, list[Deadline]]:
    """Call -> the times that notices put its own off to, as they came."""
    told = {id_: [e.article for e in life.events if e.applications] for id_, life in lives.items()}
    notices = {a.id: a for a in reading.articles_by_id(connection, sorted({n for some in told.values() for n in some}))}
    return {id_: [d for n in some if n in notices for d in deadlines(notices[n])] for id_, some in told.items() if some}


def _put_off(item: Item, later: Sequence[Deadline]) -> Item:
    """A call's times for those who apply, and for those who recommend, as the last notice has them."""
    if item.opportunity is None or not later:
        return item
    return replace(item, opportunity=replace(item.opportunity, deadlines=tuple(_put_off_to(d, later) for d in item.opportunity.deadlines)))


def _put_off_to(old: Deadline, later: Sequence[Deadline]) -> Deadline:
    steps = _APPLY if old.step in _APPLY else (old.step,)
    fitting = [d.due for d in later if d.role == old.role and d.step in steps and d.due and old.due and d.due > old.due]
    return replace(old, due=fitting[-1]) if fitting else old


def _originals(connection: Connection, held: Sequence[Article]) -> dict[str, Article]:
    """Of articles that reprint one, the document: the first in its cluster that speaks for itself, one with a 文号 before others."""
    clusters = [f for f in touching(connection, "cluster", [a.id for a in held]) if isinstance(f, Cluster)]
    known = {a.id: a for a in held}
    members = {m.article for f in clusters for m in f.members}
    known |= {a.id: a for a in reading.articles_by_id(connection, sorted(members - known.keys()))}
    found: dict[str, Article] = {}
    for cluster in clusters:
        same = [known[m.article] for m in cluster.members if m.how in ("first", "same") and m.article in known]
        speaking = [a for a in same if speaks_for_itself(a.kind)]
        if speaking:
            original = min(speaking, key=lambda a: a.metadata.doc_number is None)  # the first of equals
            found |= {m.article: original for m in cluster.members if m.how in _REPRINTS}
    return found


def _cited(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    """The documents that references of articles mean, where they are held."""
    links = [f for f in touching(connection, "link", ids) if isinstance(f, Link) and f.article in ids and f.relation in ("issues", "interprets")]
    targets = {a.id: a for a in reading.articles_by_id(connection, sorted({f.target for f in links}))}
    return {f.record: document_of(targets[f.target]) for f in links if f.target in targets and speaks_for_itself(targets[f.target].kind)}


def _merge(connection: Connection, ids: set[str]) -> int:
    """Make items anew from their statements, and log what differs."""
    asked = json.dumps(sorted(ids))
    query = "SELECT payload FROM json_each(?) JOIN item_statements AS s ON s.item = value ORDER BY s.item, s.rank, s.article"
    new = {item.id: _row(item) for item in merge(decode_item(payload) for (payload,) in fetch(connection, query, asked))}
    query = "SELECT i.id, i.article, i.tracked, i.payload, i.library FROM json_each(?) JOIN items AS i ON i.id = value ORDER BY i.id"
    held: Held = {
        id_: putting.Item("item", id_, article, tracked, payload, row={"article": article, "library": library})
        for id_, article, tracked, payload, library in fetch(connection, query, asked)
    }
    written = putting.Written(lines=[("DEL", item) for id_, item in held.items() if id_ not in new])
    putting.compare(held, new, written)
    putting.write_rows(connection, table, written.lines, written.silent)
    putting.log(connection, written.lines)
    return len(written.lines)


def _row(item: Item) -> putting.Item:
    article = item.evidence[0].article
    return putting.Item("item", item.id, article, tracked_item(item), encode(item), row={"article": article, "library": item.library})
