"""Articles of a text, read as an imported file is."""

from datetime import UTC, datetime

from crawler.capture import Capture
from extractors.article import Article
from extractors.readers import read


def articles(text: str, **hints: str) -> tuple[Article, ...]:
    capture = Capture(
        source="import",
        url="import:a.txt",
        canonical_url="import:a.txt",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=text.encode(),
        hints=tuple(hints.items()),
    )
    return read(capture)
