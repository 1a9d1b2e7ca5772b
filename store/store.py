"""The store: one object in front of the database. Every call is its own transaction on its own connection."""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Engine

from crawler.capture import Capture
from extractors.article import Article
from extractors.record import AnyRecord
from store import corrections, putting, reading
from store.captures import Crawling
from store.change import Change, Correction, Counts, Diff, Quarantined, Reading, Revision, StoredCapture
from store.database import Synchronous, connect, migrate, now
from store.database import reading as reads
from store.database import writing as writes
from store.errors import CorrectionError
from store.outcomes import Outcome
from store.outcomes import outcomes as outcomes_of
from store.payload import decode_record, encode, tracked_record
from store.sources import SourceState, source_states
from store.tables import articles, followers, quarantine, records, urls

Reader = StoredCapture | Capture


class Store:
    """Captures, URL state, articles, revisions, records, corrections and the log. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.crawling = Crawling(engine)  # crawler's Frontier and CaptureSink

    @classmethod
    def open(cls, url: str, *, synchronous: Synchronous = "NORMAL") -> Self:
        """Open and migrate `sqlite:///path`; folders are made. Raises StoreError (NewerStoreError, DiskFullError, StoreBusyError)."""
        engine = connect(url, synchronous=synchronous)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # Captures and how they were read

    def unread(self, *readers: str, limit: int = 100) -> list[StoredCapture]:
        """Captures not yet read by any of these versions, only the present one of each canonical URL. An empty version has read nothing.

        What is put with that version, marked or quarantined is not asked for again.
        """
        with reads(self.engine) as connection:
            return reading.unread(connection, [word for word in readers if word], limit)

    def capture(self, key: int | str) -> StoredCapture | None:
        """By id, or the newest with that digest."""
        with reads(self.engine) as connection:
            return reading.capture(connection, key)

    def mark_read(self, capture: StoredCapture, reader_version: str) -> None:
        """Note that a version has read a capture (`put` with a reader_version does it too)."""
        with writes(self.engine) as connection:
            connection.execute(urls.update().where(urls.c.capture == capture.id).values(read_by=reader_version))

    def quarantine(self, capture: StoredCapture, reason: str, message: str, *, reader_version: str = "") -> None:
        """A capture that could not be read: out of the way of this reader version. What is held for its page stays."""
        row = {"capture": capture.id, "reason": reason, "message": message, "read_by": reader_version, "at": now()}
        with writes(self.engine) as connection:
            putting.release(connection, capture.id)
            connection.execute(quarantine.insert().values(row))
            connection.execute(urls.update().where(urls.c.capture == capture.id).values(read_by=reader_version))

    def quarantined(self) -> list[Quarantined]:
        with reads(self.engine) as connection:
            return reading.quarantined(connection)

    def outcomes(self, source: str, urls: Sequence[str]) -> Iterator[Outcome]:
        """What became of each of these (canonical) URLs that the source has, in the order asked. One view, held until the iterator ends."""
        with reads(self.engine) as connection:
            yield from outcomes_of(connection, source, urls)

    # Articles and records

    def put(self, capture: Reader, articles: Sequence[Article], records: Sequence[AnyRecord], *, reader_version: str = "") -> Diff:
        """Make this the content of the capture's page: rows and log lines in one transaction.

        Articles of the page that are missing here are deleted. Raises ValueError for ids that are missing, stand twice, belong to
        no article given or to another page; nothing is written then, nor when a newer capture of the page is there (`Diff.outdated`).
        """
        return self.put_many([Reading(capture=capture, articles=articles, records=records, reader_version=reader_version)])[0]

    def put_many(self, readings: Sequence[Reading]) -> list[Diff]:
        """As `put`, all in one transaction: all of them or none."""
        with writes(self.engine) as connection:
            return putting.put_all(connection, readings)

    def article(self, id_: str) -> Article | None:
        return next(iter(self.articles([id_])), None)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Those that are held, in the order asked."""
        with reads(self.engine) as connection:
            return reading.articles_by_id(connection, ids)

    def children(self, id_: str) -> list[Article]:
        with reads(self.engine) as connection:
            return reading.children(connection, id_)

    def records_of(self, article_id: str, kind: str | None = None) -> list[AnyRecord]:
        """In text order."""
        with reads(self.engine) as connection:
            return reading.records_of(connection, [article_id], kind)[article_id]

    def record(self, id_: str) -> AnyRecord | None:
        with reads(self.engine) as connection:
            return reading.record(connection, id_)

    def revisions(self, article_id: str) -> list[Revision]:
        """Oldest first."""
        with reads(self.engine) as connection:
            return reading.revisions_of(connection, article_id)

    def snapshot(self) -> tuple[int, Iterator[tuple[Article, list[AnyRecord]]]]:
        """The newest seq, and all articles with their records as they were at that seq, whatever is written meanwhile.

        The view is held until the iterator is exhausted or closed.
        """
        rows = self._snapshot()
        seq = next(rows)
        assert isinstance(seq, int)
        return seq, rows  # type: ignore[return-value]

    def _snapshot(self) -> Iterator[int | tuple[Article, list[AnyRecord]]]:
        with reads(self.engine) as connection:
            yield reading.last_seq(connection)
            yield from reading.everything(connection)

    # Corrections

    def correct(self, record: str, field: str, old: Any, new: Any, *, who: str, quote: str | None = None) -> Correction:
        """A person sets one field: applied now, logged as MOD, and applied again to every later reading.

        Values are as JSON has them. Raises CorrectionError when the store holds no such record, another old value or
        another quote, ValueError for a field that cannot be set or a value that does not fit.
        """
        with writes(self.engine) as connection:
            held = connection.execute(sa.select(records).where(records.c.id == record)).one_or_none()
            if held is None:
                raise CorrectionError(f"there is no record {record}")
            before = decode_record(held.kind, held.payload)
            value = corrections.value_of(before, field)
            after = corrections.changed(before, field, new)
            if value != old or quote not in (None, before.quote):
                raise CorrectionError(f"record {record} reads {before.quote!r} with {field} = {value!r}, not {old!r}")
            new = corrections.value_of(after, field)
            revision = connection.execute(sa.select(articles.c.revision).where(articles.c.id == before.article)).scalar_one()
            item = putting.Item(held.kind, record, before.article, tracked_record(after), encode(after), revision)
            putting.write(connection, putting.Written(lines=[("MOD", item)]))
            return corrections.add(connection, before, field, old=old, new=new, who=who, at=now())

    def corrections(self, article_id: str | None = None) -> list[Correction]:
        """Those of one article, or all, the oldest first."""
        with reads(self.engine) as connection:
            return corrections.listed(connection, article_id)

    def stale_corrections(self) -> list[Correction]:
        """Corrections that do not apply at present, each with the reason: for a person to look at."""
        with reads(self.engine) as connection:
            return corrections.stale(connection)

    # The log and its followers

    def changes(self, after: int, limit: int = 1000) -> list[Change]:
        """Lines with seq > after, in commit order."""
        with reads(self.engine) as connection:
            return reading.changes_after(connection, after, limit)

    def history(self, id_: str) -> list[Change]:
        """All lines of one article or record, oldest first."""
        with reads(self.engine) as connection:
            return reading.history(connection, id_)

    def last_seq(self) -> int:
        with reads(self.engine) as connection:
            return reading.last_seq(connection)

    def place(self, follower: str) -> int:
        """The seq up to which a follower has followed; 0 for a new one."""
        with reads(self.engine) as connection:
            return connection.execute(sa.select(followers.c.seq).where(followers.c.name == follower)).scalar() or 0

    def set_place(self, follower: str, seq: int) -> None:
        row = {"name": follower, "seq": seq, "at": now()}
        with writes(self.engine) as connection:
            connection.execute(insert(followers).values(row).on_conflict_do_update(index_elements=["name"], set_=row))

    # How much there is

    def counts(self) -> Counts:
        with reads(self.engine) as connection:
            return reading.counts(connection)

    def url_counts(self, source: str) -> dict[str, int]:
        """URLs of a source by state."""
        with reads(self.engine) as connection:
            return reading.url_counts(connection, source)

    def sources(self) -> list[SourceState]:
        """How each source stands, by name."""
        with reads(self.engine) as connection:
            return source_states(connection)
