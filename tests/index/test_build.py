"""Rows: what an article and its records become."""

import math
from dataclasses import replace

import pytest

from extractors.article import Article, Metadata, Span, from_text
from extractors.record import Action, Metric, Organisation, Reference, Task
from extractors.records import extract
from index.build import Facts, nicknames, region_path, rows
from index.documents import fresh_value, freshness, id_order
from index.highlighted import hits
from index.query import Request, Word
from index.rows import ArticleRow, RecordRow


def test_an_articles_row() -> None:
    metadata = Metadata(
        doc_number="青渔发〔2022〕8号", issuers=("青岛市海洋发展局", "青岛市财政局"),
        published_date="2022-03-04T09:00:00+08:00", written_date="2022-03-01",
        region="青岛市", region_code="370200",
    )  # fmt: skip
    article = from_text("关于网箱的通知。", title="網箱　通知", metadata=metadata)
    (row,) = rows(article, [], facts=Facts(status="in force", cluster="c1", first=False))
    assert isinstance(row, ArticleRow)
    assert (row.published, row.written, row.date, row.month, row.article_year) == ("2022-03-04", "2022-03-01", "2022-03-04", "2022-03", "2022")
    assert (row.doc_key, row.doc_code, row.doc_year, row.doc_seq) == ("青渔发|2022|8", "青渔发", 2022, 8)
    assert (row.lead_issuer, row.regions) == ("青岛市海洋发展局", ("370000", "370200"))
    assert (row.status, row.cluster, row.first) == ("in force", "c1", False)
    assert row.title_key == "网箱通知"


def test_facets_of_an_articles_row_and_the_pages_own_theme_wins() -> None:
    text = "对机器人企业给予奖补。支持机器人首购，奖补最高50万元。"
    (row,) = rows(from_text(text, title="知识产权工作要点"), [])
    assert isinstance(row, ArticleRow)
    assert (row.theme, row.chains, row.instruments[0]) == (None, ("机器人",), "资金支持")
    (titled,) = rows(from_text("知识产权保护。", title="知识产权工作要点"), [])
    assert isinstance(titled, ArticleRow)
    assert titled.themes == ("知识产权",)
    (stated,) = rows(from_text("知识产权保护。", title="知识产权工作要点", metadata=Metadata(theme="海洋渔业")), [])
    assert isinstance(stated, ArticleRow)
    assert (stated.theme, stated.themes) == ("海洋渔业", ("海洋渔业",))


def test_records_stand_under_the_facets_of_their_article() -> None:
    article = from_text("湛江市对机器人企业奖补机器人首购，奖补50万元。")
    own, *records = rows(article, extract(article))
    assert records
    assert all((r.themes, r.chains, r.instruments) == (own.themes, own.chains, own.instruments) == ((), ("机器人",), ("资金支持",)) for r in records)


@pytest.mark.parametrize(("code", "path"), [("370202", ("370000", "370200", "370202")), ("370000", ("370000",)), (None, ()), ("37", ())])
def test_region_paths(code: str | None, path: tuple[str, ...]) -> None:
    assert region_path(code) == path


def test_records_rows_hold_their_sentence_and_their_articles_fields() -> None:
    text = "开头一句。网箱产量达3万吨，同比增长。第三句。"
    article = from_text(text, title="网箱", metadata=Metadata(region_code="370000", published_date="2021-02-03"))
    at = {"article": article.id, "start": 5, "end": 9, "quote": "网箱产量", "rule": "t", "id": "r"}
    metric = Metric(**at, text="3万吨", value=30000.0, unit="吨", indicator="网箱产量", subject_region="370200")  # type: ignore[arg-type]
    row = rows(article, [metric])[1]
    assert isinstance(row, RecordRow)
    assert row.text == "网箱产量达3万吨，同比增长。"
    assert article.text[row.offset : row.offset + len(row.text)] == row.text
    assert (row.value, row.scaled, row.indicator_key, row.place, row.published) == (30000.0, 30000.0, "网箱产量", ("370000", "370200"), "2021-02-03")
    nowhere = rows(article, [replace(metric, subject_region=None)])[1]
    assert isinstance(nowhere, RecordRow)
    assert (nowhere.subject_regions, nowhere.place) == ((), ("370000",))


def test_every_kind_of_record_has_a_name() -> None:
    article = from_text("各部门要建设网箱平台，见《网箱办法》。")
    at = {"article": article.id, "start": 0, "end": 3, "quote": "各部门", "rule": "t", "id": "r"}
    found = rows(article, [
        Action(**at, trigger="建设", type="establish", object="网箱平台"), Task(**at, number="1", title="建网箱", units=("渔业局",)),
        Reference(**at, title="网箱办法", doc_number="青渔发〔2022〕8号"),
    ])  # type: ignore[arg-type]  # fmt: skip
    assert [r.name for r in found if isinstance(r, RecordRow)] == ["网箱平台", "建网箱", "网箱办法"]
    assert [r.cited_key for r in found if isinstance(r, RecordRow)] == [None, None, "青渔发|2022|8"]


def child(title: str, parent: Article) -> Article:
    return replace(from_text("第一条 总则。", title=title, name=title), parent=parent.id, role="enacted")


def test_nicknames_belong_to_the_document_that_bears_the_title() -> None:
    notice = from_text("现将《青岛市网箱养殖管理办法》（以下简称《网箱办法》）和《青岛市渔港条例》(以下简称“渔港条例”)印发给你们。")
    assert nicknames(child("青岛市网箱养殖管理办法", notice), notice) == ("网箱办法",)
    assert nicknames(child("青岛市渔港条例", notice), notice) == ("渔港条例",)
    assert nicknames(child("另一文件", notice), notice) == ()
    assert nicknames(notice) == ("网箱办法", "渔港条例")


def test_freshness_is_gentle_and_grows() -> None:
    days = [None, "1985-01-01", "2000-01-01", "2020-06-01", "2024-06-01", "2050-01-01"]
    factors = [freshness(day) for day in days]
    assert factors == sorted(factors)
    assert factors[0] == factors[1] == 1.0
    assert factors[-1] == pytest.approx(1.8)
    assert freshness("2024-01-01") / freshness("2014-01-01") < 1.2
    stored = [math.log2(fresh_value(day) + 2) for day in days]
    assert [s / stored[0] for s in stored] == pytest.approx(factors, rel=0.001)
    assert len({fresh_value(f"{year}-{month:02d}-01") for year in range(1990, 2030) for month in range(1, 13)}) == 480  # months apart


def test_orders_of_ids_differ() -> None:
    assert len({id_order(f"a{i}") for i in range(10000)}) == 10000


def test_private_numbers_are_masked_in_every_row() -> None:
    text = "联系人张某，手机13800138000。网箱产量达3万吨。"
    article = from_text(text, title="公示（13900139000）")
    at = {"article": article.id, "start": 16, "end": 20, "quote": "网箱产量", "rule": "t", "id": "r"}
    metric = Metric(**at, text="3万吨", value=3.0, unit="吨", indicator="网箱产量", subject="张某13800138000")  # type: ignore[arg-type]
    whole, row = rows(article, [metric])
    assert whole.text == "联系人张某，手机138＊＊＊＊8000。网箱产量达3万吨。"
    assert whole.title == whole.label == "公示（139＊＊＊＊9000）"
    assert isinstance(row, RecordRow)
    assert (row.subject, row.start, row.id) == ("张某138＊＊＊＊8000", 16, "r")


def test_an_organisation_is_completed_by_its_name_as_the_text_has_it() -> None:
    article = from_text("中科院海洋所来访。")
    at = {"article": article.id, "start": 0, "end": 6, "quote": "中科院海洋所", "rule": "t", "id": "r"}
    row = rows(article, [Organisation(**at, text="中科院海洋所", type="institute", canonical="中国科学院海洋研究所")])[1]  # type: ignore[arg-type]
    assert {"zhongguokexueyuanhaiyangyanjiusuo", "zkyhys"} <= set(row.keys)
    assert row.label == "中国科学院海洋研究所"


def test_a_tasks_row_is_the_whole_item() -> None:
    text = "1.建设渔港。在市南区建设深水网箱验证平台。（责任单位：市海洋局、市财政局）\n2.别的。"
    article = from_text(text)
    at = {"article": article.id, "start": 2, "end": 6, "quote": "建设渔港", "rule": "t", "id": "r"}
    task = Task(**at, number="1", title="建设渔港", spans={"text": Span(0, text.index("\n"))})  # type: ignore[arg-type]
    row = rows(article, [task])[1]
    assert isinstance(row, RecordRow)
    assert (row.text, row.offset) == (text.split("\n", maxsplit=1)[0], 0)


def test_a_record_that_no_word_marks_shows_its_evidence() -> None:
    text = "甲" * 150 + "，网箱产量达3万吨，" + "乙" * 150 + "。"
    start = text.index("3万吨")
    at = {"article": "a", "start": start, "end": start + 3, "quote": "3万吨", "rule": "t", "id": "r"}
    row = rows(from_text(text), [Metric(**at, text="3万吨", value=30000.0, unit="吨", indicator="网箱产量")])[1]  # type: ignore[arg-type]
    (hit,) = hits(Request(index="records"), [(row, None)])
    (passage,) = hit.passages
    assert [text[start:end] for start, end in passage.marks] == ["3万吨"]
    assert "网箱产量达3万吨" in passage.text
    (hit,) = hits(Request(index="records", where=Word("甲甲")), [(row, None)])
    assert hit.passages[0].marks[0] == (0, 2)
