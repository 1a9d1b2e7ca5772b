"""Measure the HTML reader on the pages of ../shared/data: body F1, fields, refusals, speed.

    python -m scripts.bench.reading [--shared DIR] [--errors]

Body: F1 of character 4-grams, white space removed, against the gold containers (pages_news) and texts (pages_gov/govcn).
Speed: processor time of the whole read (bytes to articles), the best of several rounds in which a bare parse, the reader with and without its
table of families, and trafilatura and readability-lxml where they are installed, take turns.
"""

import argparse
import importlib.util
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from crawler.capture import Capture
from extractors.article import Article
from extractors.documents import compose
from extractors.readers import html
from extractors.readers.errors import ReadError
from extractors.readers.html_body import Family

SHARED = Path(__file__).resolve().parents[3] / "shared"
GRAM = 4
GOVCN = {
    "标题": "title",
    "发文字号": "doc_number",
    "发文机关": "issuers",
    "成文日期": "written_date",
    "发布日期": "published_date",
    "索引号": "index_number",
}
GUANGZHOU = {"articletitle": "title", "pubdate": "published_date", "contentsource": "origin", "columnname": "column"}


@dataclass
class Figures:
    bodies: dict[str, float] = field(default_factory=dict)  # page -> F1
    fields: Counter[str] = field(default_factory=Counter)  # "has title", "ok title"
    wrong: list[tuple[str, str, object, object]] = field(default_factory=list)  # page, field, gold, read
    false_numbers: list[str] = field(default_factory=list)  # pages without a 文号 that got one
    refused: dict[str, str] = field(default_factory=dict)  # page -> reason

    @property
    def mean(self) -> float:
        return sum(self.bodies.values()) / len(self.bodies)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def gram_f1(read: str, gold: str) -> float:
    """F1 of character 4-grams."""
    a, b = (Counter(t[i : i + GRAM] for i in range(len(t) - GRAM + 1)) for t in (squeezed(read), squeezed(gold)))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def container_text(source: bytes, css: str) -> str:
    """The text of a gold container; where several match, the longest."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        text = source.decode("gb18030")
    root: Any = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    found = root.cssselect(css)
    for element in found:
        for unseen in list(element.iter("script", "style", "noscript", etree.Comment)):
            unseen.drop_tree()
    return max((str(e.text_content()) for e in found), key=lambda t: len(squeezed(t)))


def capture_page(path: Path, url: str | None = None) -> Capture:
    url = url or f"https://example.org/{path.name}"
    return Capture(source="bench", url=url, canonical_url=url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=path.read_bytes())


def gold_bodies(shared: Path) -> Iterator[tuple[Path, str]]:
    """(page, text of its body)."""
    news = shared / "data" / "pages_news"
    for name, css in json.loads((news / "gold.json").read_text("utf-8"))["containers"].items():
        yield news / name, container_text((news / name).read_bytes(), css)
    for path in sorted((shared / "data" / "pages_gov" / "govcn").glob("*.html")):
        yield path, path.with_suffix(".body.txt").read_text("utf-8")


def gold_fields(shared: Path) -> Iterator[tuple[Path, str | None, dict[str, str]]]:
    """(page, its URL, field -> value as the page's own header or meta tags state it)."""
    gov = shared / "data" / "pages_gov"
    for row in json.loads((gov / "govcn" / "gold.json").read_text("utf-8")):
        yield gov / "govcn" / row["file"], row["url"], {GOVCN[k]: v for k, v in row["header"].items() if k in GOVCN and v}
    for row in json.loads((gov / "guangzhou" / "gold.json").read_text("utf-8")):
        yield gov / "guangzhou" / row["file"], row["meta"].get("url"), {GUANGZHOU[k]: v for k, v in row["meta"].items() if k in GUANGZHOU and v}


def read_page(capture: Capture, table: Sequence[Family] | None) -> tuple[Article, ...]:
    return tuple(piece for article in html.read(capture, table) for piece in compose(article, capture))


def measure(shared: Path, table: Sequence[Family] | None = None) -> Figures:
    """All figures; `table` () reads without the CMS families."""
    figures = Figures()
    for path, gold in gold_bodies(shared):
        articles = _read(figures, capture_page(path), table)
        figures.bodies[path.name] = gram_f1("\n".join(a.text for a in articles), gold)
    for path, url, row in gold_fields(shared):
        articles = _read(figures, capture_page(path, url), table)
        _compare(figures, path.name, articles, row)
    for path in sorted((shared / "data" / "pages_news").glob("gerapy_*")):
        _read(figures, capture_page(path), table)
    return figures


def _read(figures: Figures, capture: Capture, table: Sequence[Family] | None) -> tuple[Article, ...]:
    try:
        return read_page(capture, table)
    except ReadError as error:
        figures.refused[capture.url.rsplit("/", 1)[-1]] = error.reason
        return ()


def _compare(figures: Figures, name: str, articles: Sequence[Article], gold: dict[str, str]) -> None:
    page = articles[0] if articles else None
    for key, value in gold.items():
        read: Any = None if page is None else page.title if key == "title" else getattr(page.metadata, key)
        figures.fields[f"has {key}"] += 1
        if _same(key, read, value):
            figures.fields[f"ok {key}"] += 1
        else:
            figures.wrong.append((name, key, value, read))
    if page is not None and page.metadata.doc_number and "doc_number" not in gold and page.metadata.doc_number not in page.text:
        figures.false_numbers.append(name)


def _same(key: str, read: Any, gold: str) -> bool:
    if key.endswith("_date"):
        return re.findall(r"\d+", read or "")[:3] == [n.zfill(2) for n in re.findall(r"\d+", gold)[:3]]
    if isinstance(read, tuple):
        return [squeezed(v) for v in read] == re.split(r"[\s、，]+", gold.strip())
    return squeezed(read or "") == squeezed(gold)


def seconds(shared: Path, rounds: int = 7) -> dict[str, float]:
    """Name -> processor seconds a page: the best round of each. Rounds take turns, so that a busy machine slows all alike."""
    captures = [capture_page(path) for path, _ in gold_bodies(shared)]
    readers: dict[str, Callable[[Capture], object]] = {
        "bare parse": lambda capture: lxml.html.document_fromstring(capture.body),
        "families": lambda capture: read_page(capture, None),
        "no families": lambda capture: read_page(capture, ()),
        **{name: lambda capture, extract=extract: extract(capture.body) for name, extract in _installed()},  # type: ignore[misc]
    }
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(rounds):
        for name, reader in readers.items():
            start = time.process_time()
            for capture in captures:
                reader(capture)
            best[name] = min(best[name], (time.process_time() - start) / len(captures))
    return best


def others(shared: Path) -> Iterator[tuple[str, float]]:
    """(name, mean F1) of other extractors, where installed."""
    bodies = list(gold_bodies(shared))
    for name, extract in _installed():
        yield name, sum(gram_f1(extract(path.read_bytes()), gold) for path, gold in bodies) / len(bodies)


def _installed() -> Iterator[tuple[str, Callable[[bytes], str]]]:
    if importlib.util.find_spec("trafilatura"):
        trafilatura: Any = importlib.import_module("trafilatura")
        yield "trafilatura", lambda body: trafilatura.extract(body) or ""
    if importlib.util.find_spec("readability"):
        readability: Any = importlib.import_module("readability")
        yield "readability-lxml", lambda body: _plain(readability.Document(body).summary())


def _plain(markup: str) -> str:
    root: Any = lxml.html.fromstring(markup)
    return str(root.text_content())


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--errors", action="store_true", help="pages under 0.97, wrong fields")
    o = a.parse_args()
    for label, table in (("families", None), ("no families", ())):
        figures = measure(o.shared, table)
        low = sum(f < 0.5 for f in figures.bodies.values())
        print(f"{label:12} body F1 {figures.mean:.4f}, {low} of {len(figures.bodies)} under 0.5")
        named = sorted(k[4:] for k in figures.fields if k.startswith("has "))
        print(
            "  fields",
            "  ".join(f"{k} {figures.fields[f'ok {k}']}/{figures.fields[f'has {k}']}" for k in named),
            f"  false 文号 {len(figures.false_numbers)}",
        )
        print("  refused", figures.refused)
        if o.errors:
            print(*(f"  {f:.3f} {name}" for name, f in figures.bodies.items() if f < 0.97), *(f"  {w}" for w in figures.wrong), sep="\n")
    for name, mean in others(o.shared):
        print(f"{name:16} body F1 {mean:.4f}")
    took = seconds(o.shared)
    for name, each in took.items():
        print(f"{name:16} {1 / each:5.0f} pages/s of one core, {took['bare parse'] / each:.3f} of the speed of a bare parse")


if __name__ == "__main__":
    main()
