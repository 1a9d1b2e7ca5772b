"""Counts over time as shares of what is held: a source that was crawled from 2022 on must not look as if its subject began in 2022."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.backend import Backend
from index.query import Bucket, Node, Page, Request, Result, Terms

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Over the sources that hold anything of a year: the mean of their shares, so that each weighs the same however much it publishes."""

    year: str
    share: float
    found: int
    held: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    years: tuple[Year, ...]
    parts: tuple[Share, ...]  # by source and year
    undated: int  # found, but without a date: in no year


def trend(backend: Backend, where: Node, filters: Sequence[Node] = ()) -> Trend:
    """How often articles are found over the years. `filters` restrict what is found and what is held alike."""
    aggs = {"source": Terms(field="source", size=_MOST, aggs={"year": Terms(field="article_year", size=_MOST, by_key=True)})}
    asked = Request(where=where, filters=tuple(filters), aggs=aggs, size=0)
    page = backend.search(asked)
    found = _counts(page)
    held = _counts(backend.search(replace(asked, where=Request().where)))
    parts = tuple(Share(source=s, year=y, found=found.get((s, y), 0), held=count) for (s, y), count in sorted(held.items()))
    return Trend(years=tuple(_years(parts)), parts=parts, undated=page.total - sum(found.values()))


def _years(parts: Sequence[Share]) -> Iterator[Year]:
    for year in sorted({p.year for p in parts}):
        some = [p for p in parts if p.year == year]
        mean = sum(p.share for p in some) / len(some)
        yield Year(year=year, share=mean, found=sum(p.found for p in some), held=sum(p.held for p in some), sources=len(some))


def _counts(page: Page) -> dict[tuple[str, str], int]:
    sources = _buckets(page.buckets.get("source", ()))
    return {(str(source.key), str(year.key)): year.count for source in sources for year in _buckets(source.aggs["year"])}


def _buckets(result: Result) -> list[Bucket]:
    return [b for b in result if isinstance(b, Bucket)]
