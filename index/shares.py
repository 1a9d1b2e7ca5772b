"""Counts over time as shares of what is held: a source that was crawled from 2022 on must not look as if its subject began in 2022."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.backend import Backend
from index.query import Bucket, Node, Request, Result, Terms

_MOST: Final = 1000  # sources, and years of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of one source's articles of one year: how many were found, of how many that are held."""

    source: str
    year: str
    found: int
    held: int

    @property
    def share(self) -> float:
        return self.found / self.held


def shares(backend: Backend, where: Node, filters: Sequence[Node] = ()) -> list[Share]:
    """By source and year. `filters` restrict what is found and what is held alike; articles without a date count in neither."""
    aggs = {"source": Terms(field="source", size=_MOST, aggs={"year": Terms(field="article_year", size=_MOST, by_key=True)})}
    asked = Request(where=where, filters=tuple(filters), aggs=aggs, size=0)
    found = _counts(backend, asked)
    held = _counts(backend, replace(asked, where=Request().where))
    return [Share(source=s, year=y, found=found.get((s, y), 0), held=count) for (s, y), count in sorted(held.items())]


def by_year(parts: Sequence[Share]) -> dict[str, float]:
    """The mean share over the sources that hold anything of a year: each source weighs the same, however much it publishes."""
    years = sorted({p.year for p in parts})
    groups = {year: [p.share for p in parts if p.year == year] for year in years}
    return {year: sum(some) / len(some) for year, some in groups.items()}


def _counts(backend: Backend, request: Request) -> dict[tuple[str, str], int]:
    sources = _buckets(backend.search(request).buckets.get("source", ()))
    return {(str(source.key), str(year.key)): year.count for source in sources for year in _buckets(source.aggs["year"])}


def _buckets(result: Result) -> list[Bucket]:
    return [b for b in result if isinstance(b, Bucket)]
