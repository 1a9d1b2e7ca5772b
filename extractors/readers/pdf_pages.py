"""Pages of lines -> paragraphs and tables; PDF, OFD and scans meet here."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.joints import glue
from extractors.readers.draft import Grid, GridCell, Para, Piece, with_header
from extractors.readers.pdf_heads import marginal, mastheads
from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_order import Island, Node, ordered, regions
from extractors.readers.pdf_paragraphs import Item, Row, paragraphs, rows_of
from extractors.readers.pdf_rules import Drawn, RuledTable, holder
from extractors.readers.pdf_tables import continued, tabulated


@dataclass(slots=True)
class Page:
    """One page as found: its lines with their places, and what is drawn."""

    number: int
    width: float
    height: float
    lines: list[Line]
    drawn: Drawn
    scanned: bool


def pieces_of(pages: Sequence[Page]) -> list[Piece]:
    """Everything that the pages say, in reading order."""
    heads = marginal([(page.height, page.lines, _in_tables(page)) for page in pages])
    items: list[Item] = []
    leading: list[Piece] = []
    for page, dropped in zip(pages, heads, strict=True):
        named = mastheads(page.height, page.lines) - dropped if len(pages) == 1 else set()
        leading += [Para(text=page.lines[i].text, kind="masthead", page=page.number, box=page.lines[i].box) for i in sorted(named)]
        items += items_of(page, [line for i, line in enumerate(page.lines) if i not in dropped and i not in named])
    return leading + continued(paragraphs(tabulated(items)))


def _in_tables(page: Page) -> set[int]:
    """Indexes of lines that stand in ruled tables: figures there are no page numbers."""
    boxes = [table.box for table in page.drawn.tables]
    return {i for i, x in enumerate(page.lines) if boxes and holder(boxes, (x.x0 + x.x1) / 2, x.middle) is not None}


def items_of(page: Page, lines: Sequence[Line]) -> list[Item]:
    """Rows and tables of a page in reading order."""
    tables = page.drawn.tables
    inside: list[list[Line]] = [[] for _ in tables]
    outside: list[Line] = []
    boxes = [table.box for table in tables]
    for line in lines:
        at = holder(boxes, (line.x0 + line.x1) / 2, line.middle)
        (outside if at is None else inside[at]).append(line)
    grids = [_grid(table, held, page.number) for table, held in zip(tables, inside, strict=True)]
    size = median(line.size for line in lines) if lines else 10.0
    islands = [
        Island(t.box.left, t.box.top, t.box.right, t.box.bottom, size, min(x.first for x in held), n)
        for n, (t, held) in enumerate(zip(tables, inside, strict=True))
        if held
    ]
    nodes = _framed([*outside, *islands], page, size)
    return [item for region in ordered(nodes) for item in rows_of(region, page.number, grids)]


def _framed(nodes: Sequence[Node], page: Page, size: float) -> list[Node]:
    """Nodes with what stands in a frame taken together; a frame around the page or around a line or two is decoration."""
    out = list(nodes)
    for frame in sorted(page.drawn.frames, key=lambda f: (f.right - f.left) * (f.bottom - f.top)):
        if (frame.right - frame.left) * (frame.bottom - frame.top) > 0.8 * page.width * page.height:
            continue
        held = [n for n in out if holder([frame], (n.x0 + n.x1) / 2, n.middle) is not None]
        if len(held) < 3 or len(held) == len(out):
            continue
        content = ordered(held)
        out = [n for n in out if n not in held]
        out.append(Island(frame.left, frame.top, frame.right, frame.bottom, size, min(n.first for n in held), None, content))
    return out


def _grid(table: RuledTable, lines: Sequence[Line], page: int) -> Grid:
    held: list[list[Line]] = [[] for _ in table.cells]
    boxes = [cell.box for cell in table.cells]
    for line in lines:
        at = holder(boxes, (line.x0 + line.x1) / 2, line.middle)
        if at is not None:
            held[at].append(line)
    cells = []
    for cell, inside in zip(table.cells, held, strict=True):
        text = _cell_text(inside, page)
        cells.append(
            GridCell(
                row=cell.row,
                column=cell.column,
                rows=cell.rows,
                columns=cell.columns,
                content=(Para(text=text),) if text else (),
                page=page,
                box=cell.box,
            )
        )
    return with_header(cells)


def _cell_text(lines: Sequence[Line], page: int) -> str:
    """The lines of a cell as one paragraph, those after a full stop on a line of their own."""
    text = ""
    for region in regions(lines):
        for row in rows_of(region, page, ()):
            if isinstance(row, Row):
                text += ("\n" if text.endswith(("。", "；", ";")) else glue(text, row.text)) + row.text if text else row.text
    return text
