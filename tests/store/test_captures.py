"""The store as the crawler's memory: URLs, captures, what is still to be read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.capture import WarcPlace
from crawler.frontier import CaptureSink, Frontier
from store import Store
from store.captures import _wait
from tests.store.made import URL, capture, put, reading

OTHER = "https://kj.example.cn/t/2.html"


def test_it_is_what_the_crawler_asks_for(store: Store) -> None:
    frontier: Frontier = store.crawling
    sink: CaptureSink = store.crawling
    assert frontier.wanted("demo", [URL]) == [URL]
    assert sink.put([capture("a")]) == 1
    assert frontier.wanted("demo", [URL]) == []


def test_urls_from_discovery_to_fetch(store: Store) -> None:
    crawl = store.crawling
    assert crawl.wanted("demo", [OTHER, URL, OTHER]) == [OTHER, URL]
    crawl.discover("demo", [(URL, (("title", "通知"),)), (OTHER, ())])
    assert crawl.wanted("demo", [URL, OTHER]) == []
    assert crawl.pending("demo") == [(URL, (("title", "通知"),)), (OTHER, ())]
    crawl.discover("demo", [(URL, (("title", "别的"),))])
    assert crawl.put([capture("a")]) == 1
    assert crawl.pending("demo") == [(OTHER, ())]
    assert crawl.wanted("another", [URL]) == [URL]
    assert store.url_counts("demo") == {"discovered": 1, "fetched": 1}


@pytest.mark.parametrize(("state", "again"), [("failed", True), ("declined", False), ("gone", False)])
def test_states(store: Store, state: str, again: bool) -> None:
    store.crawling.mark("demo", URL, state, "HTTP 5xx")  # type: ignore[arg-type]
    assert store.crawling.wanted("demo", [URL]) == ([URL] if again else [])
    assert store.crawling.pending("demo") == ([(URL, ())] if again else [])
    assert store.url_counts("demo") == {state: 1}


def test_a_url_that_keeps_failing_waits_longer_and_a_fetch_forgives(store: Store) -> None:
    for _ in range(3):
        store.crawling.mark("demo", URL, "failed", "timeout")
    assert store.crawling.wanted("demo", [URL]) == [URL]
    store.crawling.mark("demo", URL, "failed", "timeout")
    assert store.crawling.wanted("demo", [URL]) == []
    assert [_wait(n) / 3600 for n in (3, 4, 5, 6, 40)] == [0, 1, 2, 4, 168]
    store.crawling.put([capture("a")])
    store.crawling.mark("demo", URL, "failed", "timeout")
    assert store.crawling.wanted("demo", [URL]) == [URL]


def test_known_content_only_has_its_visit_noted(store: Store) -> None:
    first = replace(capture("a"), warc=WarcPlace(file="demo-1.warc.gz", offset=100, length=40))
    assert store.crawling.put([first]) == 1
    assert store.crawling.known("demo", URL, first.digest)
    assert not store.crawling.known("demo", OTHER, first.digest)
    assert store.crawling.put([replace(capture("a"), fetched_at=datetime(2026, 4, 1, tzinfo=UTC))]) == 0
    held = store.capture(first.digest)
    assert held is not None
    assert (held.warc, held.fetched_at) == (first.warc, first.fetched_at)
    assert store.counts().captures == 1


def test_the_end_of_a_warc_file(store: Store) -> None:
    assert store.crawling.warc_end("demo-1.warc.gz") == 0
    for at, body in ((0, "a"), (500, "b"), (90, "c")):
        store.crawling.put([replace(capture(body), warc=WarcPlace(file="demo-1.warc.gz", offset=at, length=60))])
    assert store.crawling.warc_end("demo-1.warc.gz") == 560
    assert store.crawling.warc_end("demo-2.warc.gz") == 0


def test_a_stored_capture_is_what_was_fetched(store: Store) -> None:
    beijing = datetime.fromisoformat("2026-03-01T16:30:00+08:00")
    made = replace(
        capture("正文"),
        fetched_at=beijing,
        status=203,
        headers=(("Content-Type", "text/html; charset=gbk"),),
        hints=(("title", "通知"), ("date", "2026-03-01")),
        warc=WarcPlace(file="w", offset=1, length=2),
    )
    store.crawling.put([made])
    (held,) = store.unread("r1")
    assert held.with_body("正文".encode()) == made
    assert held.fetched_at.utcoffset() == timedelta(0)
    assert store.capture(held.id) == held
    with pytest.raises(ValueError, match="other bytes"):
        held.with_body(b"")


def test_unread_is_the_present_capture_of_each_url_until_it_is_read(store: Store) -> None:
    store.crawling.put([capture("a"), capture("b"), capture("x", OTHER)])
    b, x = store.unread("r1")
    assert [b.digest, x.digest] == [capture("b").digest, capture("x").digest]
    assert store.unread("r1", limit=1) == [b]
    made = reading("正文", body="b")
    assert store.put(b, made.articles, [], reader_version="r1").count("ADD") == 1
    assert store.unread("r1") == [x]
    store.mark_read(x, "r1")
    assert store.unread("r1") == []
    assert store.unread("r2") == [b, x]
    assert store.unread("r0") == [b, x]
    assert store.unread("") == store.unread() == [b, x]
    store.mark_read(x, "r1~b")
    assert store.unread("r1") == [x]
    assert store.unread("r1", "r1~a") == [x]
    assert store.unread("r1~b", "r1") == store.unread("r0", "r1", "r1~a", "r1~b", "r2") == []
    assert store.unread("r1~b") == [b]


def test_content_that_comes_back_is_read_again(store: Store) -> None:
    for body in ("a", "b", "a"):
        store.crawling.put([capture(body)])
        (present,) = store.unread("r1")
        made = reading(f"正文 {body}", body=body)
        store.put(present, made.articles, [], reader_version="r1")
        assert store.unread("r1") == []
    assert [line.payload["text"] for line in store.changes(0)] == ["正文 a", "正文 b", "正文 a"]


def test_quarantine_keeps_what_is_held_and_ends_when_it_is_read(store: Store) -> None:
    put(store, reading("正文", body="a"))
    store.crawling.put([capture("broken")])
    (broken,) = store.unread("r1")
    store.quarantine(broken, "broken", "no end of file", reader_version="r1")
    store.quarantine(broken, "timeout", "30 s", reader_version="r1")
    (held,) = store.quarantined()
    assert (held.capture, held.reason, held.message, held.reader_version) == (broken, "timeout", "30 s", "r1")
    assert store.unread("r1") == []
    assert store.counts().articles == 1
    assert store.unread("r2") == [broken]
    store.crawling.put([capture("mended")])
    (mended,) = store.unread("r1")
    store.put(mended, reading("新文", body="mended").articles, [], reader_version="r1")
    assert store.quarantined() == []


def test_many_urls_at_once(store: Store) -> None:
    many = [f"https://kj.example.cn/{n}" for n in range(2500)]
    store.crawling.discover("demo", [(url, ()) for url in many[::2]])
    assert store.crawling.wanted("demo", many) == many[1::2]
