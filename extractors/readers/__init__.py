"""Capture -> Articles: sniff the format, read it, find the documents inside."""

from collections.abc import Callable, Sequence
from typing import Final

from crawler.capture import Capture
from extractors.article import Article
from extractors.documents import compose
from extractors.readers import html, ofd, office, pdf, scan, sheet, text, word, zip_
from extractors.readers.errors import ReadError
from extractors.readers.sniff import format_of

Reader = Callable[[Capture], Sequence[Article]]

READERS: Final[dict[str, Reader]] = {
    "html": html.read,
    "text": text.read,
    "md": text.read_markdown,
    "front-matter": text.read_front_matter,
    "pdf": pdf.read,
    "docx": word.read,
    "doc": office.read,
    "wps": office.read,
    "rtf": office.read,
    "odt": office.read,
    "ofd": ofd.read,
    "xlsx": sheet.read,
    "xls": sheet.read,
    "et": sheet.read,
    "ods": sheet.read,
    "csv": sheet.read_csv,
    "zip": zip_.read,
    "image": scan.read,
}


def read(capture: Capture) -> tuple[Article, ...]:
    """The page first, then its children. Raises ReadError."""
    found = format_of(capture)
    reader = READERS.get(found)
    if reader is None:
        raise ReadError("unsupported", f"{capture.url}: no reader for {found}")
    articles = reader(capture)
    if not any(a.text.strip() or a.metadata.attachments for a in articles):
        raise ReadError("empty", f"{capture.url}: no text")
    return tuple(piece for article in articles for piece in compose(article, capture))
