"""When a document says that it holds."""

import pytest

from extractors.article import Metadata
from extractors.validity import extended, issued_on, last_day, terms

ISSUED = Metadata(written_date="2031-02-20", published_date="2031-02-25T09:00:00+08:00")


def said(text: str) -> list[tuple[str, str | None, int | None]]:
    return [(t.kind, t.day, t.months) for t in terms(text, issued_on(ISSUED))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("本办法自2031年3月1日起施行。", [("effective", "2031-03-01", None)]),
        ("本办法从2031年3月1日起正式实施。", [("effective", "2031-03-01", None)]),
        ("本细则自二〇三一年三月一日起执行。", [("effective", "2031-03-01", None)]),
        ("本意见自发布之日起施行。", [("effective", "2031-02-20", None)]),
        ("本意见自印发之日起30日后施行。", [("effective", "2031-03-22", None)]),
        ("本意见自公布之日起三十日后实施。", [("effective", "2031-03-22", None)]),
        ("本意见自发布之日起10个工作日后施行。", [("effective", None, None)]),
        ("本办法自2031年3月1日起施行，有效期5年。", [("effective", "2031-03-01", None), ("expiry", "2036-02-29", 60)]),
        ("本办法自2031年3月1日起施行，有效期为三年。", [("effective", "2031-03-01", None), ("expiry", "2034-02-28", 36)]),
        ("本办法自印发之日起施行，试行期两年。", [("effective", "2031-02-20", None), ("expiry", "2033-02-19", 24)]),
        ("本办法自2031年3月1日起施行，有效期至2033年12月31日。", [("effective", "2031-03-01", None), ("expiry", "2033-12-31", None)]),
        ("本通知执行期限为2031年3月1日至2032年2月29日。", [("expiry", "2032-02-29", None)]),
        ("本措施自2031年3月1日起施行，至2033年12月31日止。", [("effective", "2031-03-01", None), ("expiry", "2033-12-31", None)]),
        ("本措施自2031年3月1日至2033年12月31日执行。", [("expiry", "2033-12-31", None)]),
        ("四、实施期限\n有效期至2033年12月31日。", [("expiry", "2033-12-31", None)]),
        ("有效期延长至2035年6月30日。", [("extended", "2035-06-30", None)]),
        ("经研究，该办法有效期延长2年。", [("extended", None, 24)]),
        ("现将其延长有效期三年。", [("extended", None, 36)]),
        ("本办法有效期5年。", [("expiry", None, 60)]),
    ],
)
def test_forms(text: str, wanted: list[tuple[str, str | None, int | None]]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "认定证书有效期为三年，期满重新申报。",
        "专利权有效期5年以上的项目优先。",
        "提供有效期内的营业执照。",
        "合同有效期至2033年12月31日。",
        "会议于2031年3月1日召开。",
        "项目实施期限为2年以内。",
    ],
)
def test_terms_of_other_things(text: str) -> None:
    assert said(text) == []


def test_spans_show_the_clause() -> None:
    text = "第十条　本办法自2031年3月1日起施行，有效期5年。"
    assert [text[t.span.start : t.span.end] for t in terms(text, None)] == ["自2031年3月1日起施行", "有效期5年"]


def test_no_date_of_issue_no_date_of_effect() -> None:
    assert [(t.kind, t.day) for t in terms("本办法自发布之日起施行，有效期2年。", None)] == [("effective", None), ("expiry", None)]
    assert issued_on(Metadata()) is None


@pytest.mark.parametrize(
    ("first", "months", "wanted"),
    [("2031-03-01", 12, "2032-02-29"), ("2032-02-29", 12, "2033-02-27"), ("2031-08-31", 6, "2032-02-28"), (None, 12, None)],
)
def test_last_day(first: str | None, months: int, wanted: str | None) -> None:
    assert last_day(first, months) == wanted


def test_extended() -> None:
    assert extended("2033-12-31", 24) == "2035-12-31"
    assert extended("2032-02-29", 12) == "2033-02-28"
    assert extended(None, 12) is None
