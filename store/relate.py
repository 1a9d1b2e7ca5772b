"""The follower `relate`: joins facts across documents as the log goes on.

It reads which articles and records changed, brings links, clusters, statuses and library items up to date from the tables as they stand,
and writes its own rows, log lines (kinds link, cluster, status, supersession, item) and place in one transaction. Reading the log again
changes nothing.
"""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from extractors.items import VERSION as ITEMS
from store import clusters, items, links, listings, status
from store.cards import cards
from store.carriers import files_of, pages_of
from store.database import now, reading, writing
from store.facts import FACT_TYPES, Fact, Status, about, touching
from store.status import StatusOn, on
from store.store import Store
from store.tables import changes, followers

VERSION: Final = 7  # of what is written here; with another version, and with other items, the log is read again from its start
NAME: Final = f"relate/{VERSION}.{ITEMS}"
OWN: Final = (*FACT_TYPES, "item")  # kinds of the lines that it writes
LINES: Final = 2000  # log lines a transaction


def relate(store: Store, limit: int = LINES) -> int:
    """Follow the log for at most so many lines; how many were read (0: up to date)."""
    with writing(store.engine) as connection:
        after = connection.execute(sa.select(followers.c.seq).where(followers.c.name == NAME)).scalar() or 0
        parent = sa.case((changes.c.kind == "article", sa.func.json_extract(changes.c.payload, "$.parent")))
        query = sa.select(changes.c.seq, changes.c.kind, changes.c.article, parent.label("parent")).where(changes.c.seq > after)
        lines = connection.execute(query.order_by(changes.c.seq).limit(limit)).all()
        if lines:
            _join(connection, [row for row in lines if row.kind not in OWN])
            place = {"name": NAME, "seq": lines[-1].seq, "at": now()}
            connection.execute(insert(followers).values(place).on_conflict_do_update(index_elements=["name"], set_=place))
            connection.execute(followers.delete().where(followers.c.name.like("relate%"), followers.c.name != NAME))
        return len(lines)


def relate_all(store: Store) -> int:
    """Follow the log to its end; how many lines were read."""
    total = 0
    while read := relate(store):
        total += read
    return total


def _join(connection: Connection, lines: Sequence[Any]) -> None:
    articles = {row.article for row in lines if row.kind == "article"}
    references = {row.article for row in lines if row.kind == "reference"}
    listed = articles | {row.article for row in lines if row.kind == "action"} | files_of(connection, articles)
    changed = {row.article for row in lines}
    if articles or references:
        hung = status.closure(connection, articles | {row.parent for row in lines if row.parent})  # what hung on articles that may be gone
        citing, targets = links.refresh(connection, articles, references)
        copies = clusters.refresh(connection, articles) if articles else set()
        changed |= citing | copies | status.refresh(connection, hung | targets | copies)
    if listed:
        listings.refresh(connection, listed)
    if changed:
        items.refresh(connection, changed)


def facts_of(store: Store, article_id: str, kind: str | None = None) -> list[Fact]:
    """The facts that an article has part in: links from and to it, its cluster, its status, the lists that settle one another."""
    return facts_by_article(store, [article_id], kind)[article_id]


def facts_by_article(store: Store, ids: Sequence[str], kind: str | None = None) -> dict[str, list[Fact]]:
    """The same for many articles at once."""
    found: dict[str, list[Fact]] = {id_: [] for id_ in ids}
    with reading(store.engine) as connection:
        for one in FACT_TYPES if kind is None else (kind,):
            for fact in touching(connection, one, ids):
                for id_ in sorted(about(fact) & found.keys()):
                    found[id_].append(fact)
    return found


def carried(store: Store, article_id: str) -> tuple[list[str], list[str]]:
    """The page that names an article as its attachment, a file of its own; and the articles that are such files of this one."""
    with reading(store.engine) as connection:
        pages = pages_of(connection, [card for card in cards(connection, [article_id]).values() if card.parent is None])
        return [page.id for page in pages.values()], sorted(files_of(connection, [article_id]) - {article_id})


def status_on(store: Store, article_id: str, day: str) -> StatusOn:
    """What holds of a policy on an ISO day."""
    found = facts_of(store, article_id, "status")
    return on(found[0] if found and isinstance(found[0], Status) else None, day)
