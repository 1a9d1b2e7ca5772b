"""A capture as it looks, for a person who compares: a page of a PDF as a picture, pictures, HTML and texts as they are. Runs in a sandbox child."""

import struct
import zlib
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from crawler.capture import Capture
from extractors.readers.decode import decode
from extractors.readers.errors import ReadError
from extractors.readers.pdf import opened
from extractors.readers.sniff import format_of

VIEWER: Final = "extractors.readers.original:view"
DPI: Final = 120  # of a drawn page: 8 points are readable, and a newspaper page stays below 3 MiB
MOST: Final = 4000  # pixels of its longer side
TEXTS: Final = ("text", "md", "csv", "front-matter")
# Some sites hide a page until their script has run.
SEEN: Final = "<style>body{visibility:visible!important;opacity:1!important}</style>"
PICTURES: Final = (  # what browsers show, by its first bytes
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`body` of type `media`; of a PDF the page asked for (none: empty), and the sizes of all its pages in points."""

    media: str
    body: bytes
    pages: tuple[tuple[float, float], ...] = ()


def page_url(url: str, page: int) -> str:
    """The URL of one page of a PDF (RFC 8118: #page=), from 1."""
    return f"{url}#page={page}"


def view(capture: Capture) -> View:
    """Raises ReadError: `unsupported` for formats that cannot be shown, and what their readers raise."""
    found = format_of(capture)
    if found == "pdf":
        return _pdf(capture)
    if found == "html":
        return View(media="text/html; charset=utf-8", body=(decode(capture)[0] + SEEN).encode())
    if found in TEXTS:
        return View(media="text/plain; charset=utf-8", body=decode(capture)[0].encode())
    media = next((media for magic, media in PICTURES if found == "image" and capture.body.startswith(magic)), None)
    if media is None:
        raise ReadError("unsupported", f"{capture.url}: {found} cannot be shown")
    return View(media=media, body=capture.body)


def _pdf(capture: Capture) -> View:
    _, _, number = urlsplit(capture.url).fragment.partition("page=")
    document = opened(capture)
    try:
        pages = tuple(document.get_page_size(n) for n in range(len(document)))
        if not number:
            return View(media="image/png", body=b"", pages=pages)
        if not (number.isdecimal() and 1 <= int(number) <= len(pages)):
            raise ReadError("unsupported", f"{capture.url}: no such page among {len(pages)}")
        return View(media="image/png", body=_drawn(document[int(number) - 1]), pages=pages)
    finally:
        document.close()


def _drawn(page: Any) -> bytes:
    """A page as PNG."""
    width, height = page.get_size()
    bitmap = page.render(scale=min(DPI / 72, MOST / max(width, height, 1.0)), rev_byteorder=True, prefer_bgrx=False)
    return png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, bytes(bitmap.buffer))


def png(width: int, height: int, stride: int, channels: int, pixels: bytes) -> bytes:
    """Pixels of 1 (grey), 3 (RGB) or 4 channels (RGBA), 8 bits each, as PNG (ISO/IEC 15948)."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + pixels[y * stride : y * stride + width * channels] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 3)), (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
