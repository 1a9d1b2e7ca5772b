"""Tables beyond one page's strokes: those that go on overleaf, and lists whose columns only white space shows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.joints import glue
from extractors.readers.draft import Grid, GridCell, Para, Piece, cell, with_header
from extractors.readers.pdf_paragraphs import Item, Row

EDGE = 3.0  # points by which columns may differ from page to page
FEWEST = 3  # rows of a table without rules
PAGE_COLUMN = re.compile(r"\d{1,4}")


def continued(pieces: Iterable[Piece]) -> list[Piece]:
    """Tables that go on at the top of the next page with the same columns, as one; a header printed again is left out."""
    out: list[Piece] = []
    for piece in pieces:
        if out and isinstance(piece, Grid) and isinstance(above := out[-1], Grid) and _goes_on(above, piece):
            out[-1] = _joined(above, piece)
        else:
            out.append(piece)
    return out


def _goes_on(a: Grid, b: Grid) -> bool:
    last, first = a.cells[-1], b.cells[0]
    if last.page is None or first.page != last.page + 1:
        return False
    left, right = _edges(a), _edges(b)
    return len(left) == len(right) and all(abs(x - y) <= EDGE for x, y in zip(left, right, strict=True))


def _edges(grid: Grid) -> list[float]:
    """Left edges of the columns."""
    edges: dict[int, float] = {}
    for c in grid.cells:
        if c.box is not None:
            edges.setdefault(c.column, c.box.left)
    return [edges[column] for column in sorted(edges)]


def _joined(a: Grid, b: Grid) -> Grid:
    head = [_words(a, row) for row in sorted({c.row for c in a.cells if c.header})]
    skip = len(head) if head and [_words(b, row) for row in range(len(head))] == head else 0
    below = max(c.row + c.rows for c in a.cells)
    rest = [replace(c, row=c.row - skip, header=False) for c in b.cells if c.row >= skip]
    cells = list(a.cells)
    if _cut(a, rest, below - 1):
        for c in (c for c in rest if c.row == 0):
            at = next(i for i, above in enumerate(cells) if above.column == c.column and above.row + above.rows == below)
            cells[at] = replace(cells[at], content=_glued(cells[at].content, c.content))
        rest, below = [c for c in rest if c.row > 0], below - 1
    return Grid((*cells, *(replace(c, row=c.row + below) for c in rest)))


def _cut(a: Grid, rest: Sequence[GridCell], last: int) -> bool:
    """The first row overleaf is the end of the last row: its first cell is empty, and what it holds stands under something."""
    above = {c.column: c for c in a.cells if c.row + c.rows - 1 == last}
    first = [c for c in rest if c.row == 0]
    held = [c for c in first if c.content]
    same = {c.column for c in first} == set(above)
    return same and bool(held) and not first[0].content and all(above[c.column].content for c in held)


def _glued(a: tuple[Piece, ...], b: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if a and b and isinstance(a[-1], Para) and isinstance(b[0], Para):
        return (*a[:-1], replace(a[-1], text=a[-1].text + glue(a[-1].text, b[0].text) + b[0].text), *b[1:])
    return a + b


def _words(grid: Grid, row: int) -> list[str]:
    return [p.text for c in grid.cells if c.row == row for p in c.content if isinstance(p, Para)]


def tabulated(items: Sequence[Item]) -> list[Item]:
    """Rows of parts that stand far apart, three or more below each other, as tables; the rest as it is."""
    out: list[Item] = []
    for group in _groups(items):
        table = _table(group) if len(group) >= FEWEST else None
        out += [table] if table else group
    return out


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Runs of tabbed rows of one page and column; anything else alone."""
    held: list[Item] = []
    for item in items:
        last = held[-1] if held else None
        if isinstance(item, Row) and item.tabbed and isinstance(last, Row) and last.tabbed and (last.page, last.left) == (item.page, item.left):
            held.append(item)
        else:
            if held:
                yield held
            held = [item]
    if held:
        yield held


def _table(group: Sequence[Item]) -> Grid | None:
    """Cells by the columns that white space leaves through all rows; None where these are page numbers behind titles."""
    rows = [item for item in group if isinstance(item, Row)]
    columns = _columns([(part.x0, part.x1) for row in rows for part in row.parts])
    texts = [_by_column(row, columns) for row in rows]
    if len(columns) < 2 or (len(columns) == 2 and all(PAGE_COLUMN.fullmatch(t[1]) for t in texts[1:])):
        return None
    cells: list[GridCell] = []
    for r, (row, words) in enumerate(zip(rows, texts, strict=True)):
        cells += [replace(cell(r, c, text), page=row.page, box=row.box) for c, text in enumerate(words)]
    return with_header(cells)


def _columns(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches that spans cover, from left to right."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def _by_column(row: Row, columns: Sequence[tuple[float, float]]) -> list[str]:
    words = [""] * len(columns)
    for part in row.parts:
        at = next(i for i, (a, b) in enumerate(columns) if a <= part.x0 <= b)
        words[at] = f"{words[at]} {part.text}".strip()
    return words
