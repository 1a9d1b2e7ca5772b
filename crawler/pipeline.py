"""The only item pipeline: groups of captures go to the archive, then to the store. A page counts as fetched only after both."""

import logging
import time
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

from crawler.archive import Fetched, keep

GROUP = 50  # captures
GROUP_BYTES = 32_000_000
SECONDS = 1.0
log = logging.getLogger(__name__)


class ArchivePipeline:
    """One fsync and one transaction for at most 50 pages or a second."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.group: list[Fetched] = []
        self.since = 0.0
        self.timer = LoopingCall(self._tick)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        self.timer.start(SECONDS / 4, now=False).addErrback(lambda failure: None)  # `_commit` has noted it

    def process_item(self, item: Fetched) -> Fetched:
        if not self.group:
            self.since = time.monotonic()
        self.group.append(item)
        if len(self.group) >= GROUP or sum(len(f.wire) for f in self.group) >= GROUP_BYTES:
            self._commit()
        return item

    def _tick(self) -> None:
        if self.group and time.monotonic() - self.since >= SECONDS:
            self._commit()

    def _commit(self) -> None:
        group, self.group = self.group, []
        spider: Any = self.crawler.spider
        if spider.error:
            return
        try:
            new, unchanged = keep(spider.archive, spider.sink, group)
        except BaseException as error:  # whatever it is, nothing more may be fetched that cannot be kept
            spider.fail(error)
            raise
        stats = self.crawler.stats
        stats.inc_value("qingbao/new", new)
        stats.inc_value("qingbao/unchanged", unchanged)

    def close_spider(self) -> None:
        if self.timer.running:
            self.timer.stop()
        if self.group:
            self._commit()
