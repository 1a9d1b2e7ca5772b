"""One page of hits from a tantivy searcher: by relevance at an offset, or by a field from a place that outlives changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tantivy import DocAddress, Occur, Order, Query, Schema, Searcher

from index.aggregate import compile_aggs, read_aggs
from index.fields import Field
from index.plan import Between, Equals
from index.query import Agg, IndexName, Result
from index.tantivy_plan import FRESH, ORDER, between, compile_plan

_ORDER_FIELD = Field(ORDER, "integer")
_TOTAL: Final = "_total"


@dataclass(frozen=True, slots=True)
class Found:
    address: DocAddress
    score: float | None
    key: tuple[Any, ...]  # sort values: (value or None, id order)


def count(searcher: Searcher, query: Query) -> int:
    found: int = searcher.search(query, 1, count=True).count  # type: ignore[attr-defined]
    return found


def aggregated(searcher: Searcher, query: Query, index: IndexName, aggs: Mapping[str, Agg]) -> tuple[dict[str, Result], int]:
    """The aggregations, and how many documents they are over, in one pass."""
    answer = searcher.aggregate(query, {**compile_aggs(index, aggs), _TOTAL: {"value_count": {"field": ORDER}}})
    return read_aggs(index, aggs, answer), int(answer[_TOTAL]["value"])


def by_relevance(searcher: Searcher, query: Query, size: int, offset: int) -> tuple[list[Found], int]:
    """A page and the total, in one pass: every match is scored anyway, since freshness is a factor."""
    page = searcher.search(query, size, count=True, offset=offset, weight_by_field=FRESH)
    return [Found(address, float(score), ()) for score, address in page.hits], page.count  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class FieldPage:
    """By (value, id order), documents without a value last. tantivy sorts by one field, so equals are asked for by themselves."""

    searcher: Searcher
    schema: Schema
    query: Query
    field: Field
    descending: bool

    def read(self, size: int, after: tuple[Any, int] | None) -> list[Found]:
        found: list[Found] = []
        value = after[0] if after else None
        if after and value is not None:
            found = self._equal(value, after[1], size)
        if len(found) < size and (after is None or value is not None):
            found += self._beyond(value, size - len(found))
        if len(found) < size:
            found += self._missing(after[1] if after and value is None else None, size - len(found))
        return found

    def _sub(self, *also: Query, none: tuple[Query, ...] = ()) -> Query:
        clauses = [(Occur.Must, self.query), *((Occur.Must, q) for q in also), *((Occur.MustNot, q) for q in none)]
        return Query.boolean_query(clauses)

    def _by_order(self, query: Query, value: Any, size: int) -> list[Found]:
        hits = self.searcher.search(query, size, count=False, order_by_field=ORDER, order=Order.Asc).hits
        return [Found(address, None, (value, order)) for order, address in hits]

    def _later(self, order: int) -> Query:
        return between(self.schema, Between(_ORDER_FIELD, order, None, True, False))

    def _equal(self, value: Any, order: int | None, size: int) -> list[Found]:
        same = compile_plan(self.schema, Equals(self.field, (value,)))
        return self._by_order(self._sub(same, *(() if order is None else (self._later(order),))), value, size)

    def _missing(self, order: int | None, size: int) -> list[Found]:
        also = () if order is None else (self._later(order),)
        return self._by_order(self._sub(*also, none=(Query.exists_query(self.field.name),)), None, size)

    def _beyond(self, value: Any, size: int) -> list[Found]:
        bounds = Between(self.field, None, value, False, True) if self.descending else Between(self.field, value, None, True, False)
        query = self._sub(between(self.schema, bounds))
        order = Order.Desc if self.descending else Order.Asc
        hits = self.searcher.search(query, size + 1, count=False, order_by_field=self.field.name, order=order).hits
        if len(hits) <= size or hits[size - 1][0] != hits[size][0]:  # the last group of equals is whole
            return self._ordered(hits[:size])
        last = hits[size][0]
        whole = [h for h in hits if h[0] != last]
        return self._ordered(whole) + self._equal(last, None, size - len(whole))

    def _ordered(self, hits: list[tuple[Any, DocAddress]]) -> list[Found]:
        """Groups of equals are whole here: put each in the order of ids."""
        orders = self.searcher.fast_field_values(ORDER, [address for _, address in hits])
        found = [Found(address, None, (value, order)) for (value, address), order in zip(hits, orders, strict=True)]
        rank = {value: i for i, (value, _) in enumerate(reversed(hits))}
        return sorted(found, key=lambda f: (-rank[f.key[0]], f.key[1]))
