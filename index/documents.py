"""Row → the terms and values that an engine indexes, the same for both; and back."""

import hashlib
from typing import Any, Final

import msgspec

from index.analysis import fold, fold_case, is_plain, pairs, words
from index.fields import ROW_TYPES, TABLE, index_of, stored_values
from index.plan import FOLDED
from index.query import IndexName
from index.rows import Row

# Freshness counts a little: a page of 2030 weighs 1.8 times as much as one of 1990 or without a date, all else equal.
_FIRST_YEAR: Final = 1990.0
_YEARS: Final = 40.0
_MOST: Final = 0.8


def freshness(date: str | None) -> float:
    """The factor of a document's score, 1 … 1.8, linear in its date."""
    if not date or not date[:4].isdigit():
        return 1.0
    month = int(date[5:7]) if date[5:7].isdigit() else 6
    age = (int(date[:4]) + month / 12 - _FIRST_YEAR) / _YEARS
    return 1.0 + _MOST * min(1.0, max(0.0, age))


def fresh_value(date: str | None) -> float:
    """v with log2(v + 2) = freshness: both engines can multiply a score by that logarithm of a field."""
    return float(2.0 ** freshness(date) - 2.0)


def id_order(id_: str) -> int:
    """A number for an id, spread over 60 bits: the last key of every sort."""
    return int.from_bytes(hashlib.sha256(id_.encode()).digest()[:8], "big") >> 4


def terms(row: Row) -> dict[str, str]:
    """Pre-split text: `<field>_seg`, `<field>_bi`, and `<field>_lit` where folding changes more than case."""
    out: dict[str, str] = {}
    for field in TABLE[index_of(row)].values():
        text = getattr(row, field.name) if field.type == "text" else ""
        if not text:
            continue
        folded = fold(text)
        out[f"{field.name}_seg"] = " ".join(words(folded))
        out[f"{field.name}_bi"] = " ".join(pairs(folded))
        if not is_plain(text):
            out[f"{field.name}_lit"] = " ".join(pairs(fold_case(text)))
    return out


def values(row: Row) -> dict[str, list[Any]]:
    """Keywords, days and numbers."""
    out = {}
    for field in TABLE[index_of(row)].values():
        if field.type != "text" and (found := stored_values(field, getattr(row, field.name))):
            out[field.name] = found
    return out


def folded_fields(found: dict[str, str]) -> list[str]:
    return [name.removesuffix("_lit") for name in found if name.endswith("_lit")]


def encode(row: Row) -> bytes:
    return msgspec.json.encode(row)


def decode(index: IndexName, source: bytes | str) -> Row:
    return msgspec.json.decode(source, type=ROW_TYPES[index])


__all__ = ["FOLDED", "decode", "encode", "folded_fields", "fresh_value", "freshness", "id_order", "terms", "values"]
