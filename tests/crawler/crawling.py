"""Runs real crawls over HTTP, each in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from crawler.archive import Archive
from crawler.crawl import CrawlReport
from crawler.source import Canonical, Expect, Items, Pages, Source, Start
from scripts.demo.pages import Resource
from tests.crawler.memory import Memory
from tests.crawler.once import Job

HTML = "text/html; charset=utf-8"


@dataclass
class Site:
    """A hand-made site: path -> resource, with lists of links."""

    resources: dict[str, Resource] = field(default_factory=dict)

    def add(self, path: str, text: str = "正文", *, status: int = 200, content_type: str = HTML, **headers: str) -> None:
        pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.resources[path] = Resource(body=f"<html><body>{text}</body></html>".encode(), content_type=content_type, status=status, headers=pairs)

    def list_page(self, path: str, links: list[str], following: str = "") -> None:
        items = "".join(f'<li><a href="{link}">标题 {link}</a><b>2026-03-01</b></li>' for link in links)
        self.add(path, f'<ul>{items}</ul><a class=n href="{following}">下一页</a>' if following else f"<ul>{items}</ul>")


def small_source(base: str, *, loopback: bool = True, articles: int = 1, starts: tuple[str, ...] = ("list.html",)) -> Source:
    return Source(
        name="small",
        title="小站",
        publisher="小站",
        start=tuple(Start(url=base + path) for path in starts),
        list=Items(item="ul > li", date="b"),
        pages=Pages(next="a.n"),
        canonical=Canonical(fetched=base, known="http://small.example/"),
        loopback=loopback,
        delay=0,
        expect=Expect(articles=articles, filled=("title", "date")),
    )


def start(source: Source, folder: Path, *, revisit: bool = False) -> subprocess.Popen[str]:
    folder.mkdir(parents=True, exist_ok=True)
    job = folder / "job.json"
    job.write_bytes(msgspec.json.encode(Job(source, str(folder), revisit)))
    command = [sys.executable, "-m", "tests.crawler.once", str(job)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def run(source: Source, folder: Path, *, revisit: bool = False) -> CrawlReport:
    child = start(source, folder, revisit=revisit)
    out, err = child.communicate(timeout=120)
    assert child.returncode == 0, err
    return msgspec.json.decode(out, type=CrawlReport)


def memory(folder: Path) -> Memory:
    return Memory(folder / "memory.json")


def archived(folder: Path) -> list[tuple[str, bytes]]:
    """(URL path, body) of every record of every file, in order."""
    archive = Archive(folder / "warc")
    return [(url.split("/", 3)[3], body) for name in archive.files() for _, url, body in archive.records(name)]
