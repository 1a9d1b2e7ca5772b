"""Crawls in processes of their own: Twisted's reactor starts once a process. The job goes in and the report comes out as JSON."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec

from crawler.archive import Archive, ArchiveError
from crawler.crawl import CrawlReport, CrawlSettings, crawl
from crawler.source import Source, load_sources
from extractors.processes import python
from scripts.settings import Settings
from store import Store, StoreError


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """All that a crawl's process needs to know."""

    source: Source
    database: str
    synchronous: Literal["NORMAL", "FULL"]
    archive: str
    settings: CrawlSettings


class UnknownSourceError(ValueError):
    """A name that is no source; the message lists those there are."""


def chosen(settings: Settings, names: Sequence[str]) -> list[Source]:
    """The sources of those names; all of them where none is given. Raises UnknownSourceError, SourceError."""
    known = load_sources([Path(settings.crawler.sources)] if settings.crawler.sources else [])
    for name in names:
        if name not in known:
            raise UnknownSourceError(f"{name}: no such source; there are {', '.join(known)}")
    return [known[name] for name in names or known]


def job(source: Source, settings: Settings, *, revisit: bool = False) -> Job:
    c = settings.crawler
    mine = CrawlSettings(user_agent=c.user_agent, delay=c.delay, timeout=c.timeout, max_bytes=c.max_bytes, revisit=revisit)
    archive = str(settings.archive_path.resolve())
    return Job(source=source, database=settings.database_url, synchronous=settings.store.synchronous, archive=archive, settings=mine)


def last_reports(settings: Settings) -> dict[str, CrawlReport]:
    """How the last crawl of each source ended, by name: what a page on the health of sources shows."""
    found = (msgspec.json.decode(path.read_bytes(), type=CrawlReport) for path in sorted((settings.data / "crawls").glob("*.json")))
    return {report.source: report for report in found}


def _noted(report: CrawlReport, settings: Settings) -> CrawlReport:
    folder = settings.data / "crawls"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{report.source}.part"
    part.write_bytes(msgspec.json.encode(report))
    part.replace(folder / f"{report.source}.json")
    return report


def crawl_source(source: Source, settings: Settings, *, revisit: bool = False) -> CrawlReport:
    """Crawl one source in a child process; what it logs goes to our stderr. A child that dies is a report with an error."""
    settings.data.mkdir(parents=True, exist_ok=True)
    raw = msgspec.json.encode(job(source, settings, revisit=revisit))
    command, environment = python("scripts.crawling")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(raw + b"\n")
        child.stdin.flush()  # and left open: the child ends when we do
        out = child.stdout.read()
    try:
        report = msgspec.json.decode(out, type=CrawlReport)
    except msgspec.DecodeError:
        report = CrawlReport(source=source.name, error=f"the crawl's process ended with code {child.returncode}")
    return _noted(report, settings)


def crawl_sources(sources: Sequence[Source], settings: Settings, *, revisit: bool = False) -> list[CrawlReport]:
    """Several sources, `crawler.concurrency` of them at a time; sources of one host follow one another."""
    with ThreadPoolExecutor(max_workers=settings.crawler.concurrency) as pool:
        return list(pool.map(lambda source: crawl_source(source, settings, revisit=revisit), sources))


def _end_with_parent() -> None:
    """Its stdin ends when the parent is gone, however it went. Ending at once is safe: what is not acknowledged is fetched again."""
    os.read(0, 1)
    os._exit(1)


def _crawl(given: Job) -> CrawlReport:
    try:
        with Store.open(given.database, synchronous=given.synchronous) as store, Archive(Path(given.archive), store.crawling) as archive:
            return crawl(given.source, store.crawling, store.crawling, archive, given.settings)
    except (StoreError, ArchiveError, OSError) as error:
        return CrawlReport(source=given.source.name, error=f"{type(error).__name__}: {error}")


def main() -> None:
    """The child: a Job as one line on stdin, a CrawlReport on stdout."""
    given = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.buffer.write(msgspec.json.encode(_crawl(given)))


if __name__ == "__main__":
    main()
