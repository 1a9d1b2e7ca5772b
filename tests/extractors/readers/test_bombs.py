"""Files made to break readers: each is read right, or refused for the right reason within its limits, and the next document is read.

All of them go through the sandbox, as they do in use. The list is that of research on document libraries (stopped, aborted or hung there).
"""

import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from extractors.readers import limits, office, scan
from extractors.readers.errors import ReadError
from extractors.sandbox import Sandbox
from tests.extractors.readers.made import W, archive, capture, docx, p, tbl, tc, tr
from tests.extractors.readers.made_pdf import assembled, column, pdf, text
from tests.extractors.readers.test_sheet import far, xlsx

LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
pytestmark = pytest.mark.ci  # a minute or two of bombs
MOST_SECONDS = 45.0  # 30 of the reader's row, and starting a child on a busy machine


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


def outcome(sandbox: Sandbox, body: bytes, name: str) -> str:
    """The reason of the refusal, or `read`. Fails where it takes longer than the row allows."""
    began, refused = time.monotonic(), None
    try:
        sandbox.read(capture(body, f"import:{name}"))
    except ReadError as error:
        refused = error
    assert time.monotonic() - began < MOST_SECONDS
    assert refused is None or name in refused.message
    return refused.reason if refused else "read"


def entity(doctype: str, inside: str) -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>{p(inside)}</w:body></w:document>'
    return archive({"word/document.xml": f"<?xml version='1.0'?>{doctype}{body}"})


def overlapping() -> bytes:
    """Ten thousand directory entries that all name the same compressed megabytes."""
    one = io.BytesIO()
    with zipfile.ZipFile(one, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a", bytes(5 << 20))
    data = one.getvalue()
    at = data.index(b"PK\x01\x02")
    entry = data[at : data.index(b"PK\x05\x06")]
    listing = b"".join(entry[:46] + b"a" + entry[47:] for _ in range(9000))
    return data[:at] + listing + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9000, 9000, len(listing), at, 0)


def lying() -> bytes:
    """An entry that claims to be small and expands to hundreds of megabytes."""
    data = bytearray(archive({"word/document.xml": bytes(400 << 20)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    data[22:26] = struct.pack("<L", 100)
    return bytes(data)


def nested(depth: int) -> bytes:
    body = archive({"a.txt": "甲"})
    for _ in range(depth):
        body = archive({f"{n}.zip": body for n in range(10)})
    return body


def stream(expanded: int) -> bytes:
    """A page whose content expands to so many bytes."""
    squeezer = zlib.compressobj(9)
    packed = b"".join(squeezer.compress(b"0 0 m 1 1 l S\n" * 75_000) for _ in range(expanded // 1_050_000)) + squeezer.flush()
    content = f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n{packed.decode('latin-1')}\nendstream"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content])


def loop() -> bytes:
    """A page tree that holds itself, and claims a hundred pages."""
    return assembled(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 100/Kids[3 0 R 2 0 R]>>", "<</Type/Pages/Parent 2 0 R/Count 50/Kids[2 0 R]>>"]
    )


def forms() -> bytes:
    """Forms that draw themselves and each other."""
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>/Length 20>>stream\n/A Do /B Do /A Do   \nendstream"
    )
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>"
    content = "<</Length 5>>stream\n/A Do\nendstream"
    return assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content, form, form])


def png(width: int, height: int) -> bytes:
    """A picture of one colour that takes width times height bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    squeezer = zlib.compressobj(9)
    row = bytes(1 + width)
    data = b"".join(squeezer.compress(row) for _ in range(height)) + squeezer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def many_rules() -> bytes:
    """Hundreds of thousands of strokes on one page."""
    return pdf([f"{n % 590} {n % 800} m {n % 590 + 9} {n % 800} l S" for n in range(300_000)] + column(80, 120, 40, ["图下有字。"]))


BOMBS = {
    "laughs.docx": (lambda: entity(LAUGHS, "&a9;"), {"broken"}),
    "outside.docx": (lambda: entity(OUTSIDE, "&e;后文"), {"broken"}),
    "laughs.ofd": (lambda: archive({"OFD.xml": f"{LAUGHS}<OFD>&a9;</OFD>"}), {"broken"}),
    "expands.docx": (lambda: archive({"word/document.xml": bytes(516 << 20)}), {"too-large"}),
    "lies.docx": (lying, {"broken", "too-large"}),
    "expands.ofd": (lambda: archive({"OFD.xml": bytes(300 << 20)}), {"too-large"}),
    "overlaps.zip": (overlapping, {"too-large"}),
    "nested.zip": (lambda: nested(6), {"too-large"}),
    "entries.zip": (lambda: archive({f"{n}.txt": "" for n in range(20_000)}), {"too-large"}),
    "deep.docx": (lambda: docx("<w:tbl><w:tr><w:tc>" * 3000 + p("x") + "</w:tc></w:tr></w:tbl>" * 3000), {"broken", "too-large"}),
    "broad.docx": (lambda: docx(tbl(tr(tc("x", '<w:gridSpan w:val="99999999"/>'), tc("y")))), {"read", "too-large"}),
    "paragraphs.docx": (lambda: docx(p("甲") * 200_000), {"read", "too-large"}),
    "wide.xlsx": (far, {"too-large"}),
    "long.xlsx": (lambda: xlsx(*([n, n * 2, "甲"] for n in range(30_000))), {"read"}),
    "stream.pdf": (lambda: stream(900_000_000), {"memory", "crashed", "empty", "timeout"}),
    "loop.pdf": (loop, {"broken", "empty", "read"}),
    "forms.pdf": (forms, {"empty", "memory", "crashed", "timeout"}),
    "large.pdf": (lambda: pdf([text(10, 100, "一页很大")], extra="/MediaBox[0 0 400000 400000]"), {"read"}),
    "pages.pdf": (lambda: pdf(*([text(10, 100, "页")] for _ in range(2001))), {"too-large"}),
    "strokes.pdf": (many_rules, {"read", "timeout"}),
    "letters.pdf": (lambda: pdf([text(10, 10 + n % 800, "字" * 50, 6) for n in range(8000)]), {"read"}),
    "line.txt": (lambda: ("甲乙丙丁" * 2_500_000).encode("gb18030")[:10_000_000], {"read"}),
    "line.csv": (lambda: b"a," + b"x" * 10_000_000, {"broken"}),
    "nested.html": (
        lambda: b"<html><body>" + b"<div>" * 200_000 + b"x" + b"</div>" * 200_000,
        {"read", "broken", "too-large", "empty", "error-page"},
    ),
    "many.html": (lambda: b"<html><body>" + "<p>东岭县今年办夜校四十二期。</p>".encode() * 300_000, {"read", "too-large", "timeout"}),
    "zeros.bin": (lambda: bytes(50 << 20), {"empty"}),
    "picture.png": (lambda: png(30_000, 30_000), {"too-large"} if scan.available() else {"needs-ocr"}),
}
if office.installed():
    BOMBS["braces.rtf"] = (
        lambda: b"{\\rtf1 " + b"{" * 500_000 + b"x" + b"}" * 500_000 + b"}",
        {"read", "broken", "empty", "timeout", "memory", "crashed"},
    )
    BOMBS["noise.doc"] = (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument\0".encode("utf-16-le") + os.urandom(20_000),
        {"broken", "empty", "read"},
    )


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_one_document(sandbox: Sandbox, name: str) -> None:
    make, allowed = BOMBS[name]
    assert outcome(sandbox, make(), name) in allowed
    assert outcome(sandbox, docx(p("下一份文件照常读出。")), "next.docx") == "read"


WHOLE = {
    "a.docx": docx(p("东岭县") + tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))),
    "a.xlsx": xlsx(["名称", "数量"], ["碗", 12]),
    "a.pdf": pdf(column(80, 120, 40, ["东岭县今年办夜校四十二期，听课农户超过五千户。"])),
    "a.zip": archive({"a.txt": "甲" * 50, "b.txt": "乙" * 50}),
    "a.png": png(40, 40),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_ends_early_is_refused_or_read(sandbox: Sandbox, name: str, share: float) -> None:
    whole = WHOLE[name]
    assert outcome(sandbox, whole[: int(len(whole) * share)], name) in {"broken", "empty", "unsupported", "needs-ocr", "read"}


@pytest.mark.parametrize("name", WHOLE)
def test_a_wrong_name_does_not_matter(sandbox: Sandbox, name: str) -> None:
    right = outcome(sandbox, WHOLE[name], name)
    assert {outcome(sandbox, WHOLE[name], f"b.{wrong}") for wrong in ("html", "txt", "xls", "doc", "jpg", "")} == {right}


def test_every_amount_of_the_limits_is_a_positive_number() -> None:
    assert all(getattr(limits.amounts(), name) > 0 for name in limits.Amounts.__struct_fields__)
    assert limits.work("ocr").memory_mib == max(row.memory_mib for row in limits.limits().work.values())
