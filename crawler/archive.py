"""The archive: every byte that was fetched or imported, in WARC files (ISO 28500), one series a source and day.

The request record stands before its response, so that a file ends with its last capture: on opening, whatever lies behind the last
capture that the store knows is a torn or unacknowledged tail and is cut off.
"""

import gzip
import io
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.capture import Capture, WarcPlace
from crawler.frontier import CaptureSink

try:
    from fastwarc import warc
except ImportError:  # no wheel for Windows on ARM
    warc = None  # type: ignore[assignment]

PATIENCE = 60.0  # seconds to wait for another writer of the source
LIMIT = 1 << 30  # bytes a file; 1 GB is what the WARC guidelines advise
UNSAFE = re.compile(r"[^\w.-]+")


class ArchiveError(Exception):
    """The archive could not be written or read; the message names the file and the reason."""


class Ends(Protocol):
    """The part of a CaptureSink that the archive needs."""

    def warc_end(self, file: str) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A capture with what only the WARC keeps: the payload as it came (perhaps compressed) and the request's headers."""

    capture: Capture
    wire: bytes
    final_url: str  # after redirects
    request_headers: tuple[tuple[str, str], ...] = ()


class Writer:
    """Appends to the files of one source, under a lock that ends with the process."""

    def __init__(self, root: Path, source: str, ends: Ends, limit: int) -> None:
        self.root, self.ends, self.limit = root, ends, limit
        self.source = UNSAFE.sub("_", source)
        (root / self.source).mkdir(parents=True, exist_ok=True)
        self.lock = FileLock(root / self.source / ".lock", timeout=PATIENCE)
        try:
            self.lock.acquire()
        except Timeout as error:
            raise ArchiveError(f"{root / self.source}: another process has been writing here for {PATIENCE:.0f} s") from error
        self.out: IO[bytes] | None = None
        self.name = ""

    def _open(self, day: str) -> IO[bytes]:
        """The day's file with room in it, cut back to its last acknowledged capture."""
        number = 0
        while (self.root / self._named(day, number)).exists() and self.ends.warc_end(self._named(day, number)) >= self.limit:
            number += 1
        self.name = self._named(day, number)
        out = (self.root / self.name).open("ab")
        out.truncate(self.ends.warc_end(self.name))
        out.seek(0, os.SEEK_END)
        if out.tell() == 0:
            writer = WARCWriter(out, gzip=True)
            writer.write_record(writer.create_warcinfo_record(Path(self.name).name, {"software": "qingbao", "format": "WARC File Format 1.0"}))
        return out

    def _named(self, day: str, number: int) -> str:
        return f"{self.source}/{self.source}-{day}-{number:03}.warc.gz"

    def _ready(self, day: str) -> IO[bytes]:
        wrong_day = f"-{day}-" not in self.name
        if self.out and (wrong_day or self.out.tell() >= self.limit):
            self.out.close()
            self.out = None
        if self.out is None:
            self.out = self._open(day)
        return self.out

    def write(self, item: Capture | Fetched) -> Capture:
        out = self._ready(f"{datetime.now(UTC):%Y%m%d}")
        writer = WARCWriter(out, gzip=True)
        if isinstance(item, Fetched):
            capture = item.capture
            request, record = _exchange(writer, item)
            writer.write_record(request)
        else:
            capture, record = item, _resource(writer, item)
        offset = out.tell()
        writer.write_record(record)
        return replace(capture, warc=WarcPlace(file=self.name, offset=offset, length=out.tell() - offset))

    def add(self, items: Sequence[Capture | Fetched]) -> list[Capture]:
        """Write a group and force it to disk, or cut the file back to where it was. Raises ArchiveError."""
        start = (self.name, self.out.tell() if self.out else None)
        try:
            placed = [self.write(item) for item in items]
            self._sync()
        except OSError as error:
            self._cut(start)
            raise ArchiveError(f"{self.root / (self.name or self.source)}: {error.strerror or error}; nothing of this group was kept") from error
        return placed

    def _sync(self) -> None:
        if self.out:
            self.out.flush()
            os.fsync(self.out.fileno())

    def _cut(self, start: tuple[str, int | None]) -> None:
        """Back to the last good end. What a full disk keeps in the buffer goes with the file object."""
        name, end = start
        if self.out:
            with suppress(OSError):
                self.out.close()
            self.out = None
        if self.name and (self.root / self.name).exists():
            good = end if name == self.name and end is not None else self.ends.warc_end(self.name)
            os.truncate(self.root / self.name, good)

    def close(self) -> None:
        if self.out:
            self.out.close()
        self.lock.release()


def _resource(writer: WARCWriter, capture: Capture) -> ArcWarcRecord:
    """An imported file, which no HTTP brought."""
    kind = capture.header("content-type") or "application/octet-stream"
    payload = io.BytesIO(capture.body)
    return writer.create_warc_record(capture.url, "resource", payload=payload, warc_content_type=kind, warc_headers_dict=_date(capture))


def _exchange(writer: WARCWriter, fetched: Fetched) -> tuple[ArcWarcRecord, ArcWarcRecord]:
    """Request and response. Content-Encoding stays, the payload is kept as it came; the transfer coding is already undone."""
    capture, url = fetched.capture, fetched.final_url
    kept = [(k, v) for k, v in capture.headers if k.lower() not in ("transfer-encoding", "content-length")]
    line = f"{capture.status} {responses.get(capture.status, '')}".strip()
    status = StatusAndHeaders(line, [*kept, ("Content-Length", str(len(fetched.wire)))], protocol="HTTP/1.1")
    response = writer.create_warc_record(url, "response", payload=io.BytesIO(fetched.wire), http_headers=status, warc_headers_dict=_date(capture))
    beside = {**_date(capture), "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
    path = urlsplit(url)._replace(scheme="", netloc="").geturl() or "/"
    asked = StatusAndHeaders(f"GET {path} HTTP/1.1", list(fetched.request_headers), is_http_request=True)
    return writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=beside), response


def _date(capture: Capture) -> dict[str, str]:
    return {"WARC-Date": capture.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


class Archive:
    """WARC files under `root`. Reading needs no more; writing needs `ends`, the store's memory of where each file is safe.

    One writer a source at a time, over all processes: a second waits for the first. Close it, or use `with`.
    """

    def __init__(self, root: Path, ends: Ends | None = None, *, limit: int = LIMIT) -> None:
        self.root, self.ends, self.limit = Path(root), ends, limit
        self.writers: dict[str, Writer] = {}

    def add(self, items: Sequence[Capture | Fetched]) -> list[Capture]:
        """The captures with their places, in the order given, on disk. They are safe from the next cut-back only after `CaptureSink.put`.

        Raises ArchiveError; then nothing of the group is kept.
        """
        if self.ends is None:
            raise ArchiveError(f"{self.root}: opened for reading only")
        placed: dict[int, Capture] = {}
        by_source: dict[str, list[int]] = {}
        for i, item in enumerate(items):
            by_source.setdefault((item.capture if isinstance(item, Fetched) else item).source, []).append(i)
        for source, where in by_source.items():
            placed.update(zip(where, self._writer(source, self.ends).add([items[i] for i in where]), strict=True))
        return [placed[i] for i in range(len(items))]

    def _writer(self, source: str, ends: Ends) -> Writer:
        if source not in self.writers:
            self.writers[source] = Writer(self.root, source, ends, self.limit)
        return self.writers[source]

    def read(self, place: WarcPlace) -> bytes:
        """The body of one capture, its content coding undone. Raises ArchiveError."""
        try:
            with (self.root / place.file).open("rb") as file:
                file.seek(place.offset)
                raw = gzip.decompress(file.read(place.length))
            record = next(iter(ArchiveIterator(io.BytesIO(raw))))
            body: bytes = record.content_stream().read()
        except (OSError, EOFError, StopIteration, ValueError, zlib.error, ArchiveLoadFailed) as error:
            raise ArchiveError(f"{self.root / place.file} at {place.offset}: {error!r}") from error
        return body

    def records(self, file: str) -> Iterator[tuple[int, str, bytes]]:
        """Every whole response and resource of a file: offset, URL, body. A torn tail is left out."""
        path = self.root / file
        yield from _slow(path) if warc is None else _fast(path)

    def files(self) -> list[str]:
        """The names of all WARC files, in order."""
        return sorted(p.relative_to(self.root).as_posix() for p in self.root.glob("*/*.warc.gz"))

    def close(self) -> None:
        for writer in self.writers.values():
            writer.close()
        self.writers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _fast(path: Path) -> Iterator[tuple[int, str, bytes]]:
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.resource
    with path.open("rb") as file:
        for record in warc.ArchiveIterator(file, record_types=kinds, verify_digests=True, auto_decode="all"):
            yield record.stream_pos, record.headers["WARC-Target-URI"], record.reader.read()


def _slow(path: Path) -> Iterator[tuple[int, str, bytes]]:
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests=True)
        try:
            for record in records:
                body = record.content_stream().read()  # first: asking for the offset reads to the record's end
                if record.rec_type in ("response", "resource") and record.digest_checker.passed:
                    yield records.get_record_offset(), record.rec_headers.get_header("WARC-Target-URI"), body
        except (ArchiveLoadFailed, EOFError):
            return


def keep(archive: Archive, sink: CaptureSink, items: Sequence[Capture | Fetched]) -> tuple[int, int]:
    """Archive a group, then store it: (new, unchanged). Content that is known already only has its visit noted."""
    captures = [item.capture if isinstance(item, Fetched) else item for item in items]
    new = [not sink.known(c.source, c.canonical_url, c.digest) for c in captures]
    placed = iter(archive.add([item for item, is_new in zip(items, new, strict=True) if is_new]))
    group = [next(placed) if is_new else c for c, is_new in zip(captures, new, strict=True)]
    sink.put(group)
    return sum(new), len(new) - sum(new)
