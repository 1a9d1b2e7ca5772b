"""Records as lines that a person reads."""

import pytest

from extractors.record import Metric, MetricChange
from portal.present import day, figure, how, named, number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (8168000000.0, "81.68 亿"),
        (15000.0, "1.5 万"),
        (9999.0, "9999"),
        (0.5, "0.5"),
        (225.03, "225.03"),
        (-20000.0, "-2 万"),
        (123456789.0, "1.23457 亿"),
    ],
)
def test_number(value: float, shown: str) -> None:
    assert number(value) == shown


def metric(**fields: object) -> Metric:
    given = {"article": "a", "start": 0, "end": 1, "quote": "x", "rule": "r", "text": "x", "value": 1.0, "unit": "家", **fields}
    return Metric(**given)  # type: ignore[arg-type]


def test_figure_shows_bound_range_and_unit() -> None:
    assert figure(metric(value=1e9, unit="元", bound=">=")) == "≥ 10 亿元"
    assert figure(metric(value=40.0, value_max=60.0, unit="%")) == "40 – 60%"
    assert figure(metric(value=36.0, bound="~")) == "约 36 家"


def test_how_says_whose_when_and_what_change() -> None:
    change = MetricChange(basis="yoy", direction="-")
    assert how(metric(subject="某市", period="2023年", change=change, within="高新技术企业")) == "某市 · 2023年 · 实际 · 同比减 · 属“高新技术企业”"


def test_day_keeps_the_minutes() -> None:
    assert day("2022-04-25T16:05:00+08:00") == "2022-04-25 16:05"
    assert day(None) is None


@pytest.mark.parametrize(
    ("title", "url", "shown"),
    [
        ("通知", "import:甲.docx", "通知"),
        (None, "import:宁德/甲 乙.docx", "（无标题） 甲 乙.docx"),
        ("", "http://a.example/x/%E7%94%B2.pdf?v=1", "（无标题） 甲.pdf"),
        (None, "http://a.example/list/", "（无标题）"),
    ],
)
def test_a_document_without_a_title_is_named_by_its_file(title: str | None, url: str, shown: str) -> None:
    assert named(title, url) == shown
