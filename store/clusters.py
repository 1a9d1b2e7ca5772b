"""Reprint clusters: the same text on several pages, kept up to date as articles come and go."""

import difflib
import json
import re
import struct
from collections import Counter
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
from store.tables import overlaps, texts

COMMON: Final = 50  # articles that share a fingerprint, beyond which it leads to the first ones only
LIKELY: Final = 30  # candidates judged an article, those with most fingerprints in common first


def refresh(connection: Connection, articles: set[str]) -> tuple[int, set[str]]:
    """Bring clusters up to date after changes of some articles; log lines, and the articles whose cluster may have changed."""
    copies = {id_: Copy(card) for id_, card in cards(connection, articles).items()}
    touched = articles | _forget(connection, articles)
    compared = _compare(connection, copies, _index(connection, copies))
    affected = _connected(connection, touched | compared)
    old = [f for f in touching(connection, "cluster", affected) if isinstance(f, Cluster)]
    affected |= {m.article for f in old for m in f.members}
    new = _clusters(connection, affected, copies)
    lines = replace(connection, old, new)
    return lines, affected if lines else set()


def _forget(connection: Connection, ids: set[str]) -> set[str]:
    """Drop what is known of articles; those that overlapped with them."""
    neighbours = set()
    for some in slices(sorted(ids)):
        where = overlaps.c.a.in_(some) | overlaps.c.b.in_(some)
        neighbours |= {id_ for row in connection.execute(sa.select(overlaps.c.a, overlaps.c.b).where(where)) for id_ in (row.a, row.b)}
        connection.execute(overlaps.delete().where(where))
        rows = connection.execute(sa.select(texts).where(texts.c.article.in_(some))).all()
        gone = [(key, row.n) for row in rows for key in _unpacked(row.keys)]
        if gone:
            connection.exec_driver_sql("DELETE FROM fingerprints WHERE key = ? AND text = ?", gone)
        connection.execute(texts.delete().where(texts.c.article.in_(some)))
    return neighbours


def _index(connection: Connection, copies: dict[str, Copy]) -> dict[str, list[int]]:
    """Store the fingerprints of articles; them by article."""
    found = {id_: keys for id_, copy in copies.items() if (keys := fingerprints(copy))}
    if not found:
        return {}
    connection.execute(texts.insert(), [{"article": id_, "keys": struct.pack(f"<{len(keys)}q", *keys)} for id_, keys in found.items()])
    numbers: dict[str, int] = {}
    for some in slices(list(found)):
        numbers |= {row.article: row.n for row in connection.execute(sa.select(texts.c.article, texts.c.n).where(texts.c.article.in_(some)))}
    rows = sorted((key, numbers[id_]) for id_, keys in found.items() for key in keys)
    connection.exec_driver_sql("INSERT INTO fingerprints (key, text) VALUES (?, ?)", rows)
    return found


def _unpacked(keys: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(keys) // 8}q", keys)


def _compare(connection: Connection, copies: dict[str, Copy], keys: dict[str, list[int]]) -> set[str]:
    """Judge the likely pairs of these articles, note their overlaps, and add to `copies` what was read for it; the articles that have one."""
    pairs = _candidates(connection, keys)
    missing = {id_ for pair in pairs for id_ in pair} - copies.keys()
    copies |= {id_: Copy(card) for id_, card in cards(connection, missing).items()}
    rows = []
    for a, b in sorted(pair for pair in pairs if copies.keys() >= set(pair)):  # else one is gone, and its own line comes later
        if copies[a].card.page != copies[b].card.page and (found := judge(copies[a], copies[b])):
            rows.append((a, b, *found))
    if rows:
        connection.exec_driver_sql("INSERT INTO overlaps (a, b, share_a, share_b, twins) VALUES (?, ?, ?, ?, ?)", rows)
    return {id_ for row in rows for id_ in row[:2]}


# A key that many texts share leads to the first COMMON of them only: a stock phrase costs no more than that, and of a text that is
# reprinted more often the later copies are still compared with the first ones. Keys of one text only are not reported.
_SHARED: Final = """
WITH wanted AS (
  SELECT value AS key, (SELECT f.text FROM fingerprints AS f WHERE f.key = value ORDER BY f.text LIMIT 1 OFFSET :common) AS past
  FROM json_each(:keys)
)
SELECT f.key, group_concat(f.text) FROM wanted JOIN fingerprints AS f ON f.key = wanted.key AND (wanted.past IS NULL OR f.text < wanted.past)
GROUP BY f.key HAVING count(*) > 1 OR max(wanted.past) IS NOT NULL
"""


def _candidates(connection: Connection, keys: dict[str, list[int]]) -> set[tuple[str, str]]:
    """Pairs that share fingerprints, at most LIKELY an article; each pair in order."""
    every = sorted({key for some in keys.values() for key in some})
    rows = connection.exec_driver_sql(_SHARED, {"keys": json.dumps(every), "common": COMMON})
    holders = {row[0]: [int(n) for n in row[1].split(",")] for row in rows}
    names: dict[int, str] = {}
    for some in slices(sorted({n for numbers in holders.values() for n in numbers})):
        names |= {row.n: row.article for row in connection.execute(sa.select(texts.c.n, texts.c.article).where(texts.c.n.in_(some)))}
    pairs = set()
    for id_, own in keys.items():
        shared = Counter(names[n] for key in own for n in holders.get(key, ()))
        del shared[id_]
        likely = sorted(shared, key=lambda other: (-shared[other], other))[:LIKELY]
        pairs |= {(min(id_, other), max(id_, other)) for other in likely}
    return pairs


def _connected(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Everything that is reached from articles over overlaps, themselves included."""
    seen, fresh = set(ids), set(ids)
    while fresh:
        fresh = {id_ for row in _overlaps(connection, fresh) for id_ in (row.a, row.b)} - seen
        seen |= fresh
    return seen


def _overlaps(connection: Connection, ids: Iterable[str]) -> list[Any]:
    rows: dict[tuple[str, str], Any] = {}
    for some in slices(sorted(ids)):
        query = sa.select(overlaps).where(overlaps.c.a.in_(some) | overlaps.c.b.in_(some))
        rows |= {(row.a, row.b): row for row in connection.execute(query)}
    return [rows[key] for key in sorted(rows)]


def _clusters(connection: Connection, ids: set[str], copies: dict[str, Copy]) -> list[Cluster]:
    rows = _overlaps(connection, ids)
    wanted = {id_ for row in rows for id_ in (row.a, row.b)}
    held = {id_: copies[id_].card for id_ in wanted & copies.keys()} | cards(connection, wanted - copies.keys())
    shares = {(row.a, row.b): Overlap(row.share_a, row.share_b, row.twins) for row in rows if row.a in held and row.b in held}
    return [_cluster([held[id_] for id_ in group], shares) for group in groups(held, shares)]


def groups(held: dict[str, Card], shares: dict[tuple[str, str], Overlap]) -> list[tuple[str, ...]]:
    """Articles joined by their overlaps, the strongest first. Two groups that hold twins of each other are never joined: an excerpt
    that stands in two notices of one template goes with the one that has more of it, of equals the earliest."""
    group = {id_: {id_} for id_ in held}
    apart: dict[str, set[str]] = {id_: set() for id_ in held}
    for (a, b), overlap in shares.items():
        if overlap.twins:
            apart[a].add(b)
            apart[b].add(a)
    for a, b in sorted((pair for pair, overlap in shares.items() if not overlap.twins), key=lambda pair: _strength(pair, shares[pair], held)):
        one, other = sorted((group[a], group[b]), key=len)
        if one is not other and not any(apart[id_] & other for id_ in one):
            other |= one
            group |= dict.fromkeys(one, other)
    return sorted({tuple(sorted(some)) for some in group.values() if len(some) > 1})


def _strength(pair: tuple[str, str], overlap: Overlap, held: dict[str, Card]) -> tuple[float, float, str, tuple[str, str]]:
    days = [held[id_].metadata.published_date or "9999" for id_ in pair]
    return (-max(overlap[:2]), -min(overlap[:2]), min(days), pair)


def _cluster(members: list[Card], shares: dict[tuple[str, str], Overlap]) -> Cluster:
    first = first_of(members)
    found = [Member(article=first.id, how="first", share=1.0)]
    for card in sorted((c for c in members if c.id != first.id), key=lambda c: c.id):
        overlap = shares.get((min(first.id, card.id), max(first.id, card.id))) or _shares(first, card)
        of_first, own = overlap[:2] if first.id < card.id else (overlap.share_b, overlap.share_a)
        found.append(Member(article=card.id, how=how(of_first, own), share=round(own, 4)))
    return Cluster(id=fact_id("cluster", first.id), article=first.id, members=tuple(found))


def _shares(first: Card, other: Card) -> Overlap:
    """Of a copy of a copy, which was not judged against the first: in the order of their ids."""
    a, b = (Copy(card).grams for card in sorted((first, other), key=lambda c: c.id))
    return Overlap(len(a & b) / max(1, len(a)), len(a & b) / max(1, len(b)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A stretch in which a copy departs from the first text; an empty span where one has nothing there."""

    op: Literal["replace", "delete", "insert"]
    first: Span
    copy: Span


def differences(first: str, copy: str) -> list[Difference]:
    """Where a copy departs from the first text: sentence by sentence. White space does not count."""
    ours, theirs = _sentences(first), _sentences(copy)
    matcher = difflib.SequenceMatcher(None, [_bare(first, s) for s in ours], [_bare(copy, s) for s in theirs], autojunk=False)
    found = []
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            continue
        pairs = [(i, i + 1, j, j + 1) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)] if i2 - i1 == j2 - j1 else [(i1, i2, j1, j2)]
        found += [Difference(op=op, first=_stretch(ours, a, b, len(first)), copy=_stretch(theirs, c, d, len(copy))) for a, b, c, d in pairs]
    return found


def _sentences(text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(r"[^。；！？\n]+[。；！？]?", text) if m[0].strip()]


def _bare(text: str, span: Span) -> str:
    return re.sub(r"\s+", "", text[span.start : span.end])


def _stretch(spans: list[Span], first: int, last: int, end: int) -> Span:
    """From the first sentence to before the last one; where there is none, the empty span at which it would stand."""
    if first < last:
        return Span(spans[first].start, spans[last - 1].end)
    at = spans[first].start if first < len(spans) else end
    return Span(at, at)
