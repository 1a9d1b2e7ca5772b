"""Paragraphs and tables as a reader finds them -> the text and blocks of an article.

One paragraph a line; a table is a line a row, its cells parted by tabs. A table in a cell stands on lines of its own within that row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.article import Block, BlockKind, Box, Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """One block of text. `number` stands in `text` already."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    number: str | None = None
    page: int | None = None
    box: Box | None = None
    href: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell, merged ones with spans; rows and columns count from 0."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    content: tuple["Piece", ...] = ()
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; cells in reading order."""

    cells: tuple[GridCell, ...]


Piece = Para | Grid


def cell(row: int, column: int, text: str, *, header: bool = False, rows: int = 1, columns: int = 1) -> GridCell:
    """A cell of plain text."""
    return GridCell(row=row, column=column, rows=rows, columns=columns, header=header, content=(Para(text=text),) if text else ())


def written(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text and its blocks, in reading order. Pieces without a visible character are left out."""
    draft = _Draft()
    for piece in pieces:
        draft.piece(piece)
    return "".join(draft.parts), tuple(draft.blocks)


class _Draft:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.size = 0
        self.tables = 0

    def put(self, text: str) -> tuple[int, int]:
        start = self.size
        self.parts.append(text)
        self.size += len(text)
        return start, self.size

    def piece(self, piece: Piece, *, first: bool = False) -> None:
        """On a line of its own, unless it is the first of a cell."""
        if isinstance(piece, Para):
            if piece.text.strip():
                self.separate("\n", first=first)
                self.para(piece)
        elif any(c.content for c in piece.cells):
            self.separate("\n", first=first)
            self.grid(piece)

    def separate(self, mark: str, *, first: bool = False) -> None:
        if self.size and not first:
            self.put(mark)

    def para(self, para: Para) -> None:
        start, end = self.put(para.text)
        place = {"page": para.page, "box": para.box, "href": para.href, "confidence": para.confidence}
        self.blocks.append(Block(kind=para.kind, start=start, end=end, level=para.level, number=para.number, **place))  # type: ignore[arg-type]

    def grid(self, grid: Grid) -> None:
        table = self.tables
        self.tables += 1
        row = None
        for each in grid.cells:
            if row is not None:
                self.put("\t" if each.row == row else "\n")
            row = each.row
            self.cell(each, table)

    def cell(self, given: GridCell, table: int) -> None:
        """One block; where the cell holds a table, one before and one after that table's own, so that no two blocks overlap."""
        place = Cell(table=table, row=given.row, column=given.column, rows=given.rows, columns=given.columns, header=given.header)
        start, held, opening = self.size, list[Para](), self.size
        for piece in given.content:
            if isinstance(piece, Para):
                self.separate("\n", first=self.size == opening)
                start = start if held else self.size
                self.put(piece.text)
                held.append(piece)
            else:
                self.cell_block(given, place, start, held)
                self.piece(piece, first=self.size == opening)
                held = []
        if held or self.size == opening:
            self.cell_block(given, place, start, held)

    def cell_block(self, given: GridCell, place: Cell, start: int, held: Sequence[Para]) -> None:
        sure = [p.confidence for p in held if p.confidence is not None]
        end = self.size if held else start
        self.blocks.append(Block(kind="cell", start=start, end=end, cell=place, page=given.page, box=given.box, confidence=min(sure, default=None)))


def with_header(cells: Sequence[GridCell]) -> Grid:
    """The cells with their header rows marked: those above the first row that holds a number, at most three, if rows follow them.

    Rows that a reader knows to be headers stay so; one cell across the whole first row is a title, not a header.
    """
    if not cells or any(c.header for c in cells):
        return Grid(tuple(cells))
    width = max(c.column + c.columns for c in cells)
    by_row: dict[int, list[GridCell]] = {}
    for c in cells:
        by_row.setdefault(c.row, []).append(c)
    rows = sorted(by_row)
    titles = [r for r in rows[:2] if len([c for c in by_row[r] if c.content]) == 1 and width > 1 and not _number_in(by_row[r])]
    rest = [r for r in rows if r not in titles]
    head: list[int] = []
    for r in rest[:3]:
        if _number_in(by_row[r]) or (head and not _spanned(by_row, head[-1], r)):
            break
        head.append(r)
    if not head or len(rest) == len(head) or width < 2:
        return Grid(tuple(cells))
    return Grid(tuple(replace(c, header=True) if c.row in head else c for c in cells))


def _number_in(cells: Sequence[GridCell]) -> bool:
    return any(_plain(c).replace(".", "").replace(",", "").replace("%", "").strip().isdigit() for c in cells)


def _spanned(by_row: dict[int, list[GridCell]], above: int, row: int) -> bool:
    """A row goes on with the header above it: cells there reach down into it, or stretch over several of its columns."""
    return any(c.row + c.rows > row or c.columns > 1 for c in by_row[above])


def _plain(given: GridCell) -> str:
    return " ".join(p.text for p in given.content if isinstance(p, Para))
