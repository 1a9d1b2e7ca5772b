"""OFD pages made by hand (GB/T 33190-2016): text objects in millimetres."""

import pytest

from extractors.readers import ofd
from extractors.readers.errors import ReadError
from tests.extractors.readers.made import archive, capture, shown

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x: float, y: float, words: str, size: float = 4.0, advance: float | None = None) -> str:
    deltas = f' DeltaX="g {len(words) - 1} {advance or size}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="{int(x * 1000 + y)}" Boundary="{x} {y - size} 200 {size * 1.2}" Font="1" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}"{deltas}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def made(*pages: str, **more: str | bytes) -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n, _ in enumerate(pages))
    area = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
    entries: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>{area}</ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for n, page in enumerate(pages):
        entries[f"Doc_0/Pages/{n}.xml"] = f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
    return archive(entries | more)


def lines(x: float, y: float, words: str, width: int) -> str:
    """A paragraph with its first line two characters in."""
    first, rest = words[: width - 2], words[width - 2 :]
    parts = [text(x + 8, y, first)] + [text(x, y + 7 * (n + 1), rest[i : i + width]) for n, i in enumerate(range(0, len(rest), width))]
    return "".join(parts)


A = "东岭县今年新建中试平台六个，带动企业投入四千二百万元，比去年多出一成半，其中两个平台已经开始对外服务。"
B = "全县选派技术员下乡一百二十人次，编写果树修剪手册三册，办夜校四十二期，听课农户超过五千户，满意度明显提高。"


def test_lines_become_paragraphs_and_pages_are_counted() -> None:
    article = ofd.read(capture(made(text(70, 30, "果农夜校", 8) + lines(25, 60, A, 38), lines(25, 60, B, 38))))[0]
    assert shown(article) == ["heading1 果农夜校", f"paragraph {A}", f"paragraph {B}"]
    assert [b.page for b in article.blocks] == [1, 1, 2]


def test_single_characters_are_one_line() -> None:
    page = "".join(text(25 + 4 * n, 60, c) for n, c in enumerate("逐字放置的一行。"))
    assert shown(ofd.read(capture(made(page)))[0]) == ["paragraph 逐字放置的一行。"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made(""), "empty"),
        (made("", **{"Doc_0/Res/scan.jpg": b"\xff\xd8\xff"}), "needs-ocr"),
        (archive({"OFD.xml": "<x/>"}), "broken"),
        (archive({"OFD.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "broken"),
        (made(text(10, 10, "甲"))[:500], "broken"),
        (made("", big=bytes(300 << 20)), "too-large"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        ofd.read(capture(data))
    assert caught.value.reason == reason
