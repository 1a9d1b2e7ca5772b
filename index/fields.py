"""The one field table: both engines' schemas, the checks of requests and the names in queries come from it."""

import hashlib
import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, Final, Literal

import msgspec

from index.errors import FieldError
from index.query import IndexName, Scalar
from index.rows import ArticleRow, RecordRow, Row

FieldType = Literal["text", "keyword", "day", "integer", "number", "flag"]
LONGEST_KEYWORD: Final = 240  # characters that are indexed and compared; Elasticsearch refuses prefixes of 1,000 bytes
LARGEST: Final = (1 << 63) - 1  # of a whole number on either engine
FORMAT: Final = 4  # raised when rows or tokens change without the table: an older index is rebuilt


@dataclass(frozen=True, slots=True)
class Field:
    """`boost` ranks a text field against others; text is indexed as words (`_seg`) and pairs of characters (`_bi`)."""

    name: str
    type: FieldType
    boost: float = 1.0


def _all(type_: FieldType, names: str) -> tuple[Field, ...]:
    return tuple(Field(name, type_) for name in names.split())


_BOTH: Final = (
    Field("title", "text", 2.0),
    Field("text", "text"),
    *_all("keyword", "id article parent source article_kind doc_number doc_key doc_code issuers lead_issuer publisher origin theme region regions"),
    *_all("keyword", "themes chains instruments month article_year status cluster organisations keys label"),
    *_all("day", "published written date"),
    *_all("integer", "doc_year doc_seq"),
    *_all("flag", "first"),
)
_ARTICLES: Final = (
    *_BOTH,
    *_all("keyword", "role index_number addressees validity column keywords nicknames record_kinds title_key"),
    *_all("day", "effective expiry"),
)
_RECORDS: Final = (
    *(f if f.name != "title" else Field("title", "text", 0.5) for f in _BOTH),
    Field("name", "text", 2.0),
    *_all("keyword", "kind indicator indicator_key within unit unit_key bound change direction measure state tense subject subject_regions place"),
    *_all("keyword", "type trigger actor units cited_number cited_key relation entity"),
    *_all("day", "period_start period_end deadline"),
    *_all("integer", "year"),
    *_all("number", "value value_max scaled confidence"),
)
TABLE: Final[dict[IndexName, dict[str, Field]]] = {
    "articles": {f.name: f for f in _ARTICLES},
    "records": {f.name: f for f in _RECORDS},
}
ROW_TYPES: Final[dict[IndexName, type[Row]]] = {"articles": ArticleRow, "records": RecordRow}
INDICES: Final[tuple[IndexName, ...]] = ("articles", "records")


def index_of(row: Row) -> IndexName:
    return "records" if isinstance(row, RecordRow) else "articles"


@cache
def text_fields(index: IndexName) -> tuple[Field, ...]:
    return tuple(f for f in TABLE[index].values() if f.type == "text")


def field_of(index: IndexName, name: str, *allowed: FieldType) -> Field:
    """Raises FieldError when the index has no such field or it is of another type."""
    found = TABLE[index].get(name)
    if not found:
        raise FieldError(f"索引 {index} 没有字段 {name!r}")
    if allowed and found.type not in allowed:
        raise FieldError(f"字段 {name!r} 的类型是 {found.type}，这里需要 {'、'.join(allowed)}")
    return found


def schema_hash(dictionary: str = "") -> str:
    """Of everything that makes an old index unfit: the table, the rows' fields, the token format, the segmenter's dictionary."""
    shape = [[i, f.name, f.type] for i in INDICES for f in TABLE[i].values()]
    held = [[i, f.name] for i in INDICES for f in fields(ROW_TYPES[i])]
    return hashlib.sha256(msgspec.json.encode([FORMAT, shape, held, dictionary])).hexdigest()[:16]


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$")


@lru_cache(maxsize=8192, typed=True)
def day_number(value: Scalar, *, end: bool = False) -> int:
    """2023-05-09 → 20230509: sorts as a number on every engine, without time zones. Cut-short dates mean their first (`end`: last) day."""
    found = _DAY.match(str(value).strip())
    if not found:
        raise FieldError(f"{value!r} 不是日期（要写成 2023、2023-05 或 2023-05-09）")
    year, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    return year * 10000 + (month or (12 if end else 1)) * 100 + (day or (31 if end else 1))


def encoded(field: Field, value: Scalar, *, end: bool = False) -> Scalar:
    """A value as the engines hold it. Raises FieldError."""
    match field.type:
        case "day":
            return day_number(value, end=end)
        case "integer" | "flag":
            return _number(field, value, int)
        case "number":
            return _number(field, value, float)
        case "keyword":
            return str(value)[:LONGEST_KEYWORD]
        case "text":
            raise FieldError(f"字段 {field.name!r} 是正文，不能按值查询")
    raise AssertionError(field.type)


def _number(field: Field, value: Scalar, kind: type[int] | type[float]) -> Scalar:
    try:
        number = kind(value)
    except (ValueError, OverflowError) as error:
        raise FieldError(f"字段 {field.name!r} 不能取值 {value!r}") from error
    if isinstance(number, int) and not -LARGEST <= number <= LARGEST:
        raise FieldError(f"字段 {field.name!r} 不能取值 {value!r}")
    return number


def decoded(field: Field, key: Any) -> Scalar:
    """A bucket's key as people read it."""
    if field.type == "day":
        number = int(key)
        return f"{number // 10000:04d}-{number // 100 % 100:02d}-{number % 100:02d}"
    if field.type in ("integer", "flag"):
        return int(key)
    return float(key) if field.type == "number" else str(key)


def stored_values(field: Field, value: Any) -> list[Scalar]:
    """The values of a row's field as the engines hold them; empties and days that are no days are left out."""
    if value is None or value in ("", ()):
        return []
    values = value if isinstance(value, tuple) else (value,)
    if field.type == "keyword":
        return [v[:LONGEST_KEYWORD] for v in values]
    if field.type == "day":
        return [day_number(v) for v in values if _DAY.match(str(v))]
    return [encoded(field, v) for v in values]
