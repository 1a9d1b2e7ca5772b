"""Row → Hit: the same marks and passages whatever engine found it."""

from index.highlight import Wanted, marks, merged, passages, patterns
from index.query import Hit, Request
from index.rows import Row


def hit(request: Request, row: Row, score: float | None) -> Hit:
    wanted: list[Wanted] = patterns(request.where)
    return Hit(
        id=row.id,
        score=score,
        row=row,
        title_marks=merged(span for span, _ in marks(row.title, wanted)),
        passages=passages(row.text, wanted),
    )
