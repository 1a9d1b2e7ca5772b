"""Questions to the store. Each function takes a connection in a read transaction (or a write one)."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from extractors.article import Article
from extractors.record import AnyRecord
from store.captures import stored
from store.change import Change, Counts, Quarantined, Revision, StoredCapture
from store.database import slices
from store.payload import decode, decode_article, decode_record
from store.tables import articles, captures, changes, corrections, quarantine, records, revisions, urls

_SNAPSHOT_PAGE: Final = 200  # articles fetched together


def unread(connection: Connection, readers: Collection[str], limit: int) -> list[StoredCapture]:
    """URLs' present captures that none of these versions has read; those never read first."""
    found: list[StoredCapture] = []
    for other in _others(sorted(readers)):
        query = sa.select(captures).join_from(urls, captures, urls.c.capture == captures.c.id)
        rows = connection.execute(query.where(other).order_by(urls.c.read_by, urls.c.capture).limit(limit - len(found)))
        found += [stored(row) for row in rows]
    return found


def _others(words: Sequence[str]) -> Iterator[sa.ColumnElement[bool]]:
    """The ranges of the index between some words of `read_by`."""
    if not words:
        yield urls.c.read_by >= ""
        return
    yield urls.c.read_by < words[0]
    yield from (sa.and_(urls.c.read_by > a, urls.c.read_by < b) for a, b in pairwise(words))
    yield urls.c.read_by > words[-1]


def capture(connection: Connection, key: int | str) -> StoredCapture | None:
    """By id, or the newest with that digest."""
    where = captures.c.id == key if isinstance(key, int) else captures.c.digest == key
    row = connection.execute(sa.select(captures).where(where).order_by(captures.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else stored(row)


def quarantined(connection: Connection) -> list[Quarantined]:
    own = [quarantine.c[name].label(f"q_{name}") for name in ("reason", "message", "read_by", "at")]
    query = sa.select(captures, *own).join_from(quarantine, captures, quarantine.c.capture == captures.c.id).order_by(captures.c.id)
    return [
        Quarantined(capture=stored(row), reason=row.q_reason, message=row.q_message, reader_version=row.q_read_by, at=row.q_at)
        for row in connection.execute(query)
    ]


def changes_after(connection: Connection, after: int, limit: int) -> list[Change]:
    rows = connection.execute(sa.select(changes).where(changes.c.seq > after).order_by(changes.c.seq).limit(limit))
    return [_change(row) for row in rows]


def history(connection: Connection, id_: str) -> list[Change]:
    return [_change(row) for row in connection.execute(sa.select(changes).where(changes.c.id == id_).order_by(changes.c.seq))]


def _change(row: Row[Any]) -> Change:
    return Change(**dict(row._mapping) | {"payload": decode(row.payload)})


def last_seq(connection: Connection) -> int:
    return connection.execute(sa.select(sa.func.max(changes.c.seq))).scalar() or 0


def articles_by_id(connection: Connection, ids: Sequence[str]) -> list[Article]:
    """Those that are held, in the order asked."""
    found: dict[str, Article] = {}
    for some in slices(ids):
        rows = connection.execute(sa.select(articles.c.id, articles.c.payload).where(articles.c.id.in_(some)))
        found |= {row.id: decode_article(row.payload) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def children(connection: Connection, id_: str) -> list[Article]:
    rows = connection.execute(sa.select(articles.c.payload).where(articles.c.parent == id_).order_by(articles.c.ordinal, articles.c.n))
    return [decode_article(row.payload) for row in rows]


def records_of(connection: Connection, ids: Sequence[str], kind: str | None = None) -> dict[str, list[AnyRecord]]:
    """Records by article, in text order."""
    found: dict[str, list[AnyRecord]] = {id_: [] for id_ in ids}
    of_kind = sa.true() if kind is None else records.c.kind == kind
    for some in slices(ids):
        query = sa.select(records.c.article, records.c.kind, records.c.payload).where(records.c.article.in_(some), of_kind)
        for row in connection.execute(query.order_by(records.c.article, records.c.start, records.c.n)):
            found[row.article].append(decode_record(row.kind, row.payload))
    return found


def record(connection: Connection, id_: str) -> AnyRecord | None:
    row = connection.execute(sa.select(records.c.kind, records.c.payload).where(records.c.id == id_)).one_or_none()
    return None if row is None else decode_record(row.kind, row.payload)


def everything(connection: Connection) -> Iterator[tuple[Article, list[AnyRecord]]]:
    """All articles with their records, parents of a page before its children as they were put."""
    after = 0
    while True:
        query = sa.select(articles.c.n, articles.c.payload).where(articles.c.n > after).order_by(articles.c.n).limit(_SNAPSHOT_PAGE)
        rows = connection.execute(query).all()
        if not rows:
            return
        some = [decode_article(row.payload) for row in rows]
        found = records_of(connection, [a.id for a in some])
        yield from ((article, found[article.id]) for article in some)
        after = rows[-1].n


def revisions_of(connection: Connection, article: str) -> list[Revision]:
    rows = connection.execute(sa.select(revisions).where(revisions.c.article == article).order_by(revisions.c.id))
    return [Revision(**dict(row._mapping)) for row in rows]


def counts(connection: Connection) -> Counts:
    return Counts(
        captures=_size(connection, captures),
        articles=_size(connection, articles),
        records=_by(connection, records.c.kind),
        urls=_by(connection, urls.c.state),
        quarantined=_size(connection, quarantine),
        corrections=_size(connection, corrections),
        stale_corrections=_size(connection, corrections, corrections.c.stale != ""),
        changes=last_seq(connection),
    )


def url_counts(connection: Connection, source: str) -> dict[str, int]:
    return _by(connection, urls.c.state, urls.c.source == source)


def _size(connection: Connection, table: sa.Table, where: Any = None) -> int:
    query = sa.select(sa.func.count()).select_from(table)
    return connection.execute(query if where is None else query.where(where)).scalar() or 0


def _by(connection: Connection, column: sa.Column[str], where: Any = None) -> dict[str, int]:
    query = sa.select(column, sa.func.count()).group_by(column).order_by(column)
    rows = connection.execute(query if where is None else query.where(where))
    return {row[0]: row[1] for row in rows}
