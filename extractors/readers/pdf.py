"""PDF -> one flat article: characters, lines, order, paragraphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.capture import Capture
from extractors.article import Article, Note
from extractors.joints import glue
from extractors.numbering import numbered
from extractors.readers import limits
from extractors.readers.draft import Grid, GridCell, Para, Piece, with_header, written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.pdf_chars import chars_of, placing
from extractors.readers.pdf_heads import marginal, mastheads
from extractors.readers.pdf_lines import Line, lines_of
from extractors.readers.pdf_order import Island, Node, as_drawn, better, regions
from extractors.readers.pdf_paragraphs import Item, Row, paragraphs, rows_of
from extractors.readers.pdf_rules import Drawn, RuledTable, drawn, holder

READER = "pdf/1"
PICTURE_PAGE = 0.4  # of the page covered by pictures
FEW_CHARACTERS = 30  # on a page that a picture covers: a stamp or a page number, not its text
UNKNOWN = 0.3  # of the characters without a meaning: the fonts lack their tables, only the picture can be read


@dataclass(slots=True)
class Page:
    """One page as found: its lines with their places, and what is drawn."""

    number: int
    width: float
    height: float
    lines: list[Line]
    drawn: Drawn
    scanned: bool


def read(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: encrypted, broken, too-large, needs-ocr (no page has text), empty."""
    document = opened(capture)
    try:
        pages = list(_pages(document, capture))
    finally:
        document.close()
    text, blocks = written(pieces_of(pages))
    scanned = [page.number for page in pages if page.scanned]
    if not text:
        raise ReadError("needs-ocr" if scanned else "empty", f"{capture.url}: {len(pages)} pages {'of pictures only' if scanned else 'without text'}")
    notes = (Note(code="needs-ocr", text="pages that are pictures: " + ", ".join(map(str, scanned))),) if scanned else ()
    return (numbered(flat(capture, READER, text, blocks, notes=notes)),)


def opened(capture: Capture) -> Any:
    try:
        document = pypdfium2.PdfDocument(capture.body)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise ReadError("encrypted" if locked else "broken", f"{capture.url}: {error}") from error
    if len(document) > limits.amounts().pdf_pages:
        document.close()
        raise ReadError("too-large", f"{capture.url}: {len(document)} pages, at most {limits.amounts().pdf_pages}")
    return document


def _pages(document: Any, capture: Capture) -> Iterator[Page]:
    for n in range(len(document)):
        try:
            page = document[n]
        except pypdfium2.PdfiumError as error:
            raise ReadError("broken", f"{capture.url}: page {n + 1} ({error})") from error
        try:
            yield page_of(page, n + 1)
        finally:
            page.close()


def page_of(page: Any, number: int) -> Page:
    width, height = page.get_size()
    chars, unknown = chars_of(page, limits.amounts().pdf_page_characters)
    found = drawn(page, placing(page))
    verticals = [v for table in found.tables for v in table.verticals()]
    inked = sum(not c.text.isspace() for c in chars)
    scanned = (inked < FEW_CHARACTERS and found.pictures > PICTURE_PAGE) or unknown > UNKNOWN * (inked + unknown)
    return Page(number, width, height, [] if scanned else lines_of(chars, verticals), found, scanned)


def pieces_of(pages: Sequence[Page]) -> list[Piece]:
    """Everything that the pages say, in reading order."""
    heads = marginal([(page.height, page.lines) for page in pages])
    items: list[Item] = []
    leading: list[Piece] = []
    for page, dropped in zip(pages, heads, strict=True):
        named = mastheads(page.height, page.lines) - dropped if len(pages) == 1 else set()
        leading += [Para(text=page.lines[i].text, kind="masthead", page=page.number, box=page.lines[i].box) for i in sorted(named)]
        items += items_of(page, [line for i, line in enumerate(page.lines) if i not in dropped and i not in named])
    return leading + paragraphs(items)


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
    return [item for region in better(regions(nodes), as_drawn(nodes)) for item in rows_of(region, page.number, grids)]


def _framed(nodes: Sequence[Node], page: Page, size: float) -> list[Node]:
    """Nodes with what stands in a frame taken together; a frame around the page or around a line or two is decoration."""
    out = list(nodes)
    for frame in sorted(page.drawn.frames, key=lambda f: (f.right - f.left) * (f.bottom - f.top)):
        if (frame.right - frame.left) * (frame.bottom - frame.top) > 0.8 * page.width * page.height:
            continue
        held = [n for n in out if holder([frame], (n.x0 + n.x1) / 2, n.middle) is not None]
        if len(held) < 3 or len(held) == len(out):
            continue
        content = better(regions(held), as_drawn(held))
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
