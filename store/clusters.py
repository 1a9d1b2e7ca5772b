"""Reprint clusters: the same text on several pages, kept up to date as articles come and go."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import Span
from store.cards import Card, cards
from store.copies import Copy, Overlap, fingerprints, first_of, how, judge
from store.database import slices
from store.facts import Cluster, Member, fact_id, replace, touching
from store.tables import fingerprints as keys
from store.tables import overlaps

COMMON: Final = 50  # articles that share a fingerprint, beyond which it leads to the first ones only
LIKELY: Final = 30  # candidates judged an article, those with most fingerprints in common first


def refresh(connection: Connection, articles: set[str]) -> tuple[int, set[str]]:
    """Bring clusters up to date after changes of some articles; log lines, and the articles whose cluster may have changed."""
    held = cards(connection, articles)
    touched = articles | _forget(connection, articles)
    _index(connection, held)
    touched |= _compare(connection, held)
    affected = _connected(connection, touched)
    old = [f for f in touching(connection, "cluster", affected) if isinstance(f, Cluster)]
    affected |= {m.article for f in old for m in f.members}
    new = [_cluster(connection, component) for component in _components(connection, affected)]
    lines = replace(connection, old, new)
    return lines, affected if lines else set()


def _forget(connection: Connection, ids: set[str]) -> set[str]:
    """Drop what is known of articles; those that overlapped with them."""
    neighbours = set()
    for some in slices(sorted(ids)):
        where = overlaps.c.a.in_(some) | overlaps.c.b.in_(some)
        neighbours |= {id_ for row in connection.execute(sa.select(overlaps.c.a, overlaps.c.b).where(where)) for id_ in (row.a, row.b)}
        connection.execute(overlaps.delete().where(where))
        connection.execute(keys.delete().where(keys.c.article.in_(some)))
    return neighbours


def _index(connection: Connection, held: dict[str, Card]) -> None:
    rows = sorted((key, card.id) for card in held.values() for key in fingerprints(card.text))
    if rows:
        connection.exec_driver_sql("INSERT INTO fingerprints (key, article) VALUES (?, ?)", rows)


def _compare(connection: Connection, held: dict[str, Card]) -> set[str]:
    """Judge the likely pairs of these articles and note their overlaps; the articles that have one."""
    pairs = {tuple(sorted((id_, other))) for id_ in held for other in _candidates(connection, id_)}
    others = cards(connection, {id_ for pair in pairs for id_ in pair} - held.keys())
    copies = {id_: Copy(card) for id_, card in (held | others).items()}
    rows = []
    for a, b in sorted(pairs):
        if copies[a].card.page != copies[b].card.page and (found := judge(copies[a], copies[b])):
            rows.append({"a": a, "b": b, "share_a": found.share_a, "share_b": found.share_b})
    if rows:
        connection.execute(overlaps.insert(), rows)
    return {id_ for row in rows for id_ in (str(row["a"]), str(row["b"]))}


def _candidates(connection: Connection, id_: str) -> list[str]:
    found = connection.exec_driver_sql(_SHARED, {"id": id_, "common": COMMON, "likely": LIKELY})
    return [row[0] for row in found]


_SHARED: Final = """
SELECT other.article FROM fingerprints AS own
JOIN fingerprints AS other ON other.key = own.key AND other.article IN (
  SELECT f.article FROM fingerprints AS f WHERE f.key = own.key LIMIT :common
)
WHERE own.article = :id AND other.article <> :id
GROUP BY other.article ORDER BY count(*) DESC, other.article LIMIT :likely
"""


def _connected(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Everything that is reached from articles over overlaps, themselves included."""
    seen, fresh = set(ids), set(ids)
    while fresh:
        fresh = _neighbours(connection, fresh) - seen
        seen |= fresh
    return seen


def _neighbours(connection: Connection, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for row in _overlaps(connection, ids):
        found |= {row.a, row.b}
    return found


def _overlaps(connection: Connection, ids: Iterable[str]) -> list[Any]:
    rows: dict[tuple[str, str], Any] = {}
    for some in slices(sorted(ids)):
        query = sa.select(overlaps).where(overlaps.c.a.in_(some) | overlaps.c.b.in_(some))
        rows |= {(row.a, row.b): row for row in connection.execute(query)}
    return [rows[key] for key in sorted(rows)]


def _components(connection: Connection, ids: set[str]) -> list[tuple[str, ...]]:
    """Connected articles, in groups of two and more."""
    group = {id_: {id_} for id_ in ids}
    for row in _overlaps(connection, ids):
        merged = group.setdefault(row.a, {row.a}) | group.setdefault(row.b, {row.b})
        for id_ in merged:
            group[id_] = merged
    return sorted({tuple(sorted(some)) for some in group.values() if len(some) > 1})


def _cluster(connection: Connection, ids: Iterable[str]) -> Cluster:
    held = cards(connection, ids)
    first = first_of(held.values())
    shares = {id_: Overlap(0.0, 0.0) for id_ in held}
    for row in _overlaps(connection, [first.id]):
        other, overlap = (row.b, Overlap(row.share_a, row.share_b)) if row.a == first.id else (row.a, Overlap(row.share_b, row.share_a))
        shares[other] = overlap
    members = [Member(article=first.id, how="first", share=1.0)]
    for id_ in sorted(held.keys() - {first.id}):
        if shares[id_].share_b == 0.0:  # a copy of a copy: judged against the first now, whatever tells them apart
            shares[id_] = _overlap(held[first.id], held[id_])
        members.append(Member(article=id_, how=how(*shares[id_]), share=round(shares[id_].share_b, 4)))
    return Cluster(id=fact_id("cluster", first.id), article=first.id, members=tuple(members))


def _overlap(first: Card, other: Card) -> Overlap:
    a, b = Copy(first).grams, Copy(other).grams
    return Overlap(len(a & b) / max(1, len(a)), len(a & b) / max(1, len(b)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A stretch in which a copy departs from the first text; an empty span where one has nothing there."""

    op: Literal["replace", "delete", "insert"]
    first: Span
    copy: Span


def differences(first: str, copy: str) -> list[Difference]:
    """Where a copy departs from the first text: by sentence, then by character inside sentences that were changed. White space does not count."""
    ours, theirs = _sentences(first), _sentences(copy)
    matcher = difflib.SequenceMatcher(None, [_bare(first, s) for s in ours], [_bare(copy, s) for s in theirs], autojunk=False)
    return [
        Difference(
            op=op, first=_around(ours[i1:i2], ours[i1].start if i1 < len(ours) else len(first)), copy=_around(theirs[j1:j2], _at(theirs, j1, copy))
        )
        for op, i1, i2, j1, j2 in matcher.get_opcodes()
        if op != "equal"
    ]


def _sentences(text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(r"[^。；！？\n]+[。；！？]?", text) if m[0].strip()]


def _bare(text: str, span: Span) -> str:
    return re.sub(r"\s+", "", text[span.start : span.end])


def _at(spans: list[Span], index: int, text: str) -> int:
    return spans[index].start if index < len(spans) else len(text)


def _around(spans: list[Span], empty: int) -> Span:
    return Span(spans[0].start, spans[-1].end) if spans else Span(empty, empty)
