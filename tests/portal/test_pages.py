"""The pages as a browser gets them."""

import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from store import Store


def soup(client: TestClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def test_search_shows_hits_with_marks_facets_and_chips(client: TestClient) -> None:
    page = soup(client, "/?q=" + quote("创新联合体"))
    hits = page.select(".hit")
    assert hits
    assert any(mark.text == "创新联合体" for mark in page.select("mark.hitword"))
    names = [h2.text for h2 in page.select(".facets h2")]
    assert {"类型", "来源", "含有的记录"} <= set(names)
    assert page.select(".chips .shape.k-metric")


def test_a_facet_narrows_and_can_be_taken_back(client: TestClient) -> None:
    page = soup(client, "/?q=" + quote("科技"))
    total = int(page.select_one("section .num").text)  # type: ignore[union-attr]
    option = page.select_one(".facets li a")
    assert option
    count = int(option.select_one(".num").text)  # type: ignore[union-attr]
    narrowed = soup(client, str(option["href"]))
    assert int(narrowed.select_one("section .num").text) == count <= total  # type: ignore[union-attr]
    back = narrowed.select_one(".chosen a")
    assert back
    assert int(soup(client, str(back["href"])).select_one("section .num").text) == total  # type: ignore[union-attr]


def test_a_change_is_told_from_a_level(client: TestClient) -> None:
    """较上年净增17.5亿元 is no 成交额 of 17.5亿元; what the heading says already stands nowhere again."""
    page = soup(client, "/?in=metric&q=" + quote("技术合同成交额 净增"))
    hits = {hit.h2.get_text(strip=True): hit for hit in page.select(".hit") if hit.h2}
    assert "同比增" in [span.text for span in hits["技术合同成交额：17.5 亿元"].select(".meta span")]
    assert not {"增", "减", "同比增"} & {span.text for span in hits["技术合同成交额：96.3 亿元"].select(".meta span")}
    assert not hits["技术合同成交额：17.5 亿元"].select(".chips")


@pytest.mark.parametrize(
    "path", ["/", "/?q=创新&in=task", "/figures?indicator=技术合同成交额", "/trends?q=创新", "/sources", "/health", "/suggest?q=kjt"]
)
def test_every_link_and_field_has_a_name_and_every_page_its_title(client: TestClient, path: str) -> None:
    page = soup(client, quote(path, safe="/?&="))
    assert [str(a) for a in page.select("a[href], button") if not (a.get_text(strip=True) or a.get("aria-label"))] == []
    named = {label.get("for") for label in page.select("label")}
    fields = [
        f for f in page.select("input:not([type=hidden]), select") if not (f.find_parent("label") or f.get("aria-label") or f.get("id") in named)
    ]
    assert fields == []
    assert page.title
    assert page.title.text.endswith("科情")
    assert page.select_one("html[lang=zh-CN] main h1")


def test_next_page_goes_on_without_doubles(client: TestClient) -> None:
    seen: list[str] = []
    page = soup(client, "/?in=metric")
    for _ in range(4):
        seen += [str(a["href"]) for a in page.select(".hit h2 a")]
        following = page.select_one('a[rel="next"]')
        assert following
        page = soup(client, str(following["href"]))
    assert len(seen) == len(set(seen)) == 40


def test_wrong_question_points_at_the_character(client: TestClient) -> None:
    page = soup(client, "/?q=" + quote("（创新 AND"), 400)
    assert "^" in page.select_one(".message.error pre").text  # type: ignore[union-attr]


def test_article_marks_every_record_once_and_lists_it(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    for article, records in list(held):
        page = soup(client, f"/articles/{article.id}")
        anchors = [str(a["id"]) for a in page.select("[id^=e-]")]
        assert sorted(anchors) == sorted(f"e-{r.id}" for r in records)
        assert sorted(str(li["id"]) for li in page.select(".records li[id]")) == sorted(f"r-{r.id}" for r in records)
        shown = re.sub(r"\s+", "", page.select_one("article.text").text)  # type: ignore[union-attr]
        for line in article.text.split("\n"):
            assert re.sub(r"\s+", "", line)[:20] in shown


def test_metadata_says_where_it_was_read(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    article = next(a for a, _ in held if a.metadata.doc_number and a.is_page())
    rows = {tr.th.text: tr.td for tr in soup(client, f"/articles/{article.id}").select(".facts tr") if tr.th and tr.td}
    assert article.metadata.doc_number
    assert rows["发文字号"].text.startswith(article.metadata.doc_number)
    assert rows["发文字号"].select_one(".where")


def test_children_and_parent_lead_to_each_other(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    child = next(a for a, _ in held if a.parent)
    up = soup(client, f"/articles/{child.id}").select_one(f'a[href="/articles/{child.parent}"]')
    assert up
    assert soup(client, f"/articles/{child.parent}").select_one(f'.children a[href="/articles/{child.id}"]')


def test_record_leads_to_its_evidence_and_capture_to_its_bytes(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    article, records = next((a, r) for a, r in held if r)
    answer = client.get(f"/records/{records[0].id}", follow_redirects=False)
    assert answer.headers["location"] == f"/articles/{article.id}#e-{records[0].id}"
    bytes_ = client.get(f"/captures/{article.capture}")
    assert bytes_.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in bytes_.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/articles/none", "/records/none", "/captures/none", "/static/app.py", "/nothing"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_sources_and_health(client: TestClient) -> None:
    assert "lanchuan" in soup(client, "/sources").text
    page = soup(client, "/health")
    assert "已跟上" in page.text
    assert "tantivy" in page.text


def test_every_answer_is_strict(client: TestClient) -> None:
    for path in ("/", "/health", "/api/v1/changes", "/static/style.css", "/nothing"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_what_a_document_says_is_escaped(client: TestClient) -> None:
    page = client.get("/?q=" + quote('<script>alert(1)</script>"')).text
    assert "<script>" not in page
