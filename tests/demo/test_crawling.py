"""`scripts.crawling`: the crawl's process, the real store, the real archive."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from crawler.archive import Archive
from crawler.source import load_sources
from scripts.crawling import UnknownSourceError, chosen, crawl_source, crawl_sources, last_reports
from scripts.demo.site import serve, sources
from scripts.settings import Settings, load
from scripts.wiring import open_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"QINGBAO_DATA": str(tmp_path / "data"), "QINGBAO_CRAWLER_CONCURRENCY": "3"})


def test_the_demo_is_crawled_into_the_store_and_again_changes_nothing(settings: Settings) -> None:
    for round_ in ("first", "again"):
        with serve() as base:
            reports = crawl_sources(sources(base), settings)
        assert [r.unmet for r in reports] == [()] * 3
        assert [r.error for r in reports] == [""] * 3
        assert list(last_reports(settings).values()) == sorted(reports, key=lambda r: r.source)
        assert sum(r.new for r in reports) == (50 if round_ == "first" else 0)
        with open_store(settings) as store:
            assert store.counts().captures == 50
            assert store.counts().urls == {"fetched": 50, "declined": 2, "gone": 1}
    archive = Archive(settings.archive_path)
    with open_store(settings) as store:
        unread = store.unread("some reader", limit=100)
    assert len(unread) == 50
    for capture in unread:
        assert capture.warc is not None
        assert archive.read(capture.warc)
        assert "127.0.0.1" not in capture.canonical_url


def test_a_crawl_that_cannot_start_says_why(settings: Settings) -> None:
    broken = load({"QINGBAO_DATA": str(settings.data), "QINGBAO_DATABASE": "postgresql://nowhere/x"})
    with serve() as base:
        report = crawl_source(sources(base)[0], broken)
    assert not report.healthy
    assert "StoreError" in report.error
    assert "postgresql" in report.error
    assert last_reports(broken)["demo-lanchuan"] == report


PARENT = """
import sys, time
from scripts.crawling import crawl_source
from scripts.demo.site import serve, sources
from scripts.settings import load
settings = load({"QINGBAO_DATA": sys.argv[1]})
with serve() as base:
    import msgspec
    slow = msgspec.structs.replace(sources(base)[0], delay=3.0)
    crawl_source(slow, settings)
"""


def test_a_crawl_ends_with_its_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)])
    try:
        deadline = time.monotonic() + 30
        while not (children := psutil.Process(parent.pid).children()) and time.monotonic() < deadline:
            time.sleep(0.05)
        child = children[0]
        while not (tmp_path / "qingbao.db").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        parent.kill()
        parent.wait()
    child.wait(timeout=20)


def test_sources_are_chosen_by_name(settings: Settings, tmp_path: Path) -> None:
    assert [s.name for s in chosen(settings, [])] == list(load_sources())
    assert [s.name for s in chosen(settings, ["most"])] == ["most"]
    with pytest.raises(UnknownSourceError, match=r"mostly: no such source; there are .*most"):
        chosen(settings, ["mostly"])
