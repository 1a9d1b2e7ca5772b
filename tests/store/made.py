"""Made-up captures, articles, records and readings for the tests of the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from crawler.capture import Capture
from extractors.article import Article, Block, article_id, paragraphs
from extractors.record import AnyRecord, Metric, Organisation, identify
from store import Reading, Store

URL = "https://kj.example.cn/t/1.html"


def capture(body: str, url: str = URL, source: str = "demo") -> Capture:
    return Capture(source=source, url=url, canonical_url=url, fetched_at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC), body=body.encode())


def article(capture: Capture, text: str, *, piece: str = "", title: str | None = None, reader: str = "html/1") -> Article:
    page = article_id(capture.source, capture.canonical_url)
    return Article(
        id=article_id(capture.source, capture.canonical_url, piece),
        source=capture.source,
        url=capture.url,
        capture=capture.digest,
        piece=piece,
        parent=page if piece else None,
        role="piece" if piece else "page",
        title=title,
        text=text,
        blocks=tuple(Block(kind="paragraph", start=s, end=e) for s, e in paragraphs(text)),
        reader=reader,
    )


def metrics(article: Article, *quotes: str, version: int = 1) -> list[AnyRecord]:
    """Each occurrence of each quote as a metric `<number> 家`."""
    found: list[Metric] = []
    for quote in dict.fromkeys(quotes):
        at = article.text.find(quote)
        while at >= 0:
            value = float("".join(c for c in quote if c.isdigit()) or 0)
            found.append(
                Metric(
                    article=article.id, start=at, end=at + len(quote), quote=quote, rule="count", version=version, text=quote, value=value, unit="家"
                )
            )
            at = article.text.find(quote, at + 1)
    return list(identify(article, found))


def organisations(article: Article, *names: str) -> list[AnyRecord]:
    found = []
    for name in names:
        start = article.text.index(name)
        place = {"article": article.id, "start": start, "end": start + len(name), "quote": name, "rule": "name"}
        found.append(msgspec.convert(place | {"text": name, "type": "government", "canonical": name}, Organisation))
    return list(identify(article, found))


def reading(text: str, *quotes: str, url: str = URL, body: str | None = None, version: int = 1, title: str | None = None) -> Reading:
    """One page of one article, whose bytes are its text."""
    fetched = capture(text if body is None else body, url)
    piece = article(fetched, text, title=title)
    return Reading(capture=fetched, articles=[piece], records=metrics(piece, *quotes, version=version))


def put(store: Store, made: Reading) -> list[tuple[str, str]]:
    """Put a reading; its log lines as (op, kind)."""
    diff = store.put(made.capture, made.articles, made.records, reader_version=made.reader_version)
    return [(line.op, line.kind) for line in diff.lines]


def with_rule(records: Sequence[AnyRecord], **fields: object) -> list[AnyRecord]:
    return [replace(record, **fields) for record in records]  # type: ignore[arg-type]
