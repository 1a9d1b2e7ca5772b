"""The block 文件要点 and the facets of search."""

from dataclasses import replace
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

from extractors.article import Article, Metadata, from_text
from extractors.facts import facts
from extractors.records import extract
from portal.facts import MOST, KeyFacts, key_facts
from portal.marking import view_blocks
from portal.words import FACT_NAMES
from store import Store

CALL = """关于征集潮汐能技术攻关项目的通知
一、申报条件
在本市注册满一年的科技型中小企业。
二、时间安排
申报单位网上填报截止时间为2031年5月20日17:00。其他类别常年受理。
三、支持方式
每项给予最高50万元补助，每家补助不超过一次。
受理部门：湛江市海洋局
联系电话：0759-3381234
"""


def told(article: Article) -> KeyFacts:
    return key_facts(article, extract(article))


def call() -> Article:
    return replace(from_text(CALL, title="关于征集潮汐能技术攻关项目的通知", kind="call"), metadata=Metadata(published_date="2031-04-10"))


def lines(found: KeyFacts) -> dict[str, list[tuple[str, str]]]:
    return {name: [(p.text, p.how) for p in points] for name, points, _ in found.groups}


def test_what_a_call_says() -> None:
    found = lines(told(call()))
    assert found["申报时间"] == [("2031-05-20 17:00", "申报单位 · 网上填报"), ("常年受理", "申报单位 · 申报")]
    assert found["申报对象"] == [("在本市注册满一年的科技型中小企业。", "")]
    assert [text for text, _ in found["支持额度"]] == ["50万元"]
    assert (found["受理部门"], found["联系电话"]) == ([("湛江市海洋局", "")], [("0759-3381234", "")])
    assert found["政策工具"] == [("资金支持", "2 处")]
    assert list(found) == [name for name in FACT_NAMES.values() if name in found]


def test_each_point_leads_to_its_words() -> None:
    article = call()
    records = extract(article)
    found = key_facts(article, records)
    anchors = {f"#{p.id}": article.text[p.start : p.end] for p in found.places} | {f"#e-{r.id}": r.quote for r in records}
    for name, points, _ in found.groups:
        for p in points:
            assert p.href in anchors, (name, p)
    (phone,) = next(points for name, points, _ in found.groups if name == "联系电话")
    assert anchors[phone.href or ""] == "0759-3381234"
    shown = [p for b in view_blocks(article, [*records, *found.places]) for p in _all(b.pieces)]
    assert sorted(p.record for p in shown if p.kind == "place" and p.anchor) == sorted(p.id for p in found.places)


def _all(pieces: tuple) -> list:  # type: ignore[type-arg]
    return [q for p in pieces for q in (p, *_all(p.inner))]


def test_the_pages_own_theme_wins() -> None:
    article = replace(from_text("知识产权保护。", title="知识产权工作要点"), metadata=Metadata(theme="海洋渔业"))
    assert lines(told(article)) == {"主题": [("海洋渔业", "页面标明")]}
    assert lines(told(replace(article, metadata=Metadata()))) == {"主题": [("知识产权", "1 处")]}


def test_many_amounts_are_counted() -> None:
    text = "".join(f"对第{n}类企业给予{n}万元奖励。" for n in range(11, 31))
    (more,) = [m for name, points, m in told(from_text(text, kind="policy")).groups if name == "支持额度" and len(points) == MOST]
    assert more == 20 - MOST


def test_a_text_without_facts_has_none() -> None:
    assert told(from_text("今天下雨。")) == KeyFacts(groups=(), places=())


def _block(client: TestClient, path: str) -> tuple[BeautifulSoup, Tag | None]:
    page = BeautifulSoup(client.get(path).text, "lxml")
    return page, page.select_one(".key-facts")


def test_the_block_on_a_page_leads_to_anchors_that_are_there(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    calls = [a for a, r in held if a.kind == "call" and any(d.due for d in facts(a, r).deadlines)]
    assert calls
    for article in calls:
        page, block = _block(client, f"/articles/{article.id}")
        assert block
        assert "申报时间" in [th.text for th in block.select("th")]
        targets = [str(a["href"])[1:] for a in block.select('a[href^="#"]')]
        assert targets
        assert all(len(page.select(f'[id="{target}"]')) == 1 for target in targets)


def test_facets_narrow_and_the_block_leads_to_them(client: TestClient, store: Store) -> None:
    page = BeautifulSoup(client.get("/").text, "lxml")
    assert {"主题", "政策工具", "产业链"} <= {h2.text for h2 in page.select(".facets h2")}
    _, held = store.snapshot()
    article, facet = next((a, f) for a, _ in held if not a.metadata.theme for f in facts(a).instruments)
    _, block = _block(client, f"/articles/{article.id}")
    assert block
    href = f"/?instrument={quote(facet.name)}"
    assert block.select(f'a[href="{href}"]')
    chosen = BeautifulSoup(client.get(href).text, "lxml")
    assert f"政策工具：{facet.name}" in chosen.select_one(".chosen").text  # type: ignore[union-attr]
    assert chosen.select(".hit")
