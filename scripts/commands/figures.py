"""metrics, trends: figures side by side, and how often something is written of over the years."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from extractors.private import shown
from index.chart import short, svg
from index.query import Node, Term
from index.search import meaning
from index.series import Axis, Series, series
from index.shares import Trend, trend
from index.terms import article_kind, day_range, region_code
from scripts.settings import load
from scripts.wiring import open_index, open_store

console = Console()


def metrics(
    indicator_: Annotated[str, typer.Argument(metavar="INDICATOR", help="技术合同成交额, …")],
    by: Annotated[str, typer.Option(help="What the values are set side by side over: region, year, or both.")] = "region,year",
    region: Annotated[str | None, typer.Option(help="Only this region and what lies in it.")] = None,
    since: Annotated[str | None, typer.Option(help="Only periods that end in this year or month, or later.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Write the series as an SVG drawing.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Stated values of an indicator that may be compared, targets beside what was reached, each with its evidence; and what was left out, and why."""
    axes = tuple(part.strip() for part in by.split(",") if part.strip())
    if not axes or not set(axes) <= {"region", "year"}:
        raise typer.BadParameter(f"--by {by}: region, year or region,year")
    filters = _within("subject_regions", region)
    if since:
        filters.append(day_range("period_end", f"{since}.."))
    settings = load()
    with open_store(settings) as store, open_index(settings) as backend:
        found = shown(series(backend, store, indicator_, by=_axes(axes), filters=filters))
    if chart:
        chart.write_text(svg(found), "utf-8")
    if json:
        _print_json(found)
    else:
        show_series(console, found)


def _within(field: str, region: str | None) -> list[Node]:
    return [Term(field, (region_code(region),))] if region else []


def _print_json(value: Series | Trend) -> None:
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def _axes(names: tuple[str, ...]) -> tuple[Axis, ...]:
    return tuple(axis for axis in ("region", "year") if axis in names)


def show_series(out: Console, found: Series) -> None:
    if found.points:
        out.print(_series_table(found))
    else:
        out.print(f"{found.indicator}：没有可以比较的数值", markup=False, highlight=False, soft_wrap=True)
    for reason, count in found.reasons().items():
        out.print(f"未列入 {count} 条：{reason}", style="dim", markup=False, highlight=False, soft_wrap=True)


def _series_table(found: Series) -> Table:
    table = Table(title=f"{found.indicator}（{found.unit or '单位不明'}，{found.measure_name}）")
    for column in ("地区", "年份", "性质", "数值", "原文", "证据"):
        table.add_column(column, overflow="fold")
    for point in found.points:
        values = " / ".join(short(v) for v in point.values)
        said = f"{values}（说法不一）" if point.conflict else values
        table.add_row(point.region_name, str(point.year or ""), point.state_name, said, " / ".join(point.quotes), " ".join(point.records))
    return table


def trends(
    text: Annotated[str, typer.Argument(help="What is written of: words and fields of docs/query-language.md.")],
    region: Annotated[str | None, typer.Option(help="Only articles of this region and what lies in it.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only articles of this kind (policy, 政策, news, 新闻 …).")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """How often something is written of, by year: articles that do, of those that are held, each source weighing the same."""
    filters = _within("regions", region)
    if kind:
        filters.append(article_kind(kind))
    with open_index(load()) as backend:
        found = trend(backend, meaning(backend, text), filters)
    if json:
        _print_json(found)
    else:
        show_trend(console, text, found)


def show_trend(out: Console, text: str, found: Trend) -> None:
    if not found.years:
        out.print("没有带日期的文章，看不出趋势", markup=False, highlight=False)
        return
    table = Table(title=text)
    for column in ("年份", "占所存文章（各来源平均）", "写到的", "所存的", "来源"):
        table.add_column(column, justify="right")
    for year in found.years:
        table.add_row(year.year, f"{year.share:.1%}", str(year.found), str(year.held), str(year.sources))
    out.print(table)
    if found.undated:
        out.print(f"另有 {found.undated} 篇没有日期，未计入", style="dim", markup=False, highlight=False)
