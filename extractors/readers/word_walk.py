"""The body of a word processor's document -> paragraphs and tables, as a reader sees them printed.

Tracked insertions are text, deletions are not; text boxes follow the paragraph that anchors them; automatic numbers are written out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from extractors.article import BlockKind
from extractors.numbering import number_of
from extractors.readers import limits
from extractors.readers.draft import GridCell, Para, Piece, with_header
from extractors.readers.errors import ReadError
from extractors.readers.word_numbers import Numbering
from extractors.readers.word_styles import Style, Styles
from extractors.readers.word_xml import child, local, value

DROPPED = frozenset(
    ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "sdtPr", "softHyphen")
)
MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
SYMBOLS = {
    "F0A8": "□",
    "F06F": "□",
    "F071": "□",
    "F0FE": "☑",
    "F052": "☑",
    "F0FD": "☒",
    "F053": "☒",
    "F0FC": "√",
    "F0D8": "➢",
    "F06C": "●",
    "F06E": "■",
}
OFF = ("0", "false", "off", "none")
BROKEN = re.compile(r"(?<=[。！？；：:;!?])\s*\n|\n(?=[ \u3000\t])")  # a line break that stands for a new paragraph
WIDE_END = re.compile(r"[、，。．）】〕》：；\u2460-\u24ff\u3200-\u33ff\uff00-\uffef]$")


class Walker:
    """Walks elements in order; list counters and the notes that were cited go along."""

    def __init__(self, url: str, styles: Styles, numbering: Numbering, notes: dict[str, dict[str, etree._Element]]) -> None:
        self._url = url
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._cited: list[etree._Element] = []
        self._depth = 0
        self._cells = 0  # that are open
        self._carried = ""  # text of a paragraph whose end was deleted

    def document(self, body: etree._Element) -> list[Piece]:
        """Everything in the body, then the cited notes."""
        pieces = self.pieces(body)
        if self._carried:
            pieces.append(Para(text=self._carried.strip()))
        for note in self._cited:  # grows while notes cite notes
            pieces += [replace(p, kind="note") if isinstance(p, Para) else p for p in self.pieces(note)]
        return pieces

    def pieces(self, parent: etree._Element) -> list[Piece]:
        """The block-level children, whatever wraps them."""
        self._depth += 1
        if self._depth > limits.amounts().nesting:
            raise ReadError("too-large", f"{self._url}: elements nested deeper than {limits.amounts().nesting}")
        found: list[Piece] = []
        for element in parent:
            name = local(element)
            if name == "p":
                found += self.paragraph(element)
            elif name == "tbl":
                found += self.table(element)
            elif name not in DROPPED and len(element):
                found += self.pieces(element)
        self._depth -= 1
        return found

    def paragraph(self, element: etree._Element) -> list[Piece]:
        properties = child(element, "pPr")
        parts: list[str] = []
        boxes: list[Piece] = []
        self._inline(element, parts, boxes)
        text = self._carried + "".join(parts).strip("\n \t\r\u3000\xa0")
        self._carried = ""
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self._carried = text
            return boxes
        if not text.strip():
            return boxes
        style = self._styles.of(properties)
        first, *rest = (line.strip() for line in BROKEN.split(text))
        return [self._para(first, style), *(Para(text=line) for line in rest if line), *boxes]

    def _para(self, text: str, style: Style) -> Para:
        """A paragraph with its automatic number written in front."""
        shown = self._numbering.next(style.num, style.depth or 0) if style.num else None
        if shown is None:
            return Para(text=text, kind=style.kind, level=style.level)
        number, spaced = shown
        kind: BlockKind = "heading" if style.kind == "heading" else "item"
        level = style.level if style.kind == "heading" else (style.depth or 0) + 1
        if not number:
            return Para(text=text, kind=kind, level=level)
        text = number + (" " if spaced and not WIDE_END.search(number) else "") + text
        return Para(text=text, kind=kind, level=level, number=None if number_of(text) else number.strip())

    def _inline(self, parent: etree._Element, out: list[str], boxes: list[Piece]) -> None:
        self._depth += 1
        if self._depth > limits.amounts().nesting:
            raise ReadError("too-large", f"{self._url}: elements nested deeper than {limits.amounts().nesting}")
        for element in parent:
            name = local(element)
            if name in DROPPED or (name == "r" and _hidden(element)):
                continue
            if name == "t":
                out.append(element.text or "")
            elif name in MARKS:
                out.append(self._mark(element, name))
            elif name == "sym":
                out.append(SYMBOLS.get((value(element, "char") or "").upper(), ""))
            elif name in NOTES:
                self._cite(NOTES[name], value(element, "id") or "")
            elif name == "txbxContent":
                boxes += self.pieces(element)
            elif name == "AlternateContent":
                self._alternative(element, out, boxes)
            elif name in ("drawing", "pict", "object"):
                self._drawn(element, boxes)
            else:
                self._inline(element, out, boxes)
        self._depth -= 1

    def _mark(self, element: etree._Element, name: str) -> str:
        if name == "br" and value(element, "type") in ("page", "column"):
            return ""
        return " " if self._cells and MARKS[name] == "\t" else MARKS[name]

    def _alternative(self, element: etree._Element, out: list[str], boxes: list[Piece]) -> None:
        """One of several renderings of the same thing: the first that holds text."""
        for choice in element:
            said, held = len(out), len(boxes)
            self._inline(choice, out, boxes)
            if len(out) > said or len(boxes) > held:
                return

    def _drawn(self, element: etree._Element, boxes: list[Piece]) -> None:
        """Text boxes of a drawing; the text of charts and pictures is not ours."""
        inside: list[str] = []
        for part in element:
            name = local(part)
            if name == "txbxContent":
                boxes += self.pieces(part)
            elif name == "AlternateContent":
                self._alternative(part, inside, boxes)
            elif len(part):
                self._drawn(part, boxes)

    def _cite(self, kind: str, key: str) -> None:
        note = self._notes.get(kind, {}).pop(key, None)
        if note is not None:
            self._cited.append(note)

    def table(self, element: etree._Element) -> list[Piece]:
        """A grid; a table of one cell is a frame, and what it holds stands for itself."""
        cells: list[GridCell] = []
        merged: dict[int, int] = {}  # column -> index of the cell that reaches down there
        for row, tr in enumerate(_rows(element)):
            self._row(tr, row, cells, merged)
        if len(cells) == 1:
            return list(cells[0].content)
        return [with_header(cells)] if cells else []

    def _row(self, tr: etree._Element, row: int, cells: list[GridCell], merged: dict[int, int]) -> None:
        properties = child(tr, "trPr")
        header = child(properties, "tblHeader")
        column = _count(value(child(properties, "gridBefore")), 0)
        for tc in _cells(tr):
            place = child(tc, "tcPr")
            wide = _count(value(child(place, "gridSpan")), 1)
            merge = child(place, "vMerge")
            if merge is not None and value(merge) != "restart" and column in merged:
                above = cells[merged[column]]
                cells[merged[column]] = replace(above, rows=row - above.row + 1)
            else:
                merged.pop(column, None)
                if merge is not None:
                    merged[column] = len(cells)
                shown = header is not None and value(header) not in OFF
                cells.append(GridCell(row=row, column=column, columns=wide, header=shown, content=self._content(tc)))
            column += wide
            if column > limits.amounts().sheet_columns:
                raise ReadError("too-large", f"{self._url}: a table of {column} columns")

    def _content(self, tc: etree._Element) -> tuple[Piece, ...]:
        if child(tc, "tcPr", "cellDel") is not None:
            return ()
        self._cells += 1
        content = tuple(self.pieces(tc))
        self._cells -= 1
        return content


def _hidden(run: etree._Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value(vanish) not in OFF


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows that were not deleted."""
    return (tr for tr in _unwrapped(table, "tr") if child(tr, "trPr", "del") is None)


def _cells(tr: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(tr, "tc")


def _unwrapped(parent: Iterable[etree._Element], wanted: str) -> Iterator[etree._Element]:
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element
        elif name not in DROPPED and name not in ("p", "tbl", "trPr"):
            yield from _unwrapped(element, wanted)


def _count(text: str | None, default: int) -> int:
    return max(default, min(int(text), 100_000)) if text and text.isdigit() and len(text) < 10 else default
