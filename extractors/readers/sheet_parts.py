"""What XLSX parts say that calamine does not: how far a sheet reaches before it is opened, and which numbers are shown as percentages."""

import posixpath
import re
from typing import Final

from extractors.readers import limits
from extractors.readers.errors import ReadError
from extractors.readers.word_xml import child, local, parsed, value
from extractors.readers.zip_archive import Archive

CELL: Final = re.compile(rb"<(?:\w+:)?c\b[^>]{0,200}?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
STYLED: Final = re.compile(rb"<(?:\w+:)?c\b(?=[^>]{0,200}?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'])(?=[^>]{0,200}?\bs=[\"'](\d{1,5})[\"'])")
BUILT_IN: Final = {9: 0, 10: 2}  # numFmtId -> decimals of 0% and 0.00% (ISO/IEC 29500-1, 18.8.30)
PERCENT: Final = re.compile(r"^[^;\"]*?0?(?:\.(0+))?%")
SHEETS: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
Percents = dict[tuple[int, int], int]  # (row, column) -> decimals


def check_extent(archive: Archive) -> None:
    """Refuse sheets whose outermost cells span more than the limits: calamine reserves the whole rectangle. Raises ReadError `too-large`."""
    allowed = limits.amounts()
    for name in archive.names():
        if not SHEETS.fullmatch(name):
            continue
        columns, rows = set(), 0
        for match in CELL.finditer(archive.read(name) or b""):
            columns.add(match[1])
            rows = max(rows, int(match[2]))
        width = max((column_number(c) for c in columns), default=0)
        if rows > allowed.sheet_rows or width > allowed.sheet_columns or rows * width > allowed.sheet_cells:
            raise ReadError("too-large", f"{archive.url}: {name} reaches to row {rows}, column {width}")


def column_number(letters: bytes) -> int:
    """A 1, Z 26, AA 27."""
    n = 0
    for letter in letters:
        n = n * 26 + letter - 64
    return n


def percents(archive: Archive) -> dict[str, Percents]:
    """For each sheet's name the cells shown as percentages."""
    styles = _percent_styles(archive)
    if not styles:
        return {}
    return {name: found for name, part in _sheets(archive).items() if (found := _cells(archive.read(part) or b"", styles))}


def _cells(data: bytes, styles: dict[int, int]) -> Percents:
    found = {}
    for match in STYLED.finditer(data):
        decimals = styles.get(int(match[3]))
        if decimals is not None:
            found[int(match[2]) - 1, column_number(match[1]) - 1] = decimals
    return found


def _percent_styles(archive: Archive) -> dict[int, int]:
    """Index of a cell format -> decimals, for percentage formats."""
    data = archive.read("xl/styles.xml")
    if data is None:
        return {}
    root = parsed(data, archive.url, "xl/styles.xml")
    formats = dict(BUILT_IN)
    own = child(root, "numFmts")
    for each in own if own is not None else ():
        match = PERCENT.match(value(each, "formatCode") or "")
        if match:
            formats[int(value(each, "numFmtId") or 0)] = len(match[1] or "")
    cells = child(root, "cellXfs")
    numbers = [int(value(xf, "numFmtId") or 0) for xf in cells if local(xf) == "xf"] if cells is not None else []
    return {n: formats[number] for n, number in enumerate(numbers) if number in formats}


def _sheets(archive: Archive) -> dict[str, str]:
    """Sheet name -> part."""
    book, relations = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {value(r, "Id"): value(r, "Target") or "" for r in parsed(relations, archive.url, "workbook.xml.rels")}
    sheets = child(parsed(book, archive.url, "workbook.xml"), "sheets")
    found = {}
    for each in sheets if sheets is not None else ():
        target = targets.get(value(each, "id"), "")
        found[value(each, "name") or ""] = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
    return found
