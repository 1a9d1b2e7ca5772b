"""DOCX -> one flat article."""

from collections.abc import Sequence

from lxml import etree

from crawler.capture import Capture
from extractors.article import Article
from extractors.numbering import numbered
from extractors.readers.draft import Piece, written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.word_numbers import Numbering
from extractors.readers.word_styles import Styles
from extractors.readers.word_walk import Walker
from extractors.readers.word_xml import child, local, parsed, value
from extractors.readers.zip_archive import Archive

READER = "word/1"
PICTURES = ("blip", "imagedata")


def read(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: broken, too-large, encrypted, needs-ocr (pictures only), empty."""
    return (article(capture, capture.body, READER),)


def article(capture: Capture, body: bytes, reader: str) -> Article:
    """The DOCX `body` (the capture's own, or what it was converted to) as the capture's article."""
    archive = Archive(body, capture.url)
    main = _main_part(archive)
    root = _part(archive, main)
    if root is None or (content := child(root, "body")) is None:
        raise ReadError("broken", f"{capture.url}: {main} has no body")
    text, blocks = written(_pieces(archive, main, content))
    if not text:
        pictures = any(local(e) in PICTURES for e in root.iter())
        raise ReadError("needs-ocr" if pictures else "empty", f"{capture.url}: a document {'of pictures only' if pictures else 'without text'}")
    return numbered(flat(capture, reader, text, blocks))


def _pieces(archive: Archive, main: str, body: etree._Element) -> list[Piece]:
    folder = main.rpartition("/")[0]
    beside = {name: _part(archive, f"{folder}/{name}.xml" if folder else f"{name}.xml") for name in ("styles", "numbering", "footnotes", "endnotes")}
    notes = {
        kind: {value(n, "id") or "": n for n in root if value(n, "type") in (None, "normal")}
        for kind, root in beside.items()
        if root is not None and kind.endswith("notes")
    }
    return Walker(archive.url, Styles(beside["styles"]), Numbering(beside["numbering"]), notes).document(body)


def _main_part(archive: Archive) -> str:
    """The part that the package names as its document (ISO/IEC 29500-2, 9.3)."""
    relations = _part(archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            return (value(relation, "Target") or "").lstrip("/")
    return "word/document.xml"


def _part(archive: Archive, name: str) -> etree._Element | None:
    data = archive.read(name)
    return None if data is None else parsed(data, archive.url, name)
