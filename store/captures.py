"""What the crawler asks of the store: `Frontier` and `CaptureSink` in one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine, Row

from crawler.capture import Capture, WarcPlace
from crawler.frontier import UrlState
from store.change import StoredCapture
from store.database import now, reading, slices, writing
from store.payload import decode, encode
from store.tables import captures, urls

Hints = tuple[tuple[str, str], ...]

_FREE_FAILURES: Final = 3  # so often a failed URL is wanted again at once; then after 1, 2, 4 … hours
_LONGEST_WAIT: Final = 7 * 24  # hours


@dataclass(frozen=True, slots=True)
class Crawling:
    """`Store.crawling`: the memory of URLs and the place for captures."""

    engine: Engine

    def wanted(self, source: str, wanted: Sequence[str]) -> list[str]:
        known: dict[str, Row[Any]] = {}
        with reading(self.engine) as connection:
            for some in slices(wanted):
                rows = connection.execute(sa.select(urls.c.url, urls.c.state, urls.c.due).where(urls.c.source == source, urls.c.url.in_(some)))
                known |= {row.url: row for row in rows}
        due = time.time()
        found = [url for url in wanted if url not in known or (known[url].state == "failed" and known[url].due <= due)]
        return list(dict.fromkeys(found))

    def discover(self, source: str, found: Sequence[tuple[str, Hints]]) -> None:
        rows = [_url_row(source, url, "discovered", hints=hints) for url, hints in found]
        if rows:
            with writing(self.engine) as connection:
                connection.execute(insert(urls).on_conflict_do_nothing(), rows)

    def pending(self, source: str) -> list[tuple[str, Hints]]:
        """URLs discovered but not fetched, and failed ones that are due again, oldest first."""
        again = sa.and_(urls.c.state == "failed", urls.c.due <= time.time())
        query = sa.select(urls.c.url, urls.c.hints).where(urls.c.source == source, (urls.c.state == "discovered") | again).order_by(urls.c.id)
        with reading(self.engine) as connection:
            return [(row.url, _pairs(row.hints)) for row in connection.execute(query)]

    def mark(self, source: str, url: str, state: UrlState, reason: str = "") -> None:
        with writing(self.engine) as connection:
            failures = connection.execute(sa.select(urls.c.failures).where(urls.c.source == source, urls.c.url == url)).scalar() or 0
            row = _url_row(source, url, state, reason=reason)
            if state == "failed":
                row |= {"failures": failures + 1, "due": time.time() + _wait(failures + 1)}
            kept = {key: row[key] for key in ("state", "reason", "failures", "due", "at")}
            connection.execute(insert(urls).values(row).on_conflict_do_update(index_elements=["source", "url"], set_=kept))

    def warc_end(self, file: str) -> int:
        query = sa.select(captures.c.warc_offset + captures.c.warc_length).where(captures.c.warc_file == file)
        with reading(self.engine) as connection:
            return connection.execute(query.order_by(captures.c.warc_offset.desc()).limit(1)).scalar() or 0

    def known(self, source: str, canonical_url: str, digest: str) -> bool:
        with reading(self.engine) as connection:
            return _held(connection, source, canonical_url, digest) is not None

    def put(self, group: Sequence[Capture]) -> int:
        with writing(self.engine) as connection:
            return sum(new for _, new in [visit(connection, capture) for capture in group])

    def restate(self, group: Sequence[Capture]) -> None:
        """Other hints for captures that are held: those that they change are to be read again."""
        c = captures.c
        with writing(self.engine) as connection:
            for capture in group:
                same = (c.source == capture.source, c.canonical_url == capture.canonical_url, c.digest == capture.digest)
                hints = encode(capture.hints)
                if connection.execute(captures.update().where(*same, c.hints != hints).values(hints=hints)).rowcount:
                    here = (urls.c.source == capture.source, urls.c.url == capture.canonical_url)
                    connection.execute(urls.update().where(*here).values(read_by=""))


def visit(connection: Connection, capture: Capture) -> tuple[StoredCapture, bool]:
    """Make a capture its URL's content (in a write transaction), and whether it is new. Known content has its visit noted only."""
    held = _held(connection, capture.source, capture.canonical_url, capture.digest)
    if held is None:
        connection.execute(captures.insert().values(_capture_row(capture)))
        held = _held(connection, capture.source, capture.canonical_url, capture.digest)
        assert held is not None
        new = True
    else:
        connection.execute(captures.update().where(captures.c.id == held.id).values(_visit_row(capture, held)))
        new = False
    _fetched(connection, capture, held.id)
    return held, new


def _fetched(connection: Connection, capture: Capture, held: int) -> None:
    row = _url_row(capture.source, capture.canonical_url, "fetched", hints=capture.hints) | {"capture": held}
    read_by = sa.case((urls.c.capture == held, urls.c.read_by), else_="")  # other content than was read: to be read
    kept = {key: row[key] for key in ("state", "reason", "failures", "due", "at", "capture")} | {"read_by": read_by}
    connection.execute(insert(urls).values(row).on_conflict_do_update(index_elements=["source", "url"], set_=kept))


def _held(connection: Connection, source: str, canonical_url: str, digest: str) -> StoredCapture | None:
    c = captures.c
    row = connection.execute(sa.select(captures).where(c.source == source, c.canonical_url == canonical_url, c.digest == digest)).one_or_none()
    return None if row is None else stored(row)


def stored(row: Row[Any]) -> StoredCapture:
    """A row of `captures` as an object."""
    place = None if row.warc_file is None else WarcPlace(file=row.warc_file, offset=row.warc_offset, length=row.warc_length)
    return StoredCapture(
        id=row.id,
        source=row.source,
        url=row.url,
        canonical_url=row.canonical_url,
        digest=row.digest,
        fetched_at=datetime.fromisoformat(row.fetched_at),
        status=row.status,
        headers=_pairs(row.headers),
        hints=_pairs(row.hints),
        warc=place,
    )


def _capture_row(capture: Capture) -> dict[str, Any]:
    fetched = capture.fetched_at.astimezone(UTC).isoformat()
    place = capture.warc
    return {
        "source": capture.source,
        "url": capture.url,
        "canonical_url": capture.canonical_url,
        "digest": capture.digest,
        "fetched_at": fetched,
        "visited_at": fetched,
        "status": capture.status,
        "headers": encode(capture.headers),
        "hints": encode(capture.hints),
        "warc_file": place.file if place else None,
        "warc_offset": place.offset if place else None,
        "warc_length": place.length if place else None,
    }


def _visit_row(capture: Capture, held: StoredCapture) -> dict[str, Any]:
    row = _capture_row(capture)
    kept = ("warc_file", "warc_offset", "warc_length") if held.warc is None else ()  # the first place in the archive stands
    return {key: row[key] for key in ("visited_at", *kept)}


def _url_row(source: str, url: str, state: UrlState, *, reason: str = "", hints: Hints = ()) -> dict[str, Any]:
    fresh = {"failures": 0, "due": 0.0, "capture": None, "read_by": "", "at": now()}
    return {"source": source, "url": url, "state": state, "reason": reason, "hints": encode(hints), **fresh}


def _wait(failures: int) -> float:
    """Seconds until a URL that failed so often in a row is due again."""
    return 0.0 if failures <= _FREE_FAILURES else 3600.0 * min(2 ** (failures - _FREE_FAILURES - 1), _LONGEST_WAIT)


def _pairs(text: str) -> Hints:
    return tuple((str(k), str(v)) for k, v in decode(text))
