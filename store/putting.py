"""The diff of a put: what a capture says now against what is held for its page. Rows and log lines in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import Article, article_id
from store import corrections
from store.captures import visit
from store.change import Diff, Line, Op, Reading, StoredCapture
from store.database import insert, now, slices
from store.payload import encode, text_digest, tracked_article, tracked_record
from store.tables import articles, captures, changes, quarantine, records, revisions, urls

CHUNK: Final = 100  # readings whose rows are fetched and written together


@dataclass(slots=True)
class Item:
    """An article or a record, held or new: what the diff compares and the log tells."""

    kind: str
    id: str
    article: str
    tracked: str
    payload: str
    revision: int = 0
    row: dict[str, Any] = field(default_factory=dict)  # further columns


Items = dict[str, Item]


@dataclass(slots=True)
class Written:
    """Rows and lines to write, gathered over a chunk."""

    lines: list[tuple[Op, Item]] = field(default_factory=list)
    silent: list[Item] = field(default_factory=list)
    revisions: list[dict[str, Any]] = field(default_factory=list)
    read: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Chunk:
    """What the store holds for the pages of a chunk, and what is to be written."""

    articles: dict[str, Items]  # by page
    records: dict[str, Items]  # by page
    revisions: dict[int, Any]
    corrected: corrections.Loaded
    next_revision: int
    written: Written = field(default_factory=Written)


def put_all(connection: Connection, readings: Sequence[Reading]) -> list[Diff]:
    """Put readings, in their order, in the caller's write transaction. Raises ValueError."""
    for reading in readings:
        _check(reading)
    try:
        return [diff for chunk in _chunks(readings) for diff in _put_chunk(connection, chunk)]
    except sa.exc.IntegrityError as error:
        raise ValueError(f"an article or record of {[r.capture.url for r in readings][:4]} is held for another page: {error.orig}") from error


def _check(reading: Reading) -> None:
    """Raises ValueError for records of other articles and ids that stand twice."""
    where = reading.capture.url
    ids = [a.id for a in reading.articles]
    known = set(ids)
    for record in reading.records:
        if record.article not in known:
            raise ValueError(f"{where}: record {record.id!r} lies on article {record.article!r}, which this capture does not have")
    for what, found in (("article", ids), ("record", [r.id for r in reading.records])):
        if "" in found or len(set(found)) < len(found):
            raise ValueError(f"{where}: {what} ids are missing or stand twice: {sorted(i for i in found if not i or found.count(i) > 1)[:4]}")


def _page(reading: Reading) -> str:
    return article_id(reading.capture.source, reading.capture.canonical_url)


def _chunks(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """Runs of readings, no page twice in one."""
    chunk: list[Reading] = []
    pages: set[str] = set()
    for reading in readings:
        if len(chunk) == CHUNK or _page(reading) in pages:
            yield chunk
            chunk, pages = [], set()
        chunk.append(reading)
        pages.add(_page(reading))
    if chunk:
        yield chunk


def _put_chunk(connection: Connection, readings: Sequence[Reading]) -> list[Diff]:
    fetched = [r.capture if isinstance(r.capture, StoredCapture) else visit(connection, r.capture)[0] for r in readings]
    current = {row.capture for row in _rows(connection, urls, urls.c.capture, [capture.id for capture in fetched])}
    pairs = list(zip(readings, fetched, strict=True))
    chunk = _load(connection, [reading for reading, capture in pairs if capture.id in current])
    diffs = [_plan(reading, capture, chunk) if capture.id in current else Diff(page=_page(reading), outdated=True) for reading, capture in pairs]
    corrections.mark(connection, chunk.corrected)
    write(connection, chunk.written)
    return diffs


def _load(connection: Connection, readings: Sequence[Reading]) -> _Chunk:
    articles_of: dict[str, Items] = {}
    pages: dict[str, str] = {}
    for row in _rows(connection, articles, articles.c.page, [_page(reading) for reading in readings]):
        pages[row.id] = row.page
        articles_of.setdefault(row.page, {})[row.id] = Item("article", row.id, row.id, row.tracked, row.payload, row.revision)
    records_of: dict[str, Items] = {}
    for row in _rows(connection, records, records.c.article, list(pages)):
        revision = articles_of[pages[row.article]][row.article].revision
        records_of.setdefault(pages[row.article], {})[row.id] = Item(row.kind, row.id, row.article, row.tracked, row.payload, revision)
    numbers = [item.revision for items in articles_of.values() for item in items.values()]
    corrected = corrections.load(connection, sorted({*pages, *(a.id for reading in readings for a in reading.articles)}))
    held = {row.id: row for row in _rows(connection, revisions, revisions.c.id, numbers)}
    newest = connection.execute(sa.select(sa.func.max(revisions.c.id))).scalar() or 0
    return _Chunk(articles_of, records_of, held, corrected, newest + 1)


def _rows(connection: Connection, table: sa.Table, column: sa.Column[Any], values: Sequence[Any]) -> Iterable[Any]:
    for some in slices(values):
        yield from connection.execute(sa.select(table).where(column.in_(some)).order_by(next(iter(table.primary_key))))


def _plan(reading: Reading, capture: StoredCapture, chunk: _Chunk) -> Diff:
    page, written = _page(reading), chunk.written
    first, silent = len(written.lines), len(written.silent)
    old_articles, old_records = chunk.articles.get(page, {}), chunk.records.get(page, {})
    numbers = {article.id: _revision(article, old_articles.get(article.id), chunk) for article in reading.articles}
    new_articles = {a.id: _article_item(a, page, numbers[a.id]) for a in reading.articles}
    new_records = {r.id: _record_item(r, numbers[r.article]) for r in corrections.apply(reading.records, chunk.corrected)}
    written.lines += [("DEL", item) for key, item in old_records.items() if key not in new_records]
    written.lines += [("DEL", item) for key, item in old_articles.items() if key not in new_articles]
    compare(old_articles, new_articles, written)
    compare(old_records, new_records, written)
    if reading.reader_version:
        written.read.append({"of": capture.id, "by": reading.reader_version})
    lines = tuple(Line(op=op, kind=item.kind, id=item.id) for op, item in written.lines[first:])
    return Diff(page=page, lines=lines, updated=len(written.silent) - silent)


def _revision(article: Article, old: Item | None, chunk: _Chunk) -> int:
    """The revision that the article is at: a new one when another capture, reader or text stands behind it."""
    digest = text_digest(article)
    row = chunk.revisions[old.revision] if old else None
    if row is not None and (row.capture, row.reader, row.text_digest) == (article.capture, article.reader, digest):
        return int(row.id)
    number = chunk.next_revision + len(chunk.written.revisions)
    chunk.written.revisions.append(
        {"id": number, "article": article.id, "capture": article.capture, "reader": article.reader, "text_digest": digest, "at": now()}
    )
    return number


def _article_item(article: Article, page: str, revision: int) -> Item:
    row = {"page": page, "parent": article.parent, "ordinal": article.ordinal, "revision": revision}
    return Item("article", article.id, article.id, tracked_article(article), encode(article), revision, row)


def _record_item(record: Any, revision: int) -> Item:
    row = {"article": record.article, "kind": record.kind, "start": record.start}
    return Item(record.kind, record.id, record.article, tracked_record(record), encode(record), revision, row)


def compare(held: Mapping[str, Item], new: Mapping[str, Item], written: Written) -> None:
    """ADD and MOD lines, and silent updates, of new items against those held."""
    for key, item in new.items():
        old = held.get(key)
        if old is None:
            written.lines.append(("ADD", item))
        elif old.tracked != item.tracked:
            written.lines.append(("MOD", item))
        elif old.payload != item.payload:
            written.silent.append(item)


def write(connection: Connection, written: Written) -> None:
    """All rows and lines gathered; the order of the lines is the order of the log."""
    _many(connection, revisions.insert(), written.revisions)
    for table, own in ((articles, True), (records, False)):
        lines = [(op, item) for op, item in written.lines if (item.kind == "article") is own]
        write_rows(connection, table, lines, [item for item in written.silent if (item.kind == "article") is own])
    log(connection, written.lines)
    _many(connection, urls.update().where(urls.c.capture == sa.bindparam("of")).values(read_by=sa.bindparam("by")), written.read)
    for read in written.read:
        release(connection, read["of"])


def write_rows(connection: Connection, table: sa.Table, lines: Iterable[tuple[Op, Item]], silent: Iterable[Item]) -> None:
    """The rows of one table that lines and silent updates change."""
    ops = list(lines)
    _many(connection, table.delete().where(table.c.id == sa.bindparam("of")), [{"of": item.id} for op, item in ops if op == "DEL"])
    _update(connection, table, [*(item for op, item in ops if op == "MOD"), *silent])
    _many(connection, table.insert(), [{"id": i.id, "tracked": i.tracked, "payload": i.payload, **i.row} for op, i in ops if op == "ADD"])


def release(connection: Connection, capture: int) -> None:
    """Take out of quarantine whatever capture of the same URL lies there."""
    same = captures.alias("same")
    url = sa.and_(captures.c.source == same.c.source, captures.c.canonical_url == same.c.canonical_url)
    of_url = sa.select(captures.c.id).join(same, url).where(same.c.id == capture)
    connection.execute(quarantine.delete().where(quarantine.c.capture.in_(of_url)))


def log(connection: Connection, lines: Iterable[tuple[Op, Item]]) -> None:
    """Append lines to the log. Only inside a write transaction: seq is given here, so its order is commit order."""
    at = now()
    rows = [(op, i.kind, i.id, i.article, i.revision, i.payload, at) for op, i in lines]
    insert(connection, changes, ("op", "kind", "id", "article", "revision", "payload", "at"), rows)


def _update(connection: Connection, table: sa.Table, items: Sequence[Item]) -> None:
    if not items:
        return
    columns: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in ("tracked", "payload", *items[0].row)}
    rows = [{"of": i.id, "new_tracked": i.tracked, "new_payload": i.payload} | {f"new_{k}": v for k, v in i.row.items()} for i in items]
    _many(connection, table.update().where(table.c.id == sa.bindparam("of")).values(columns), rows)


def _many(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
