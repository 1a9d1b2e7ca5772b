"""Days and times as pages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.days import iso_day, iso_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2031年4月10日", "2031-04-10"),
        ("发布时间：2031-4-10 9:05", "2031-04-10T09:05:00+08:00"),
        ("２０３１年４月１０日", "2031-04-10"),
        ("20310410", "2031-04-10"),
        ("二〇三一年四月十日", "2031-04-10"),
        ("二〇三一年十一月三十日", "2031-11-30"),
        ("二○三一年元月廿一日", "2031-01-21"),
        ("二〇三一年元月初三日", "2031-01-03"),
        ("二〇三一年三月一十一日", "2031-03-11"),
        ("2031-04-10T20:05:00Z", "2031-04-11T04:05:00+08:00"),
        ("Thu, 10 Apr 2031 20:05:00 GMT", "2031-04-11T04:05:00+08:00"),
        ("04-10", "--04-10"),
    ],
)
def test_days_and_times(text: str, time: str) -> None:
    assert iso_time(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "",
        "近日",
        "2031年13月1日",
        "2031-02-30",
        "1031年1月1日",
        "二〇三一年四月十十日",
        "二〇三一年四月一二日",
        "二〇三一年十十月一日",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, some day",
        "2031-04-10T20:05:00+99:99",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert iso_day(text) is None


@given(st.lists(st.sampled_from("〇零一二三四五六七八九十廿初元年月日０1239-/.:T+Z "), max_size=16).map("".join))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = iso_time(f"二〇三一年{text}日")
    assert found is None or len(found) in (7, 10, 25)
