"""Rows → hits: the same marks and passages whatever engine found them."""

from collections.abc import Iterable, Iterator

from index.highlight import marks, merged, passages, patterns
from index.query import Hit, Request
from index.rows import Row


def hits(request: Request, found: Iterable[tuple[Row, float | None]]) -> Iterator[Hit]:
    """`found` is each row with its score."""
    wanted = patterns(request.where)
    for row, score in found:
        title = merged(span for span, _ in marks(row.title, wanted))
        yield Hit(id=row.id, score=score, row=row, title_marks=title, passages=passages(row.text, wanted, title=row.title))
