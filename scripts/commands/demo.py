"""demo: the whole way on the bundled site, in one command."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from crawler.source import Source
from index.search import search
from scripts.commands.search import show_page
from scripts.commands.serving import LAST_PORT, run_portal
from scripts.crawling import crawl_sources
from scripts.demo.site import serve, sources
from scripts.locking import work_lock
from scripts.settings import Settings, load
from scripts.wiring import open_index, open_store
from scripts.working import CaughtUp, catch_up
from store import Counts

console = Console()
SEARCHES = ("创新联合体", "“技术合同成交额”", "机构:科学技术局 揭榜挂帅")


@dataclass(slots=True)
class Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - start


def demo(
    serve_: Annotated[bool, typer.Option("--serve/--no-serve", help="Leave the search page running; --no-serve ends instead.")] = True,
    port: Annotated[int | None, typer.Option(min=0, max=LAST_PORT, help="Port of the search page; 0 picks a free one.")] = None,
) -> None:
    """Crawl the bundled demo site over HTTP, archive, read, extract, store and index it, search it, and serve the search page."""
    given = load()
    settings = replace(given, data=given.data / "demo", database="", archive=None, search=replace(given.search, prefix=f"{given.search.prefix}-demo"))
    console.print("科情 qingbao demo: three invented sites on this machine, crawled, read and made searchable\n")
    with serve() as base:
        found = sources(base)
        failed = _build(settings, found)
        _examples(settings)
        if failed:
            raise typer.Exit(1)
        if serve_:
            run_portal(settings, settings.portal.host, settings.portal.port if port is None else port, work=False, sources=found)


def _build(settings: Settings, found: Sequence[Source]) -> bool:
    """Crawl, process, index, and print the summary; whether something failed."""
    clock = Clock()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        with clock.stage("crawl"):
            task = progress.add_task("crawling over HTTP", total=None)
            reports = crawl_sources(found, settings)
            progress.update(task, description="crawled")
        with open_store(settings) as store, work_lock(settings):
            task = progress.add_task("reading and extracting", total=None)
            done = catch_up(settings, store, progress=lambda n, of: progress.update(task, completed=n, total=of, description=f"read {n} of {of}"))
            counts = store.counts()
    console.print(_summary(counts, done, clock, fetched=sum(r.fetched for r in reports), new=sum(r.new for r in reports)))
    troubles = [f"{r.source}: {line}" for r in reports for line in (*r.unmet, r.error) if line]
    if done.trouble:
        troubles.append(f"the index waits: {done.trouble}")
    for line in troubles:
        console.print(line, style="red", markup=False, highlight=False)
    return bool(troubles) or done.processed.failed > 0


def _summary(counts: Counts, done: CaughtUp, clock: Clock, *, fetched: int, new: int) -> Table:
    table = Table(title="What was found", title_justify="left", box=None, show_header=False)
    rows: list[tuple[str, str]] = [
        ("pages and files fetched", f"{fetched} ({new} new)"),
        ("archived captures", str(counts.captures)),
        ("articles", str(counts.articles)),
        *((f"records: {kind}", str(n)) for kind, n in counts.records.items()),
        ("refused, with a reason", str(counts.quarantined)),
        ("log lines of this run", str(done.processed.changes)),
        ("seconds: crawl", f"{clock.seconds['crawl']:.1f}"),
        *((f"seconds: {stage}", f"{s:.1f}") for stage, s in done.processed.seconds.items()),
        ("seconds: index", f"{done.seconds:.1f}"),
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _examples(settings: Settings) -> None:
    with open_index(settings) as backend:
        for text in SEARCHES:
            console.print(f"\n[bold]qingbao search[/bold] '{text}'", highlight=False)
            show_page(console, search(backend, text, size=3))
