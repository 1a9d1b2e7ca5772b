"""Figures side by side: the series of one indicator as a table, a drawing and JSON, with what was left out and why."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from extractors.private import shown
from index.chart import svg
from index.errors import FieldError, SearchError
from index.query import Bucket, Node, Term, Terms
from index.query import Request as SearchRequest
from index.series import Axis, Point, Series, series
from index.terms import day_range, region_code
from portal.present import amount
from portal.site import Site, answer, site_of
from portal.trouble import refused, trouble

router = APIRouter()
KNOWN: Final = 300  # indicators to choose from
AXES: tuple[Axis, ...] = ("region", "year")
Indicator = Annotated[str, Query(max_length=100, description="技术合同成交额, …")]
By = Annotated[str, Query(max_length=20, description="region, year or region,year.")]
Region = Annotated[str, Query(max_length=40, description="Only this region and what lies in it.")]
Since = Annotated[str, Query(max_length=10, description="Only periods that end in this year or month, or later.")]


def found(site: Site, indicator: str, by: str, region: str, since: str) -> Series:
    """The series that the address asks for. Raises SearchError."""
    names = [part for part in by.split(",") if part]
    if not names or not set(names) <= set(AXES):
        raise FieldError(f"by={by}：应为 region、year 或 region,year")
    filters: list[Node] = [Term("subject_regions", (region_code(region),))] if region else []
    if since:
        filters.append(day_range("period_end", f"{since}.."))
    return shown(series(site.backend, site.store, indicator, by=tuple(a for a in AXES if a in names), filters=filters))


@router.get("/api/v1/metrics")
def metrics(request: Request, indicator: Indicator, by: By = "region,year", region: Region = "", since: Since = "") -> Response:
    """Values that may be compared, each with the ids of its evidence; targets beside what was reached; what was left out, and why."""
    try:
        return answer(found(site_of(request), indicator, by, region, since))
    except SearchError as error:
        raise refused(error) from error


@router.get("/figures/chart.svg", include_in_schema=False)
def chart(request: Request, indicator: Indicator, by: By = "region,year", region: Region = "", since: Since = "") -> Response:
    try:
        return Response(svg(found(site_of(request), indicator, by, region, since)), media_type="image/svg+xml")
    except SearchError as error:
        raise refused(error) from error


@router.get("/figures", include_in_schema=False)
def page(request: Request, indicator: Indicator = "", by: By = "region,year", region: Region = "", since: Since = "") -> Response:
    site, held, wrong = site_of(request), None, None
    try:
        held = found(site, indicator.strip(), by, region.strip(), since.strip()) if indicator.strip() else None
    except SearchError as error:
        wrong = trouble(error)
    return site.page(
        "figures.html",
        status=wrong.status if wrong else 200,
        here="/figures",
        indicator=indicator,
        by=by,
        region=region,
        since=since,
        error=wrong,
        series=held,
        points=[_row(point, held.unit) for point in held.points] if held else [],
        reasons=held.reasons() if held else {},
        drawn=bool(held and any(p.year for p in held.points)),
        query=request.url.query,
        known=_indicators(site),
    )


def _indicators(site: Site) -> list[str]:
    """Names to choose from: the indicators that most metrics are about."""
    request = SearchRequest(index="records", filters=(Term("kind", ("metric",)),), aggs={"names": Terms(field="indicator_key", size=KNOWN)}, size=0)
    try:
        return [str(b.key) for b in site.backend.search(request).buckets["names"] if isinstance(b, Bucket)]
    except SearchError:
        return []  # the page says what is wrong when something is asked


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
