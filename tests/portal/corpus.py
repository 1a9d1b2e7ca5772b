"""The demo's pages as captures, and the way from a capture into a store."""

from datetime import UTC, datetime

from crawler.archive import Archive
from crawler.capture import Capture
from extractors.readers import read
from extractors.readers.errors import ReadError
from extractors.records import extract
from scripts.demo.pages import render
from scripts.demo.site import sources
from store import Store

KNOWN = "http://demo.example/"


def captures() -> list[Capture]:
    """The demo's pages and files, as a crawl would bring them."""
    hints = {source.name.removeprefix("demo-"): source.hints() for source in sources(KNOWN)}
    return [
        Capture(
            source=path.split("/")[0],
            url=KNOWN + path,
            canonical_url=KNOWN + path,
            fetched_at=datetime(2026, 5, 1, 4, tzinfo=UTC),
            headers=(("Content-Type", resource.content_type),),
            body=resource.body,
            hints=hints[path.split("/")[0]],
        )
        for path, resource in render().items()
        if resource.status == 200 and "index" not in path and "list_" not in path and path != "robots.txt"
    ]


def fill(store: Store, archive: Archive) -> None:
    for capture in archive.add(captures()):
        store.crawling.put([capture])
        try:
            put(store, capture)
        except ReadError as error:
            held = store.capture(capture.digest)
            assert held
            store.quarantine(held, error.reason, error.message, reader_version="test")


def put(store: Store, capture: Capture) -> None:
    articles = read(capture)
    store.put(capture, articles, [r for a in articles for r in extract(a)], reader_version="test")
