"""References resolved to the articles that we hold, by 文号 or title."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.record import Reference
from store.cards import Card, cards
from store.carriers import carried_keys
from store.database import slices
from store.facts import Link, fact_id, replace, touching
from store.payload import decode_record
from store.tables import article_keys as keys_of_articles
from store.tables import facts, records
from store.tables import reference_keys as keys_of_references
from store.titles import LOOSE, NUMBER, TITLE, article_keys, reference_keys

SLACK: Final = timedelta(days=31)  # a page may be dated a little after a document that cites it
_ENDS: Final = ("repeals", "amends", "extends")  # only who issued a document, or stands above, may do this to it
_SAME, _WIDER, _NARROWER, _UNKNOWN, _ELSEWHERE = range(5)  # where the cited document's region lies, seen from the citing one


@dataclass(frozen=True, slots=True)
class _Candidate:
    card: Card
    number: bool  # the 文号 agrees
    rank: int  # of the best title key that agrees; 9 where none does
    region: int


def refresh(connection: Connection, articles: set[str], references: set[str]) -> tuple[set[str], set[str]]:
    """Bring links up to date after changes of some articles and of the references on others.

    Returns the articles that cite and the articles that are cited by links that may have changed.
    """
    keys = _index_articles(connection, articles)
    _index_references(connection, references)
    affected = _records(connection, keys_of_references.c.article, articles | references) | _records(connection, keys_of_references.c.key, keys)
    old = _held(connection, affected, references | articles)
    new = [link for link in _resolved(connection, affected) if link]
    replace(connection, old, new)
    return {link.article for link in {*old} ^ {*new}}, {link.target for link in (*old, *new)}


def _index_articles(connection: Connection, ids: set[str]) -> set[str]:
    """Replace the keys of articles; all keys that they had or have."""
    table = keys_of_articles
    seen: set[str] = set()
    for some in slices(sorted(ids)):
        seen |= {row.key for row in connection.execute(sa.select(table.c.key).where(table.c.article.in_(some)))}
        connection.execute(table.delete().where(table.c.article.in_(some)))
    held = cards(connection, ids).values()
    rows = [{"article": c.id, "key": k, "rank": rank} for c in held for k, rank in article_keys(c).items()]
    rows += [{"article": c.id, "key": k, "rank": NUMBER} for c in held for k in dict.fromkeys(carried_keys(c))]
    _insert(connection, table, rows)
    return seen | {str(row["key"]) for row in rows}


def _index_references(connection: Connection, ids: set[str]) -> None:
    rows: list[dict[str, Any]] = []
    for some in slices(sorted(ids)):
        connection.execute(keys_of_references.delete().where(keys_of_references.c.article.in_(some)))
        query = sa.select(records.c.id, records.c.article, records.c.payload).where(records.c.article.in_(some), records.c.kind == "reference")
        for row in connection.execute(query):
            reference = decode_record("reference", row.payload)
            assert isinstance(reference, Reference)
            rows += [{"record": row.id, "article": row.article, "key": k, "rank": r} for k, r in reference_keys(reference).items()]
    _insert(connection, keys_of_references, rows)


def _insert(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _records(connection: Connection, column: sa.Column[str], values: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in slices(sorted(values)):
        found |= {row.record for row in connection.execute(sa.select(keys_of_references.c.record).where(column.in_(some)))}
    return found


def _held(connection: Connection, affected: set[str], citing: set[str]) -> list[Link]:
    """Links of the affected references, of references that may be gone, and of targets that may be gone."""
    found = {f.id: f for f in touching(connection, "link", citing) if isinstance(f, Link)}
    wanted = {fact_id("link", record) for record in affected}
    targets = {key: link for key, link in found.items() if key in wanted or link.article in citing}
    missing = sorted(wanted - targets.keys())
    for some in slices(missing):
        articles = {row.article for row in connection.execute(sa.select(facts.c.article).where(facts.c.id.in_(some)))}
        targets |= {f.id: f for f in touching(connection, "link", articles) if isinstance(f, Link) and f.id in wanted}
    return [targets[key] for key in sorted(targets)]


def _resolved(connection: Connection, affected: set[str]) -> list[Link | None]:
    matches: dict[str, list[Any]] = {record: [] for record in affected}
    r, a = keys_of_references.c, keys_of_articles.c
    for some in slices(sorted(affected)):
        query = sa.select(r.record, r.article.label("citing"), a.article, a.key, (r.rank + a.rank).label("rank"))
        query = query.join_from(keys_of_references, keys_of_articles, r.key == a.key)
        for row in connection.execute(query.where(r.record.in_(some), r.article != a.article)):
            matches[row.record].append(row)
    ids = {id_ for rows in matches.values() for row in rows for id_ in (row.article, row.citing)}
    held = cards(connection, ids)
    cited = _references(connection, [record for record, rows in matches.items() if rows])
    # The tables may be ahead of the log: what is gone from them already has its keys until its own line is read.
    there = {record: [row for row in rows if row.article in held and row.citing in held] for record, rows in matches.items() if record in cited}
    return [_resolve(cited[record], rows, held) for record, rows in sorted(there.items()) if rows]


def _references(connection: Connection, ids: Sequence[str]) -> dict[str, Reference]:
    found: dict[str, Reference] = {}
    for some in slices(ids):
        for row in connection.execute(sa.select(records.c.id, records.c.payload).where(records.c.id.in_(some))):
            record = decode_record("reference", row.payload)
            assert isinstance(record, Reference)
            found[row.id] = record
    return found


def _resolve(reference: Reference, rows: Sequence[Any], held: dict[str, Card]) -> Link | None:
    """The document that a citation means, among those with a key of it; None where none fits or several do."""
    citing = held[reference.article]
    if _names_itself(reference, citing):
        return None
    by_article: dict[str, list[Any]] = {}
    for row in rows:
        by_article.setdefault(row.article, []).append(row)
    found = [_candidate(citing, held[id_], some) for id_, some in by_article.items()]
    numbered = any(row.key.startswith("n:") for row in rows)
    fitting = [c for c in found if _fits(c, citing, reference, numbered=numbered)]
    if not fitting:
        return None
    best = min(fitting, key=_order)
    equal = [c for c in fitting if _order(c)[:3] == _order(best)[:3]]
    numbers = {c.card.number for c in equal if c.card.number}
    if not best.number and len(numbers) > 1:
        return None  # several documents of one title
    return Link(
        id=fact_id("link", reference.id),
        record=reference.id,
        article=citing.id,
        target=best.card.id,
        relation=reference.relation,
        by="number" if best.number else "title",
    )


def _names_itself(reference: Reference, citing: Card) -> bool:
    """A document that cites its own title means itself, unless it gives another 文号: 原《…》（…）同时废止."""
    own, cited = article_keys(citing), reference_keys(reference)
    numbers = {key for key in cited if key.startswith("n:")}
    return own.get(next((k for k, rank in cited.items() if rank == 0 and k[:2] != "n:"), "")) == TITLE and numbers <= own.keys()


def _candidate(citing: Card, card: Card, rows: Sequence[Any]) -> _Candidate:
    ranks = [row.rank for row in rows if not row.key.startswith("n:")]
    number = any(row.key.startswith("n:") for row in rows)
    return _Candidate(card, number, min(ranks, default=9), _region(citing.metadata.region_code, card.metadata.region_code))


def _order(candidate: _Candidate) -> tuple[bool, int, int, str, str]:
    """文号 first, then the closer title, the closer region, the earliest."""
    c = candidate
    return (not c.number, c.rank, c.region, c.card.metadata.published_date or "9999", c.card.id)


def _fits(candidate: _Candidate, citing: Card, reference: Reference, *, numbered: bool) -> bool:
    c = candidate
    if not c.number and numbered:
        return False  # another document has the number that is cited
    if _later(c.card.issued, citing.issued):
        return False
    if c.number:
        return True
    if c.card.number and reference.doc_number and f"n:{c.card.number.key}" not in reference_keys(reference):
        return False  # the same title with another number: last year's notice
    if c.rank >= LOOSE:
        return c.region in (_SAME, _WIDER)
    return c.region != _ELSEWHERE or reference.relation not in _ENDS


def _later(cited: str | None, citing: str | None) -> bool:
    return bool(cited and citing) and date.fromisoformat(cited or "") - SLACK > date.fromisoformat(citing or "")


def _region(citing: str | None, cited: str | None) -> int:
    """GB/T 2260 codes: two digits province, two city, two county; 0000 in the place of what is wider."""
    if not citing or not cited:
        return _UNKNOWN
    if citing == cited:
        return _SAME
    if _within(citing, cited):
        return _WIDER
    return _NARROWER if _within(cited, citing) else _ELSEWHERE


def _within(part: str, whole: str) -> bool:
    return whole in ("000000", "100000") or part.startswith(whole.removesuffix("00").removesuffix("00"))
