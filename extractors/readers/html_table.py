"""Tables of a page as grids: merged cells are one cell with spans, every cell knows its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from extractors.article import Cell
from extractors.readers.decode import LOST

WIDEST = 200  # columns that a span may claim (HTML caps colspan at 1000; no printed table has 200)
LONG_CELL = 400  # characters: a cell of that length in a table of few cells is layout
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Grid:
    cells: tuple[tuple[Cell, str], ...]


def rows_of(table: Tag) -> list[list[Tag]]:
    """The cells of a table's own rows, nested tables left out."""
    rows = []
    for row in table.find_all("tr"):
        if row.find_parent("table") is table:
            rows.append(list(row.find_all(("td", "th"), recursive=False)))
    return [row for row in rows if row]


def is_data_table(table: Tag) -> bool:
    """Rows and columns of facts, not a layout: two or more rows and columns, no table inside, no cell that is a whole text."""
    if table.find("table"):
        return False
    rows = rows_of(table)
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    cells = [len(c.get_text()) for row in rows for c in row]
    return max(cells) <= LONG_CELL or len(cells) >= 8


def grid_of(table: Tag, number: int) -> Grid:
    return Grid(tuple((cell, SPACES.sub(" ", tag.get_text(" ")).strip().replace("\ufffd", LOST)) for cell, tag in _placed(table, number)))


def _placed(table: Tag, number: int) -> Iterator[tuple[Cell, Tag]]:
    """Each cell with its place; a place that a span from above takes is skipped."""
    rows, taken = rows_of(table), set[tuple[int, int]]()
    head = _header_rows(rows)
    for r, row in enumerate(rows):
        column = 0
        for tag in row:
            while (r, column) in taken:
                column += 1
            down, across = min(_span(tag, "rowspan"), len(rows) - r), _span(tag, "colspan")
            taken.update((r + i, column + j) for i in range(down) for j in range(across))
            yield Cell(table=number, row=r, column=column, rows=down, columns=across, header=r < head or tag.name == "th"), tag
            column += across


def _header_rows(rows: list[list[Tag]]) -> int:
    """Rows of th, or the first row of a table whose second row holds a number or is longer."""
    marked = next((n for n, row in enumerate(rows) if any(c.name != "th" for c in row)), len(rows))
    if marked:
        return marked
    first = [SPACES.sub("", c.get_text()) for c in rows[0]]
    deep = max(_span(c, "rowspan") for c in rows[0])
    named = all(first) and all(len(t) <= 20 and not t.isdigit() for t in first) and len(first) > 1
    return min(deep, len(rows) - 1) if named else 0


def _span(tag: Tag, name: str) -> int:
    value = re.match(r"\s*(\d{1,4})", str(tag.get(name) or "1"))
    return min(max(int(value[1]), 1), WIDEST) if value else 1
