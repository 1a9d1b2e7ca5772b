"""`qingbao extract`: one JSON line a file, exactly what the evaluation reads. Writes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from crawler.capture import Capture
from extractors.article import Article, Span
from extractors.readers import read
from extractors.records import extract

Read = Callable[[Capture], tuple[Article, ...]]


def capture_file(path: Path, *, published: str | None = None) -> Capture:
    """A file as a capture of the source `import`. `published` is a hint for files that state no date."""
    url = f"import:{path.name}"
    hints = (("date", published),) if published else ()
    return Capture(source="import", url=url, canonical_url=url, fetched_at=datetime.now(UTC), body=path.read_bytes(), hints=hints)


def document(articles: Sequence[Article]) -> dict[str, Any]:
    """The `document` object of the evaluation: the page's own fields, and the titles of its pieces in order."""
    page = articles[0]
    m = page.metadata
    return {
        "title": page.title,
        "kind": page.kind,
        "doc_number": m.doc_number,
        "issuers": list(m.issuers),
        "written_date": m.written_date,
        "published_date": m.published_date,
        "source": m.origin,
        "region": m.region,
        "articles": [a.title or "" for a in articles if a.role == "piece" and a.parent == page.id],
    }


def as_line(name: str, articles: Sequence[Article]) -> dict[str, Any]:
    """One object a file: all pieces joined by a blank line, records with offsets into that text."""
    text, records = "", []
    for article in articles:
        offset = len(text) + 2 if text else 0
        text = f"{text}\n\n{article.text}" if text else article.text
        for record in extract(article):
            spans = {k: Span(s + offset, e + offset) for k, (s, e) in record.spans.items()}
            moved = replace(record, start=record.start + offset, end=record.end + offset, spans=spans)
            records.append(msgspec.to_builtins(moved))
    return {"doc": name, "text": text, "document": document(articles), "records": records}


def extract_file(path: Path, *, published: str | None = None, reader: Read = read) -> dict[str, Any]:
    """Read and extract one file. Raises ReadError. Foreign files are read with a sandbox's `read`."""
    return as_line(path.stem, reader(capture_file(path, published=published)))
