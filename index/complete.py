"""Completion while typing: organisations, indicators, titles, fields; by characters, 拼音 or initials."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from index.analysis import fold
from index.backend import Backend
from index.query import Bucket, IndexName, Node, Prefix, Request, Term, Terms
from index.terms import FIELD_NAMES

What = Literal["field", "organisation", "indicator", "title"]


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    what: What
    count: int  # how many records or articles bear the name; 0 for fields


_PLACES: Final[tuple[tuple[What, IndexName, tuple[Node, ...]], ...]] = (
    ("organisation", "records", (Term("kind", ("organisation",)),)),
    ("indicator", "records", (Term("kind", ("metric",)),)),
    ("title", "articles", ()),
)


def complete(backend: Backend, typed: str, size: int = 8) -> list[Completion]:
    """Names that begin with what is typed, the most used first of each kind; kejiting and kjt find 科技厅."""
    key = "".join(fold(typed).split()).encode("utf-8", "ignore").decode()  # a shell hands over bytes that are no UTF-8 as lone surrogates
    if not key:
        return []
    found = _fields(key)
    for what, index, filters in _PLACES:
        found += _names(backend, what, index, (*filters, Prefix(key, "keys")), size)
    return found


def _fields(key: str) -> list[Completion]:
    names = [name for name in FIELD_NAMES if name.startswith(key)]
    return [Completion(f"{name}:", "field", 0) for name in names]


def _names(backend: Backend, what: What, index: IndexName, filters: tuple[Node, ...], size: int) -> Iterable[Completion]:
    request = Request(index=index, filters=filters, aggs={"names": Terms(field="label", size=size)}, size=0)
    buckets = backend.search(request).buckets.get("names", ())
    return [Completion(str(b.key), what, b.count) for b in buckets if isinstance(b, Bucket)]
