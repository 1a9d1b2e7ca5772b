"""Facts that need more than one document, as `relate` writes them: links, policy status, reprint clusters. Rows and log lines."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from sqlalchemy.engine import Connection

from extractors.article import Span
from extractors.record import Relation
from store.change import Op
from store.database import fetch, insert
from store.payload import encode
from store.putting import Item, log
from store.tables import fact_articles, facts

PolicyStatus = Literal["draft", "in force", "amended", "expired", "repealed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A reference resolved to a document that we hold."""

    kind: Literal["link"] = "link"
    id: str
    record: str  # the Reference
    article: str  # that cites
    target: str  # article that is cited
    relation: Relation
    by: Literal["number", "title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What changes the status of a policy, with its evidence. `day` None: it happened, and no day is stated."""

    status: PolicyStatus
    day: str | None  # ISO; the first day of that status
    article: str  # whose text or metadata says so
    record: str | None = None  # the reference, where another document says so
    span: Span | None = None  # of that article
    quote: str = ""
    until: str | None = None  # of an extension: the new last day
    was: str | None = None  # of an extension: the last day before
    applications: bool = False  # `until` and `was` are days for applications to a call, not the end of a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The life of a policy. What holds on a day: `store.status.on`."""

    kind: Literal["status"] = "status"
    id: str
    article: str
    events: tuple[Event, ...]  # by day, those without one last
    final: str | None = None  # of a draft: the text that was issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    article: str
    how: Literal["first", "same", "abridged", "excerpt", "longer"]  # against the first
    share: float  # of its own text that the first has, 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The same text on several pages; `article` is the first publisher's."""

    kind: Literal["cluster"] = "cluster"
    id: str
    article: str
    members: tuple[Member, ...]  # the first first


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersession:
    """A final list that takes the place of a proposed one; the ids are of rows (actions)."""

    kind: Literal["supersession"] = "supersession"
    id: str
    article: str  # the proposed list
    by: str  # the final list
    rows: tuple[tuple[str, str], ...]  # (proposed row, final row)
    left_out: tuple[str, ...] = ()  # proposed rows that this final list does not have


Fact = Link | Status | Cluster | Supersession
FACT_TYPES: Final[dict[str, type[Fact]]] = {"link": Link, "status": Status, "cluster": Cluster, "supersession": Supersession}
_decoders: Final = {kind: msgspec.json.Decoder(type_) for kind, type_ in FACT_TYPES.items()}


def fact_id(kind: str, *parts: str) -> str:
    return hashlib.sha256("\x1f".join((kind, *parts)).encode()).hexdigest()[:20]


def decode_fact(kind: str, payload: str) -> Fact:
    return _decoders[kind].decode(payload)


def about(fact: Fact) -> set[str]:
    """The articles that a fact is about."""
    match fact:
        case Link():
            return {fact.article, fact.target}
        case Status():
            return {fact.article}
        case Cluster():
            return {member.article for member in fact.members}
        case Supersession():
            return {fact.article, fact.by}
    raise TypeError(f"no fact: {fact!r}")


def touching(connection: Connection, kind: str, articles: Iterable[str]) -> list[Fact]:
    """The facts of one kind that are about any of the articles, by id."""
    return [decode_fact(kind, payload) for (payload,) in fetch(connection, _TOUCHING, json.dumps(sorted(set(articles))), kind)]


_TOUCHING: Final = """
SELECT payload FROM facts WHERE id IN (SELECT fact FROM fact_articles WHERE article IN (SELECT value FROM json_each(?))) AND kind = ? ORDER BY id
"""


def replace(connection: Connection, old: Sequence[Fact], new: Sequence[Fact]) -> int:
    """Put `new` in the place of `old` (facts held), with a log line for each difference; how many lines."""
    held, given = {f.id: f for f in old}, {f.id: f for f in new}
    lines: list[tuple[Op, Fact]] = [("DEL", f) for key, f in held.items() if key not in given]
    lines += [("MOD" if key in held else "ADD", f) for key, f in given.items() if held.get(key) != f]
    gone = json.dumps([f.id for op, f in lines if op != "ADD"])
    connection.exec_driver_sql("DELETE FROM facts WHERE id IN (SELECT value FROM json_each(?))", (gone,))
    connection.exec_driver_sql("DELETE FROM fact_articles WHERE fact IN (SELECT value FROM json_each(?))", (gone,))
    items = [(op, _item(f)) for op, f in lines]
    kept = [(item, f) for (op, item), (_, f) in zip(items, lines, strict=True) if op != "DEL"]
    insert(connection, facts, ("id", "kind", "article", "tracked", "payload"), [(i.id, i.kind, i.article, i.tracked, i.payload) for i, _ in kept])
    insert(connection, fact_articles, ("article", "fact"), sorted((article, f.id) for _, f in kept for article in about(f)))
    log(connection, items)
    return len(lines)


def _item(fact: Fact) -> Item:
    return Item(fact.kind, fact.id, fact.article, "", encode(fact))
