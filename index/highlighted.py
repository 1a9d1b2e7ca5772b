"""Rows → hits: the same marks and passages whatever engine found them."""

from collections.abc import Iterable, Iterator, Sequence

from extractors.article import Span
from index.highlight import Wanted, around, marks, merged, passages, patterns
from index.query import Hit, Passage, Request
from index.rows import RecordRow, Row


def hits(request: Request, found: Iterable[tuple[Row, float | None]]) -> Iterator[Hit]:
    """`found` is each row with its score."""
    wanted = patterns(request.where)
    for row, score in found:
        title = merged(span for span, _ in marks(row.title, wanted))
        yield Hit(id=row.id, score=score, row=row, title_marks=title, passages=_passages(row, wanted))


def _passages(row: Row, wanted: Sequence[Wanted]) -> tuple[Passage, ...]:
    """What was asked for; of a record that no word of the question marks, its evidence."""
    found = passages(row.text, wanted, title=row.title)
    if isinstance(row, RecordRow) and not any(p.marks for p in found):
        evidence = Span(row.start - row.offset, row.end - row.offset)
        if 0 <= evidence.start < evidence.end <= len(row.text):
            return (around(row.text, evidence),)
    return found
