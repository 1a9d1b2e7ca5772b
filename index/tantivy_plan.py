"""Primitives → tantivy queries and its schema."""

from typing import Final

from tantivy import FieldType, Index, Occur, Query, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from index.fields import TABLE
from index.plan import FOLDED, Begins, Between, Bool, Equals, Everything, Nothing, Plan, TextPhrase, TextTerm
from index.query import IndexName

FRESH: Final = "fresh"
ORDER: Final = "id_order"  # equals sort by it: tantivy has no ranges over strings
PLACE: Final = "row_place"  # where the row stands in the file of rows


def schema(index: IndexName) -> Schema:
    builder = SchemaBuilder()
    for field in TABLE[index].values():
        match field.type:
            case "text":
                builder.add_text_field(f"{field.name}_seg", tokenizer_name="split", index_option="freq")
                builder.add_text_field(f"{field.name}_bi", tokenizer_name="split", index_option="position")
                builder.add_text_field(f"{field.name}_lit", tokenizer_name="split", index_option="position")
            case "keyword":
                builder.add_text_field(field.name, tokenizer_name="raw", fast=True, index_option="basic")
            case "day" | "integer" | "flag":
                builder.add_integer_field(field.name, indexed=True, fast=True)
            case "number":
                builder.add_float_field(field.name, indexed=True, fast=True)
    builder.add_text_field(FOLDED, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(FRESH, fast=True)
    builder.add_integer_field(ORDER, indexed=True, fast=True)
    builder.add_integer_field(PLACE, fast=True)
    return builder.build()


def register(index: Index) -> None:
    """Tokenizers live in the process, not in the index."""
    index.register_tokenizer("split", TextAnalyzerBuilder(Tokenizer.whitespace()).build())


def compile_plan(schema_: Schema, node: Plan) -> Query:  # noqa: PLR0911 - one case a primitive
    match node:
        case Everything():
            return Query.const_score_query(Query.all_query(), 0.0)
        case Nothing():
            return Query.empty_query()
        case TextTerm(name, term, boost):
            return _boosted(Query.term_query(schema_, name, term, "freq"), boost)
        case TextPhrase(name, terms, boost):
            return _boosted(Query.phrase_query(schema_, name, list(terms)), boost)
        case Begins(name, prefix):
            return Query.fuzzy_term_query(schema_, name, prefix, distance=0, prefix=True)
        case Equals():
            return _equals(schema_, node)
        case Between():
            return between(schema_, node)
        case Bool():
            return _bool(schema_, node)
    raise AssertionError(node)


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)


def _equals(schema_: Schema, node: Equals) -> Query:
    name, values = node.field.name, list(node.values)
    found = Query.term_query(schema_, name, values[0]) if len(values) == 1 else Query.term_set_query(schema_, name, values)
    return Query.const_score_query(found, node.boost)


def between(schema_: Schema, node: Between) -> Query:
    if node.low is None and node.high is None:
        return Query.const_score_query(Query.exists_query(node.field.name), 0.0)
    kind = FieldType.Float if node.field.type == "number" else FieldType.Integer
    found = Query.range_query(schema_, node.field.name, kind, node.low, node.high, not node.open_low, not node.open_high)
    return Query.const_score_query(found, 0.0)


def _bool(schema_: Schema, node: Bool) -> Query:
    clauses = [(Occur.Must, compile_plan(schema_, n)) for n in node.must]
    clauses += [(Occur.Must, Query.const_score_query(compile_plan(schema_, n), 0.0)) for n in node.filters]
    clauses += [(Occur.MustNot, compile_plan(schema_, n)) for n in node.none]
    either = [(Occur.Should, compile_plan(schema_, n)) for n in node.any]
    if either and (clauses or node.ranks):
        clauses.append((Occur.Must, Query.boolean_query(either)))
    else:
        clauses += either
    clauses += [(Occur.Should, compile_plan(schema_, n)) for n in node.ranks]
    if not (node.must or node.any or node.filters):
        clauses.append((Occur.Must, compile_plan(schema_, Everything())))
    return Query.boolean_query(clauses)


__all__ = ["FRESH", "ORDER", "PLACE", "compile_plan", "register", "schema"]
