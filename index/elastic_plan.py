"""Primitives → Elasticsearch's query language, and the mappings. Core features only, so that any cluster will do."""

from typing import Any, Final

from index.fields import TABLE
from index.plan import FOLDED, Begins, Between, Bool, Equals, Everything, Nothing, Plan, TextPhrase, TextTerm
from index.query import IndexName, Sort

SOURCE: Final = "row_json"
FRESH: Final = "fresh"
ORDER: Final = "id_order"
_TYPES: Final = {"keyword": "keyword", "day": "integer", "integer": "long", "flag": "byte", "number": "double"}
_LN2_OF_10: Final = 3.321928094887362  # log2(10): the server's log2p is a decimal logarithm


def mappings(index: IndexName, schema: str) -> dict[str, Any]:
    """Strict: an unknown field is an error, not a guess. Only the row itself is kept; terms can be made again from it."""
    properties: dict[str, Any] = {}
    for field in TABLE[index].values():
        if field.type != "text":
            properties[field.name] = {"type": _TYPES[field.type]}
            continue
        properties[f"{field.name}_seg"] = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
        properties[f"{field.name}_bi"] = {"type": "text", "analyzer": "whitespace"}
        properties[f"{field.name}_lit"] = {"type": "text", "analyzer": "whitespace"}
    properties[FOLDED] = {"type": "keyword", "doc_values": False}
    properties[FRESH] = {"type": "integer", "index": False}
    properties[ORDER] = {"type": "long"}
    properties[SOURCE] = {"type": "keyword", "index": False, "doc_values": False}
    return {"dynamic": "strict", "_meta": {"schema": schema}, "_source": {"includes": [SOURCE]}, "properties": properties}


def compile_plan(node: Plan) -> dict[str, Any]:  # noqa: PLR0911 - one case a primitive
    match node:
        case Everything():
            return _silent({"match_all": {}})
        case Nothing():
            return {"match_none": {}}
        case TextTerm(name, term, boost):
            return {"term": {name: {"value": term, "boost": boost}}}
        case TextPhrase(name, terms, boost):
            return {"match_phrase": {name: {"query": " ".join(terms), "boost": boost}}}
        case Begins(name, prefix):
            return {"prefix": {name: {"value": prefix}}}
        case Equals(field, values, boost):
            return {"constant_score": {"filter": {"terms": {field.name: list(values)}}, "boost": boost}}
        case Between():
            return _silent(_between(node))
        case Bool():
            return _bool(node)
    raise AssertionError(node)


def _silent(query: dict[str, Any]) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": 0.0}}


def _between(node: Between) -> dict[str, Any]:
    if node.low is None and node.high is None:
        return {"exists": {"field": node.field.name}}
    ends = {"gt" if node.open_low else "gte": node.low, "lt" if node.open_high else "lte": node.high}
    return {"range": {node.field.name: {k: v for k, v in ends.items() if v is not None}}}


def _bool(node: Bool) -> dict[str, Any]:
    must = [compile_plan(n) for n in node.must]
    if node.any:
        must.append({"bool": {"should": [compile_plan(n) for n in node.any], "minimum_should_match": 1}})
    clauses = {
        "must": must or [compile_plan(Everything())],
        "should": [compile_plan(n) for n in node.ranks],
        "must_not": [compile_plan(n) for n in node.none],
        "filter": [compile_plan(n) for n in node.filters],
    }
    return {"bool": {**{k: v for k, v in clauses.items() if v}, "minimum_should_match": 0}}


def with_freshness(query: dict[str, Any]) -> dict[str, Any]:
    """Score times log2(fresh + 2), as the embedded engine weighs it (index/documents.py)."""
    factor = {"field": FRESH, "modifier": "log2p"}
    function = {"field_value_factor": factor, "weight": _LN2_OF_10}
    return {"function_score": {"query": query, "functions": [function], "score_mode": "multiply", "boost_mode": "multiply"}}


def sort(asked: Sort) -> list[dict[str, Any]]:
    order = {ORDER: {"order": "asc"}}
    if asked.field is None:
        return [{"_score": {"order": "desc"}}, order]
    return [{asked.field: {"order": "desc" if asked.descending else "asc", "missing": "_last"}}, order]
