"""Pages of hits and what is counted over them: aggregations, sorting, cursors."""

from dataclasses import replace

import pytest

from index.backend import Backend
from index.documents import id_order
from index.errors import BadCursor
from index.fields import index_of
from index.query import (
    Bucket,
    Cardinality,
    Or,
    Percentiles,
    Request,
    Sort,
    Stats,
    Term,
    Terms,
    Word,
)
from tests.index.contract import oracle
from tests.index.contract.corpus import make

ROWS = make()


ARTICLES = [r for r in ROWS if index_of(r) == "articles"]


RECORDS = [r for r in ROWS if index_of(r) == "records"]


def test_terms_stats_percentiles_cardinality(backend: Backend) -> None:
    aggs = {
        "kinds": Terms(field="article_kind"),
        "issuers": Terms(field="issuers", size=3),
        "years": Terms(field="article_year", by_key=True),
        "how_many": Cardinality("issuers"),
        "days": Terms(field="date", size=5),
    }
    rows = oracle.found(ARTICLES, Word("企业"))
    buckets = backend.search(Request(where=Word("企业"), aggs=aggs, size=0)).buckets
    for name, field, size in (("kinds", "article_kind", 20), ("issuers", "issuers", 3), ("days", "date", 5)):
        assert [(b.key, b.count) for b in buckets[name]] == oracle.counted(rows, field)[:size]  # type: ignore[union-attr]
    assert [(b.key, b.count) for b in buckets["years"]] == sorted(oracle.counted(rows, "article_year"))  # type: ignore[union-attr]
    assert buckets["how_many"] == {"value": len(oracle.counted(rows, "issuers"))}


def test_nested_aggregations(backend: Backend) -> None:
    inner = {"value": Stats("value"), "half": Percentiles("value", (50.0,))}
    aggs = {
        "region": Terms(field="regions", aggs={"year": Terms(field="year", by_key=True, aggs=inner)}),
        "all": Stats("value"),
        "none": Stats("value_max"),
    }
    where = Term("kind", ("metric",))
    buckets = backend.search(Request(index="records", where=where, aggs=aggs, size=0)).buckets
    rows = oracle.found(RECORDS, where)
    assert buckets["all"] == pytest.approx(oracle.stats(rows, "value"))
    assert buckets["none"] == oracle.stats(rows, "value_max")
    regions = buckets["region"]
    assert isinstance(regions, tuple)
    assert [(b.key, b.count) for b in regions] == oracle.counted(rows, "regions")
    for region in regions:
        years = region.aggs["year"]
        assert isinstance(years, tuple)
        for year in years:
            some = oracle.found(rows, Term("regions", (region.key,)), Term("year", (year.key,)))
            assert year.count == len(some)
            _check_values(year, some)


def _check_values(bucket: Bucket, rows: list) -> None:  # type: ignore[type-arg]
    assert bucket.aggs["value"] == pytest.approx(oracle.stats(rows, "value"))
    values = sorted(r.value for r in rows if r.value is not None)
    half = bucket.aggs["half"]["50"]  # type: ignore[call-overload]
    if values:
        low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
        assert low * 0.97 <= half <= high * 1.03


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("index", "field"), [("articles", "date"), ("records", "value"), ("records", "year"), ("articles", "doc_year")])
def test_sort_and_cursor(backend: Backend, index: str, field: str, descending: bool) -> None:
    rows = ARTICLES if index == "articles" else RECORDS
    request = Request(index=index, where=Term("article_kind", ("policy", "news")), sort=Sort(field, descending), size=17)  # type: ignore[arg-type]
    expected = oracle.ordered(oracle.found(rows, request.where), field, descending, id_order)
    got, pages = [], 0
    while True:
        page = backend.search(request)
        assert page.total == len(expected)
        got += [h.id for h in page.hits]
        pages += 1
        if not page.next:
            break
        request = replace(request, cursor=page.next)
    assert got == expected
    assert pages >= len(expected) // 17


@pytest.mark.parametrize("snapshot", [False, True])
def test_cursor_by_relevance(backend: Backend, snapshot: bool) -> None:
    request = Request(where=Or((Word("企业"), Word("创新券"))), size=13, snapshot=snapshot)
    expected = {r.id for r in oracle.found(ARTICLES, request.where)}
    got: list[str] = []
    scores: list[float] = []
    while True:
        page = backend.search(request)
        got += [h.id for h in page.hits]
        scores += [h.score or 0.0 for h in page.hits]
        if not page.next:
            break
        request = replace(request, cursor=page.next)
    assert len(got) == len(set(got))
    assert set(got) == expected
    assert scores == sorted(scores, reverse=True)


def test_bad_cursors_are_refused(backend: Backend) -> None:
    page = backend.search(Request(where=Word("企业"), size=2))
    assert page.next
    for cursor in ("x", "%%%", "e30", page.next[:-5], "科技"):
        with pytest.raises(BadCursor):
            backend.search(Request(where=Word("企业"), size=2, cursor=cursor))
    with pytest.raises(BadCursor):
        backend.search(Request(where=Word("院士"), size=2, cursor=page.next))
