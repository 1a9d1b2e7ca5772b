"""Reprint clusters: the same text on several pages, kept up to date as articles come and go."""

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy.engine import Connection

from extractors.article import Span
from store import fingerprints
from store.cards import Card, cards
from store.copies import Copy, Overlap, copies, first_of, how, judge, overlap_of
from store.database import fetch, insert
from store.facts import Cluster, Member, fact_id, replace, touching
from store.tables import overlaps

Shares = dict[tuple[str, str], Overlap]  # by the ids of two articles, in order

RECENT: Final = 4000  # copies kept at hand
MANY: Final = 2000  # sentences, beyond which those that recur again and again are no anchors: their comparison is quadratic
RECENT_TEXT: Final = 10_000  # characters of the longest of them; a kept character costs about six bytes


def refresh(connection: Connection, articles: set[str]) -> set[str]:
    """Bring clusters up to date after changes of some articles; the articles whose cluster changed."""
    held = _copies(connection, articles)
    touched = articles | _forget(connection, articles)
    touched |= _compare(connection, held, fingerprints.add(connection, {id_: copy.text.keys for id_, copy in held.items()}))
    shares = _reached(connection, touched)
    old = [f for f in touching(connection, "cluster", touched.union(*shares)) if isinstance(f, Cluster)]
    if away := {m.article for f in old for m in f.members} - touched.union(*shares):
        shares |= _reached(connection, away)
    new = _clusters(connection, shares, held)
    replace(connection, old, new)
    return {m.article for cluster in {*old} ^ {*new} for m in cluster.members}


_recent: Final[dict[tuple[str, str], Copy]] = {}  # by id and digest, the longest held first: reprints come within days


def _copies(connection: Connection, ids: Iterable[str]) -> dict[str, Copy]:
    """Articles that are held, with the numbers of their texts, which are at hand for the last ones."""
    wanted = fetch(connection, _DIGESTS, json.dumps(sorted(ids)))
    new = copies(cards(connection, {key[0] for key in wanted if key not in _recent}).values())
    found = {key[0]: new.get(key[0]) or _recent[key] for key in wanted}
    _recent.update((key, new[key[0]]) for key in wanted if key[0] in new and len(new[key[0]].card.text) <= RECENT_TEXT)
    while len(_recent) > RECENT:
        del _recent[next(iter(_recent))]
    return found


_DIGESTS: Final = "SELECT a.id, a.tracked FROM json_each(?) AS asked JOIN articles AS a ON a.id = asked.value"


_NEIGHBOURS: Final = """
WITH asked AS (SELECT value FROM json_each(?))
SELECT a, b FROM overlaps WHERE a IN asked UNION SELECT a, b FROM overlaps WHERE b IN asked
"""


def _forget(connection: Connection, ids: set[str]) -> set[str]:
    """Drop what is known of articles; those that overlapped with them."""
    asked = json.dumps(sorted(ids))
    neighbours = {id_ for row in fetch(connection, _NEIGHBOURS, asked) for id_ in row}
    for end in ("a", "b"):
        connection.exec_driver_sql(f"DELETE FROM overlaps WHERE {end} IN (SELECT value FROM json_each(?))", (asked,))
    fingerprints.drop(connection, asked)
    return neighbours


def _compare(connection: Connection, held: dict[str, Copy], pairs: set[tuple[str, str]]) -> set[str]:
    """Judge pairs of articles, note their overlaps, and add to `held` what was read for it; the articles that have one."""
    held |= _copies(connection, {id_ for pair in pairs for id_ in pair} - held.keys())
    rows = []
    for a, b in sorted(pairs):
        one, other = held.get(a), held.get(b)  # where one is gone, its own line comes later
        if one and other and one.card.page != other.card.page and (found := judge(one, other)):
            rows.append((a, b, *found))
    insert(connection, overlaps, ("a", "b", "share_a", "share_b", "twins"), rows)
    return {id_ for row in rows for id_ in row[:2]}


_REACHED: Final = """
WITH RECURSIVE reached(id) AS (
  SELECT value FROM json_each(?)
  UNION SELECT o.b FROM reached JOIN overlaps AS o ON o.a = reached.id
  UNION SELECT o.a FROM reached JOIN overlaps AS o ON o.b = reached.id
)
SELECT o.a, o.b, o.share_a, o.share_b, o.twins FROM reached JOIN overlaps AS o ON o.a = reached.id
"""


def _reached(connection: Connection, ids: Iterable[str]) -> Shares:
    """The overlaps by which anything is reached from articles."""
    return {(a, b): Overlap(share_a, share_b, twins) for a, b, share_a, share_b, twins in fetch(connection, _REACHED, json.dumps(sorted(ids)))}


def _clusters(connection: Connection, shares: Shares, held: dict[str, Copy]) -> list[Cluster]:
    held = _copies(connection, {id_ for pair in shares for id_ in pair} - held.keys()) | held
    shares = {(a, b): shares[a, b] for a, b in sorted(shares) if a in held and b in held}
    cards = {id_: held[id_].card for pair in shares for id_ in pair}
    return [_cluster([held[id_] for id_ in group], shares) for group in groups(cards, shares)]


def groups(held: dict[str, Card], shares: Shares) -> list[tuple[str, ...]]:
    """Articles joined by their overlaps, the strongest first. Two groups that hold twins of each other are never joined: an excerpt
    that stands in two notices of one template goes with the one that has more of it, of equals the earliest."""
    group = {id_: {id_} for id_ in held}
    apart: dict[str, set[str]] = {id_: set() for id_ in held}
    for (a, b), overlap in shares.items():
        if overlap.twins:
            apart[a].add(b)
            apart[b].add(a)
    for a, b in _strongest(held, shares):
        if group[a] is group[b]:
            continue
        one, other = sorted((group[a], group[b]), key=len)
        if all(apart[id_].isdisjoint(other) for id_ in one):
            other |= one
            group |= dict.fromkeys(one, other)
    return sorted({tuple(sorted(some)) for some in group.values() if len(some) > 1})


def _strongest(held: dict[str, Card], shares: Shares) -> list[tuple[str, str]]:
    """Copies, those that share most first, of equals the earliest."""
    day = {id_: card.metadata.published_date or "9999" for id_, card in held.items()}
    some = [(-max(o.share_a, o.share_b), -min(o.share_a, o.share_b), min(day[a], day[b]), (a, b)) for (a, b), o in shares.items() if not o.twins]
    return [pair for *_, pair in sorted(some)]


def _cluster(members: list[Copy], shares: Shares) -> Cluster:
    first = first_of(copy.card for copy in members).id
    original = next(copy for copy in members if copy.card.id == first)
    found = [Member(article=first, how="first", share=1.0)]
    for copy in sorted((c for c in members if c is not original), key=lambda c: c.card.id):
        id_ = copy.card.id
        # A copy of a copy may not have been judged against the first.
        overlap = shares.get((min(first, id_), max(first, id_))) or overlap_of(*sorted((original, copy), key=lambda c: c.card.id))
        of_first, own = overlap[:2] if first < id_ else (overlap.share_b, overlap.share_a)
        found.append(Member(article=id_, how=how(of_first, own), share=round(own, 4)))
    return Cluster(id=fact_id("cluster", first), article=first, members=tuple(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A stretch in which a copy departs from the first text; an empty span where one has nothing there."""

    op: Literal["replace", "delete", "insert"]
    first: Span
    copy: Span


def differences(first: str, copy: str) -> list[Difference]:
    """Where a copy departs from the first text: sentence by sentence. White space does not count."""
    ours, theirs = _sentences(first), _sentences(copy)
    some, others = [_bare(first, s) for s in ours], [_bare(copy, s) for s in theirs]
    matcher = difflib.SequenceMatcher(None, some, others, autojunk=max(len(some), len(others)) > MANY)
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
