"""How often something is written of: the page and the API tell the same shares, and lead to the articles."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from store import Store

WORD = quote("科技")


def test_page_and_api_tell_the_same(client: TestClient) -> None:
    told = client.get(f"/api/v1/trends?q={WORD}").json()
    page = BeautifulSoup(client.get(f"/trends?q={WORD}").text, "lxml")
    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in page.select(".years tr")[1:]]
    assert rows == [[y["year"], f"{y['share'] * 100:.1f}%", str(y["found"]), str(y["held"]), str(y["sources"])] for y in told["years"]]
    assert rows


def test_shares_are_of_what_is_held(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    dated = [a for a, _ in held if a.metadata.published_date or a.metadata.written_date or a.metadata.printed_date]
    told = client.get(f"/api/v1/trends?q={WORD}").json()
    assert sum(y["held"] for y in told["years"]) == len(dated)
    for year in told["years"]:
        parts = [p for p in told["parts"] if p["year"] == year["year"]]
        assert year["share"] == pytest.approx(sum(p["found"] / p["held"] for p in parts) / len(parts))


def test_a_count_leads_to_as_many_articles(client: TestClient) -> None:
    page = BeautifulSoup(client.get(f"/trends?q={WORD}").text, "lxml")
    link = page.select_one(".years td a")
    assert link
    found = BeautifulSoup(client.get(str(link["href"])).text, "lxml")
    assert found.select_one("section .num").text == link.text  # type: ignore[union-attr]


def test_kind_narrows_both(client: TestClient) -> None:
    every, news = (client.get(f"/api/v1/trends?q={WORD}{more}").json()["years"] for more in ("", "&kind=news"))
    assert sum(y["held"] for y in news) < sum(y["held"] for y in every)


@pytest.mark.parametrize("path", ["/trends?q=(", f"/trends?q={WORD}&region=" + quote("没有这个地方")])
def test_wrong_questions_are_named_beside_the_form(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    page = BeautifulSoup(answer.text, "lxml")
    assert page.select_one('[role="alert"]')
    assert page.select_one("form input[name=q]")
    assert client.get("/api/v1" + path).headers["content-type"] == "application/problem+json"
