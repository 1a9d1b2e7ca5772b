"""How often something is written of over the years: shares of what is held for each source and year, as a table and JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from index.errors import SearchError
from index.query import Node, Term
from index.search import meaning
from index.shares import Share, Trend, trend
from index.terms import article_kind, region_code
from portal.site import Site, answer, site_of
from portal.trouble import refused, trouble
from portal.words import KIND_NAMES

router = APIRouter()
Asked = Annotated[str, Query(max_length=500, description="What is written of, in the query language of docs/query-language.md.")]
Region = Annotated[str, Query(max_length=40, description="Only articles of this region and what lies in it.")]
Kind = Annotated[str, Query(max_length=20, description="Only articles of this kind.")]


def found(site: Site, q: str, region: str, kind: str) -> Trend:
    """Raises SearchError."""
    filters: list[Node] = [Term("regions", (region_code(region),))] if region else []
    if kind:
        filters.append(article_kind(kind))
    return trend(site.backend, meaning(site.backend, q), filters)


@router.get("/api/v1/trends")
def api(request: Request, q: Asked, region: Region = "", kind: Kind = "") -> Response:
    """By year: articles found, articles held, and the mean over sources of their shares; the same by source and year."""
    try:
        return answer(found(site_of(request), q, region, kind))
    except SearchError as error:
        raise refused(error) from error


@router.get("/trends", include_in_schema=False)
def page(request: Request, q: Asked = "", region: Region = "", kind: Kind = "") -> Response:
    site, told, wrong = site_of(request), None, None
    try:
        told = found(site, q.strip(), region.strip(), kind) if q.strip() else None
    except SearchError as error:
        wrong = trouble(error)
    return site.page(
        "trends.html",
        status=wrong.status if wrong else 200,
        here="/trends",
        text=q,
        region=region,
        kind=kind,
        kinds=KIND_NAMES,
        error=wrong,
        trend=told,
        most=max((y.share for y in told.years), default=0) if told else 0,
        sources=_by_source(site, told) if told else [],
    )


def _by_source(site: Site, told: Trend) -> list[tuple[str, dict[str, Share]]]:
    """Sources that have something to say, with their shares by year."""
    parts: dict[str, dict[str, Share]] = {}
    for part in told.parts:
        parts.setdefault(part.source, {})[part.year] = part
    titles = site.source_titles
    return [(titles.get(name, name), years) for name, years in parts.items() if any(p.found for p in years.values())]
