"""Upserts, deletes, rebuilds and cursors while the index changes, on every engine."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.backend import Backend
from index.documents import id_order
from index.fields import index_of
from index.query import All, Request, Row, Sort, Term, Word
from tests.index.contract import oracle
from tests.index.contract.corpus import changed, make


@pytest.fixture
def held(backend: Backend) -> Iterator[dict[str, Row]]:
    """The corpus, freshly built: what the index must equal."""
    rows = make()
    backend.rebuild(rows, seq=1)
    yield {r.id: r for r in rows}
    assert backend.generation()


def articles(rows: dict[str, Row]) -> list[Row]:
    return [r for r in rows.values() if index_of(r) == "articles"]


def contents(backend: Backend) -> dict[str, Row]:
    return {r.id: r for name in ("articles", "records") for r in backend.rows(name)}  # type: ignore[arg-type]


def test_upserts_and_deletes_are_seen_at_once(backend: Backend, held: dict[str, Row]) -> None:
    first = list(held)[:40]
    new = [replace(held["a00003"], id="a90000", article="a90000", text="海洋牧场"), *(changed(held[i], 1) for i in first)]
    gone = [(index_of(held[i]), i) for i in list(held)[60:90]]
    backend.apply(new, gone, seq=2)
    held |= {r.id: r for r in new}
    for _, id_ in gone:
        del held[id_]
    assert contents(backend) == held
    assert [h.id for h in backend.search(Request(where=Word("海洋牧场"))).hits] == ["a90000"]


def test_replay_is_harmless(backend: Backend, held: dict[str, Row]) -> None:
    batches = [[changed(held[i], k) for i in list(held)[k : k + 30]] for k in range(5)]
    gone = [(index_of(held[i]), i) for i in list(held)[100:110]]
    for seq, batch in enumerate(batches, start=2):
        backend.apply(batch, gone, seq=seq)
    before = contents(backend)
    for seq, batch in enumerate(batches, start=2):
        backend.apply(batch, gone, seq=seq)
    backend.apply([], [("articles", "a99999")], seq=9)
    assert contents(backend) == before


@pytest.mark.parametrize("field", ["date", None])
def test_a_snapshot_cursor_does_not_see_changes(backend: Backend, held: dict[str, Row], field: str | None) -> None:
    request = Request(where=Word("企业"), sort=Sort(field), size=9, snapshot=True)
    expected = {r.id for r in oracle.found(articles(held), request.where)}
    got: list[str] = []
    for step in range(1000):
        page = backend.search(request)
        got += [h.id for h in page.hits]
        if not page.next:
            break
        request = replace(request, cursor=page.next)
        if step < 5:
            some = articles(held)[step * 20 : step * 20 + 20]
            backend.apply([changed(r, step) for r in some[:10]], [("articles", r.id) for r in some[10:]], seq=step + 2)
    assert len(got) == len(set(got))
    assert set(got) == expected


def test_a_cursor_by_date_goes_on_where_it_was(backend: Backend, held: dict[str, Row]) -> None:
    """Without a snapshot: what did not change comes exactly once, in order, and nothing deleted comes."""
    request = Request(where=All(), sort=Sort("date"), size=10)
    got: list[str] = []
    touched: set[str] = set()
    for step in range(1000):
        page = backend.search(request)
        got += [h.id for h in page.hits]
        if not page.next:
            break
        request = replace(request, cursor=page.next)
        if step < 8:
            some = [r for r in articles(held) if r.id not in touched][:12]
            touched |= {r.id for r in some}
            backend.apply([changed(r, step) for r in some[:6]], [("articles", r.id) for r in some[6:]], seq=step + 2)
    same = [r for r in articles(held) if r.id not in touched]
    assert [i for i in got if i not in touched] == oracle.ordered(same, "date", True, id_order)


def test_rebuild_while_searching(backend: Backend, held: dict[str, Row]) -> None:
    """Searches go on, see the old or the new generation, whole."""
    old = len(oracle.found(articles(held), Word("企业")))
    rows = [changed(r, 7) if index_of(r) == "articles" else r for r in held.values()]
    new = len(oracle.found([r for r in rows if index_of(r) == "articles"], Word("企业")))
    assert old != new
    seen: list[int] = []
    failures: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                seen.append(backend.search(Request(where=Word("企业"))).total)
        except BaseException as error:
            failures.append(error)

    before = backend.generation()
    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    backend.rebuild(rows, seq=3)
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert set(seen) <= {old, new}
    assert seen[0] == old
    assert backend.search(Request(where=Word("企业"))).total == new
    assert backend.generation() != before
    assert contents(backend) == {r.id: r for r in rows}


def test_a_failed_rebuild_leaves_the_old_generation(backend: Backend, held: dict[str, Row]) -> None:
    before = backend.generation()

    def broken() -> Iterator[Row]:
        yield from list(held.values())[:50]
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError):
        backend.rebuild(broken(), seq=3)
    assert backend.generation() == before
    assert contents(backend) == held


def test_changes_by_article(backend: Backend, held: dict[str, Row]) -> None:
    some = [r for r in held.values() if index_of(r) == "records"][:25]
    backend.apply([], [("records", r.id) for r in some], seq=2)
    page = backend.search(Request(index="records", where=Term("id", tuple(r.id for r in some))))
    assert page.total == 0
