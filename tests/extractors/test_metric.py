"""Metrics as a whole: evidence, days, arithmetic, tables, comparability, explanations. Single readings: the examples in metric.yml."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import Metadata, from_text
from extractors.comparable import addable, comparable
from extractors.record import Metric, Organisation
from extractors.records import metric
from extractors.records.metric_key import common_name
from tests.extractors.tables import table

TEXT = (
    "2021年前三季度，岚州海产出口额6.4亿元，同比增长8.5%。\n"
    "截至目前，全州共有海水淡化站90座，其中国家级12座。\n"
    "对通过复评的渔港给予最高80万元奖励。\n"
    "力争到2026年，培育海藻肥企业30家以上。"
)


def read(text: str, **fields: object) -> list[Metric]:
    return metric.extract(from_text(text, metadata=Metadata(published_date="2021-11-02"), **fields), {})  # type: ignore[arg-type]


def test_every_record_points_at_its_evidence() -> None:
    article = from_text(TEXT)
    found = metric.extract(article, {})
    assert len(found) == 6
    for m in found:
        assert article.text[m.start : m.end] == m.quote == m.text
        assert m.id
        assert m.rule.startswith("metric: ")
        for field, span in m.spans.items():
            assert article.quote(span) == getattr(m, field), field


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet="岚州渔港建成共达超约近新增其中分别同比增长下降奖励给予的以上左右年月日家个元%万亿百三十一二0123456789.，、；。：（）“” \n第位至-",
        max_size=80,
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    article = from_text(text)
    for m in metric.extract(article, {}):
        assert text[m.start : m.end] == m.text
        assert all(0 <= s.start < s.end <= len(text) for s in m.spans.values())


def test_extraction_is_deterministic() -> None:
    assert read(TEXT) == read(TEXT)


def test_days_come_from_the_articles_own_date() -> None:
    first, growth, stock, _, rule, aim = read(TEXT)
    assert (first.period_start, first.period_end, first.year) == ("2021-01-01", "2021-09-30", 2021)
    assert growth.period == "2021年前三季度"
    assert (stock.period_start, stock.period_end) == (None, "2021-11-02")
    assert rule.period is None
    assert (aim.period_end, aim.status, aim.bound) == ("2026-12-31", "target", ">=")


def test_an_indicator_is_a_phrase_and_never_a_line() -> None:
    assert max(len(m.indicator or "") for m in read(TEXT)) <= 30


def test_explain_names_the_rule_of_every_field() -> None:
    for m, rules in metric.explain(from_text(TEXT), {}):
        assert set(rules) == {"number", "status", "indicator", "subject", "period"}
        assert m.rule == f"metric: {rules['indicator']}"


def test_the_subject_is_the_organisation_that_heads_the_sentence() -> None:
    text = "岚州渔业所选派潮汐观测员25名。"
    article = from_text(text)
    body = Organisation(
        article=article.id, start=0, end=5, quote="岚州渔业所", rule="test", text="岚州渔业所", type="institute", canonical="岚州渔业所"
    )
    (m,) = metric.extract(article, {"organisation": [body]})
    assert (m.subject, m.spans["subject"]) == ("岚州渔业所", (0, 5))
    assert m.indicator == "潮汐观测员"


@pytest.mark.parametrize(
    "text", ["支持额度：重点项目300万元，一般项目50万元。", "经费额度一般为80万元。", "（三）支持额度。每项20万元。", "每项支持经费50万元。"]
)
def test_what_a_call_pays_for_each_is_a_norm(text: str) -> None:
    found = read(text, kind="call", title="湛江市海洋局关于申报海洋科技项目的通知")
    assert found
    assert {r.status for r in found} == {"rule"}


@pytest.mark.parametrize("text", ["渔业总产值虽达到90亿元，但增速放缓。", "尽管网箱突破5万只，效益不高。", "渔民收入虽然达到3万元，差距仍大。"])
def test_a_concession_tells_what_is(text: str) -> None:
    plan = "下一步，将力争到2035年渔业总产值达到200亿元，建成码头30座。\n"
    assert [m.status for m in read(plan + text) if m.start >= len(plan)] == ["actual"]


def test_a_base_value_is_linked_and_its_growth_checked() -> None:
    low, high, growth = read("海藻肥产值由1200万元增长到9600万元，增长700%。")
    assert high.base == low.id
    assert not growth.notes
    *_, wrong = read("海藻肥产值由1200万元增长到9600万元，增长600%。")
    assert [n.code for n in wrong.notes] == ["arithmetic"]
    assert "700.0%" in wrong.notes[0].text


@pytest.mark.parametrize(("share", "noted"), [("45%", False), ("44%", True)])
def test_a_stated_share_is_checked(share: str, noted: bool) -> None:
    *_, stated = read(f"全州渔船3400艘，其中远洋渔船1530艘，占{share}。")
    assert bool(stated.notes) is noted


def test_cells_take_indicator_and_unit_from_their_headings() -> None:
    article = table([["项目", "金额（万元）", "占比（%）"], ["潮汐电站", "1,200", "60.5"], ["灯塔改造", "784", "39.5"]])
    found = metric.extract(article, {})
    assert [(m.quote, m.value, m.unit, m.indicator) for m in found] == [
        ("1,200", 12000000, "元", "潮汐电站·金额"),
        ("60.5", 60.5, "%", "潮汐电站·占比"),
        ("784", 7840000, "元", "灯塔改造·金额"),
        ("39.5", 39.5, "%", "灯塔改造·占比"),
    ]
    assert article.quote(found[0].spans["indicator"]) == "金额（万元）"
    assert article.quote(found[0].spans["row"]) == "潮汐电站"


def test_a_caption_gives_the_unit_and_a_heading_the_year() -> None:
    article = table([["指标", "2020年", "2021年"], ["海产出口额", "5.2", "6.4"]], head="单位：亿元\n")
    found = metric.extract(article, {})
    assert [(m.value, m.year, m.indicator) for m in found] == [(520000000, 2020, "海产出口额"), (640000000, 2021, "海产出口额")]


def test_who_only_takes_part_does_not_own_the_figures_of_a_row() -> None:
    article = table([["项目名称", "申报单位", "合作单位", "投入（万元）"], ["深水网箱", "汐岚水产公司", "青陌海洋大学", "820"]])
    assert [m.indicator for m in metric.extract(article, {})] == ["汐岚水产公司·投入"]


def test_merged_headings_hold_for_the_rows_that_they_cover() -> None:
    article = table([["县", "站点（座）"], ["东屿", "4"], ["", "6"]])
    merged = tuple(
        replace(b, cell=replace(b.cell, rows=2)) if b.cell and (b.cell.row, b.cell.column) == (1, 0) else b
        for b in article.blocks
        if not (b.cell and (b.cell.row, b.cell.column) == (2, 0))
    )
    found = metric.extract(replace(article, blocks=merged), {})
    assert [(m.value, m.indicator) for m in found] == [(4, "东屿·站点"), (6, "东屿·站点")]


def test_serial_numbers_and_phones_of_a_table_are_no_metrics() -> None:
    article = table([["序号", "单位", "电话", "船只（艘）"], ["1", "渔业所", "87654321", "8"]])
    assert [(m.quote, m.indicator) for m in metric.extract(article, {})] == [("8", "渔业所·船只")]


def said(rows: list[list[str]], **given: str) -> list[tuple[str | None, ...]]:
    """(quote, indicator, status, period) of the metrics of a table."""
    article = replace(table(rows), metadata=Metadata(**given))
    return [(m.quote, m.indicator, m.status, m.period) for m in metric.extract(article, {})]


def test_words_in_a_cell_are_of_what_its_row_is_headed() -> None:
    rows = [
        ["序号", "指标", "2030年目标"],
        ["1", "1.海产出口额", "突破60亿元，年均增长8%"],
        ["2", "渔船", "约120艘。力争2032年达到150艘"],
        ["3", "岸线整治", "累计完成12公里"],
    ]
    assert said(rows) == [
        ("60亿元", "海产出口额", "target", "2030年"),
        ("8%", "海产出口额", "target", "年均"),
        ("120艘", "渔船", "target", "2030年"),
        ("150艘", "渔船", "target", "2032年"),
        ("12公里", "岸线整治", "target", "2030年"),
    ]


def test_words_in_a_cell_that_name_what_they_count_are_read_as_text() -> None:
    rows = [["项目", "内容", "时限"], ["潮汐电站", "新建码头3座，总投资8.4亿元。", "2031年"], ["灯塔改造", "带动用工600人", "2032年"]]
    assert [(quote, name) for quote, name, *_ in said(rows)] == [("3座", "码头"), ("8.4亿元", "总投资"), ("600人", "用工")]
    assert {period for *_, period in said(rows)} == {None}  # the year of one row is not that of the next


def test_a_column_of_units_gives_the_units_of_its_rows() -> None:
    rows = [["指标名称", "单位", "2028年", "2031年"], ["海产出口额", "亿元", "52", "60.5"], ["灯塔", "座", "8", "约12座"]]
    article = table(rows)
    assert [(m.value, m.unit, m.indicator, m.year) for m in metric.extract(article, {})] == [
        (5200000000, "元", "海产出口额", 2028),
        (6050000000, "元", "海产出口额", 2031),
        (8, "座", "灯塔", 2028),
        (12, "座", "灯塔", 2031),
    ]


def test_a_year_to_come_is_aimed_at() -> None:
    rows = [["指标", "2019年", "2026年"], ["灯塔（座）", "8", "12"]]
    assert [status for _, _, status, _ in said(rows, published_date="2021-03-05")] == ["actual", "target"]


def test_a_number_and_the_next_cell_are_no_quantity() -> None:
    assert said([["序号", "事项"], ["4", "支持渔港改造"], ["5", "项目安排"]]) == []


def one(text: str, published: str = "2021-11-02") -> Metric:
    return metric.extract(from_text(text, metadata=Metadata(published_date=published, region="青岛市", region_code="370200")), {})[0]


def test_what_agrees_may_be_compared() -> None:
    a, b = one("2021年，全市完成海产交易额6亿元。"), one("2021年，全市实现海产交易额60000万元。")
    assert comparable(a, b) is None


WHY_NOT = [
    ("2021年，全市新建灯塔9座。", "2021年，全市备案灯塔9座。", "指标不同"),
    ("2021年，全市新建灯塔9座。", "2021年，全市累计新建灯塔9座。", "口径不同"),
    ("2021年，全市海产出口额6亿元。", "2021年，全市海产出口额2亿美元。", "单位不同"),
    ("2021年，全市海产出口额6亿元。", "2021年，烟台市海产出口额2亿元。", "主体不同"),
    ("2021年，全市海产出口额6亿元。", "2020年，全市海产出口额5亿元。", "时间不同"),
    ("2021年，全市海产出口额6亿元。", "2021年1-8月，全市海产出口额5亿元。", "时段长短不同"),
    ("2021年，全市海产出口额6亿元。", "2021年，全市海产出口额增长8%。", "指标不同"),
]


@pytest.mark.parametrize(("a", "b", "reason"), WHY_NOT, ids=[w[2] + w[1][:12] for w in WHY_NOT])
def test_what_differs_is_told(a: str, b: str, reason: str) -> None:
    told = comparable(one(a), one(b))
    assert told is not None
    assert told.startswith(reason)
    assert (comparable(one(b), one(a)) or "").startswith(reason)


def test_a_series_joins_years_and_a_sum_joins_places() -> None:
    a, b = one("2021年，全市海产出口额6亿元。"), one("2020年，全市海产出口额5亿元。")
    assert comparable(a, b, across={"period"}) is None
    c = one("2021年，烟台市海产出口额2亿元。")
    assert comparable(a, c, across={"subject"}) is None
    assert addable(a, c) is None


def test_cumulative_figures_and_rates_never_add_up() -> None:
    a, c = one("2021年，全市累计新建灯塔9座。"), one("2021年，烟台市累计新建灯塔4座。")
    assert addable(a, c) == "累计数不能相加"
    a, c = one("2021年，全市海产抽检合格率99%。"), one("2021年，烟台市海产抽检合格率98%。")
    assert addable(a, c) == "比率、位次和标准不能相加"


def test_synonyms_share_a_key() -> None:
    assert one("2021年，全市GDP达到900亿元。").indicator_key == one("2021年，全市地区生产总值900亿元。").indicator_key


REPORT = (
    """各位代表：
一、2030年工作回顾
过去的一年，全市研发投入强度2.1%，到2035年要建成海洋强市。海产品出口额12亿元。
二、2031年工作安排
今年是关键之年，到2035年的目标催人奋进。"""
    + "各项工作要抓紧抓实。" * 40
    + """
今年全市经济社会发展的主要预期目标是：海产品出口额增长7%；研发投入强度2.4%；海产研发经费支出相当于全市生产总值的比例达到0.9%左右。
同时，城镇调查失业率平均为5%。
"""
)


def test_a_headings_year_holds_for_all_below_it_and_every_part_of_a_list_of_goals_is_one() -> None:
    """今年 of a report without a date is the year of its heading, not the 到2035年 on the way."""
    found = {m.text: (m.indicator, m.year, m.status) for m in metric.extract(from_text(REPORT, kind="report"), {})}
    assert found["2.1%"] == ("研发投入强度", 2030, "actual")
    assert found["2.4%"] == ("研发投入强度", 2031, "target")
    assert found["7%"] == ("海产品出口额", 2031, "target")


def test_a_measure_keeps_what_it_measures() -> None:
    found = {m.text: m.indicator for m in metric.extract(from_text(REPORT, kind="report"), {})}
    assert found["0.9%"] == "海产研发经费支出相当于全市生产总值的比例"


@pytest.mark.parametrize(
    ("said", "key"),
    [("海带产量", "海带产量"), ("渔船总数", "渔船"), ("全市渔船拥有量", "渔船"), ("R&D经费占GDP比重", "研发投入强度"), ("高企", "高新技术企业")],
)
def test_common_names_are_names(said: str, key: str) -> None:
    """海带产量 is no 海带产."""
    assert common_name(said) == key
