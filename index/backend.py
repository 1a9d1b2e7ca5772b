"""What a search engine does for us; index/embedded.py (tantivy) and index/elastic.py (Elasticsearch) keep it, one contract test proves it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from index.errors import SearchError
from index.query import IndexName, Page, Request
from index.rows import Row

UNBUILT: Final = "索引还没有建立，请运行 qingbao index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    engine: str
    version: str
    documents: dict[IndexName, int]
    generation: str | None  # None: nothing is built yet
    stale: bool  # made for another field table: rebuild


class Settings(Protocol):
    """The search section of the settings."""

    @property
    def engine(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def api_key(self) -> str: ...
    @property
    def ca_certs(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def timeout(self) -> float: ...


class Backend(Protocol):
    """Safe to share between threads. All methods raise SearchError."""

    def search(self, request: Request) -> Page: ...

    def apply(self, puts: Sequence[Row], deletes: Sequence[tuple[IndexName, str]], seq: int) -> None:
        """Upsert rows, delete ids; durable and visible on return. `seq` is the change they come from: an older one never wins."""

    def rebuild(self, rows: Iterable[Row], seq: int) -> int:
        """A new generation from all rows; searches see the old one until it is whole. Returns how many rows."""

    def rows(self, index: IndexName) -> Iterator[Row]:
        """Every row that is held, in no order: to compare the index with the store."""

    def generation(self) -> str | None:
        """Names the data that is held; another name means another place in the log. None: nothing fit for use."""

    def health(self) -> Health: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


def open_backend(settings: Settings, path: Path) -> Backend:
    """The engine that the settings name; `path` is the embedded engine's folder. Raises SearchError."""
    if settings.engine == "tantivy":
        from index.embedded import Embedded

        return Embedded(path)
    if settings.engine == "elasticsearch":
        from index.elastic import Elastic

        return Elastic(settings)
    raise SearchError(f"search.engine: {settings.engine!r} is neither tantivy nor elasticsearch")
