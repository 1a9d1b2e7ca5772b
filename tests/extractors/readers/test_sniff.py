"""Formats are told by their bytes; a wrong name or content type does not mislead."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.capture import Capture
from extractors.readers.errors import ReadError
from extractors.readers.sniff import FORMATS, OLE, extension, format_of


def capture(body: bytes, url: str = "import:a", **headers: str) -> Capture:
    listed = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return Capture(source="import", url=url, canonical_url=url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), headers=listed, body=body)


def archive(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        if mimetype:
            z.writestr("mimetype", mimetype)
        for name in names:
            z.writestr(name, "x")
    return out.getvalue()


def ole(stream: str) -> bytes:
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("body", "url", "expected"),
    [
        (b"%PDF-1.7\n", "http://x.cn/a.doc", "pdf"),
        (b"junk\n%PDF-1.4\n", "a", "pdf"),
        (archive("word/document.xml"), "a.zip", "docx"),
        (archive("xl\\workbook.xml"), "a.docx", "xlsx"),
        (archive("OFD.xml"), "a.pdf", "ofd"),
        (archive("附件.docx"), "a.docx", "zip"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "a", "odt"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a", "ods"),
        (ole("WordDocument"), "a.xls", "doc"),
        (ole("WordDocument"), "a.wps", "wps"),
        (ole("Workbook"), "a.et", "et"),
        (ole("Workbook"), "a.xls", "xls"),
        (b"{\\rtf1\\ansi", "a.doc", "rtf"),
        (b"\x89PNG\r\n\x1a\n123", "a.txt", "image"),
        (b"\xff\xd8\xff\xe0abc", "a.html", "image"),
        (b"RIFF1234WEBPVP8 ", "a", "image"),
        (b"<!DOCTYPE html><p>x", "a.pdf", "html"),
        (b"\n <!-- c --> <html><body>", "a", "html"),
        ("<p>甲</p><p>乙</p>".encode(), "a", "html"),
        ("通知".encode(), "a.htm", "html"),
        (b"---\ntitle: a\n---\n\n<div>", "a", "front-matter"),
        (b"---\nno end\n", "a", "text"),
        ("# 甲\n".encode(), "a.md", "md"),
        ("甲,乙\n".encode(), "a.csv", "csv"),
        ("关于x的通知 a<b".encode("gb18030"), "a", "text"),
        ("﻿通知".encode("utf-16"), "a", "text"),
        (b"BM is a text", "a", "text"),
    ],
)
def test_format(body: bytes, url: str, expected: str) -> None:
    assert format_of(capture(body, url)) == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b" \n\x00", "empty"),
        (ole("EncryptedPackage"), "encrypted"),
        (ole("PowerPoint Document"), "unsupported"),
        (archive("ppt/presentation.xml"), "unsupported"),
        (b"Rar!\x1a\x07\x00", "unsupported"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "unsupported"),
        (b"\x7fELF\x00\x00", "unsupported"),
        (b"PK\x03\x04 and no more", "broken"),
        (archive(*(str(i) for i in range(10_001))), "too-large"),
    ],
)
def test_refused(body: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        format_of(capture(body))
    assert caught.value.reason == reason
    assert "import:a" in caught.value.message


def test_server_names_and_types_tell_texts_apart() -> None:
    assert format_of(capture(b"a,b\n", "http://x.cn/down?id=1", Content_Type="text/csv; charset=gbk")) == "csv"
    assert format_of(capture(b"a,b\n", "http://x.cn/down?id=1", Content_Disposition='attachment; filename="t.csv"')) == "csv"
    assert format_of(capture(b"hello", "http://x.cn/", Content_Type="text/html")) == "html"
    assert extension(capture(b"", "http://x.cn/a.b/%E9%99%84%E4%BB%B6.PDF?x=.doc")) == "pdf"


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE, b"%PDF-", b"---\n", b"<html"]))
def test_any_bytes_give_a_format_or_a_read_error(body: bytes, head: bytes) -> None:
    try:
        found = format_of(capture(head + body))
    except ReadError:
        return
    assert found in FORMATS


def test_many_comments_do_not_stall_the_search_for_html() -> None:
    assert format_of(capture(b"<!-- c -->" * 900 + b"text")) == "text"


@pytest.mark.parametrize("url", ["import:a/gold.json", "import:a/site.yml", "http://x.cn/list.js"])
def test_what_is_written_for_programs_is_no_article(url: str) -> None:
    with pytest.raises(ReadError, match=r"no reader for .* data") as caught:
        format_of(capture(b'{"a": 1}', url))
    assert caught.value.reason == "unsupported"
