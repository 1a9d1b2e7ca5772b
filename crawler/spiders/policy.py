"""One spider for every source: list pages -> links -> pages and their attachments. It keeps bytes and interprets nothing."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.archive import Archive, Fetched
from crawler.capture import Capture
from crawler.drivers import DRIVERS
from crawler.frontier import CaptureSink, Frontier, UrlState
from crawler.politeness import Refused
from crawler.source import Link, Source, Start, address

Hints = tuple[tuple[str, str], ...]
# 412 and 521 are how Chinese web application firewalls ask for a browser; 401 asks for an account. None is ours to get round.
DECLINES = (401, 403, 412, 521)


class PolicySpider(Spider):
    """Driven by a Source. Stats `qingbao/*` count what became of the URLs; `links` and `problems` are judged at the end."""

    name = "policy"

    def __init__(self, *, source: Source, frontier: Frontier, sink: CaptureSink, archive: Archive, revisit: bool = False) -> None:
        super().__init__(name=source.name)
        self.source, self.frontier, self.sink, self.archive, self.revisit = source, frontier, sink, archive, revisit
        self.links: dict[str, Link] = {}
        self.problems: list[str] = []
        self.error = ""
        self.robots_outage = ""  # why robots.txt could not be had

    def fail(self, error: BaseException) -> None:
        """End the crawl: what it fetches can no longer be kept, or the program is wrong."""
        self.error = self.error or f"{type(error).__name__}: {error}"
        self.crawler.engine.close_spider(self, "failed")

    def count(self, what: str) -> None:
        self.crawler.stats.inc_value(f"qingbao/{what}")

    async def start(self) -> AsyncIterator[Request]:
        for url, hints in self.frontier.pending(self.source.name):
            yield self.page(url, hints)
        for start in self.source.start:
            yield self.list_page(start, start.url, 1)

    def list_page(self, start: Start, url: str, number: int) -> Request:
        facts = {"start": start, "number": number}
        return Request(url, self.parse_list, errback=self.list_failed, cb_kwargs=facts, meta=facts, dont_filter=True, priority=1)

    def page(self, url: str, hints: Hints) -> Request:
        """Fetch the page known by that canonical URL."""
        facts = {"known": url, "hints": hints}
        return Request(self.source.fetch_url(url), self.parse_page, errback=self.page_failed, cb_kwargs=facts, meta={"known": url})

    def parse_list(self, response: Any, start: Start, number: int) -> Iterator[Request]:
        encoding = self.source.encoding
        text = (response.replace(encoding=encoding) if encoding else response).text
        listing = DRIVERS[self.source.driver](self.source, start, response.url, text, number)
        if listing.problem:
            self.problems.append(listing.problem)
        found = {self.source.canonical_url(k.url): k for k in listing.links if self.source.wants(k.url)}
        self.links.update(found)
        yield from self.follow({url: link.hints(start.column) for url, link in found.items()})
        if listing.next and self.source.allows_host(listing.next):
            yield self.list_page(start, listing.next, number + 1)

    def follow(self, found: dict[str, Hints]) -> Iterator[Request]:
        """Remember URLs first, so that a killed crawl goes on with them; then ask for those that are wanted."""
        name = self.source.name
        wanted = list(found) if self.revisit else self.frontier.wanted(name, list(found))
        self.frontier.discover(name, list(found.items()))
        yield from (self.page(url, found[url]) for url in wanted)

    def parse_page(self, response: Response, known: str, hints: Hints) -> Iterator[Request | Fetched]:
        if response.status != 200:  # 202 is how some firewalls hand out a challenge
            self.mark(known, "failed", f"HTTP {response.status}")
            return
        if isinstance(response, TextResponse) and not any(key == "parent" for key, _ in hints):
            yield from self.follow(self.attachments(response, known, hints))
        self.count("fetched")
        yield self.fetched(response, known, hints)

    def attachments(self, response: TextResponse, known: str, hints: Hints) -> dict[str, Hints]:
        """Files that a page names, with what the list said of the page."""
        found: dict[str, Hints] = {}
        of_page = tuple(("page" if key == "title" else key, value) for key, value in hints if key in ("title", "date"))
        rule = self.source.attachments
        for anchor in response.css(rule.within).css("a[href]"):
            url = address(response.url, anchor.attrib["href"])
            if url and urlsplit(url).path.lower().rpartition(".")[2] in rule.extensions and self.source.allows_host(url):
                title = " ".join("".join(anchor.css("::text").getall()).split())
                found.setdefault(self.source.canonical_url(url), (("parent", known), ("title", title), *of_page))
        return found

    def fetched(self, response: Response, known: str, hints: Hints) -> Fetched:
        wire, headers, asked = response.meta["wire"]
        capture = Capture(
            source=self.source.name,
            url=self.source.fetch_url(known),
            canonical_url=known,
            fetched_at=datetime.now(UTC),
            status=response.status,
            headers=headers,
            body=response.body,
            hints=(*hints, *self.source.hints()),
        )
        return Fetched(capture=capture, wire=wire, final_url=response.url, request_headers=asked)

    def mark(self, url: str, state: UrlState, reason: str) -> None:
        self.count(state)
        self.frontier.mark(self.source.name, url, state, reason)

    def page_failed(self, failure: Any) -> None:
        state, reason = outcome(failure.value, self.robots_outage)
        self.mark(failure.request.meta["known"], state, reason)

    def list_failed(self, failure: Any) -> None:
        """A list that cannot be read is a problem, but for the page after the last of a numbered series."""
        state, reason = outcome(failure.value, self.robots_outage)
        url, number = failure.request.url, failure.request.meta["number"]
        if state == "gone" and number > 1 and self.source.pages.pattern:
            return
        self.count(state)
        self.problems.append(f"list page {url}: {reason}")


def outcome(error: BaseException, robots_outage: str) -> tuple[UrlState, str]:
    """What a failed request means for its URL, and why."""
    if isinstance(error, HttpError):
        status = error.response.status
        state: UrlState = "declined" if status in DECLINES else "gone" if status in (404, 410) else "failed"
        return state, f"HTTP {status}"
    if isinstance(error, IgnoreRequest) and robots_outage and not isinstance(error, Refused):
        return "failed", f"robots.txt: {robots_outage}"
    if isinstance(error, IgnoreRequest):  # robots.txt, or our own Gate
        return "declined", str(error)
    return "failed", f"{type(error).__name__}: {error}"
