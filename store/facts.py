"""Facts that need more than one document, as `relate` writes them: links, policy status, reprint clusters. Rows and log lines."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import Span
from extractors.record import Relation
from store.change import Op
from store.database import slices
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


Fact = Link | Status | Cluster
FACT_TYPES: Final[dict[str, type[Fact]]] = {"link": Link, "status": Status, "cluster": Cluster}
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
    raise TypeError(f"no fact: {fact!r}")


def touching(connection: Connection, kind: str, articles: Iterable[str]) -> list[Fact]:
    """The facts of one kind that are about any of the articles, by id."""
    found: dict[str, Fact] = {}
    for some in slices(sorted(set(articles))):
        query = sa.select(facts.c.id, facts.c.payload).join(fact_articles, fact_articles.c.fact == facts.c.id)
        for row in connection.execute(query.where(facts.c.kind == kind, fact_articles.c.article.in_(some))):
            found[row.id] = decode_fact(kind, row.payload)
    return [found[key] for key in sorted(found)]


def replace(connection: Connection, old: Sequence[Fact], new: Sequence[Fact]) -> int:
    """Put `new` in the place of `old` (facts held), with a log line for each difference; how many lines."""
    held, given = {f.id: f for f in old}, {f.id: f for f in new}
    lines: list[tuple[Op, Fact]] = [("DEL", f) for key, f in held.items() if key not in given]
    lines += [("MOD" if key in held else "ADD", f) for key, f in given.items() if held.get(key) != f]
    gone = [f.id for op, f in lines if op != "ADD"]
    for some in slices(gone):
        connection.execute(facts.delete().where(facts.c.id.in_(some)))
        connection.execute(fact_articles.delete().where(fact_articles.c.fact.in_(some)))
    items = [(op, _item(f)) for op, f in lines]
    kept = [(item, f) for (op, item), (_, f) in zip(items, lines, strict=True) if op != "DEL"]
    _insert(connection, facts, [{"id": i.id, "kind": i.kind, "article": i.article, "tracked": "", "payload": i.payload} for i, _ in kept])
    _insert(connection, fact_articles, [{"article": a, "fact": f.id} for _, f in kept for a in sorted(about(f))])
    log(connection, items)
    return len(lines)


def _item(fact: Fact) -> Item:
    return Item(fact.kind, fact.id, fact.article, "", encode(fact))


def _insert(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
