"""Row → the terms and values that an engine indexes, the same for both; and back."""

import hashlib
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final

import msgspec

from index.analysis import fold, fold_case, pairs, words
from index.fields import ROW_TYPES, TABLE, Field, index_of, stored_values
from index.plan import FOLDED
from index.query import IndexName
from index.rows import Row

# Freshness counts a little: a page of 2030 weighs 1.8 times as much as one of 1990 or without a date, all else equal.
_FIRST_YEAR: Final = 1990.0
_YEARS: Final = 40.0
_MOST: Final = 0.8
_SCALE: Final = 8  # scores are so many times as high: whole numbers from 254 tell months apart
_EMPTY: Final = (None, "", ())
SHORT: Final = 60  # characters of a text whose terms are kept at hand


def freshness(date: str | None) -> float:
    """The factor of a document's score, 1 … 1.8, linear in its date."""
    if not date or not date[:4].isdigit():
        return 1.0
    month = int(date[5:7]) if date[5:7].isdigit() else 6
    age = (int(date[:4]) + month / 12 - _FIRST_YEAR) / _YEARS
    return 1.0 + _MOST * min(1.0, max(0.0, age))


def fresh_value(date: str | None) -> int:
    """v with log2(v + 2) = _SCALE × freshness: both engines can multiply a score by that logarithm of a field.

    A whole number, of which tantivy reads twice as many in the same time as of floats (measured).
    """
    return int(2.0 ** (_SCALE * freshness(date)) - 2.0)


def id_order(id_: str) -> int:
    """A number for an id, spread over 60 bits: the last key of every sort."""
    return int.from_bytes(hashlib.sha256(id_.encode()).digest()[:8], "big") >> 4


def terms(row: Row) -> dict[str, str]:
    """Pre-split text: `<field>_seg`, `<field>_bi`, and `<field>_lit` where folding changes more than case."""
    out: dict[str, str] = {}
    for field in TABLE[index_of(row)].values():
        text = getattr(row, field.name) if field.type == "text" else ""
        for kind, split in (_short(text) if len(text) <= SHORT else _split(text)) if text else ():
            out[f"{field.name}_{kind}"] = split
    return out


def _split(text: str) -> tuple[tuple[str, str], ...]:
    folded, literal = fold(text), fold_case(text)
    both = (("seg", " ".join(words(folded))), ("bi", " ".join(pairs(folded))))
    return both if folded == literal else (*both, ("lit", " ".join(pairs(literal))))


@lru_cache(maxsize=4096)
def _short(text: str) -> tuple[tuple[str, str], ...]:
    """Titles come again with every record of an article, names of indicators and organisations with every other article."""
    return _split(text)


def values(row: Row) -> dict[str, list[Any]]:
    """Keywords, days and numbers."""
    index = index_of(row)
    held = zip(_valued(index), _getter(index)(row), strict=True)
    return {field.name: found for field, value in held if value not in _EMPTY and (found := stored_values(field, value))}


@cache
def _valued(index: IndexName) -> tuple[Field, ...]:
    return tuple(f for f in TABLE[index].values() if f.type != "text")


@cache
def _getter(index: IndexName) -> Callable[[Row], tuple[Any, ...]]:
    return attrgetter(*(f.name for f in _valued(index)))


def folded_fields(found: dict[str, str]) -> list[str]:
    return [name.removesuffix("_lit") for name in found if name.endswith("_lit")]


def encode(row: Row) -> bytes:
    return msgspec.json.encode(row)


@cache
def skeleton(index: IndexName) -> bytes:
    """A row with nothing in it: what all rows' JSON has in common."""
    kind = ROW_TYPES[index]
    needed = {f.name: 0 if f.type is int else "" for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    return encode(kind(**needed))  # type: ignore[arg-type]


def decode(index: IndexName, source: bytes | str) -> Row:
    return msgspec.json.decode(source, type=ROW_TYPES[index])


__all__ = ["FOLDED", "decode", "encode", "folded_fields", "fresh_value", "freshness", "id_order", "skeleton", "terms", "values"]
