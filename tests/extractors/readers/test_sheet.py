"""Sheets as tables: values as the sheet shows them, titles above, headers found, merged cells one block."""

import datetime
import io

import openpyxl
import pytest

from extractors.readers import read, sheet
from extractors.readers.errors import ReadError
from tests.extractors.readers.made import archive, capture, ods, shown
from tests.extractors.readers.made_xls import xls


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*rows: list[object], merged: tuple[str, ...] = (), formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    for place, form in (formats or {}).items():
        page[place].number_format = form
    return saved(book)


def test_a_list_with_title_header_and_merged_cells() -> None:
    data = xlsx(
        ["附件2"],
        ["东岭县中试平台名单"],
        ["乡镇", "平台", None],
        [None, "名称", "面积（亩）"],
        ["河东", "陶瓷中试线", 320],
        [None, "鲜果分拣线", 86.5],
        merged=("A2:C2", "A3:A4", "B3:C3", "A5:A6"),
    )
    article = sheet.read(capture(data))[0]
    assert article.title == "东岭县中试平台名单"
    assert shown(article) == [
        "paragraph 附件2",
        "heading1 东岭县中试平台名单",
        "cell 0:0,0+2x1! 乡镇",
        "cell 0:0,1+1x2! 平台",
        "cell 0:1,1! 名称",
        "cell 0:1,2! 面积（亩）",
        "cell 0:2,0+2x1 河东",
        "cell 0:2,1 陶瓷中试线",
        "cell 0:2,2 320",
        "cell 0:3,1 鲜果分拣线",
        "cell 0:3,2 86.5",
    ]


def test_values_as_they_are_shown() -> None:
    data = xlsx(
        ["占比", "增速", "日期", "时刻", "编号", "长号", "和", "是否"],
        [0.15, 0.0825, datetime.date(2031, 5, 1), datetime.datetime(2031, 5, 1, 9, 30), 7.0, 440000000000000123, 0.1 + 0.2, True],
        formats={"A2": "0%", "B2": "0.00%"},
    )
    cells = [line.split(" ", 2)[2] for line in shown(sheet.read(capture(data))[0])][8:]
    assert cells == ["15%", "8.25%", "2031-05-01", "2031-05-01 09:30", "7", "440000000000000128", "0.3", "TRUE"]


def test_sheets_are_children_and_hidden_ones_are_named() -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "陶瓷"
    first.append(["品名", "数量"])
    first.append(["碗", 12])
    second = book.create_sheet("鲜果")
    second.append(["品名", "数量"])
    second.append(["梨", 30])
    hidden = book.create_sheet("底稿")
    hidden.append(["密"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    page, one, two = sheet.read(capture(saved(book)))
    assert page.text == "陶瓷\n鲜果"
    assert [n.text for n in page.notes] == ["未显示的工作表：底稿"]
    assert (one.title, one.parent, one.role, one.ordinal) == ("陶瓷", page.id, "attachment", 1)
    assert two.text == "品名\t数量\n梨\t30"
    assert len({page.id, one.id, two.id}) == 3


def test_one_column_is_text() -> None:
    assert shown(sheet.read(capture(xlsx(["填表说明"], ["一是如实填写。"])))[0]) == ["paragraph 填表说明", "paragraph 一是如实填写。"]


@pytest.mark.parametrize(
    "data", ["名称,数量\n碗,12\n".encode(), "名称\t数量\n碗\t12\n".encode("gb18030"), '"名称";"数量"\n碗;12'.encode("utf-8-sig")]
)
def test_csv_of_any_delimiter_and_encoding(data: bytes) -> None:
    assert shown(sheet.read_csv(capture(data, "import:a.csv"))[0]) == ["cell 0:0,0! 名称", "cell 0:0,1! 数量", "cell 0:1,0 碗", "cell 0:1,1 12"]


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_the_binary_sheets_of_excel_and_kingsoft(name: str) -> None:
    data = xls([["东岭县中试平台名单", ""], ["平台", "面积"], ["陶瓷中试线", 320.0], ["冷链", 86.5]], [(0, 0, 0, 1)])
    article = read(capture(data, f"import:{name}"))[0]
    assert article.title == "东岭县中试平台名单"
    assert shown(article) == [
        "heading1 东岭县中试平台名单",
        "cell 0:0,0! 平台",
        "cell 0:0,1! 面积",
        "cell 0:1,0 陶瓷中试线",
        "cell 0:1,1 320",
        "cell 0:2,0 冷链",
        "cell 0:2,1 86.5",
    ]


def test_sheets_of_opendocument() -> None:
    data = ods([["平台", "面积"], ["冷链", 86.5]])
    assert read(capture(data, "import:a.ods"))[0].text == "平台\t面积\n冷链\t86.5"


def far() -> bytes:
    """Two cells at the corners of the largest sheet: calamine would reserve 17 thousand million cells."""
    page = (
        '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return archive({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": page})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (far(), "too-large"),
        (saved(openpyxl.Workbook()), "empty"),
        (xlsx(["甲", "乙"])[:900], "broken"),
        (archive({"xl/workbook.xml": "<workbook/>"}), "broken"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        sheet.read(capture(data))
    assert caught.value.reason == reason
    assert "import:a" in caught.value.message


def test_a_csv_of_one_endless_field_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        sheet.read_csv(capture(b"a," + b"x" * 10_000_000))
    assert caught.value.reason == "broken"
