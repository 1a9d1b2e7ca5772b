"""Numbers in table cells: the unit from the cell, its heading or the caption; the indicator from the row's and the column's heading."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.article import Article, Block, Span
from extractors.numbers import Quantity, quantities, unit_words
from extractors.numerals import MAGNITUDE, arabic_value, magnitude
from extractors.periods import YEAR

NUMBER: Final = re.compile(rf"[-−+]?(?P<a>\d{{1,3}}(?:[,，]\d{{3}})+(?:[.．]\d+)?|\d+(?:[.．]\d+)?)[ 　]*(?P<m>{MAGNITUDE})?")
NO_FIGURES: Final = re.compile(r"序号|编号|代码|电话|邮编|时间|日期|年份|年度$|备注|名次|证号|号码|批次")
YEAR_CELL: Final = re.compile(rf"{YEAR}[ 　]*年?(?:[-—至]{YEAR}年?)?(?:度|底|末)?")
CAPTION: Final = re.compile(r"单位[：:][ 　]*(?P<u>[^\s，；）)]{1,12})")
IN_HEADING: Final = re.compile(r"[（(](?P<u>[^（()）]{1,10})[）)]")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a table: its quantity, and the cells that say what it is."""

    quantity: Quantity
    indicator: str
    row: Span | None  # the heading of its row
    column: Span | None
    period: Span | None  # a year in one of the headings


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table by place; merged cells stand at every place that they cover."""

    text: str
    cells: dict[tuple[int, int], Block]
    caption: str  # what stands before the table

    def words(self, at: tuple[int, int]) -> str:
        block = self.cells.get(at)
        return re.sub(r"\s+", "", self.text[block.start : block.end]) if block else ""

    def is_heading(self, at: tuple[int, int]) -> bool:
        """Whether a cell names things: marked so, or text that is neither a figure nor empty."""
        block = self.cells.get(at)
        if block is None:
            return False
        assert block.cell
        words = self.words(at)
        return bool(words) and (block.cell.header or not NUMBER.fullmatch(words) or bool(YEAR_CELL.fullmatch(words)))


def grids(article: Article) -> list[Grid]:
    """The tables of an article."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in article.blocks:
        if block.cell is not None:
            tables[block.cell.table].append(block)
    return [Grid(article.text, _places(blocks), article.text[max(0, blocks[0].start - 60) : blocks[0].start]) for _, blocks in sorted(tables.items())]


def _places(blocks: Sequence[Block]) -> dict[tuple[int, int], Block]:
    out: dict[tuple[int, int], Block] = {}
    for block in blocks:
        assert block.cell
        c = block.cell
        for row in range(c.row, c.row + max(1, min(c.rows, 500))):
            for column in range(c.column, c.column + max(1, min(c.columns, 100))):
                out.setdefault((row, column), block)
    return out


def figures(article: Article) -> list[Figure]:
    """Every cell that is one number, in text order. Cells that hold a sentence are read as text."""
    found: dict[int, Figure] = {}
    for grid in grids(article):
        heads = _column_headings(grid)
        for at, block in grid.cells.items():
            assert block.cell
            if (block.cell.row, block.cell.column) == at and (figure := _figure(grid, at, heads.get(at))):
                found[block.start] = figure
    return [found[start] for start in sorted(found)]


def _figure(grid: Grid, at: tuple[int, int], column: tuple[int, int] | None) -> Figure | None:
    row = _row_heading(grid, at)
    headings = [grid.words(h) for h in (row, column) if h]
    if not any(headings) or any(NO_FIGURES.search(h) for h in headings):
        return None
    quantity = _quantity(grid, grid.cells[at], headings)
    if quantity is None:
        return None
    named = [h for h in (row, column) if h and not YEAR_CELL.fullmatch(grid.words(h))]
    years = [h for h in (row, column) if h and YEAR_CELL.fullmatch(grid.words(h))]
    indicator = "·".join(IN_HEADING.sub("", grid.words(h)) for h in named)
    return Figure(quantity, indicator, _span(grid, row), _span(grid, column), _span(grid, years[0]) if years else None) if indicator else None


def _span(grid: Grid, at: tuple[int, int] | None) -> Span | None:
    return Span(grid.cells[at].start, grid.cells[at].end) if at else None


def _row_heading(grid: Grid, at: tuple[int, int]) -> tuple[int, int] | None:
    """The nearest naming cell to the left; a column of numbers (序号) is passed over."""
    return next(((at[0], c) for c in range(at[1] - 1, -1, -1) if grid.is_heading((at[0], c)) and grid.cells[at[0], c] is not grid.cells[at]), None)


def _column_headings(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the naming cell above it that is nearest; once a column has marked headings, only these."""
    current: dict[int, tuple[int, int]] = {}
    marked: set[int] = set()
    found = {}
    for at in sorted(grid.cells):
        column = at[1]
        if column in current and grid.cells[current[column]] is not grid.cells[at]:
            found[at] = current[column]
        cell = grid.cells[at].cell
        assert cell
        if grid.is_heading(at) and (cell.header or column not in marked):
            current[column] = at
            marked |= {column} if cell.header else set()
    return found


def _quantity(grid: Grid, block: Block, headings: Sequence[str]) -> Quantity | None:
    """The number of a cell with the unit of the cell, of a heading 金额（万元）, or of the caption 单位：亿元."""
    words = grid.text[block.start : block.end]
    bare = words.strip()
    start = block.start + words.index(bare)
    own = quantities(bare)
    if own and own[0].start == 0 and own[0].end == len(bare):
        q = own[0]
        return Quantity(start, start + q.end, q.value, q.value_max, q.unit, q.form, q.more)
    match = NUMBER.fullmatch(bare)
    if match is None:
        return None
    stated = next((m["u"] for h in headings if (m := IN_HEADING.search(h)) and split_unit(m["u"])), None)
    caption = CAPTION.search(grid.caption)
    unit = split_unit(stated or (caption["u"] if caption else ""))
    if unit is None:
        return None
    scale = magnitude(match["m"] or "") * unit[0]
    value = float(arabic_value(match["a"]) * scale) * (-1 if bare[0] in "-−" else 1)
    return Quantity(start, start + len(bare), value, None, unit[1], "arabic")


@cache
def split_unit(text: str) -> tuple[int, str] | None:
    """万元 -> (10000, 元); None where it is no unit."""
    match = re.fullmatch(rf"(?P<m>{MAGNITUDE})?(?P<u>.+)", text)
    if match and match["u"] in unit_words():
        return magnitude(match["m"] or ""), "%" if match["u"] == "％" else match["u"]
    return None
