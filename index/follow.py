"""The follower of the store's log that feeds a search engine: its place is kept in the store, replay is harmless."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from extractors.article import Article
from extractors.record import AnyRecord
from extractors.records import RECORD_TYPES
from index.backend import Backend
from index.build import NO_FACTS, rows
from index.facts import Enrich, related
from index.query import IndexName
from index.rows import Row
from store import Store
from store.change import Change

BATCH: Final = 2000  # lines a commit
_PARENTS: Final = 200  # articles kept at hand for their pieces


def place_name(generation: str) -> str:
    """A generation has its own place: an index that was lost or rebuilt elsewhere starts from what it holds."""
    return f"index/{generation}"


def follow(store: Store, backend: Backend, limit: int = BATCH, enrich: Enrich | None = None) -> int:
    """Bring the next lines of the log into the index; how many, 0 when there are none. Builds a missing or outdated index first.

    Raises EngineDown (and other SearchErrors) with the place unmoved: call again later and it goes on from there.
    """
    generation = backend.generation()
    if generation is None:
        return rebuild(store, backend, enrich)
    name = place_name(generation)
    lines = store.changes(store.place(name), limit)
    if not lines:
        return 0
    puts = list(_present(store, _touched(store, lines), enrich or related(store)))
    kept = {row.id for row in puts}
    backend.apply(puts, [d for d in _deleted(lines) if d[1] not in kept], lines[-1].seq)
    store.set_place(name, lines[-1].seq)
    return len(lines)


def index_place(store: Store, backend: Backend) -> int:
    """The seq up to which the index has the log; -1 when nothing is built. Raises EngineDown."""
    generation = backend.generation()
    return -1 if generation is None else store.place(place_name(generation))


def catch_up(store: Store, backend: Backend, enrich: Enrich | None = None) -> int:
    """Follow to the end of the log; how many lines."""
    total = 0
    while count := follow(store, backend, enrich=enrich):
        total += count
    return total


def rebuild(store: Store, backend: Backend, enrich: Enrich | None = None) -> int:
    """A new index from the store's tables as they are now; what comes later is followed from there. Returns how many rows."""
    seq, held = store.snapshot()
    count = backend.rebuild(_all(store, held, enrich or related(store)), seq)
    generation = backend.generation()
    assert generation is not None
    store.set_place(place_name(generation), seq)
    return count


def _all(store: Store, held: Iterable[tuple[Article, list[AnyRecord]]], enrich: Enrich) -> Iterator[Row]:
    parents: dict[str, Article | None] = {}
    for article, records in held:
        yield from rows(article, records, _parent(store, article, parents), enrich([article.id]).get(article.id, NO_FACTS))


def _parent(store: Store, article: Article, held: dict[str, Article | None]) -> Article | None:
    if article.parent is None:
        return None
    if article.parent not in held:
        if len(held) >= _PARENTS:
            held.clear()
        held[article.parent] = store.article(article.parent)
    return held[article.parent]


def _touched(store: Store, lines: Sequence[Change]) -> list[str]:
    """Articles whose rows may differ: their own lines, the pieces of a page whose title may have changed, the members of a cluster."""
    found = dict.fromkeys(line.article for line in lines if line.kind != "item")  # items are the matching engine's, not rows
    for line in lines:
        if line.kind == "article" and line.op == "MOD":
            found |= dict.fromkeys(child.id for child in store.children(line.id))
        elif line.kind == "cluster":
            found |= dict.fromkeys(str(member["article"]) for member in line.payload["members"])
    return list(found)


def _present(store: Store, ids: Sequence[str], enrich: Enrich) -> Iterator[Row]:
    parents: dict[str, Article | None] = {}
    facts = enrich(ids)
    for article in store.articles(ids):
        yield from rows(article, store.records_of(article.id), _parent(store, article, parents), facts.get(article.id, NO_FACTS))


def _deleted(lines: Sequence[Change]) -> list[tuple[IndexName, str]]:
    gone = {line.id: line.kind for line in lines if line.op == "DEL"}
    return [("articles" if kind == "article" else "records", id_) for id_, kind in gone.items() if kind == "article" or kind in RECORD_TYPES]
