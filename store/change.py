"""What the store hands out: lines of the log, revisions, stored captures, corrections, what a put did."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from crawler.capture import Capture, WarcPlace
from extractors.article import Article
from extractors.record import AnyRecord

Op = Literal["ADD", "MOD", "DEL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`payload` is the whole object (DEL: the last one). `seq` order is commit order."""

    seq: int
    op: Op
    kind: str  # article, organisation, metric, action, task, reference, person …
    id: str
    article: str  # the article it belongs to (itself, for kind article)
    revision: int
    payload: dict[str, Any]
    at: str  # ISO time, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one Article said at one capture, as one reader version read it."""

    id: int
    article: str
    capture: str  # digest
    reader: str
    text_digest: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCapture:
    """A Capture as the store knows it: all but the bytes, which lie in the archive at `warc`."""

    id: int
    source: str
    url: str
    canonical_url: str
    digest: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    hints: tuple[tuple[str, str], ...]
    warc: WarcPlace | None

    def with_body(self, body: bytes) -> Capture:
        """The Capture that a reader takes. Raises ValueError when the bytes are not those that were fetched."""
        capture = Capture(
            source=self.source,
            url=self.url,
            canonical_url=self.canonical_url,
            fetched_at=self.fetched_at,
            status=self.status,
            headers=self.headers,
            body=body,
            hints=self.hints,
            warc=self.warc,
        )
        if capture.digest != self.digest:
            raise ValueError(f"the archive holds other bytes than were fetched from {self.url}: SHA-256 {capture.digest}, not {self.digest}")
        return capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one capture says, ready for the store. `reader_version` is noted as having read it (empty: not noted)."""

    capture: Capture | StoredCapture
    articles: Sequence[Article]
    records: Sequence[AnyRecord]
    reader_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A log line without its payload."""

    op: Op
    kind: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What a put did to one page. `updated` counts rows whose untracked fields changed, without a log line."""

    page: str  # id of the page's article
    lines: tuple[Line, ...] = ()
    updated: int = 0
    outdated: bool = False  # a newer capture of the page is there: nothing was written

    def count(self, op: Op, kind: str | None = None) -> int:
        return sum(line.op == op and kind in (None, line.kind) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's word on one field of a record. `stale` says why it does not apply at present; empty: it does."""

    id: int
    record: str
    article: str
    quote: str
    field: str
    old: Any
    new: Any
    who: str
    at: str
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A capture that could not be read, until a newer reader version can."""

    capture: StoredCapture
    reason: str
    message: str
    reader_version: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    captures: int
    articles: int
    records: dict[str, int] = field(default_factory=dict)  # by kind
    urls: dict[str, int] = field(default_factory=dict)  # by state
    quarantined: int = 0
    corrections: int = 0
    stale_corrections: int = 0
    changes: int = 0  # the newest seq
