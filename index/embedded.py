"""The embedded engine: tantivy in a folder. One process writes, any number read; a commit is atomic and survives kill -9."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import NoneType, TracebackType
from typing import Final, Self

from tantivy import Query, Searcher

from index import cursor
from index.analysis import dictionary
from index.backend import UNBUILT, Health
from index.errors import BadCursor, SchemaMismatch
from index.fields import INDICES, Field, index_of, schema_hash
from index.generation import Current, Generations
from index.highlighted import hits
from index.memory import give_back
from index.near import resolved
from index.plan import request_plan, sort_field
from index.query import IndexName, Page, Request, Result, Scalar
from index.rows import Row
from index.tantivy_page import FieldPage, Found, aggregated, by_relevance, count
from index.tantivy_part import Part, Reader
from index.tantivy_plan import ORDER, compile_plan

_SNAPSHOTS: Final = 64
_SNAPSHOT_AGE: Final = 600.0  # seconds
_BESIDE: Final = 4  # threads
_SCAN: Final = 1000  # rows read at a time when all are


@dataclass(frozen=True, slots=True)
class Opened:
    stamp: int
    current: Current
    parts: dict[IndexName, Part]


@dataclass(slots=True)
class Snapshots:
    """Readers that cursors go on in."""

    held: OrderedDict[str, tuple[float, Reader]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, reader: Reader) -> str:
        token = secrets.token_hex(8)
        with self.lock:
            self.held[token] = (time.monotonic(), reader)
            while len(self.held) > _SNAPSHOTS:
                self.held.popitem(last=False)
        return token

    def get(self, token: str | None) -> Reader | None:
        with self.lock:
            now = time.monotonic()
            for old in [t for t, (at, _) in self.held.items() if now - at > _SNAPSHOT_AGE]:
                del self.held[old]
            found = self.held.get(token or "")
            return found[1] if found else None


class Embedded:
    def __init__(self, path: Path) -> None:
        self._generations = Generations(path)
        self._snapshots = Snapshots()
        self._lock = threading.RLock()
        self._beside = ThreadPoolExecutor(_BESIDE)  # facets are counted while the page is found: the engine holds no lock of Python's
        self._opened: Opened | None = None
        self._schema = schema_hash(dictionary())
        path.mkdir(parents=True, exist_ok=True)

    # Generations

    def _open(self) -> Opened | None:
        """What is in use now; None when nothing is built. Raises SchemaMismatch."""
        stamp = self._generations.stamp()
        if self._opened and self._opened.stamp == stamp:
            return self._opened
        with self._lock:
            if self._opened and self._opened.stamp == stamp:  # another thread was first
                return self._opened
            self._close()
            current = self._generations.current()
            if current is None:
                return None
            if current.schema != self._schema:
                raise SchemaMismatch("索引是为另一版本的字段建立的，请运行 qingbao index --rebuild")
            self._opened = Opened(stamp, current, self._parts(current.name))
            return self._opened

    def _parts(self, name: str) -> dict[IndexName, Part]:
        return {index: Part(self._generations.folder(name), index) for index in INDICES}

    def parts(self) -> dict[IndexName, Part]:
        """The indices in use; {} when nothing is built. Raises SchemaMismatch."""
        opened = self._open()
        return opened.parts if opened else {}

    def generation(self) -> str | None:
        try:
            opened = self._open()
        except SchemaMismatch:
            return None
        return opened.current.name if opened else None

    # Writing

    def apply(self, puts: Sequence[Row], deletes: Sequence[tuple[IndexName, str]], seq: int) -> None:
        with self._lock:
            opened = self._open()
            if opened is None:
                self.rebuild((), 0)
                opened = self._open()
            assert opened is not None
            for name, part in opened.parts.items():
                mine = [r for r in puts if index_of(r) == name]
                gone = [id_ for index, id_ in deletes if index == name]
                if mine or gone:
                    part.change(mine, gone)

    def rebuild(self, rows: Iterable[Row], seq: int) -> int:
        self._generations.root.mkdir(parents=True, exist_ok=True)
        name = self._generations.new(INDICES)
        try:
            parts = self._parts(name)
            count = self._fill(parts, rows)
        except BaseException:
            self._generations.drop(name)
            raise
        finally:
            give_back()
        with self._lock:
            self._close()
            self._generations.use(Current(name=name, schema=self._schema))
        return count

    def _fill(self, parts: dict[IndexName, Part], rows: Iterable[Row]) -> int:
        """One commit at the end: nobody sees the generation before, and each commit would make a segment."""
        count = 0
        for row in rows:
            parts[index_of(row)].add(row)
            count += 1
        for part in parts.values():
            part.commit()
            part.close()
        return count

    # Reading

    def search(self, request: Request) -> Page:
        place = cursor.read(request)
        asked, request = request, resolved(self, request)
        opened = self._open()
        if opened is None:
            return Page(hits=(), total=0, notices=(UNBUILT,))
        part = opened.parts[request.index]
        reader = self._snapshots.get(place.snapshot if place else None) or part.reader()
        query = compile_plan(part.index.schema, request_plan(request.index, request.where, request.filters))
        beside = self._beside.submit(aggregated, reader.searcher, query, request.index, request.aggs) if request.aggs else None
        found, total = self._found(part, reader.searcher, query, request, place)
        rows = reader.rows([f.address for f in found])
        buckets: dict[str, Result] = {}
        if beside or total is None:
            buckets, total = beside.result() if beside else ({}, count(reader.searcher, query))
        return Page(
            hits=tuple(hits(request, zip(rows, (f.score for f in found), strict=True))),
            total=total,
            buckets=buckets,
            next=self._next(asked, place, found, reader, total),
        )

    def _found(self, part: Part, searcher: Searcher, query: Query, request: Request, place: cursor.Place | None) -> tuple[list[Found], int | None]:
        """The page, and how many there are in all where that is known on the way."""
        if request.size < 1:
            return [], None
        if request.sort.field is None:
            return by_relevance(searcher, query, request.size, place.shown if place else 0)
        field_ = sort_field(request.index, request.sort.field)
        after = _after(field_, place) if place else None
        return FieldPage(searcher, part.index.schema, query, field_, request.sort.descending).read(request.size, after), None

    def _next(self, request: Request, place: cursor.Place | None, found: list[Found], reader: Reader, total: int) -> str | None:
        shown = (place.shown if place else 0) + len(found)
        if not found or (shown >= total and len(found) < request.size):
            return None
        if request.sort.field is None and shown >= total:
            return None
        token = place.snapshot if place else self._snapshots.keep(reader) if request.snapshot else None
        return cursor.write(cursor.Place(request=cursor.fingerprint(request), shown=shown, after=found[-1].key, snapshot=token))

    def rows(self, index: IndexName) -> Iterator[Row]:
        opened = self._open()
        if opened is None:
            return
        reader, offset = opened.parts[index].reader(), 0
        while hits := reader.searcher.search(Query.all_query(), _SCAN, count=False, offset=offset, order_by_field=ORDER).hits:
            yield from reader.rows([address for _, address in hits])
            offset += _SCAN

    def health(self) -> Health:
        counts: dict[IndexName, int] = dict.fromkeys(INDICES, 0)
        current = self._generations.current()
        stale = bool(current and current.schema != self._schema)
        opened = None if stale else self._open()
        for name, part in opened.parts.items() if opened else ():
            counts[name] = part.index.searcher().num_docs
        generation = current.name if current else None
        return Health(engine="tantivy", version=version("tantivy"), documents=counts, generation=generation, stale=stale)

    # Closing

    def _close(self) -> None:
        for part in self._opened.parts.values() if self._opened else ():
            part.close()
        self._opened = None

    def close(self) -> None:
        self._beside.shutdown()
        with self._lock:
            self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _after(field: Field, place: cursor.Place) -> tuple[Scalar | None, int]:
    """Where a page by a field goes on. Raises BadCursor for values that the field does not hold."""
    value, order = place.after[:2]
    if not isinstance(value, (int, float, NoneType) if field.type == "number" else (int, NoneType)):
        raise BadCursor("翻页标记无法识别")
    return value, int(order)
