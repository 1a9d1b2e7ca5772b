"""What keeps a crawl polite and inside its bounds: allowed hosts, public addresses only, Retry-After, the bytes of the wire."""

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

LONGEST_PAUSE = 600.0  # seconds; a site that asks for more is left for another day
log = logging.getLogger(__name__)


class Refused(IgnoreRequest):
    """A request that our own rules forbid; the message says which."""


def is_fetchable(address: str, *, loopback: bool) -> bool:
    """Whether an IP address may be connected to: public, or this machine where the source allows it."""
    ip = ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if mapped is not None:
        return is_fetchable(str(mapped), loopback=loopback)
    return ip.is_loopback if loopback else ip.is_global and not ip.is_multicast


class Gate:
    """Only http(s), only the source's hosts; every request passes here, redirected ones and robots.txt too."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise Refused(f"scheme {parts.scheme!r} is not fetched")
        spider: Any = self.crawler.spider  # a PolicySpider
        if not spider.source.allows_host(request.url):
            raise Refused(f"host {parts.hostname!r} is not one of the source")


@implementer(IResolutionReceiver)
class _Filter:
    """Passes on the addresses that may be connected to."""

    def __init__(self, receiver: Any, name: str, loopback: bool) -> None:
        self.receiver, self.name, self.loopback = receiver, name, loopback

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if is_fetchable(address.host, loopback=self.loopback):
            self.receiver.addressResolved(address)
        else:
            log.warning("%s: %s is not a public address and is not connected to", self.name, address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class PublicResolver:
    """Resolves names at connect time, so that neither a redirect nor a changed DNS answer leads inside. Installed by Scrapy."""

    def __init__(self, reactor: Any, loopback: bool) -> None:
        self.reactor, self.loopback = reactor, loopback
        self.inner = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        return cls(reactor, crawler.settings.getbool("QINGBAO_LOOPBACK"))

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """As twisted's IHostnameResolver: its names, since it is called by them."""
        receiver = _Filter(resolutionReceiver, hostName, self.loopback)
        return self.inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


def retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); 0 where it says neither."""
    if value.strip().isdecimal():  # isdigit would let ² pass
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


class RetryAfter:
    """Waits as long as the site asks. Requests of a source follow one another, so the whole source waits."""

    async def process_response(self, request: Request, response: Response) -> Response:
        header = response.headers.get(b"Retry-After")
        if response.status not in (429, 503) or header is None:
            return response
        seconds = retry_after(header.decode("latin-1"), datetime.now(UTC))
        if seconds > LONGEST_PAUSE:
            request.meta["dont_retry"] = True
            return response
        await asyncio.sleep(seconds)
        return response


class CrawlDelay:
    """Obeys a Crawl-delay of robots.txt where it asks for more than we wait anyway."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        delay = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"])
        throttle = self.crawler.get_extension(AutoThrottle)
        if not delay or throttle is None:
            return
        throttle.mindelay = max(throttle.mindelay, min(delay, LONGEST_PAUSE))
        throttle.maxdelay = max(throttle.maxdelay, throttle.mindelay)
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, throttle.mindelay)


class RobotsOutage:
    """A robots.txt that cannot be had for the time being forbids everything for the time being (RFC 9309, 2.3.1.4)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _closed(self, request: Request, reason: str) -> Response:
        spider: Any = self.crawler.spider  # a PolicySpider
        spider.robots_outage = reason
        return Response(request.url, body=b"User-agent: *\nDisallow: /\n")

    def process_response(self, request: Request, response: Response) -> Response:
        down = response.status >= 500 or response.status == 429
        return self._closed(request, f"HTTP {response.status}") if down and _for_robots(request) else response

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        if not _for_robots(request) or isinstance(exception, IgnoreRequest):
            return None
        return self._closed(request, type(exception).__name__)


def _for_robots(request: Request) -> bool:
    """Scrapy's own request for robots.txt is the only one that need not obey it."""
    return bool(request.meta.get("dont_obey_robotstxt"))


class Wire:
    """Keeps the response as it came, before its coding is undone: WARC wants the bytes of the wire."""

    def process_response(self, request: Request, response: Response) -> Response:
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, values in response.headers.items() for v in values)
        asked = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, values in request.headers.items() for v in values)
        request.meta["wire"] = (response.body, headers, asked)
        return response
