"""References: what spans, tables and repeated citations add to the examples in reference.yml."""

import pytest

from extractors.article import Article, Block, Cell, from_text
from extractors.docnumber import DOC_NUMBER
from extractors.record import Reference
from extractors.records.reference import extract


def references(text: str) -> list[Reference]:
    return extract(from_text(text), {})


def test_spans_point_at_title_and_number() -> None:
    text = "根据《北岭市渔港条例》(北政发[2030] 12 号)，"
    (r,) = references(text)
    assert text[r.start : r.end] == r.title == "北岭市渔港条例"
    assert text[slice(*r.spans["doc_number"])] == "北政发[2030] 12 号"
    assert r.doc_number == "北政发[2030]12号"


def test_each_document_once_with_what_any_citation_says() -> None:
    text = "《北岭市渔港条例》很重要。依据《北岭市渔港条例》（北政发〔2030〕12号）办理。按照北政发〔2030〕12号文件执行。"
    assert [(r.title, r.doc_number, r.relation, r.start) for r in references(text)] == [("北岭市渔港条例", "北政发〔2030〕12号", "basis", 1)]


def test_the_long_and_the_short_name_of_a_law_are_one() -> None:
    assert len(references("依照《中华人民共和国渔业法》制定。违反《渔业法》的，责令改正。")) == 1


def test_relation_carries_over_a_list_but_not_over_a_clause() -> None:
    text = "根据《渔业法》（2013年修正）、《北岭市渔港条例》等规定，结合实际，制定《北岭市渔港收费细则》。"
    assert [r.relation for r in references(text)] == ["basis", "basis", "issues"]


def test_a_list_repealed_together() -> None:
    text = "《北岭市帆船办法》（北政发〔2001〕3号）、《北岭市灯塔办法》（北政发〔2002〕4号）和《北岭市渔具办法》同时废止。"
    assert [r.relation for r in references(text)] == ["repeals"] * 3


def test_titles_inside_a_title_are_part_of_it() -> None:
    (r,) = references("依据《北岭市政府关于印发〈北岭市灯塔办法〉的通知》办理")
    assert r.title == "北岭市政府关于印发〈北岭市灯塔办法〉的通知"


@pytest.mark.parametrize("text", ["舞剧《潮声方案组》上演", "《人民文学》刊登", "《暂行办法》规定", "领取《船员证书》", "上文《方案》所述"])
def test_no_document(text: str) -> None:
    assert references(text) == []


def test_rows_of_a_repeal_table() -> None:
    text = "宣布失效的规范性文件目录\n1\n关于扶持帆船制造的通知\n北政发〔2001〕12号\n"
    cells = [("1", 0), ("关于扶持帆船制造的通知", 1), ("北政发〔2001〕12号", 2)]
    blocks = tuple(
        Block(kind="cell", start=text.index("\n" + v) + 1, end=text.index("\n" + v) + 1 + len(v), cell=Cell(table=0, row=0, column=c))
        for v, c in cells
    )
    (r,) = extract(Article(id="t", source="s", url="u", capture="", text=text, blocks=blocks, reader="test/1"), {})
    assert (r.title, r.doc_number, r.relation) == ("关于扶持帆船制造的通知", "北政发〔2001〕12号", "repeals")


@pytest.mark.parametrize("number", ["国办发〔2021〕1号", "粤府〔2023〕68号", "京科发[2022]33号", "教财司函（2019）8号", "沪发改规范〔2020〕15 号"])
def test_document_numbers(number: str) -> None:
    assert DOC_NUMBER.fullmatch(number)


HEADING = "废止的规范性文件目录\n"


@pytest.mark.parametrize(
    ("row", "title", "number"),
    [
        ("1.关于印发《北岭市灯塔管理办法》的通知（北海发〔2019〕12号）", "北岭市灯塔管理办法", "北海发〔2019〕12号"),
        ("（二）北岭市海洋局关于印发北岭市渔具细则的通知(北海发[2018]3号)；", "北岭市渔具细则", "北海发[2018]3号"),
        ("3 《北岭市渔港暂行规定》北政办〔2003〕5号", "北岭市渔港暂行规定", "北政办〔2003〕5号"),
        ("《北岭市港口规定》（北岭市人民政府令第18号）", "北岭市港口规定", "北岭市人民政府令第18号"),
        ("4、关于转发《绿洲省渔业补助办法》的通知（北海发〔2017〕9号）", "关于转发《绿洲省渔业补助办法》的通知", "北海发〔2017〕9号"),
        ("5.关于贯彻落实《绿洲省渔业条例》的实施意见（北政发〔2002〕1号）", "关于贯彻落实《绿洲省渔业条例》的实施意见", "北政发〔2002〕1号"),
        ("6.关于发布《北岭市养殖规程》的公告", "北岭市养殖规程", None),
    ],
)
def test_rows_of_a_repeal_list(row: str, title: str, number: str | None) -> None:
    text = f"{HEADING}{row}\n"
    (r,) = references(text)
    assert (r.title, r.doc_number, r.relation) == (title, number, "repeals")
    assert text[r.start : r.end] == title


def test_a_notice_of_two_documents_repeals_both() -> None:
    found = references(f"{HEADING}1.关于印发《北岭市灯塔办法》和《北岭市浮标办法》的通知（北海发〔2019〕2号）")
    assert [(r.title, r.doc_number) for r in found] == [("北岭市灯塔办法", "北海发〔2019〕2号"), ("北岭市浮标办法", "北海发〔2019〕2号")]


def test_what_stays_in_force_is_not_repealed() -> None:
    row = "1.关于印发《北岭市{}办法》的通知（北海发〔2019〕{}号）\n"
    text = "继续有效的文件目录\n" + row.format("灯塔", 1) + HEADING + row.format("浮标", 2) + "拟修改的文件目录\n" + row.format("航标", 3)
    assert [(r.title, r.relation) for r in references(text)] == [
        ("北岭市灯塔办法", "issues"),
        ("北岭市浮标办法", "repeals"),
        ("北岭市航标办法", "issues"),
    ]
    both = "关于公布继续有效和失效文件目录的通知\n" + row.format("灯塔", 1)
    assert [r.relation for r in references(both)] == ["issues"]


def test_a_row_is_no_heading() -> None:
    rows = "1.北岭市海洋局关于修改部分渔港文件的决定\n2.关于印发《北岭市浮标办法》的通知（北海发〔2019〕2号）"
    assert [(r.title, r.relation) for r in references(HEADING + rows)] == [
        ("北岭市海洋局关于修改部分渔港文件的决定", "repeals"),
        ("北岭市浮标办法", "repeals"),
    ]


def test_the_title_of_the_article_heads_its_list() -> None:
    listed = "各有关单位：\n一、关于印发《北岭市灯塔办法》的通知（北海发〔2019〕1号）\n二、本决定自2031年1月1日起执行新的管理规定\n"
    (r,) = extract(from_text(listed, title="北岭市海洋局关于废止部分文件的决定"), {})
    assert (r.title, r.relation) == ("北岭市灯塔办法", "repeals")


def test_the_notice_in_a_cell_is_repealed_by_what_it_puts_out() -> None:
    values = ["1", "关于印发《北岭市灯塔办法》的通知", "北海发〔2019〕1号"]
    text = HEADING + "\n".join(values)
    at = [text.index("\n" + v) + 1 for v in values]
    blocks = tuple(
        Block(kind="cell", start=s, end=s + len(v), cell=Cell(table=0, row=0, column=c)) for c, (s, v) in enumerate(zip(at, values, strict=True))
    )
    (r,) = extract(Article(id="t", source="s", url="u", capture="", text=text, blocks=blocks, reader="test/1"), {})
    assert (r.title, r.doc_number, r.relation) == ("北岭市灯塔办法", "北海发〔2019〕1号", "repeals")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("北岭市人民政府办公室转发市海洋局关于整治旧船坞意见的通知", [("市海洋局关于整治旧船坞意见", "forwards")]),
        ("转发绿洲省海洋厅关于做好航标巡检工作的通知", [("绿洲省海洋厅关于做好航标巡检工作的通知", "forwards")]),
        ("转发绿洲省海洋厅关于贯彻实施航标条例的通知", [("绿洲省海洋厅关于贯彻实施航标条例的通知", "forwards")]),
        ("转发绿洲省政府办公厅关于印发旧船坞整治方案的通知", [("旧船坞整治方案", "forwards")]),
        ("北岭市海洋局关于修订航标巡检办法和船坞安全规程的通知", [("航标巡检办法", "amends"), ("船坞安全规程", "amends")]),
        ("北岭市海洋局关于修改航标巡检办法部分条款的决定", [("航标巡检办法", "amends")]),
        ("北岭市海洋局关于延长航标巡检办法有效期的通知", [("航标巡检办法", "extends")]),
        ("北岭市海洋局关于废止航标巡检办法等三件文件的决定", [("航标巡检办法", "repeals")]),
        ("北岭市海洋局关于印发年度航标调研课题的通知", [("年度航标调研课题", "issues")]),
        ("北岭市海洋局关于公布获奖渔船的通知", []),
        ("北岭市海洋局关于延长报名时间的通知", []),
    ],
)
def test_titles_of_notices_without_brackets(line: str, found: list[tuple[str, str]]) -> None:
    assert [(r.title, r.relation) for r in references(line + "\n各单位：\n现通知如下。")] == found


def test_a_title_with_its_number_needs_no_brackets() -> None:
    (found,) = references("根据绿洲省海洋厅关于扶持浮标制造的若干意见（绿海发〔2031〕5号）要求，现通知如下。")
    assert (found.title, found.doc_number, found.relation) == ("绿洲省海洋厅关于扶持浮标制造的若干意见", "绿海发〔2031〕5号", "basis")
    assert references("船名为北岭一号（北海〔2031〕5号）。") == []
    own = from_text("北岭市关于扶持浮标制造的意见（北海发〔2031〕7号）\n一、总则", title="北岭市关于扶持浮标制造的意见")
    assert extract(own, {}) == []


def test_numbers_alone() -> None:
    text = "根据绿海发〔2031〕5号、北海发〔2031〕6号文件精神，制定本办法。原北海发〔2020〕1号和北海办〔2021〕2号文件同时废止。"
    assert [(r.title, r.relation) for r in references(text)] == [
        ("绿海发〔2031〕5号", "basis"),
        ("北海发〔2031〕6号", "basis"),
        ("北海发〔2020〕1号", "repeals"),
        ("北海办〔2021〕2号", "repeals"),
    ]
    (one,) = references("按照省政府办公厅绿政办发〔2031〕9号文件要求办理。")
    assert one.title == "绿政办发〔2031〕9号"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北岭市人民政府贯彻绿洲省关于扶持潮汐能产业意见的实施意见", [("绿洲省关于扶持潮汐能产业意见", "implements")]),
        ("北岭市人民政府关于贯彻落实“十六五”渔港建设规划的通知", [("“十六五”渔港建设规划", "implements")]),
        ("关于认真做好新修订《绿洲省渔业条例》宣传贯彻工作的通知", [("绿洲省渔业条例", "implements")]),
        ("关于延用《北岭市灯塔办法》的通知", [("北岭市灯塔办法", "extends")]),
        (
            "关于印发北岭市落实《绿洲省航标规划》实施方案的通知",
            [("北岭市落实《绿洲省航标规划》实施方案", "issues"), ("绿洲省航标规划", "implements")],
        ),
        (
            "转发省海洋厅关于贯彻《绿洲省航标规划》实施意见的通知",
            [("省海洋厅关于贯彻《绿洲省航标规划》实施意见", "forwards"), ("绿洲省航标规划", "implements")],
        ),
        ("北岭市政府办公室印发北岭市航标维护方案的通知", [("北岭市航标维护方案", "issues")]),
        ("转发省政府印发关于航标维护几点意见和2031年灯塔工作安排的通知", [("关于航标维护几点意见", "forwards"), ("2031年灯塔工作安排", "forwards")]),
        ("转发省政府关于建立灯塔值守制度的通知", [("省政府关于建立灯塔值守制度的通知", "forwards")]),
        ("转发省政府批准的灯塔值守制度的通知", [("省政府批准的灯塔值守制度", "forwards")]),
        ("关于废止北政发〔2030〕6号北政办〔2031〕7号文件的决定", [("北政发〔2030〕6号", "repeals"), ("北政办〔2031〕7号", "repeals")]),
        ("关于明确北政发〔2030〕6号文件责任单位的通知", [("北政发〔2030〕6号", "cites")]),
        (
            "2011年3月8日市政府令第8号公布的《北岭市灯塔办法》，2012年5月9日市政府令第9号公布的《北岭市渔具办法》同时废止。",
            [("北岭市灯塔办法", "repeals"), ("北岭市渔具办法", "repeals")],
        ),
    ],
)
def test_titles_that_carry_out_forward_or_end_others(text: str, found: list[tuple[str, str]]) -> None:
    assert [(r.title, r.relation) for r in references(text)] == found


def test_no_document_is_carried_out_where_a_meeting_is() -> None:
    assert references("关于贯彻落实全省渔业工作会议精神的通知") == []
    assert references("关于印发《北岭市灯塔办法》实施细则编写组名册的通知")[0].title == "北岭市灯塔办法"
