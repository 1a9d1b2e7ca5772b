"""Phrases of time and the days that they mean."""

from datetime import date

import pytest

from extractors.periods import Days, own_date, phrases, resolve

WRITTEN = date(2022, 10, 20)

MEANINGS = [
    ("2021年", "2021-01-01", "2021-12-31"),
    ("2021年度", "2021-01-01", "2021-12-31"),
    ("2021年1-8月", "2021-01-01", "2021-08-31"),
    ("1-8月", "2022-01-01", "2022-08-31"),
    ("前三季度", "2022-01-01", "2022-09-30"),
    ("2021年二季度", "2021-04-01", "2021-06-30"),
    ("上半年", "2022-01-01", "2022-06-30"),
    ("明年下半年", "2023-07-01", "2023-12-31"),
    ("前5个月", "2022-01-01", "2022-05-31"),
    ("2021年6月3日", "2021-06-03", "2021-06-03"),
    ("2021-06-03", "2021-06-03", "2021-06-03"),
    ("二〇二一年六月三日", "2021-06-03", "2021-06-03"),
    ("6月1日至30日", "2022-06-01", "2022-06-30"),
    ("今年以来", "2022-01-01", "2022-10-20"),
    ("2021年以来", "2021-01-01", "2022-10-20"),
    ("2021年起", "2021-01-01", None),
    ("截至2021年底", None, "2021-12-31"),
    ("截至目前", None, "2022-10-20"),
    ("到2027年", None, "2027-12-31"),
    ("年底前", None, "2022-12-31"),
    ("去年", "2021-01-01", "2021-12-31"),
    ("近三年", "2019-10-20", "2022-10-20"),
    ("今年3月正式开港以来", "2022-03-01", "2022-10-20"),
    ("四年来", "2018-10-20", "2022-10-20"),
    ("未来五年", "2022-10-20", "2027-10-20"),
    ("“十四五”期间", "2021-01-01", "2025-12-31"),
    ("“十二五”时期", "2011-01-01", "2015-12-31"),
    ("2021-2023年", "2021-01-01", "2023-12-31"),
]


@pytest.mark.parametrize(("phrase", "start", "end"), MEANINGS, ids=[m[0] for m in MEANINGS])
def test_days_of_a_phrase(phrase: str, start: str | None, end: str | None) -> None:
    assert resolve(phrase, WRITTEN) == Days(start, end)


@pytest.mark.parametrize(("phrase", "start", "end"), MEANINGS, ids=[m[0] for m in MEANINGS])
def test_a_phrase_is_found_whole_in_running_text(phrase: str, start: str | None, end: str | None) -> None:
    assert phrase in [p.text for p in phrases(f"据悉，{phrase}，海产增收。")]


@pytest.mark.parametrize("phrase", ["每年", "近年来", "首年", "活动期间", "四年内"])
def test_what_no_calendar_tells_has_no_days(phrase: str) -> None:
    assert resolve(phrase, WRITTEN) is None


def test_without_the_articles_date_only_stated_years_are_read() -> None:
    assert resolve("今年以来", None) is None
    assert resolve("截至目前", None) is None
    assert resolve("2021年前三季度", None) == Days("2021-01-01", "2021-09-30")
    assert resolve("1-8月", None, year=2020) == Days("2020-01-01", "2020-08-31")


def test_a_day_that_the_calendar_lacks_is_refused() -> None:
    assert resolve("2021年2月30日", WRITTEN) is None


def test_spans_point_at_the_phrase() -> None:
    text = "截至2021年底，共有灯塔53座；今年以来新增2座。"
    assert [text[p.start : p.end] for p in phrases(text)] == ["截至2021年底", "今年以来"]


@pytest.mark.parametrize(
    ("stated", "day"), [("2022-10-20", date(2022, 10, 20)), ("2022-10-20T08:00:00+08:00", date(2022, 10, 20)), ("2022-99-01", None), (None, None)]
)
def test_the_articles_own_day(stated: str | None, day: date | None) -> None:
    assert own_date(stated) == day
