"""What the crawler needs of the outside: a memory of URLs and a place for captures. `store` implements both, as `Store.crawling`."""

from collections.abc import Sequence
from typing import Literal, Protocol

from crawler.capture import Capture

UrlState = Literal["discovered", "fetched", "failed", "declined", "gone"]


class Frontier(Protocol):
    """Which URLs are known, and how each stands. A URL is `fetched` only by `CaptureSink.put`."""

    def wanted(self, source: str, urls: Sequence[str]) -> list[str]:
        """Those of the canonical URLs that are new, or failed and due again; in the order given."""
        ...

    def discover(self, source: str, urls: Sequence[tuple[str, tuple[tuple[str, str], ...]]]) -> None:
        """Remember URLs with their hints; known ones keep their state."""
        ...

    def pending(self, source: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """URLs discovered but not fetched: where an interrupted crawl goes on."""
        ...

    def mark(self, source: str, url: str, state: UrlState, reason: str = "") -> None:
        """Note a failure (reason: HTTP status or exception), a site that declines programs, or a page that is gone."""
        ...


class CaptureSink(Protocol):
    """Where captures go once their bytes are on disk."""

    def warc_end(self, file: str) -> int:
        """The end of the last capture of that WARC file, in bytes; 0 where there is none."""
        ...

    def known(self, source: str, canonical_url: str, digest: str) -> bool:
        """Whether this very content is there already (then nothing is archived, only `put` notes the visit)."""
        ...

    def put(self, captures: Sequence[Capture]) -> int:
        """Store a group in one transaction: captures (not their bytes) and their URLs as fetched; the number of new ones.

        Called after the group's WARC bytes were fsynced. A capture already there only has its visit noted.
        """
        ...
