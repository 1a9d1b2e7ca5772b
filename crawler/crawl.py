"""One crawl of one source, once a process (Twisted's reactor starts once)."""

import re
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from filelock import FileLock
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.archive import UNSAFE, Archive
from crawler.frontier import CaptureSink, Frontier
from crawler.source import Link, Source
from crawler.spiders.policy import PolicySpider

DAY = re.compile(r"(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
PATIENCE = 3600.0  # seconds to wait for another crawl of the same host


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """What a source does not say itself."""

    user_agent: str
    delay: float = 5.0
    timeout: float = 30.0
    max_bytes: int = 64_000_000
    revisit: bool = False  # fetch listed pages again that are known already


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What one crawl did. `unmet` holds the expectations that it fell short of; `error` what ended it early."""

    source: str
    listed: int = 0  # links of the lists that are pages of the source
    fetched: int = 0  # pages and attachments that arrived
    new: int = 0  # … whose content was not known, archived and stored
    unchanged: int = 0
    failed: int = 0
    declined: int = 0
    gone: int = 0
    unmet: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0
    finished_at: str = ""  # ISO time, UTC

    @property
    def healthy(self) -> bool:
        return not self.error and not self.unmet


def newest(links: list[Link]) -> date | None:
    """The newest day that the lists name; what is no day of the calendar is passed over."""
    days = []
    for link in links:
        if match := DAY.search(link.date):
            with suppress(ValueError):
                days.append(date(*map(int, match.groups())))
    return max(days, default=None)


def unmet(source: Source, links: list[Link], today: date) -> list[str]:
    """The expectations of the source that its lists fall short of."""
    expect, short = source.expect, []
    if len(links) < expect.articles:
        short.append(f"expect.articles: {len(links)} listed, at least {expect.articles} expected")
    for field in expect.filled:
        empty = [link.url for link in links if not getattr(link, field)]
        if empty:
            short.append(f"expect.filled: {field} is empty for {len(empty)} of {len(links)}, first {empty[0]}")
    if expect.newest_days is not None:
        day = newest(links)
        if day is None or (today - day).days > expect.newest_days:
            short.append(f"expect.newest_days: newest is {day or 'unknown'}, at most {expect.newest_days} days old expected")
    return short


def _scrapy_settings(source: Source, settings: CrawlSettings) -> Settings:
    scrapy = Settings()
    scrapy.setmodule("crawler.settings", priority="project")
    delay = settings.delay if source.delay is None else source.delay
    mine = {
        "USER_AGENT": settings.user_agent,
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_START_DELAY": delay,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "QINGBAO_LOOPBACK": source.loopback,
    }
    scrapy.setdict(mine, priority="cmdline")
    return scrapy


def crawl(source: Source, frontier: Frontier, sink: CaptureSink, archive: Archive, settings: CrawlSettings) -> CrawlReport:
    """Fetch what the source lists and what an interrupted crawl left. Call it once a process, in its main thread.

    One crawl a host at a time, over all processes: a second waits for the first.
    """
    began = time.monotonic()
    archive.root.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        for host in sorted(source.allowed_hosts()):
            held.enter_context(FileLock(archive.root / f".{UNSAFE.sub('_', host)}.lock", timeout=PATIENCE))
        process = AsyncCrawlerProcess(_scrapy_settings(source, settings))
        crawler = process.create_crawler(PolicySpider)

        def program_error(failure: Any, response: Any, spider: Any) -> None:
            spider.fail(failure.value)

        crawler.signals.connect(program_error, signals.spider_error)
        process.crawl(crawler, source=source, frontier=frontier, sink=sink, archive=archive, revisit=settings.revisit)
        process.start()
    return _report(source, crawler, time.monotonic() - began)


def _report(source: Source, crawler: Any, seconds: float) -> CrawlReport:
    spider: PolicySpider | None = crawler.spider
    if spider is None:
        return CrawlReport(source=source.name, error="the crawl did not start", seconds=seconds)
    counts = {name: crawler.stats.get_value(f"qingbao/{name}", 0) for name in ("fetched", "new", "unchanged", "failed", "declined", "gone")}
    links = list(spider.links.values())
    short = (*spider.problems, *unmet(source, links, date.today()))
    report = CrawlReport(source=source.name, listed=len(links), **counts, unmet=short, error=spider.error)
    return replace(report, seconds=round(seconds, 3), finished_at=datetime.now(UTC).isoformat(timespec="seconds"))
