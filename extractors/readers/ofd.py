"""OFD (GB/T 33190) -> one flat article, through ofdkit and the layout pass of the PDF reader."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import Any, Final

import ofdkit

from crawler.capture import Capture
from extractors.article import Article
from extractors.numbering import numbered
from extractors.readers import limits
from extractors.readers.draft import written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.pdf_chars import CLOSING, OPENING, Char, ems
from extractors.readers.pdf_lines import lines_of
from extractors.readers.pdf_pages import Page, pieces_of
from extractors.readers.pdf_rules import Drawn
from extractors.readers.zip_archive import DAMAGE, Archive

READER = "ofd/1"
POINTS: Final = 72 / 25.4  # a millimetre
PICTURES: Final = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".jb2", ".gbig2")


def read(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: broken, too-large, needs-ocr (pictures only), empty."""
    archive = Archive(capture.body, capture.url)
    try:
        with ofdkit.open(capture.body) as document:
            pages = list(_pages(document, capture))
    except ofdkit.OFDLimitError as error:
        raise ReadError("broken" if "DTD" in str(error) else "too-large", f"{capture.url}: {error}") from error
    except (ofdkit.OFDError, ET.ParseError, RecursionError, *DAMAGE) as error:
        raise ReadError("broken", f"{capture.url}: {error}") from error
    text, blocks = written(pieces_of(pages))
    if not text:
        pictures = any(name.lower().endswith(PICTURES) for name in archive.names())
        raise ReadError("needs-ocr" if pictures else "empty", f"{capture.url}: {'pictures only' if pictures else 'no text'}")
    return (numbered(flat(capture, READER, text, blocks)),)


def _pages(document: Any, capture: Capture) -> Iterator[Page]:
    allowed = limits.amounts()
    if len(document.pages) > allowed.pdf_pages:
        raise ReadError("too-large", f"{capture.url}: {len(document.pages)} pages, at most {allowed.pdf_pages}")
    for page in document.pages:
        left, top, width, height = page.box
        chars = [c for run in page.runs for c in _chars(run, left, top)][: allowed.pdf_page_characters]
        yield Page(page.index + 1, width * POINTS, height * POINTS, lines_of(chars), Drawn((), (), 0.0), scanned=False)


def _chars(run: Any, left: float, top: float) -> Iterator[Char]:
    """A run's characters, its width shared among them: half a share for Latin ones."""
    shares = [ems(c) for c in run.text]
    unit = run.width / (sum(shares) or 1) * POINTS
    size = run.size * POINTS
    x, base = (run.x - left) * POINTS, (run.y - top) * POINTS
    for c, share in zip(run.text, shares, strict=True):
        x1 = x + share * unit
        yield Char(x + 0.5 * size if c in OPENING and x1 - x > 0.8 * size else x, base, min(x1, x + 0.5 * size) if c in CLOSING else x1, c, size)
        x = x1
