"""XLSX, XLS, ET, ODS and CSV: a sheet is an article that is a table. A workbook of several is a page with a child for each."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

import python_calamine as calamine

from crawler.capture import Capture
from extractors.article import Article, Note, article_id
from extractors.readers import limits
from extractors.readers.decode import decode
from extractors.readers.draft import GridCell, Para, Piece, cell, with_header, written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.sheet_parts import Percents, check_extent, percents
from extractors.readers.sniff import format_of
from extractors.readers.zip_archive import Archive

READER = "sheet/1"
ATTACHED = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]*[：:]?$")
DELIMITERS: Final = (",", "\t", ";", "|")
Given = TypeVar("Given")
Place = tuple[int, int]
Value = str | float | int | bool | date | datetime | time | timedelta | None


def read(capture: Capture) -> Sequence[Article]:
    """One article a visible sheet that holds anything. Raises ReadError: encrypted, broken, too-large, empty."""
    shown: dict[str, Percents] = {}
    if format_of(capture) == "xlsx":
        archive = Archive(capture.body, capture.url)
        check_extent(archive)
        shown = percents(archive)
    book = _guarded(capture, lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(capture.body)))
    visible = [m.name for m in book.sheets_metadata if m.visible == calamine.SheetVisibleEnum.Visible and m.typ == calamine.SheetTypeEnum.WorkSheet]
    sheets = [(name, pieces) for name in visible if (pieces := _sheet(capture, book, name, shown.get(name, {})))]
    if not sheets:
        raise ReadError("empty", f"{capture.url}: no visible sheet holds anything")
    hidden = [m.name for m in book.sheets_metadata if m.name not in visible]
    notes = (Note(code="hidden-sheets", text="未显示的工作表：" + "、".join(hidden)),) if hidden else ()
    return articles(capture, sheets, notes)


def read_csv(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: encoding, broken, too-large, empty."""
    text, notes = decode(capture)
    lines = text.splitlines()[:50]
    delimiter = max(DELIMITERS, key=lambda d: min((line.count(d) for line in lines if line.strip()), default=0))
    try:
        rows = [list[Value](row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise ReadError("broken", f"{capture.url}: {error}") from error
    pieces = _pieces(capture, rows, (), {}, (0, 0))
    if not pieces:
        raise ReadError("empty", f"{capture.url}: no cell holds anything")
    return articles(capture, [("", pieces)], notes)


def articles(capture: Capture, sheets: Sequence[tuple[str, Sequence[Piece]]], notes: Sequence[Note]) -> Sequence[Article]:
    """A single sheet is the page; several are children of a page that names them."""
    if len(sheets) == 1:
        text, blocks = written(sheets[0][1])
        return (flat(capture, READER, text, blocks, title=_title(sheets[0][1]), notes=notes),)
    text, blocks = written(Para(text=name) for name, _ in sheets)
    page = flat(capture, READER, text, blocks, notes=notes)
    children = []
    for n, (name, pieces) in enumerate(sheets, 1):
        text, blocks = written(pieces)
        key = f"sheet:{name}"
        one = flat(capture, READER, text, blocks, title=_title(pieces) or name)
        ident = article_id(capture.source, capture.canonical_url, key)
        children.append(replace(one, id=ident, piece=key, parent=page.id, ordinal=n, role="attachment"))
    return (page, *children)


def _title(pieces: Sequence[Piece]) -> str | None:
    return next((p.text for p in pieces if isinstance(p, Para) and p.kind == "heading"), None)


def _guarded(capture: Capture, act: Callable[[], Given]) -> Given:
    """Calamine's errors as ours; it is written in Rust and panics on some damaged files."""
    try:
        return act()
    except calamine.PasswordError as error:
        raise ReadError("encrypted", f"{capture.url}: needs a password") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise ReadError("broken", f"{capture.url}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # PyO3's, which no module exports
            raise
        raise ReadError("broken", f"{capture.url}: damaged workbook ({error})") from error


def _sheet(capture: Capture, book: Any, name: str, shown: Percents) -> list[Piece]:
    sheet = _guarded(capture, lambda: book.get_sheet_by_name(name))
    if sheet.start is None:
        return []
    top, left = sheet.start
    _check(capture, name, sheet.height, sheet.width)
    rows = _guarded(capture, lambda: sheet.to_python(skip_empty_area=True))
    merged = [((a - top, b - left), (c - top, d - left)) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
    return _pieces(capture, rows, merged, shown, (top, left))


def _check(capture: Capture, name: str, height: int, width: int) -> None:
    allowed = limits.amounts()
    if height > allowed.sheet_rows or width > allowed.sheet_columns or height * width > allowed.sheet_cells:
        raise ReadError("too-large", f"{capture.url}: sheet {name!r} of {height} rows and {width} columns")


def _pieces(capture: Capture, rows: Sequence[Sequence[Value]], merged: Iterable[tuple[Place, Place]], shown: Percents, origin: Place) -> list[Piece]:
    """Lines above the table (a title, 附件1), then the table."""
    _check(capture, "", len(rows), max(map(len, rows), default=0))
    texts = [[_shown(v, shown.get((r + origin[0], c + origin[1]))) for c, v in enumerate(row)] for r, row in enumerate(rows)]
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in merged}
    filled = [[c for c, t in enumerate(row) if t] for row in texts]
    first = next((r for r, columns in enumerate(filled) if len(columns) > 1), len(texts))
    if first == len(texts):  # one column: text, not a table
        return [Para(text=row[columns[0]]) for row, columns in zip(texts, filled, strict=True) if columns]
    above = [texts[r][filled[r][0]] for r in range(first) if filled[r]]
    heads: list[Piece] = [Para(text=t, kind="paragraph" if ATTACHED.match(t) else "heading", level=0 if ATTACHED.match(t) else 1) for t in above]
    return [*heads, with_header(_cells(texts[first:], filled[first:], {(r - first, c): span for (r, c), span in spans.items()}))]


def _cells(texts: Sequence[Sequence[str]], filled: Sequence[Sequence[int]], spans: dict[Place, Place]) -> list[GridCell]:
    """Cells of rows that hold anything, up to each row's last; what a merged cell covers is left out."""
    covered = Counter((r + i, c + j) for (r, c), (down, across) in spans.items() for i in range(down) for j in range(across) if i or j)
    cells = []
    for r, (row, columns) in enumerate(zip(texts, filled, strict=True)):
        for c in range(columns[-1] + 1 if columns else 0):
            if (r, c) not in covered:
                down, across = spans.get((r, c), (1, 1))
                cells.append(cell(r, c, row[c], rows=down, columns=across))
    return cells


def _shown(value: Value, decimals: int | None) -> str:
    """A value as the sheet shows it; calamine gives all numbers as floats, dates as dates."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{value * 100:.{decimals}f}%" if decimals is not None else _number(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return re.sub(r"[\t\r\n]+", " ", str(value)).strip()


def _number(value: float) -> str:
    """At most 15 digits, as spreadsheets keep them; no exponent."""
    short = f"{value:.15g}"
    return f"{value:.0f}" if "e+" in short else f"{value:.15f}".rstrip("0") if "e" in short else short
