"""Regions of lines -> paragraphs and headings: lines rejoined by geometry, over columns and pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.article import BlockKind, Box
from extractors.joints import ENDED, glue
from extractors.numbering import number_of
from extractors.readers.draft import Grid, Para, Piece
from extractors.readers.pdf_chars import ems
from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_order import INDENT, ROW, SIZE_STEP, Island, Region

HEADING = 1.15  # of the body's size
DEEPEST_LEVEL = 6  # as in HTML
DEEPEST = 12.0  # em; beyond it a line is set right or centred, not indented
LOOSE = 1.4  # of the usual distance of lines: a new paragraph
TAB = 1.5  # em between parts of a row
FOOT = 0.92  # of the body's size: a footnote
MARKED = 40
DASHES = ("——", "--", "－－", "•", "●", "★")
UNIT = re.compile(r"[A-Za-z0-9.,%+&-]+|.")
FOLLOWED = re.compile(r"[，。、；：！？）)】》”’」』]")
ENTRY = re.compile(r"(?:[.．·…⋯•]\s*){3,}[（(]?\d{1,3}[)）]?$")  # of contents: dots up to the page
ASIDE = re.compile(r"[（(【][^（）()【】]{2,40}[）)】]$")  # （来源：…）, the label of a column
NOTE = re.compile(r"\s*(?:[①-⑳*＊]|[\[［]\d{1,2}[\]］]|\d{1,2}\s|注[：:释])")


@dataclass(slots=True)
class Row:
    """Lines of one row of a region, as one; `left` and `right` are its column's."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    left: float
    right: float
    page: int
    confidence: float | None
    lead: float  # points from the row above in its region; 0 for the first
    indented: bool
    parts: tuple[Line, ...]  # from left to right

    @property
    def tabbed(self) -> bool:
        """Of parts that stand far apart, as in a list of names and figures."""
        return any(b.x0 - a.x1 > TAB * self.size for a, b in pairwise(self.parts))

    @property
    def box(self) -> Box:
        return Box(round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))


Item = Row | Grid


def rows_of(region: Region, page: int, grids: Sequence[Grid]) -> Iterator[Item]:
    """Rows from top to bottom; tables and frames in their place."""
    rows: list[list[Line]] = []
    for node in region.nodes:
        if isinstance(node, Island):
            yield from _rows(rows, region, page)
            rows = []
            if node.table is not None:
                yield grids[node.table]
            for inner in node.content:
                yield from rows_of(inner, page, grids)
        elif rows and abs(rows[-1][-1].middle - node.middle) < ROW * node.size:
            rows[-1].append(node)
        else:
            rows.append([node])
    yield from _rows(rows, region, page)


def _rows(rows: Sequence[list[Line]], region: Region, page: int) -> Iterator[Row]:
    ordered = [sorted(row, key=lambda line: line.x0) for row in rows]
    starts = [row[0].x0 for row in ordered]
    left = _flush(starts, region, ordered)
    leads = [b[0].middle - a[0].middle for a, b in pairwise(ordered)]
    for n, row in enumerate(ordered):
        top, right, bottom, size = _extent(row)
        x0 = row[0].x0
        sure = [line.confidence for line in row if line.confidence is not None]
        yield Row(
            _row_text(row), x0, top, right, bottom, size, left, max(region.right, right), page,
            min(sure) if sure else None, leads[n - 1] if n else 0.0,
            INDENT * size < x0 - left < DEEPEST * size and not _hanging(ordered, n, left, size),
            tuple(row),
        )  # fmt: skip


def _extent(row: Sequence[Line]) -> tuple[float, float, float, float]:
    """Top, right, bottom and size of the longest; most rows have one line."""
    if len(row) == 1:
        return row[0].y0, row[0].x1, row[0].y1, row[0].size
    longest = max(row, key=lambda line: len(line.text))
    return min(line.y0 for line in row), max(line.x1 for line in row), max(line.y1 for line in row), longest.size


def _flush(starts: Sequence[float], region: Region, rows: Sequence[list[Line]]) -> float:
    """Where unindented lines of the region begin: its column's side, unless nothing stands there."""
    size = rows[0][0].size if rows else 1.0
    return region.left if min(starts, default=0.0) - region.left < DEEPEST * size else min(starts)


def _hanging(rows: Sequence[list[Line]], n: int, left: float, size: float) -> bool:
    """The second line of an item whose number hangs out to the left."""
    x0 = rows[n][0].x0
    while n and not number_of(rows[n][0].text) and abs(rows[n - 1][0].x0 - x0) < 0.3 * size:
        n, x0 = n - 1, rows[n - 1][0].x0
    if n == 0 or number_of(rows[n][0].text):
        return False
    above = rows[n - 1][0]
    return abs(above.x0 - left) < 0.5 * size and number_of(above.text) is not None and n + 1 < len(rows) and abs(rows[n + 1][0].x0 - x0) < 0.3 * size


def _row_text(row: Sequence[Line]) -> str:
    """Lines of a row, a space where they stand apart."""
    out = row[0].text
    for a, b in pairwise(row):
        apart = b.x0 - a.x1 > 0.5 * b.size or (out[-1:].isascii() and b.text[:1].isascii())
        out += (" " if apart else "") + b.text
    return out


@dataclass(frozen=True, slots=True)
class Type:
    """How a document is set: the size of its running text, the distance of its lines in em, whether paragraphs show by indents or gaps, and the
    sizes of its headings, largest first."""

    size: float
    lead: float
    marked: bool
    headings: tuple[float, ...]

    def level(self, size: float) -> int:
        """0 for running text, 1 for the largest headings; what a heading's number says of its level comes later (`numbered`)."""
        if size <= HEADING * self.size:
            return 0
        return next((n for n, largest in enumerate(self.headings[:DEEPEST_LEVEL], 1) if size > (1 - SIZE_STEP) * largest), DEEPEST_LEVEL)


def type_of(items: Iterable[Item]) -> Type:
    """The size in which most characters are set; marked means that one in MARKED of its rows or more is indented or stands apart."""
    rows = [item for item in items if isinstance(item, Row)]
    weights: Counter[float] = Counter()
    for row in rows:
        weights[round(row.size, 1)] += len(row.text)
    size = weights.most_common(1)[0][0] if weights else 10.0
    running = [row for row in rows if abs(row.size - size) <= SIZE_STEP * size]
    leads = [row.lead / row.size for row in running if row.lead > 0]
    lead = median(leads) if leads else 1.6
    apart = sum(LOOSE * lead < _distance(a, b) < 2 * LOOSE * lead for a, b in pairwise(running))
    marked = (sum(row.indented for row in running) + apart) * MARKED >= len(running)
    return Type(size, lead, marked, _steps(row.size for row in rows if row.size > HEADING * size))


def _steps(sizes: Iterable[float]) -> tuple[float, ...]:
    """The largest, and each that is clearly smaller than the one before."""
    out: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not out or size <= (1 - SIZE_STEP) * out[-1]:
            out.append(size)
    return tuple(out)


def _distance(a: Row, b: Row) -> float:
    """From row a down to row b in em, 0 where b is not below a in its column."""
    below = a.page == b.page and b.y0 > a.y0 and min(a.x1, b.x1) > max(a.x0, b.x0)
    return (b.y1 - a.y1) / a.size if below else 0.0


def paragraphs(items: Sequence[Item]) -> list[Piece]:
    """Paragraphs, headings and tables of a document's rows."""
    body = type_of(items)
    pieces: list[Piece] = []
    held: list[Row] = []
    notes: list[Piece] = []  # under a paragraph that goes on overleaf
    for item in items:
        if isinstance(item, Row) and held and _note(item, body) and not _note(held[0], body):
            notes.append(_para([item], body, kind="note"))
        elif isinstance(item, Row) and (held and goes_on(held[-1], item, body)):
            held.append(item)
        else:
            pieces += [_para(held, body)] if held else []
            pieces += notes
            held, notes = ([item], []) if isinstance(item, Row) else ([], [])
            pieces += [item] if isinstance(item, Grid) else []
    return pieces + ([_para(held, body)] if held else []) + notes


def _note(row: Row, body: Type) -> bool:
    return row.size < FOOT * body.size and NOTE.match(row.text) is not None


def goes_on(a: Row, b: Row, body: Type) -> bool:
    """Row b belongs to the paragraph of row a."""
    if abs(a.size - b.size) > SIZE_STEP * max(a.size, b.size) or a.parts[0].vertical or b.parts[0].vertical:
        return False
    distance = _distance(a, b)
    if body.level(a.size):
        return 0 < distance < 2.2 and not ENDED.search(a.text)
    if b.indented or distance > LOOSE * body.lead or ENTRY.search(a.text) or _apart(a) or _apart(b):
        return False
    if a.tabbed and b.tabbed:
        return False
    if not body.marked and ENDED.search(a.text) and (number_of(b.text) or b.text.startswith(DASHES)):
        return False
    return a.right - a.x1 < _first_unit(b) + 0.6 * a.size


def _apart(row: Row) -> bool:
    """A row in brackets, set right or centred."""
    return row.x0 - row.left >= DEEPEST * row.size and ASIDE.match(row.text) is not None


def _first_unit(row: Row) -> float:
    """Points that the first word or character of a row takes, with the mark that may not leave it."""
    unit = UNIT.match(row.text)
    first = unit[0] if unit else ""
    first += row.text[len(first) : len(first) + 1] if FOLLOWED.match(row.text, len(first)) else ""
    return ems(first) * row.size


def _para(rows: Sequence[Row], body: Type, kind: BlockKind = "paragraph") -> Para:
    text = rows[0].text
    for row in rows[1:]:
        text += glue(text, row.text) + row.text
    first = [r.box for r in rows if r.page == rows[0].page]
    box = Box(min(b.left for b in first), min(b.top for b in first), max(b.right for b in first), max(b.bottom for b in first))
    sure = [r.confidence for r in rows if r.confidence is not None]
    level = body.level(rows[0].size) if kind == "paragraph" else 0
    return Para(text=text, kind="heading" if level else kind, page=rows[0].page, box=box, confidence=min(sure) if sure else None, level=level)
