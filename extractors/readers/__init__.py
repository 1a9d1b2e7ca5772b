"""Capture -> Articles: sniff the format, read it, find the documents inside."""

from collections.abc import Callable, Sequence
from typing import Final

from crawler.capture import Capture
from extractors.article import Article
from extractors.documents import compose
from extractors.readers import office, pdf, text, word
from extractors.readers.errors import ReadError
from extractors.readers.sniff import format_of

Reader = Callable[[Capture], Sequence[Article]]

READERS: Final[dict[str, Reader]] = {
    "text": text.read,
    "md": text.read_markdown,
    "front-matter": text.read_front_matter,
    "pdf": pdf.read,
    "docx": word.read,
    "doc": office.read,
    "wps": office.read,
    "rtf": office.read,
    "odt": office.read,
}


def read(capture: Capture) -> tuple[Article, ...]:
    """The page first, then its children. Raises ReadError."""
    found = format_of(capture)
    reader = READERS.get(found)
    if reader is None:
        raise ReadError("unsupported", f"{capture.url}: no reader for {found}")
    return tuple(piece for article in reader(capture) for piece in compose(article, capture))
