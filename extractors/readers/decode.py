"""Bytes -> text, strictly: BOM, declared charset, UTF-8, detection, GB18030. No U+FFFD ever leaves here."""

import codecs
import re
from collections.abc import Iterable, Iterator

from chardetng_py import EncodingDetector

from crawler.capture import Capture
from extractors.article import Note
from extractors.readers.errors import ReadError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What pages call GB2312 or GBK is GB18030 in truth (WHATWG Encoding, and 100 % of Chinese pages measured: research, encoding).
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "utf8": "utf-8"}
META = re.compile(rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,20})""", re.IGNORECASE)
HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,20})", re.IGNORECASE)
# Servers send these unasked (AddDefaultCharset), and any bytes decode as them: they say nothing of a Chinese page.
SAYS_NOTHING = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "windows-1252"}
LOST = "□"  # 方框: what Chinese print sets for a missing character
# One lost character in 500 is a damaged byte; more is the wrong charset.
MOST_LOST = 1 / 500
CONTROL = bytes(n for n in (*range(9), 11, *range(14, 32), 127))  # no byte of a UTF-8 or GB18030 character, so they go before decoding
WRITTEN = (("\ufffd", LOST), ("\r\n", "\n"), ("\r", "\n"), ("\x00", ""))
WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(capture: Capture) -> tuple[str, tuple[Note, ...]]:
    """(text with \\n line ends, notes on damage). Raises ReadError `encoding`, or `broken` for binary bytes."""
    body = capture.body
    if not body.startswith(WIDE):
        if b"\x00" in body and body.count(b"\x00") > len(body) / 20:
            raise ReadError("broken", f"{capture.url}: binary bytes where text was expected")
        body = body.translate(None, CONTROL)
    text = _strict(body, _charsets(capture))
    if text is None:
        text = _mended(body, capture)
    notes = _damage(text) if "\ufffd" in text else []
    text = text.removeprefix("\ufeff")
    for written, meant in WRITTEN:
        if written in text:  # hardly ever: to look is ten times as fast as to replace nothing
            text = text.replace(written, meant)
    return text, tuple(notes)


def _damage(text: str) -> list[Note]:
    lost = text.count("\ufffd")
    return [Note(code="damaged-text", text=f"{lost} 个字符在原文件中已损坏，以 {LOST} 表示")]


def _charsets(capture: Capture) -> Iterator[str]:
    """Charsets to try, the most trustworthy first; detection costs as much as parsing, so it comes when all else has failed."""
    yield from (name for bom, name in BOMS if capture.body.startswith(bom))
    http = HEADER.search(capture.header("content-type") or "")
    meta = META.search(capture.body[:4096])
    declared = (m.lower() for m in (http and http[1], meta and meta[1].decode("ascii")) if m)
    yield from (name for name in declared if name not in SAYS_NOTHING)
    yield "utf-8"
    detector = EncodingDetector()
    detector.feed(capture.body[:200_000], last=len(capture.body) <= 200_000)
    yield str(detector.guess(tld=None, allow_utf8=False)).lower()
    yield "gb18030"


def _strict(body: bytes, charsets: Iterable[str]) -> str | None:
    for name in charsets:
        for cut in range(3):  # a download may end within a character
            try:
                return body[: len(body) - cut].decode(WIDER.get(name, name))
            except (UnicodeDecodeError, LookupError):
                continue
    return None


def _mended(body: bytes, capture: Capture) -> str:
    """The text with a few damaged bytes marked. The charset is the one that loses least."""
    found = min((body.decode(name, errors="qingbao-mark") for name in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd"))
    if found.count("\ufffd") > max(2, len(found) * MOST_LOST):
        raise ReadError("encoding", f"{capture.url}: no charset fits these bytes")
    return found


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd", error.end


codecs.register_error("qingbao-mark", _mark)
