"""Numbers in table cells. A cell that is one number takes its unit from itself, its headings, the row's unit cell or the caption, its indicator from
the row's and the column's heading; a cell that holds words is read as text, and its headings say what the words leave out."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from extractors.article import Article, Block, Span
from extractors.numbering import number_of
from extractors.numbers import Quantity, quantities, unit_words
from extractors.numerals import MAGNITUDE, arabic_value, magnitude
from extractors.periods import YEAR
from extractors.record import Status

NUMBER: Final = re.compile(rf"[-−+]?(?P<a>\d{{1,3}}(?:[,，]\d{{3}})+(?:[.．]\d+)?|\d+(?:[.．]\d+)?)[ 　]*(?P<m>{MAGNITUDE})?")
AIMED: Final = "目标|预期|规划|计划"
DONE: Final = "现状|基期|基准|基数|实际|完成"
NO_FIGURES: Final = re.compile(r"序号|编号|代码|电话|邮编|时间|日期|年份|年度$|备注|名次|证号|号码|批次")
YEAR_CELL: Final = re.compile(
    rf"(?P<y>(?:到|至)?{YEAR}[ 　]*年?(?:[-—至]{YEAR}年?)?(?:度|底|末)?)(?:[（(]?(?P<s>{AIMED}|{DONE})(?:值|数|情况)?[）)]?)?"
)
SAID: Final = re.compile(rf"(?P<target>{AIMED})|(?P<actual>{DONE})")
ASIDE: Final = re.compile("合作|配合|协作|推荐|联系|归口|主管|备注|地址")  # columns that do not say whose a row's figures are
UNIT_COLUMN: Final = re.compile(r"(?:计量|指标)?单位")
PROSE: Final = re.compile(r"[。；]")
LONGEST_NAME: Final = 40  # characters of a cell that names something
CAPTION: Final = re.compile(r"单位[：:][ 　]*(?P<u>[^\s，；）)]{1,12})")
IN_HEADING: Final = re.compile(r"[（(](?P<u>[^（()）]{1,10})[）)]")


At = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class Labels:
    """What the headings of a cell say of it."""

    row: Span | None  # the cells themselves
    column: Span | None
    name: Span | None  # the heading that names what is measured: the row's, else the column's
    period: Span | None  # a year in one of them
    status: Status | None  # 目标 or 现状 in one of them
    body: int  # where the table's rows begin, below its headings


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that is one number."""

    quantity: Quantity
    indicator: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of an article: figures by where their number begins, labels of all other cells by where they begin, cells that are units."""

    figures: dict[int, Figure]
    labels: dict[int, Labels]
    units: tuple[Span, ...]
    starts: tuple[int, ...]  # of all cells, in order

    def of(self, cell: int, quantity: int) -> Labels | None:
        """The labels of the cell that begins at `cell`, for a quantity in it."""
        figure = self.figures.get(quantity)
        return figure.labels if figure else self.labels.get(cell)

    def parts(self, quantity: Quantity) -> bool:
        """Whether a cell ends within it: 4 | 支持企业 are no four branches."""
        return bisect_right(self.starts, quantity.start) < bisect_left(self.starts, quantity.end)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table by place; merged cells stand at every place that they cover."""

    text: str
    cells: dict[At, Block]
    caption: str  # what stands before the table

    def words(self, at: At) -> str:
        block = self.cells.get(at)
        return "".join(self.text[block.start : block.end].split()) if block else ""

    def is_heading(self, at: At) -> bool:
        """Whether a cell names things: marked so, or text that is neither a figure nor empty."""
        block = self.cells.get(at)
        if block is None:
            return False
        assert block.cell
        words = self.words(at)
        return bool(words) and (block.cell.header or not NUMBER.fullmatch(words) or bool(YEAR_CELL.fullmatch(words)))

    def is_name(self, at: At) -> bool:
        return _is_name(self.words(at))


@lru_cache(maxsize=4096)
def _is_name(words: str) -> bool:
    """Whether a cell can name what its row or column holds: short, no sentence, and no quantity."""
    return 0 < len(words) <= LONGEST_NAME and not PROSE.search(words) and not quantities(IN_HEADING.sub("", words))


def grids(article: Article) -> list[Grid]:
    """The tables of an article."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in article.blocks:
        if block.cell is not None:
            tables[block.cell.table].append(block)
    return [Grid(article.text, _places(blocks), article.text[max(0, blocks[0].start - 60) : blocks[0].start]) for _, blocks in sorted(tables.items())]


def _places(blocks: Sequence[Block]) -> dict[At, Block]:
    out: dict[At, Block] = {}
    for block in blocks:
        assert block.cell
        c = block.cell
        for row in range(c.row, c.row + max(1, min(c.rows, 500))):
            for column in range(c.column, c.column + max(1, min(c.columns, 100))):
                out.setdefault((row, column), block)
    return out


def tables(article: Article) -> Tables:
    """Every cell that is one number, and what the headings say of those that hold more."""
    found = Tables({}, {}, (), tuple(sorted(b.start for b in article.blocks if b.cell)))
    units: list[Span] = []
    for grid in grids(article):
        unit_cells = _unit_cells(grid)
        columns = _column_headings(grid)
        rows = _row_headings(grid, unit_cells, columns)
        body = min((block.start for block in grid.cells.values() if block.cell and not block.cell.header), default=0)
        units += [Span(grid.cells[at].start, grid.cells[at].end) for at in unit_cells.values()]
        for at, block in grid.cells.items():
            if block.cell is None or (block.cell.row, block.cell.column) != at or at in unit_cells.values():
                continue
            row, column = rows.get(at), columns.get(at)
            labels = _labels(grid, row, column, body)
            if figure := _figure(grid, block, [h for h in (row, column) if h], labels, unit_cells.get(at[0])):
                found.figures[figure.quantity.start] = figure
            elif not block.cell.header:
                found.labels[block.start] = labels
    return replace(found, units=tuple(units))


def _unit_cells(grid: Grid) -> dict[int, At]:
    """The cell of each row that holds a unit and stands in a column headed 单位."""
    columns = {at[1] for at, block in grid.cells.items() if block.cell and block.cell.row == at[0] and UNIT_COLUMN.fullmatch(grid.words(at))}
    return {at[0]: at for at in grid.cells if at[1] in columns and split_unit(grid.words(at))}


def _labels(grid: Grid, row: At | None, column: At | None, body: int) -> Labels:
    headings = [(h, grid.words(h)) for h in (row, column) if h]
    years = [(h, match) for h, words in headings if (match := YEAR_CELL.fullmatch(words))]
    named = [h for h, words in headings if not YEAR_CELL.fullmatch(words) and grid.is_name(h)]
    period = _year(grid, *years[0]) if years else None
    status = _status([match["s"] for _, match in years if match["s"]] + [grid.words(h) for h in (column,) if h and grid.is_name(h)])
    return Labels(_span(grid, row), _span(grid, column), _name(grid, named[0]) if named else None, period, status, body)


def _number(words: str) -> int:
    """Where the name begins behind the number of its row: 1.覆盖率."""
    found = number_of(words)
    return words.index(found[0]) + len(found[0]) if found and len(found[0]) < len(words.strip()) else 0


def _name(grid: Grid, at: At) -> Span:
    block = grid.cells[at]
    return Span(block.start + _number(grid.text[block.start : block.end]), block.end)


def _status(words: Sequence[str]) -> Status | None:
    """2030年目标, 现状值: what the heading of a column or of a year says."""
    said = next(filter(None, map(SAID.search, words)), None)
    if said is None:
        return None
    return "target" if said["target"] else "actual"


def _year(grid: Grid, at: At, match: re.Match[str]) -> Span:
    """The year without what follows it: 2030年|目标; the whole cell where it is set over several lines."""
    block = grid.cells[at]
    start = grid.text.find(match["y"], block.start, block.end)
    return Span(start, start + len(match["y"])) if start >= 0 else Span(block.start, block.end)


def _figure(grid: Grid, block: Block, headings: Sequence[At], labels: Labels, unit: At | None) -> Figure | None:
    words = [grid.words(h) for h in headings]
    if not any(words) or any(NO_FIGURES.search(w) for w in words):
        return None
    quantity = _quantity(grid, block, words, grid.words(unit) if unit else None)
    indicator = "·".join(IN_HEADING.sub("", w[_number(w) :]) for w in words if not YEAR_CELL.fullmatch(w))
    return Figure(quantity, indicator, labels) if quantity and indicator else None


def _span(grid: Grid, at: At | None) -> Span | None:
    return Span(grid.cells[at].start, grid.cells[at].end) if at else None


def _row_headings(grid: Grid, unit_cells: dict[int, At], columns: dict[At, At]) -> dict[At, At]:
    """For each cell the nearest to its left that is a name, else that holds words.

    A column of numbers (序号) is passed over, and so are the unit and those who only take part.
    """
    found: dict[At, At] = {}
    row, names, worded = -1, list[At](), list[At]()
    for at in sorted(grid.cells):
        if at[0] != row:
            row, names, worded = at[0], [], []
        others = (h for held in (names, worded) for h in reversed(held) if grid.cells[h] is not grid.cells[at])
        if nearest := next(others, None):
            found[at] = nearest
        aside = at in columns and ASIDE.search(grid.words(columns[at]))
        if at != unit_cells.get(row) and grid.is_heading(at) and not aside:
            (names if grid.is_name(at) else worded).append(at)
    return found


def _column_headings(grid: Grid) -> dict[At, At]:
    """For each cell the naming cell above it that is nearest; once a column has marked headings, only these."""
    current: dict[int, At] = {}
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


def _quantity(grid: Grid, block: Block, headings: Sequence[str], unit_cell: str | None) -> Quantity | None:
    """The number of a cell with the unit of the cell, of a heading 金额（万元）, of the row's unit cell, or of the caption 单位：亿元."""
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
    unit = split_unit(stated or unit_cell or (caption["u"] if caption else ""))
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
