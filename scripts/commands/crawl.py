"""crawl."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from crawler.crawl import CrawlReport
from crawler.source import Source
from scripts.commands.documents import finish, report
from scripts.crawling import UnknownSourceError, chosen, crawl_sources, last_reports
from scripts.settings import load
from scripts.wiring import open_store
from scripts.working import catch_up_or_wait

console = Console(stderr=True)
COUNTS = ("listed", "fetched", "new", "unchanged", "failed", "declined", "gone")


def crawl(
    names: Annotated[list[str] | None, typer.Argument(help="Names of sources; none: list them.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Crawl every source.")] = False,
    revisit: Annotated[bool, typer.Option(help="Fetch listed pages again that are known already; changed ones become new revisions.")] = False,
    process: Annotated[bool, typer.Option("--process/--no-process", help="Read, extract and index before returning.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON, one a line.")] = False,
) -> None:
    """Fetch what sources list, politely, into the archive; then read, extract and index it."""
    settings = load()
    try:
        sources = chosen(settings, names or [])
    except UnknownSourceError as error:
        raise typer.BadParameter(str(error)) from error
    if not names and not every:
        show_sources(sources, last_reports(settings))
        return
    with console.status(f"crawling {len(sources)} sources"):
        reports = crawl_sources(sources, settings, revisit=revisit)
    show(reports, as_json=as_json)
    if process:
        with open_store(settings) as store:
            done = catch_up_or_wait(settings, store)
        report(done)
        finish(done)
    if not all(r.healthy for r in reports):
        raise typer.Exit(1)


def show_sources(sources: Sequence[Source], last: Mapping[str, CrawlReport]) -> None:
    """Name, title, and how the last crawl ended, one line a source."""
    for source in sources:
        report = last.get(source.name)
        ended = "never crawled" if report is None else f"{report.finished_at} {'healthy' if report.healthy else report.error or report.unmet[0]}"
        print(f"{source.name}\t{source.title}\t{ended}")


def show(reports: list[CrawlReport], *, as_json: bool = False) -> None:
    """A table of counts, and every expectation that was not met."""
    if as_json:
        for r in reports:
            print(msgspec.json.encode(r).decode())
        return
    table = Table("source", *COUNTS, box=None)
    for r in reports:
        table.add_row(r.source, *(str(getattr(r, name)) for name in COUNTS))
    console.print(table)
    for r in reports:
        for line in (*r.unmet, *([r.error] if r.error else [])):
            console.print(f"{r.source}: {line}", style="red", markup=False, highlight=False, soft_wrap=True)
