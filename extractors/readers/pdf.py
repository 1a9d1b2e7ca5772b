"""PDF -> one flat article: characters, lines, order, paragraphs; pages that are pictures through OCR where it is installed."""

from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.capture import Capture
from extractors.article import Article, Note
from extractors.numbering import numbered
from extractors.readers import limits, scan
from extractors.readers.draft import written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.pdf_chars import chars_of, placing
from extractors.readers.pdf_lines import lines_of
from extractors.readers.pdf_pages import Page, pieces_of
from extractors.readers.pdf_rules import drawn

READER = "pdf/1"
PICTURE_PAGE = 0.4  # of the page covered by pictures
FEW_CHARACTERS = 30  # on a page that a picture covers: a stamp or a page number, not its text
UNKNOWN = 0.3  # of the characters without a meaning: the fonts lack their tables, only the picture can be read


def read(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: encrypted, broken, too-large, needs-ocr (no page has text, and OCR is not installed), empty."""
    document = opened(capture)
    try:
        pages = list(_pages(document, capture))
    finally:
        document.close()
    text, blocks = written(pieces_of(pages))
    scanned = [page.number for page in pages if page.scanned]
    if not text:
        unread = scanned and not scan.available()
        what = f"{len(pages)} pages {'of pictures only' if scanned else 'without text'}"
        raise ReadError("needs-ocr" if unread else "empty", f"{capture.url}: {what}")
    return (numbered(flat(capture, READER, text, blocks, notes=_notes(scanned))),)


def _notes(scanned: Sequence[int]) -> tuple[Note, ...]:
    """Which pages are pictures: read by OCR, or to be read once it is installed."""
    if not scanned:
        return ()
    listed = "、".join(map(str, scanned))
    return (Note(code="ocr", text=f"由图像识别的页：{listed}") if scan.available() else Note(code="needs-ocr", text=f"尚未识别的图像页：{listed}"),)


def opened(capture: Capture) -> Any:
    try:
        document = pypdfium2.PdfDocument(capture.body)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise ReadError("encrypted" if locked else "broken", f"{capture.url}: {error}") from error
    if (pages := len(document)) > limits.amounts().pdf_pages:
        document.close()
        raise ReadError("too-large", f"{capture.url}: {pages} pages, at most {limits.amounts().pdf_pages}")
    return document


def _pages(document: Any, capture: Capture) -> Iterator[Page]:
    scanned = 0
    for n in range(len(document)):
        try:
            page = document[n]
        except pypdfium2.PdfiumError as error:
            raise ReadError("broken", f"{capture.url}: page {n + 1} ({error})") from error
        try:
            found = page_of(page, n + 1)
            if found.scanned and scan.available():
                scanned += 1
                scan.check(scanned, capture)
                found.lines = scan.lines_of(scan.rendered(page))
            yield found
        finally:
            page.close()


def page_of(page: Any, number: int) -> Page:
    width, height = page.get_size()
    place = placing(page)
    chars, unknown = chars_of(page, place, limits.amounts().pdf_page_characters)
    found = drawn(page, place)
    verticals = [v for table in found.tables for v in table.verticals()]
    inked = sum(map(len, "".join([c.text for c in chars]).split()))
    scanned = (inked < FEW_CHARACTERS and found.pictures > PICTURE_PAGE) or unknown > UNKNOWN * (inked + unknown)
    return Page(number, width, height, [] if scanned else lines_of(chars, verticals), found, scanned)
