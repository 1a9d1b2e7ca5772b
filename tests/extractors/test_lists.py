"""Published lists: their rows in tables and in lines, their stage, batch and 公示期, on invented notices."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.article import Article, Cell, Metadata, from_text
from extractors.publicity import publicity
from extractors.record import Action, Metric
from extractors.records import extract
from tests.extractors.tables import table
from tests.extractors.texts import articles

PROPOSED = """关于2031年第二批湛江市海洋科技企业拟认定名单的公示

根据《湛江市海洋科技企业认定办法》，经专家评审，拟认定下列企业，现予以公示。公示期为2031年5月6日至5月12日。对名单有异议的，请书面反映。

附件：2031年第二批湛江市海洋科技企业名单

湛江市海洋局
2031年5月6日

附件
2031年第二批湛江市海洋科技企业名单
1．湛江蓝藻科技有限公司
2．湛江深海装备有限公司
3．湛江海风能源有限公司
"""


def rows(found: Sequence[Article]) -> list[Action]:
    return [r for article in found for r in extract(article) if isinstance(r, Action) and r.rule == "action: list row"]


def test_rows_of_numbered_lines_take_stage_and_period_from_the_page() -> None:
    page, listed = articles(PROPOSED)
    found = rows([page, listed])
    assert [r.object for r in found] == ["湛江蓝藻科技有限公司", "湛江深海装备有限公司", "湛江海风能源有限公司"]
    assert {r.article for r in found} == {listed.id}
    assert {(r.stage, r.batch, r.publicity, r.publicity_start, r.publicity_end) for r in found} == {
        ("proposed", "2031年第二批", "2031年5月6日至5月12日", "2031-05-06", "2031-05-12")
    }
    assert all("publicity" not in r.spans for r in found)  # it stands in the page's text


def test_the_period_of_a_list_in_the_page_itself_has_its_span() -> None:
    article = from_text("湛江市渔港改造拟立项项目公示\n公示时间：2031年5月6日—12日。拟立项项目如下：\n1、北港码头加固\n2、南港航道疏浚\n联系人：何工")
    found = rows([article])
    assert [r.object for r in found] == ["北港码头加固", "南港航道疏浚"]
    assert {article.quote(r.spans["publicity"]) for r in found} == {"2031年5月6日—12日"}
    assert {(r.publicity_start, r.publicity_end) for r in found} == {("2031-05-06", "2031-05-12")}


def test_lines_of_nothing_but_bodies_are_rows() -> None:
    article = from_text(
        "关于公布2031年度湛江市示范渔企认定名单的通知\n各区海洋局：\n认定名单\n湛江蓝藻科技有限公司\n湛江深海装备有限公司\n特此通知。"
    )
    assert [(r.object, r.stage, r.publicity) for r in rows([article])] == [
        ("湛江蓝藻科技有限公司", "final", None),
        ("湛江深海装备有限公司", "final", None),
    ]


def test_columns_parted_by_blanks() -> None:
    article = from_text(
        "湛江市2031年度渔业科技奖补名单公示\n奖补名单\n序号 企业名称 所在地\n1 湛江蓝藻科技有限公司 霞山区\n2 湛江深海装备有限公司 麻章区"
    )
    assert [(r.trigger, r.object) for r in rows([article])] == [("奖补", "湛江蓝藻科技有限公司"), ("奖补", "湛江深海装备有限公司")]


@pytest.mark.parametrize(
    "text",
    [
        "湛江市示范渔企认定名单公示\n异议应当符合以下条件，具体如下：\n1.实名书面提出，并附证明材料\n2.在规定时间内送达",
        "湛江市示范渔企认定名单公示\n联系方式如下：\n1.电话：0759-1234567\n2.地址：海滨路9号",
        "湛江市示范渔企培育方案\n重点任务如下：\n1.建设北港码头\n2.疏浚南港航道",
        "湛江市示范渔企认定名单公示\n名单\n2.湛江蓝藻科技有限公司\n5.湛江深海装备有限公司",
    ],
)
def test_lines_that_are_no_rows(text: str) -> None:
    assert rows([from_text(text)]) == []


def test_a_table_goes_before_lines() -> None:
    article = table([["序号", "企业名称"], ["1", "湛江蓝藻科技有限公司"]], title="2031年渔企拟认定名单公示")
    assert [r.object for r in rows([article])] == ["湛江蓝藻科技有限公司"]


def test_a_heading_across_a_table_is_no_row() -> None:
    head = Cell(table=0, row=2, column=0, columns=3)
    grid = [["序号", "项目名称", "单位"], ["1", "北港码头加固", "湛江港务公司"], ["二、软科学项目", "", ""], ["2", "海藻产业路径研究", "湛江大学"]]
    made = table(grid)
    blocks = [b for b in made.blocks if b.cell and (b.cell.row != 2 or b.cell.column == 0)]
    across = tuple(replace(b, cell=head) if b.cell and b.cell.row == 2 else b for b in blocks)
    article = replace(made, title="湛江市2031年科技计划项目拟立项公示", blocks=across)
    assert [r.object for r in rows([article])] == ["北港码头加固", "海藻产业路径研究"]
    single = table([["企业名称"], ["湛江蓝藻科技有限公司"]], title="2031年渔企拟认定名单公示")
    assert [r.object for r in rows([single])] == ["湛江蓝藻科技有限公司"]


def test_projects_that_are_handed_down_are_a_final_list() -> None:
    grid = [["序号", "项目名称", "承担单位"], ["1", "北港码头加固", "湛江港务公司"]]
    (row,) = rows([table(grid, title="湛江市海洋局关于下达2031年市级科技计划项目的通知")])
    assert (row.object, row.stage, row.tense) == ("北港码头加固", "final", "done")
    assert rows([table(grid, title="湛江市海洋局关于下达2031年渔业资金的通知")]) == []


def test_remarks_in_brackets_behind_names_in_lines() -> None:
    lines = "1.湛江海藻研究院（依托单位：湛江蓝藻科技有限公司）\n2.（霞山）深海装备研究所；\n3.湛江（硇洲）渔港研究院"
    found = rows([from_text(f"湛江市新型研发机构拟备案名单公示\n拟备案名单\n{lines}")])
    assert [r.object for r in found] == ["湛江海藻研究院", "（霞山）深海装备研究所", "湛江（硇洲）渔港研究院"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("公示期5个工作日（2031年5月6日-2031年5月12日）。", ("2031年5月6日-2031年5月12日", "2031-05-06", "2031-05-12")),
        ("公示期自5月6日起至5月12日止，如有异议，请反映。", ("自5月6日起至5月12日止", "2031-05-06", "2031-05-12")),
        ("公示期限：2031.12.29—2032.1.6", ("2031.12.29—2032.1.6", "2031-12-29", "2032-01-06")),
        ("公示时间：12月29日至1月6日", ("12月29日至1月6日", "2031-12-29", "2032-01-06")),
        ("公示时间：2031年5月6日（周二）至5月12日", ("2031年5月6日（周二）至5月12日", "2031-05-06", "2031-05-12")),
        ("公示时间为自公布之日起5个工作日。", ("自公布之日起5个工作日", None, None)),
        ("现予公示，公示期7天。", ("7天", None, None)),
        ("公示期内有异议的，请于2031年5月6日前提出。", None),
        ("2026-2030年度项目公示如下。联系电话：0759-12-34", None),
        ("公示期为2031年2月30日至3月5日。", None),
        ("湛江市2031年1月至5月渔获量公示", None),
    ],
)
def test_the_public_notice_period(text: str, period: tuple[str, str | None, str | None] | None) -> None:
    article = from_text(text, metadata=Metadata(published_date="2031-05-05"))
    found = publicity(article)
    assert (found and (found.text, found.start, found.end)) == period
    assert found is None or found.span is None or article.quote(found.span) == found.text


def test_hostile_sentences_take_no_time() -> None:
    start = time.process_time()
    for text in ("公示期" + "1月" * 50_000, "公示" * 50_000, "公示期自" + "5个" * 50_000):
        publicity(from_text(text))
    assert time.process_time() - start < 3


def test_what_a_notice_says_of_its_own_period_is_no_action() -> None:
    text = "湛江市海洋局关于渔企认定名单的公示\n公示期为2031年5月6日至12日。公示时间内，个人反映情况须签署真实姓名。"
    assert [r for r in extract(from_text(text)) if isinstance(r, Action)] == []


def test_the_figures_of_a_proposed_list_are_no_targets() -> None:
    head = "经企业申报，现予公示。\n"
    article = table([["序号", "企业名称", "上年渔获量（吨）"], ["1", "湛江蓝藻科技有限公司", "386"]], title="2031年渔企拟认定名单公示", head=head)
    assert [(r.text, r.status) for r in extract(article) if isinstance(r, Metric)] == [("386", "actual")]
