"""Figures side by side: only what may be compared, with evidence; the rest with its reason."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from crawler.capture import Capture
from extractors.article import Article, article_id
from extractors.record import Metric, MetricChange, identify
from index.build import Facts
from index.chart import _ticks, short, svg
from index.embedded import Embedded
from index.follow import rebuild
from index.query import Range
from index.series import Point, Series, series
from store import Store

SHARED: dict[str, Any] = {
    "rule": "t",
    "unit": "吨",
    "unit_key": "吨",
    "indicator": "海带产量",
    "indicator_key": "海带产量",
    "measure": "flow",
    "period_start": "2022-01-01",
    "period_end": "2022-12-31",
}


def figure(number: int, place: tuple[str | None, str | None], year: int | None, **fields: Any) -> tuple[Capture, Article, Metric]:
    """A page that states one figure."""
    from datetime import UTC, datetime

    url = f"http://demo.example/{number}"
    text = f"第{number}号：海带产量达到若干吨。"
    capture = Capture(source="demo", url=url, canonical_url=url, fetched_at=datetime(2024, 1, 2, tzinfo=UTC), body=text.encode())
    article = Article(id=article_id("demo", url), source="demo", url=url, capture=capture.digest, title=f"第{number}号", text=text, reader="t/1")
    days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"} if year else {}
    given = {**SHARED, **days, "value": float(number), "subject": place[0], "subject_region": place[1], "year": year, **fields}
    metric = Metric(article=article.id, start=5, end=9, quote="海带产量", text="海带产量", **given)
    return capture, article, identify(article, [metric])[0]


QINGDAO, YANTAI, NOBODY = ("青岛市", "370200"), ("烟台市", "370600"), (None, None)
FIGURES = [
    figure(100, QINGDAO, 2021),
    figure(120, QINGDAO, 2022),
    figure(121, QINGDAO, 2022, value=120.0),  # the same value again
    figure(130, YANTAI, 2022),
    figure(131, YANTAI, 2022),  # contradicts
    figure(200, QINGDAO, 2025, status="target"),
    figure(90, QINGDAO, 2022, period_start="2022-01-01", period_end="2022-09-30"),
    figure(8, QINGDAO, 2022, unit="%", unit_key="%", measure="rate", change=MetricChange(basis="yoy", direction="+")),
    figure(50, NOBODY, 2022),
    figure(51, YANTAI, None),
    figure(60, YANTAI, 2022, unit="箱", unit_key="箱"),
    figure(70, YANTAI, 2022, indicator="近海海带产量", indicator_key="近海海带产量"),
    figure(3, YANTAI, 2022, status="rule"),
    figure(140, YANTAI, 2023),  # a reprint
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Embedded]:
    folder = Path(tmp_path_factory.mktemp("series"))
    store, backend = Store.open(f"sqlite:///{folder / 'q.db'}"), Embedded(folder / "index")
    for capture, article, metric in FIGURES:
        store.put(capture, [article], [metric])
    reprint = FIGURES[-1][1].id
    rebuild(store, backend, lambda ids: {i: Facts(first=i != reprint) for i in ids})
    return store, backend


@pytest.fixture(scope="module")
def found(opened: tuple[Store, Embedded]) -> Series:
    return series(opened[1], opened[0], "海带产量")


def test_only_what_may_be_compared(found: Series) -> None:
    assert (found.unit, found.measure_name) == ("吨", "当期")
    shown = {(p.region, p.year, p.state): p.values for p in found.points}
    assert shown.pop(("370600", 2022, "actual")) in ((130.0, 131.0), (131.0, 130.0))
    assert shown == {("370200", 2021, "actual"): (100.0,), ("370200", 2022, "actual"): (120.0,), ("370200", 2025, "target"): (200.0,)}


def test_equal_statements_are_one_value_with_more_evidence(found: Series) -> None:
    point = next(p for p in found.points if p.values == (120.0,))
    assert not point.conflict
    assert {*point.records} == {FIGURES[1][2].id, FIGURES[2][2].id}
    assert len(point.articles) == 2


def test_statements_that_contradict_are_both_shown(found: Series) -> None:
    assert [p.region_name for p in found.points if p.conflict] == ["烟台市"]


def test_what_is_left_out_says_why(found: Series) -> None:
    reasons = {left.record: left.reason for left in found.left_out}
    wanted = {6: "时段长短不同", 7: "增减幅度", 8: "主体不明", 9: "时间不明", 10: "单位不同", 11: "指标不同", 12: "标准", 13: "转载"}
    assert {i: reasons[FIGURES[i][2].id] for i in wanted} == {i: next(r for r in reasons.values() if part in r) for i, part in wanted.items()}
    assert len(found.left_out) == len(wanted)
    assert sum(found.reasons().values()) == len(wanted)


def test_over_years_one_place_over_places_one_year(opened: tuple[Store, Embedded]) -> None:
    store, backend = opened
    years = series(backend, store, "海带产量", by=("year",))
    assert {p.region for p in years.points} == {"370200"}
    assert any("主体不同" in reason for reason in years.reasons())
    places = series(backend, store, "海带产量", by=("region",))
    assert {(p.region, p.year) for p in places.points} == {("370200", 2022), ("370600", 2022)}


def test_filters(opened: tuple[Store, Embedded]) -> None:
    store, backend = opened
    found = series(backend, store, "海带产量", filters=(Range("period_end", "2025", None),))
    assert [p.values for p in found.points] == [(200.0,)]


def test_nothing_found(opened: tuple[Store, Embedded]) -> None:
    empty = series(opened[1], opened[0], "没有的指标")
    assert not empty.points
    assert "没有可以比较的数值" in svg(empty)


def test_the_drawing_shows_every_value_with_its_evidence(found: Series) -> None:
    root = ElementTree.fromstring(svg(found))
    marks = root.findall("{*}circle")
    assert len(marks) == sum(len(p.values) for p in found.points)
    said = "".join(t.text or "" for mark in marks for t in mark)
    assert all(record in said for p in found.points for record in p.records)
    assert len({m.attrib["fill"] for m in marks} & {"#fff"}) == 1


@pytest.mark.parametrize(("value", "text"), [(120.0, "120"), (45000.0, "4.5万"), (1.23e9, "12.3亿"), (-3e8, "-3亿"), (0.5, "0.5")])
def test_short_numbers(value: float, text: str) -> None:
    assert short(value) == text


def drawn(places: int, years: int) -> ElementTree.Element:
    points = tuple(
        Point(region=None, region_name=f"城{n}", year=2020 + y, state="actual", values=(float(n + y),), quotes=(), records=(f"r{n}{y}",), articles=())
        for n in range(places)
        for y in range(years)
    )
    return ElementTree.fromstring(svg(Series(indicator="海带产量", unit="吨", measure="flow", by=("region", "year"), points=points, left_out=())))


@pytest.mark.parametrize(("places", "years"), [(2, 3), (8, 2), (9, 2), (30, 1), (1, 1), (2, 1)])
def test_every_value_is_drawn_once_within_the_sheet(places: int, years: int) -> None:
    sheet = drawn(places, years)
    marks = [c for c in sheet.findall(".//{*}circle") if c.find("{*}title") is not None]
    assert len(marks) == places * years
    assert all(0 < float(c.attrib["cx"]) < float(sheet.attrib["width"]) and 0 < float(c.attrib["cy"]) < float(sheet.attrib["height"]) for c in marks)


def test_many_places_are_rows_with_the_largest_first() -> None:
    names = [t.text for t in drawn(12, 2).findall(".//{*}text") if t.text and t.text.startswith("城")]
    assert names == [f"城{n}" for n in range(11, -1, -1)]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [([3.91, 1.15], [0, 1, 2, 3, 4]), ([48.5], [0, 10, 20, 30, 40, 50]), ([0.0], [0, 0.2, 0.4, 0.6, 0.8, 1.0]), ([-3.0, 4.0], [-4, -2, 0, 2, 4])],
)
def test_ticks_are_round(values: list[float], ticks: list[float]) -> None:
    assert _ticks(values) == pytest.approx(ticks)
