"""Organisations: every mention, its type, and which organisation it is."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from extractors.article import Article
from extractors.names.authority import authority
from extractors.options import tagger
from extractors.record import AnyRecord, Organisation
from extractors.records import (
    organisation_bureaus,
    organisation_cells,
    organisation_enumerated,
    organisation_groups,
    organisation_heads,
    organisation_link,
    organisation_listed,
    organisation_media,
    organisation_organs,
    organisation_short,
    organisation_tagged,
    organisation_units,
)
from extractors.records.organisation_reading import Candidate, Reading
from extractors.rules import load


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Organisation]:
    """Organs and listed bodies first; then names by their heads, which may begin with one; then what a tagger adds; then short forms."""
    reading = Reading(article, authority())
    known = choose([*organisation_organs.find(reading), *organisation_listed.find(reading)])
    heads = [*organisation_heads.find(reading, known), *organisation_groups.find(reading), *organisation_bureaus.find(reading)]
    cells = list(organisation_cells.find(article))
    named = choose([*known, *heads, *cells, *organisation_enumerated.find(reading, known), *organisation_media.find(reading)])
    named += organisation_tagged.find(reading, named, tagger())
    named = organisation_link.link(reading, choose(organisation_units.extended(reading, choose(named))), known)
    mentions = choose([*named, *organisation_short.find(reading, named)])
    version = load("organisation").version
    return [_record(article, c, version) for c in mentions]


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of candidates that overlap keep the longest; of equal ones the rule of higher rank. In text order."""
    kept: list[Candidate] = []  # by start
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, -c.rank, c.start)):
        at = bisect_left(kept, candidate.start, key=lambda k: k.start)
        free = at == 0 or kept[at - 1].end <= candidate.start
        if free and (at == len(kept) or candidate.end <= kept[at].start):
            kept.insert(at, candidate)
    return kept


def _record(article: Article, c: Candidate, version: int) -> Organisation:
    text = article.text[c.start : c.end]
    return Organisation(
        article=article.id,
        start=c.start,
        end=c.end,
        quote=text,
        rule=f"organisation: {c.rule}",
        version=version,
        confidence=c.confidence,
        text=text,
        type=c.type,
        canonical=c.canonical or text,
        entity=c.entity,
        region=c.region,
    )
