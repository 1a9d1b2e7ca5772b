"""Archives: names as their makers wrote them, each document a child, limits counted before anything is expanded."""

import io
import zipfile

import pytest

from extractors.readers import read, zip_
from extractors.readers.errors import ReadError
from tests.extractors.readers.made import archive, capture, docx, p, tbl, tc, tr


def renamed(entries: dict[bytes, bytes]) -> bytes:
    """A ZIP whose names are raw bytes without the UTF-8 flag, as Windows in China writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for n, body in enumerate(entries.values()):
            z.writestr(f"{n:0{len(list(entries)[n])}d}", body)
    data = out.getvalue()
    for n, name in enumerate(entries):
        data = data.replace(f"{n:0{len(name)}d}".encode(), name)
    return data


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_of_windows_and_of_others(encoding: str) -> None:
    page, child = zip_.read(capture(renamed({"附件1：名单.txt".encode(encoding): "东岭县".encode()})))
    assert page.text == "附件1：名单.txt"
    assert page.metadata.attachments[0].url == "附件1：名单.txt"
    assert child.text == "东岭县"


def test_each_document_is_a_child_and_what_cannot_be_read_is_a_note() -> None:
    table = tbl(tr(tc("县"), tc("数")), tr(tc("东岭"), tc("3")))
    data = archive(
        {
            "通知.docx": docx(p("请于月底前填报。")),
            "表/汇总.docx": docx(table),
            "__MACOSX/x": "litter",
            "图.psd": b"8BPS\x00\x01\x00\x00",
            "坏.docx": docx(p("x"))[:50],
        }
    )
    page, one, two = zip_.read(capture(data, "import:附件包.zip"))
    assert page.title == "附件包"
    assert page.text.split("\n") == ["通知.docx", "表/汇总.docx", "图.psd", "坏.docx"]
    assert [b.kind for b in page.blocks] == ["attachment"] * 4
    assert (one.text, one.role, one.parent, one.ordinal) == ("请于月底前填报。", "attachment", page.id, 1)
    assert (two.piece, two.ordinal) == ("file:表/汇总.docx", 2)
    assert [n.code for n in page.notes] == ["unreadable", "unreadable"]
    assert len({page.id, one.id, two.id}) == 3


def test_composed_pieces_keep_their_page() -> None:
    articles = read(capture(archive({"a.txt": "东岭县今年办夜校四十二期。", "附件2：汇总表.csv": "县,数\n东岭,3\n"})))
    assert articles[2].title == "附件2：汇总表"
    assert [a.role for a in articles] == ["page", "attachment", "attachment"]
    assert {a.parent for a in articles[1:]} == {articles[0].id}


def test_archives_in_archives_down_to_the_allowed_depth() -> None:
    two = archive({"内/二.zip": archive({"三.txt": "第二层"})})
    page, child = zip_.read(capture(two))
    assert page.text == "内/二.zip/三.txt"
    assert child.text == "第二层"
    three = archive({"一.zip": archive({"二.zip": archive({"三.txt": "第三层"})}), "四.txt": "第一层"})
    page, child = zip_.read(capture(three))
    assert child.text == "第一层"
    assert page.notes[0].text.startswith("一.zip/二.zip：too-large")


def locked() -> bytes:
    """The encryption bit set in both headers (APPNOTE 4.4.4)."""
    data = bytearray(archive({"a.txt": "x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (archive({}), "empty"),
        (archive({"__MACOSX/a": "x"}), "empty"),
        (archive({"a.psd": b"8BPS\x00\x01"}), "unsupported"),
        (archive({"a": bytes(201 << 20)}), "too-large"),
        (archive({"a": bytes(30 << 20)}), "too-large"),
        (archive({str(n): "" for n in range(10_001)}), "too-large"),
        (locked(), "encrypted"),
        (archive({"a.txt": "甲" * 100})[:90], "broken"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        zip_.read(capture(data))
    assert caught.value.reason == reason
