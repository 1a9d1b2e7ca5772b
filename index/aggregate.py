"""Aggregations: our nodes → the JSON that both engines read, and their answers back."""

import math
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Final

from index.errors import Unsupported
from index.fields import decoded, field_of
from index.query import Agg, Bucket, Cardinality, IndexName, Percentiles, Result, Stats, Terms

_FETCHED: Final = 1000  # buckets asked for, so that equal counts are cut in our order, not in the engine's


def compile_aggs(index: IndexName, aggs: Mapping[str, Agg]) -> dict[str, Any]:
    """Raises FieldError."""
    return {name: _compile(index, agg) for name, agg in aggs.items()}


def _compile(index: IndexName, agg: Agg) -> dict[str, Any]:
    match agg:
        case Terms():
            field_of(index, agg.field, "keyword", "day", "integer", "flag")
            body: dict[str, Any] = {"field": agg.field, "size": max(_FETCHED, agg.size)}
            if agg.by_key:
                body["order"] = {"_key": "asc"}
            found: dict[str, Any] = {"terms": body}
            return {**found, "aggs": compile_aggs(index, agg.aggs)} if agg.aggs else found
        case Stats(name):
            return {"stats": {"field": field_of(index, name, "number", "integer", "day").name}}
        case Percentiles(name, percents):
            return {"percentiles": {"field": field_of(index, name, "number", "integer").name, "percents": list(percents)}}
        case Cardinality(name):
            return {"cardinality": {"field": field_of(index, name, "keyword", "day", "integer").name}}
    raise Unsupported(f"没有这种统计：{agg!r}")


def read_aggs(index: IndexName, aggs: Mapping[str, Agg], answer: Mapping[str, Any]) -> dict[str, Result]:
    return {name: _read(index, agg, answer[name]) for name, agg in aggs.items()}


def _read(index: IndexName, agg: Agg, answer: Mapping[str, Any]) -> Result:
    match agg:
        case Terms():
            return _buckets(index, agg, answer)
        case Stats():
            return _stats(answer)
        case Percentiles():
            return {f"{float(k):g}": _finite(v) for k, v in answer["values"].items()}
        case Cardinality():
            return {"value": float(round(answer["value"]))}
    raise Unsupported(f"没有这种统计：{agg!r}")


def _stats(answer: Mapping[str, Any]) -> dict[str, float | None]:
    """Of nothing: count and sum 0, the rest None, whatever the engine makes of it."""
    if not answer["count"]:
        return {"count": 0.0, "min": None, "max": None, "avg": None, "sum": 0.0}
    return {key: _finite(answer[key]) for key in ("count", "min", "max", "avg", "sum")}


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _buckets(index: IndexName, agg: Terms, answer: Mapping[str, Any]) -> tuple[Bucket, ...]:
    """Of hundreds that are fetched, a few are shown: they are cut before anything is made of them. Keys sort alike before and after decoding."""
    field = field_of(index, agg.field)
    best = sorted(answer["buckets"], key=itemgetter("key") if agg.by_key else lambda b: (-b["doc_count"], b["key"]))[: agg.size]
    return tuple(Bucket(key=decoded(field, b["key"]), count=int(b["doc_count"]), aggs=read_aggs(index, agg.aggs, b)) for b in best)
