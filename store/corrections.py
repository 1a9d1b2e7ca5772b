"""People's corrections of single fields: applied after extraction and before the diff; one that no longer fits is listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from extractors.record import UNTRACKED_FIELDS, AnyRecord
from store.change import Correction
from store.database import slices
from store.payload import decode, encode
from store.tables import corrections

_FIXED = UNTRACKED_FIELDS | {"id", "article", "kind", "quote", "notes"}


@dataclass(slots=True)
class Loaded:
    """The corrections of some articles, by record, oldest first; and what became of each when they were applied."""

    by_record: dict[str, list[Correction]]
    outcome: dict[int, str] = field(default_factory=dict)  # correction id -> why it is stale, or ""


def load(connection: Connection, articles: Sequence[str]) -> Loaded:
    by_record: dict[str, list[Correction]] = {}
    for some in slices(articles):
        for row in connection.execute(sa.select(corrections).where(corrections.c.article.in_(some)).order_by(corrections.c.id)):
            by_record.setdefault(row.record, []).append(as_correction(row))
    return Loaded(by_record)


def as_correction(row: Row[Any]) -> Correction:
    values = dict(row._mapping)
    return Correction(**values | {"old": decode(row.old), "new": decode(row.new)})


def apply(records: Iterable[AnyRecord], loaded: Loaded) -> list[AnyRecord]:
    """The records with their corrections; `loaded.outcome` tells how each fared."""
    if not loaded.by_record:
        return list(records)
    out = []
    for record in records:
        corrected = record
        for correction in loaded.by_record.get(record.id, ()):
            corrected, loaded.outcome[correction.id] = _apply_one(corrected, correction)
        out.append(corrected)
    return out


def _apply_one(record: AnyRecord, correction: Correction) -> tuple[AnyRecord, str]:
    value = value_of(record, correction.field)
    if record.quote != correction.quote:
        return record, f"the quote is now {record.quote!r}"
    if value == correction.new:
        return record, ""
    if value != correction.old:
        return record, f"{correction.field} is now {value!r}"
    return changed(record, correction.field, correction.new), ""


def value_of(record: AnyRecord, name: str) -> Any:
    """A field as JSON has it; None where the record lacks it."""
    return decode(encode(record)).get(name)


def changed(record: AnyRecord, name: str, value: Any) -> AnyRecord:
    """The record with one field set. Raises ValueError for a field that cannot be corrected and a value that does not fit."""
    fields = decode(encode(record))
    if name not in fields or name in _FIXED:
        raise ValueError(f"{type(record).__name__} {record.id}: {name!r} is no field that can be corrected")
    try:
        return msgspec.convert(fields | {name: value}, type(record))
    except msgspec.ValidationError as error:
        raise ValueError(f"{type(record).__name__} {record.id}: {name} = {value!r}: {error}") from error


def mark(connection: Connection, loaded: Loaded) -> None:
    """Note which corrections are stale now. A record that its article no longer has takes its corrections with it."""
    rows = []
    for correction in (c for some in loaded.by_record.values() for c in some):
        stale = loaded.outcome.get(correction.id, "the record is gone")
        if stale != correction.stale:
            rows.append({"of": correction.id, "why": stale})
    if rows:
        connection.execute(corrections.update().where(corrections.c.id == sa.bindparam("of")).values(stale=sa.bindparam("why")), rows)


def add(connection: Connection, record: AnyRecord, name: str, *, old: Any, new: Any, who: str, at: str) -> Correction:
    row = {"record": record.id, "article": record.article, "quote": record.quote, "field": name, "old": encode(old), "new": encode(new)}
    done = connection.execute(corrections.insert().values(row | {"who": who, "at": at, "stale": ""}).returning(corrections.c.id))
    key = int(done.scalar_one())
    return Correction(id=key, record=record.id, article=record.article, quote=record.quote, field=name, old=old, new=new, who=who, at=at)


def listed(connection: Connection, article: str | None = None) -> list[Correction]:
    query = sa.select(corrections).order_by(corrections.c.id)
    return [as_correction(row) for row in connection.execute(query.where(corrections.c.article == article) if article else query)]


def stale(connection: Connection) -> list[Correction]:
    return [as_correction(row) for row in connection.execute(sa.select(corrections).where(corrections.c.stale != "").order_by(corrections.c.id))]
