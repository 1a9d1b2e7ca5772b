"""Figures side by side: the series of one indicator as a table, a drawing and JSON, with what was left out and why."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request, Response

from index.chart import svg
from index.errors import EngineDown, SearchError
from index.query import Node, Term
from index.series import Axis, Point, Series, series
from index.terms import day_range, region_code
from portal.present import amount
from portal.site import site_of

router = APIRouter()
AXES: tuple[Axis, ...] = ("region", "year")
Indicator = Annotated[str, Query(max_length=100, description="技术合同成交额, …")]
By = Annotated[str, Query(max_length=20, description="region, year or region,year.")]
Region = Annotated[str, Query(max_length=40, description="Only this region and what lies in it.")]
Since = Annotated[str, Query(max_length=10, description="Only periods that end in this year or month, or later.")]


def found(request: Request, indicator: str, by: str, region: str, since: str) -> Series:
    """The series that the address asks for. Raises HTTPException."""
    site = site_of(request)
    names = [part for part in by.split(",") if part]
    if not names or not set(names) <= set(AXES):
        raise HTTPException(400, f"by={by}：应为 region、year 或 region,year")
    try:
        filters: list[Node] = [Term("subject_regions", (region_code(region),))] if region else []
        if since:
            filters.append(day_range("period_end", f"{since}.."))
        return series(site.backend, site.store, indicator, by=tuple(a for a in AXES if a in names), filters=filters)
    except EngineDown as error:
        raise HTTPException(503, str(error)) from error
    except SearchError as error:
        raise HTTPException(400, str(error)) from error


@router.get("/api/v1/metrics")
def metrics(request: Request, indicator: Indicator, by: By = "region,year", region: Region = "", since: Since = "") -> Response:
    """Values that may be compared, each with the ids of its evidence; targets beside what was reached; what was left out, and why."""
    return Response(msgspec.json.encode(found(request, indicator, by, region, since)), media_type="application/json")


@router.get("/figures/chart.svg", include_in_schema=False)
def chart(request: Request, indicator: Indicator, by: By = "region,year", region: Region = "", since: Since = "") -> Response:
    return Response(svg(found(request, indicator, by, region, since)), media_type="image/svg+xml")


@router.get("/figures", include_in_schema=False)
def page(request: Request, indicator: Indicator = "", by: By = "region,year", region: Region = "", since: Since = "") -> Response:
    held = found(request, indicator, by, region, since) if indicator else None
    return site_of(request).page(
        "figures.html",
        here="/figures",
        indicator=indicator,
        by=by,
        region=region,
        since=since,
        series=held,
        points=[_row(point, held.unit) for point in held.points] if held else [],
        reasons=held.reasons() if held else {},
        drawn=bool(held and any(p.year for p in held.points)),
        query=request.url.query,
    )


def _row(point: Point, unit: str) -> dict[str, object]:
    return {
        "region": point.region_name,
        "year": point.year or "—",
        "state": point.state_name,
        "values": [amount(v, None, unit) for v in point.values],
        "conflict": point.conflict,
        "evidence": list(zip(point.records, range(1, len(point.records) + 1), strict=True)),
        "quotes": "；".join(point.quotes),
    }
