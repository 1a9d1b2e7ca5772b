"""Speed of the store: `python -m scripts.bench.store [articles] [records each]`. Prints articles a second, by step."""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.capture import Capture
from extractors.article import Article, Block, article_id
from extractors.record import AnyRecord, Metric, identify
from store import Reading, Store

BATCH = 50  # documents a transaction


def reading(number: int, records: int) -> Reading:
    """A page of `records` short paragraphs, each with one metric."""
    url = f"https://bench.example.cn/{number}.html"
    lines = [f"第{number}号园区在第{i}季度新增孵化企业 {number + i} 家，另有在孵团队若干。" for i in range(records)]
    text = "\n".join(lines)
    capture = Capture(source="bench", url=url, canonical_url=url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=text.encode())
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(records)]
    blocks = tuple(Block(kind="paragraph", start=s, end=s + len(line)) for s, line in zip(starts, lines, strict=True))
    article = Article(id=article_id("bench", url), source="bench", url=url, capture=capture.digest, text=text, blocks=blocks, reader="bench/1")
    return Reading(capture=capture, articles=[article], records=_metrics(article, starts), reader_version="1")


def _metrics(article: Article, starts: list[int]) -> list[AnyRecord]:
    found = []
    for start in starts:
        at = article.text.index(" ", start) + 1
        end = article.text.index("家", at) + 1
        quote = article.text[at:end]
        value = float(quote.split()[0])
        found.append(Metric(article=article.id, start=at, end=end, quote=quote, rule="count", text=quote, value=value, unit="家"))
    return list(identify(article, found))


def timed(name: str, size: int, step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    rate = size / (time.perf_counter() - begun)
    print(f"{name:32} {rate:10,.0f} /s")
    return rate


def stored(store: Store, readings: list[Reading]) -> list[Reading]:
    """The readings with captures as the crawler left them."""
    store.crawling.put([r.capture for r in readings if isinstance(r.capture, Capture)])
    captures = {c.canonical_url: c for c in store.unread("1", limit=len(readings))}
    return [replace(r, capture=captures[r.capture.canonical_url]) for r in readings]


def put_all(store: Store, readings: list[Reading]) -> None:
    for at in range(0, len(readings), BATCH):
        store.put_many(readings[at : at + BATCH])


def bumped(made: Reading) -> Reading:
    return replace(made, records=[replace(record, version=2) for record in made.records])


def main(articles: int = 1000, records: int = 20) -> dict[str, float]:
    """Rates by step, in articles a second (changes: lines a second)."""
    readings = [reading(n, records) for n in range(articles)]
    rates: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'bench.db'}") as store:
        rates["captures"] = timed("captures", articles, lambda: stored(store, readings))
        readings = stored(store, readings)
        rates["put, batches of 50"] = timed("put, batches of 50", articles, lambda: put_all(store, readings))
        rates["again, nothing new"] = timed("again, nothing new", articles, lambda: put_all(store, readings))
        later = [bumped(r) for r in readings]
        rates["again, every version bumped"] = timed("again, every version bumped", articles, lambda: put_all(store, later))
        single = stored(store, [reading(n, records) for n in range(articles, articles + 200)])
        rates["put, one a transaction"] = timed("put, one a transaction", 200, lambda: [store.put_many([r]) for r in single])
        rates["changes"] = timed("changes", store.last_seq(), lambda: _follow(store))
        rates["snapshot"] = timed("snapshot", articles + 200, lambda: sum(1 for _ in store.snapshot()[1]))
    return rates


def _follow(store: Store) -> None:
    at = 0
    while lines := store.changes(at, 1000):
        at = lines[-1].seq


if __name__ == "__main__":
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("articles", type=int, nargs="?", default=1000)
    a.add_argument("records", type=int, nargs="?", default=20, help="of each article")
    main(**vars(a.parse_args()))
