"""Names while typing: what the last word of a question may become."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient

from portal.suggest import suggestions
from store import Store


@pytest.fixture
def backend(site: tuple[FastAPI, Store]):  # type: ignore[no-untyped-def]
    return site[0].state.site.backend


@pytest.mark.parametrize(
    ("typed", "what", "query"),
    [
        ("jishuhetong", "indicator", "指标:技术合同成交额"),
        ("创新 jshtcj", "indicator", "创新 指标:技术合同成交额"),
        ("(创新 OR jishuhetongchengjiao", "indicator", "(创新 OR 指标:技术合同成交额"),
        ("指标：技术合同成", "indicator", "指标：技术合同成交额"),
        ("发文机关:gqtlc", "organisation", "发文机关:共青团澜川市委员会"),
        ("发布", "field", "发布:"),
    ],
)
def test_the_last_word_becomes_a_name(backend, typed: str, what: str, query: str) -> None:  # type: ignore[no-untyped-def]
    assert query in [s.query for s in suggestions(backend, typed, 20) if s.what == what]


@pytest.mark.parametrize("typed", ["", "创新 ", "“技术合同", "发布:20", "不是字段:kj", "机构:技术合同成"])
def test_nothing_is_suggested_where_nothing_can_be(backend, typed: str) -> None:  # type: ignore[no-untyped-def]
    assert suggestions(backend, typed) == []


def test_every_suggestion_can_be_asked(client: TestClient) -> None:
    """Also names with spaces, brackets and quotation marks."""
    asked = 0
    for typed in "科技技创新工业大学数据平台服务产业关于abcdefghijklmnopqrstuvwxyz":
        for one in client.get("/api/v1/complete", params={"q": typed, "size": 20}).json():
            if one["what"] == "field":
                continue
            page = client.get("/api/v1/search", params={"q": one["query"]}).json()
            assert page.get("total", 0) >= 1, one
            asked += 1
    assert asked > 50


def test_without_script_a_page_of_links(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/suggest?q=jishuhetong").text, "lxml")
    links = {a.text: str(a["href"]) for a in page.select(".meant a")}
    assert links["技术合同成交额"] == "/?q=" + quote("指标:技术合同成交额")
    assert client.get(links["技术合同成交额"]).status_code == 200
    assert BeautifulSoup(client.get("/").text, "lxml").select_one('noscript button[formaction="/suggest"]')


def test_a_question_in_pinyin_names_what_was_meant(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/?q=jishuhetong").text, "lxml")
    assert "技术合同成交额" in [a.text for a in page.select(".message .meant a")]
    assert not BeautifulSoup(client.get("/?q=" + quote("科技")).text, "lxml").select(".meant")
