"""Which format a capture is, from its bytes first; its content type and name only tell texts and old office files apart."""

import re
from typing import Literal, get_args
from urllib.parse import unquote, urlsplit

from crawler.capture import Capture
from extractors.readers.errors import ReadError
from extractors.readers.zip_archive import Archive

Format = Literal[
    "html", "text", "md", "csv", "front-matter", "pdf", "docx", "doc", "wps", "rtf", "odt", "ofd", "xlsx", "xls", "et", "ods", "zip", "image",
]  # fmt: skip
FORMATS: tuple[str, ...] = get_args(Format)

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image?"),  # two letters only: text may begin so
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"MIME-Version:", "mhtml"),
    (b"\x00\x00\x01\x00", "icon"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
OLE_STREAMS: tuple[tuple[str, str], ...] = (  # a directory entry's name, UTF-16LE ([MS-CFB] 2.6.1)
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
PARTS: tuple[tuple[str, str], ...] = (  # what the archive holds says what it is
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),  # as some servers export it
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
)
MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
KINGSOFT = {"doc": "wps", "xls": "et"}  # the same OLE streams under a Kingsoft name
TEXTS = {"md": "md", "markdown": "md", "csv": "csv", "htm": "html", "html": "html", "shtml": "html", "xhtml": "html"}
NO_TEXT = ("json", "jsonl", "js", "css", "yml", "yaml", "py")  # written for programs
TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/csv": "csv", "text/markdown": "md"}
HTML_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAG = re.compile(rb"</?(?:p|div|br|span|table|tr|td|ul|li|a|h[1-6]|article|section|center|font|img)\b[^<>]*>", re.I)
FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?\s*---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|$)")
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")
BOM = re.compile(rb"\xff\xfe|\xfe\xff|\xef\xbb\xbf")


def format_of(capture: Capture) -> str:
    """One of `FORMATS`. Raises ReadError: `empty`, `encrypted`, `broken`, `too-large` (archives), or `unsupported` with what it is instead."""
    body = capture.body
    if not body.strip(b"\x00\r\n\t "):
        raise ReadError("empty", f"{capture.url}: no bytes")
    found = _binary(body, capture)
    if found is None:
        found = _textual(body, capture)
    if found == "encrypted":
        raise ReadError("encrypted", f"{capture.url}: needs a password")
    if found not in FORMATS:
        raise ReadError("unsupported", f"{capture.url}: no reader for {found}")
    return found


def extension(capture: Capture) -> str:
    """The ending of the URL's path, or of the name that the server gave; lower case, no dot; "" where none."""
    given = re.search(r"filename\*?=\"?([^\";]+)", capture.header("content-disposition") or "")
    name = given[1] if given else unquote(urlsplit(capture.url).path)
    last = name.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1].strip().lower() if "." in last else ""


def content_type(capture: Capture) -> str:
    return (capture.header("content-type") or "").split(";")[0].strip().lower()


def _binary(body: bytes, capture: Capture) -> str | None:
    if b"%PDF-" in body[:1024] and not HTML_OPENING.match(body[:1024]):
        return "pdf"
    if body.startswith(OLE):
        return _ole(body, extension(capture))
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(body, capture)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image"
    for magic, found in MAGIC:
        if body.startswith(magic):
            return found if found != "image?" else ("image" if len(body) > 26 and body[6:10] == bytes(4) else None)
    return None


def _ole(body: bytes, ending: str) -> str:
    for name, found in OLE_STREAMS:
        if name.encode("utf-16-le") + b"\x00\x00" in body:
            return KINGSOFT[found] if ending in KINGSOFT.values() and found in KINGSOFT else found
    return "OLE file without a known stream"


def _archive(body: bytes, capture: Capture) -> str:
    names = frozenset(Archive(body, capture.url).names())
    for part, found in PARTS:
        if part in names:
            return found
    if body[30:38] == b"mimetype":  # OpenDocument 1.2, part 3, 3.3: first, and not compressed
        size = int.from_bytes(body[22:26], "little")
        start = 38 + int.from_bytes(body[28:30], "little")
        return MIMETYPES.get(body[start : start + size].decode("ascii", "ignore"), "zip")
    return "zip"


def _textual(body: bytes, capture: Capture) -> str:
    head = body[:8192]
    if b"\x00" in head and not BOM.match(head):
        return "binary data of an unknown kind"
    if HTML_OPENING.match(head):
        return "html"
    if XML.match(head):
        return "XML"
    if FRONT_MATTER.match(body[:65_536]):
        return "front-matter"
    if extension(capture) in NO_TEXT or content_type(capture) == "application/json":
        return f"{extension(capture) or 'JSON'} data"
    claimed = TEXTS.get(extension(capture)) or TYPES.get(content_type(capture))
    return claimed or ("html" if len(HTML_TAG.findall(head)) >= 3 else "text")
