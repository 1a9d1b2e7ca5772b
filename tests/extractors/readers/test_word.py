"""DOCX as it is printed: each document here is small and its blocks are given exactly."""

import io
from itertools import pairwise

import docx as python_docx
import pytest

from extractors.readers import word
from extractors.readers.errors import ReadError
from extractors.readers.word_numbers import FORMATS
from tests.extractors.readers.made import archive, capture, docx, p, shown, tbl, tc, tr


def read(body: str, **parts: str) -> list[str]:
    return shown(word.read(capture(docx(body, **parts)))[0])


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_insertions_stay_and_deletions_go() -> None:
    tracked = f'<w:ins w:id="1">{run("高新区")}</w:ins><w:del w:id="2"><w:r><w:delText>旧城区</w:delText></w:r></w:del>'
    body = f"<w:p>{run('本市')}{tracked}{run('设立基金。')}</w:p>"
    body += f'<w:p><w:moveFrom w:id="3">{run("迁走")}</w:moveFrom></w:p><w:p><w:moveTo w:id="4">{run("迁来")}</w:moveTo></w:p>'
    assert read(body) == ["paragraph 本市高新区设立基金。", "paragraph 迁来"]


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    body = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("前一段与")}</w:p>{p("后一段相连。")}{p("另一段。")}'
    assert read(body) == ["paragraph 前一段与后一段相连。", "paragraph 另一段。"]


def test_a_text_box_follows_its_anchor_once() -> None:
    box = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    drawing = f"<w:drawing><a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing>"
    fallback = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    assert read(f"<w:p>{run('锚定')}<w:r>{both}</w:r>{run('段落')}</w:p>") == ["paragraph 锚定段落", "paragraph 框内文字"]
    assert read(f"<w:p><w:r>{fallback}</w:r></w:p>") == ["paragraph 框内文字"]


def test_notes_come_last_in_the_order_of_their_marks() -> None:
    body = f'<w:p>{run("甲")}<w:r><w:footnoteReference w:id="3"/></w:r>{run("乙")}<w:r><w:endnoteReference w:id="1"/></w:r></w:p>{p("丙")}'
    notes = f'<w:footnote w:type="separator" w:id="0">{p("——")}</w:footnote><w:footnote w:id="2">{p("未引")}</w:footnote>'
    notes += f'<w:footnote w:id="3">{p("脚注")}</w:footnote>'
    assert read(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{p("尾注")}</w:endnote>') == [
        "paragraph 甲乙",
        "paragraph 丙",
        "note 脚注",
        "note 尾注",
    ]


def test_merged_cells_are_one_block_with_spans() -> None:
    wide, first, rest = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        tr(tc("地区", first), tc("专利", wide)),
        tr(tc("", rest), tc("申请"), tc("授权")),
        tr(tc("东岭县"), tc("120"), tc("85")),
    )
    assert read(p("附表") + table + p("完")) == [
        "paragraph 附表",
        "cell 0:0,0+2x1! 地区",
        "cell 0:0,1+1x2! 专利",
        "cell 0:1,1! 申请",
        "cell 0:1,2! 授权",
        "cell 0:2,0 东岭县",
        "cell 0:2,1 120",
        "cell 0:2,2 85",
        "paragraph 完",
    ]


def test_a_table_in_a_cell_lies_within_it() -> None:
    inner = tbl(tr(tc("子一"), tc("子二")), tr(tc("1"), tc("2")))
    article = word.read(capture(docx(tbl(tr(tc("外"), tc(p("说明") + inner + p("补充"))), tr(tc("甲"), tc("3"))))))[0]
    assert shown(article) == [
        "cell 0:0,0! 外",
        "cell 0:0,1! 说明",
        "cell 1:0,0! 子一",
        "cell 1:0,1! 子二",
        "cell 1:1,0 1",
        "cell 1:1,1 2",
        "cell 0:0,1! 补充",
        "cell 0:1,0 甲",
        "cell 0:1,1 3",
    ]
    assert article.text == "外\t说明\n子一\t子二\n1\t2\n补充\n甲\t3"
    assert all(a.end <= b.start for a, b in pairwise(article.blocks))


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert read(tbl(tr(tc(p("一段") + p("二段"))))) == ["paragraph 一段", "paragraph 二段"]


def test_deleted_rows_and_indented_rows() -> None:
    table = tbl(
        tr(tc("单位"), tc("金额"), properties="<w:tblHeader/>"),
        tr(tc("旧行"), tc("1"), properties='<w:del w:id="1"/>'),
        tr(tc("合计"), properties='<w:gridBefore w:val="1"/>'),
    )
    assert read(table) == ["cell 0:0,0! 单位", "cell 0:0,1! 金额", "cell 0:1,1 合计"]


def level(depth: int, form: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


LIST = (
    f'<w:abstractNum w:abstractNumId="5">{level(0, "chineseCountingThousand", "%1、")}'
    f"{level(1, 'chineseCounting', '（%2）')}{level(2, 'decimal', '%3.')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def listed(num: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'


def test_automatic_numbers_are_text_where_they_are_printed() -> None:
    body = (
        p("总则", listed(1, 0))
        + p("宗旨", listed(1, 1))
        + p("范围。", listed(1, 1))
        + p("附则", listed(1, 0))
        + p("期限。", listed(1, 1))
        + p("甲。", listed(1, 2))
    )
    assert read(body, numbering=LIST) == [
        "heading1 [一、] 一、总则",
        "heading2 [（一）] （一）宗旨",
        "item2 [（二）] （二）范围。",
        "heading1 [二、] 二、附则",
        "item2 [（一）] （一）期限。",
        "item3 [1.] 1. 甲。",
    ]


def test_lists_start_anew_or_go_on_as_they_say() -> None:
    body = p("甲。", listed(1, 0)) + p("乙。", listed(2, 0)) + p("丙。", listed(1, 0))
    assert read(body, numbering=LIST) == ["item1 [一、] 一、甲。", "item1 [七、] 七、乙。", "item1 [八、] 八、丙。"]


def test_bullets_legal_numbers_and_no_list() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", "●")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "chineseCounting", "第%1章")}{level(1, "decimal", "%1.%2", "<w:isLgl/>")}</w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = p("圆点项。", listed(1, 0)) + p("机制", listed(2, 0)) + p("事项。", listed(2, 1)) + p("无。", listed(0, 0)) + p("悬空。", listed(9, 0))
    assert read(body, numbering=numbering) == [
        "item1 圆点项。",
        "heading1 [第一章] 第一章 机制",
        "item4 [1.1] 1.1 事项。",
        "paragraph 无。",
        "paragraph 悬空。",
    ]


def test_a_style_gives_the_list_and_the_heading() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Own"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="r"><w:name w:val="Ring"/><w:basedOn w:val="r"/></w:style>'
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("目标", "1"), ("任务", "x"), ("任务……3", "t"), ("图 1 布局", "c"), ("环", "r"))
    )
    body += p("大纲", '<w:outlineLvl w:val="2"/>')
    assert read(body, styles=styles, numbering=LIST) == [
        "heading1 [一、] 一、目标",
        "heading1 [二、] 二、任务",
        "contents 任务……3",
        "caption 图 1 布局",
        "paragraph 环",
        "heading3 大纲",
    ]


def test_breaks_tabs_hyphens_fields_and_hidden_text() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = f"<w:p>{run('甲')}<w:r><w:tab/></w:r>{run('乙')}<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>{field}{run('3')}</w:p>"
    body += f"<w:p>{run('首句。')}<w:r><w:br/></w:r>{run('次句')}<w:r><w:br/></w:r>{run('续行')}<w:r><w:br w:type='page'/></w:r></w:p>"
    control = f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
    body += f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:hyperlink>{run('链接')}</w:hyperlink>{control}</w:p>"
    body += f"<w:sdt><w:sdtContent>{p('控件段')}</w:sdtContent></w:sdt>"
    ruby = f"<w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('拼')}</w:rubyBase></w:ruby>"
    body += f"<w:p><w:r>{ruby}<w:sym w:char='F0A8'/></w:r></w:p>"
    assert read(body) == ["paragraph 甲\t乙-3", "paragraph 首句。", "paragraph 次句\n续行", "paragraph 链接控件", "paragraph 控件段", "paragraph 拼□"]


def test_a_document_of_an_ordinary_writer() -> None:
    document = python_docx.Document()
    document.add_heading("东岭县科技计划", level=1)
    document.add_paragraph("全县安排资金三千万元。")
    table = document.add_table(rows=2, cols=2)
    for (row, column), text in {(0, 0): "项目", (0, 1): "数量", (1, 0): "中试线", (1, 1): "4"}.items():
        table.cell(row, column).text = text
    out = io.BytesIO()
    document.save(out)
    assert shown(word.read(capture(out.getvalue()))[0]) == [
        "heading1 东岭县科技计划",
        "paragraph 全县安排资金三千万元。",
        "cell 0:0,0! 项目",
        "cell 0:0,1! 数量",
        "cell 0:1,0 中试线",
        "cell 0:1,1 4",
    ]


@pytest.mark.parametrize(
    ("form", "n", "expected"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百〇五"),
        ("chineseCounting", 110, "一百一十"),
        ("chineseCountingThousand", 1010, "一千〇一十"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 11, "甲"),
        ("ideographDigital", 20, "二〇"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 49, "xlix"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalFullWidth", 12, "１２"),
    ],
)
def test_number_formats(form: str, n: int, expected: str) -> None:
    assert FORMATS[form](n) == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (docx("<w:p/>"), "empty"),
        (docx("<w:p><w:r><w:drawing><a:blip r:embed='r1'/></w:drawing></w:r></w:p>"), "needs-ocr"),
        (docx("<w:p>"), "broken"),
        (archive({"word/document.xml": "<x/>"}), "broken"),
        (archive({"word/other.xml": "<x/>"}), "broken"),
        (docx("<w:p>" + "<w:r>" * 300 + "</w:r>" * 300 + "</w:p>"), "broken"),  # libxml2 stops at 256
        (docx("<w:tbl><w:tr><w:tc>" * 70 + p("深") + "</w:tc></w:tr></w:tbl>" * 70), "read"),
        (docx("<w:sdt>" * 210 + p("深") + "</w:sdt>" * 210), "too-large"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    if reason == "read":
        assert "深" in word.read(capture(body))[0].text
        return
    with pytest.raises(ReadError) as caught:
        word.read(capture(body))
    assert caught.value.reason == reason
    assert "import:a" in caught.value.message
