"""Figures side by side, on the page, as a drawing and in the API: the same values, each with its evidence."""

from urllib.parse import quote

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from extractors.record import Metric
from store import Store

ASKED = "indicator=" + quote("技术合同成交额")


def test_page_table_links_to_evidence_and_says_what_was_left_out(client: TestClient, store: Store) -> None:
    page = BeautifulSoup(client.get(f"/figures?{ASKED}").text, "lxml")
    links = [str(a["href"]) for a in page.select("td a")]
    assert links
    for link in links:
        record = store.record(link.removeprefix("/records/"))
        assert isinstance(record, Metric)
        assert "技术合同成交额" in (record.indicator_key or "")
    assert page.select_one("h2 + ul li")


def test_api_and_page_tell_the_same(client: TestClient) -> None:
    told = client.get(f"/api/v1/metrics?{ASKED}").json()
    page = BeautifulSoup(client.get(f"/figures?{ASKED}").text, "lxml")
    assert len(told["points"]) == len(page.select("tr")) - 1 > 0
    assert all(point["records"] for point in told["points"])


def test_drawing_is_an_image_of_its_own(client: TestClient) -> None:
    answer = client.get(f"/figures/chart.svg?{ASKED}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg")
    assert "<script" not in answer.text


def test_wrong_questions_are_named(client: TestClient) -> None:
    assert client.get(f"/figures?{ASKED}&by=month").status_code == 400
    assert client.get(f"/api/v1/metrics?{ASKED}&region=" + quote("没有这个地方")).status_code == 400
    assert client.get("/figures").status_code == 200
