"""The API: the feed builds a mirror, search answers as the page does."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from extractors.record import UNTRACKED_FIELDS
from extractors.records import RECORD_TYPES
from index.follow import catch_up
from store import Store
from store.items import items_of
from store.relate import facts_of, relate_all
from tests.portal.corpus import captures, put


def mirror(client: TestClient, after: int = 0, held: dict[tuple[str, str], Any] | None = None) -> tuple[dict[tuple[str, str], Any], int, int]:
    """(objects by kind and id, cursor, lines read)."""
    held = {} if held is None else held
    lines = 0
    while True:
        page = client.get(f"/api/v1/changes?after={after}&limit=200").json()
        for change in page["changes"]:
            lines += 1
            if change["op"] == "DEL":
                held.pop((change["kind"], change["id"]))
            else:
                held[change["kind"], change["id"]] = change["payload"]
        after = page["next"]
        if not page["more"]:
            return held, after, lines


def wire(value: Any) -> Any:
    """As JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def in_store(store: Store) -> dict[tuple[str, str], Any]:
    _, held = store.snapshot()
    found = {}
    for article, records in held:
        found["article", article.id] = wire(article)
        found |= {(r.kind, r.id): wire(r) for r in records}
        found |= {(f.kind, f.id): wire(f) for f in facts_of(store, article.id)}
    return found | {("item", item.id): wire(item) for item in items_of(store)}


def test_the_feed_builds_a_mirror_and_goes_on_from_its_cursor(client: TestClient, store: Store) -> None:
    held, cursor, lines = mirror(client)
    assert held == in_store(store)
    assert lines == store.last_seq() == cursor
    assert mirror(client, cursor, held)[1:] == (cursor, 0)


def told(objects: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """Without what is updated in silence: offsets, rules, confidence (docs/operating.md, The feed)."""
    return {key: {k: v for k, v in value.items() if key[0] not in RECORD_TYPES or k not in UNTRACKED_FIELDS} for key, value in objects.items()}


def test_only_what_changed_comes_after_a_change(site: tuple[FastAPI, Store], client: TestClient) -> None:
    app, store = site
    held, cursor, _ = mirror(client)
    capture = next(c for c in captures() if c.url.endswith("t20260410_2063.html"))
    put(store, replace(capture, body=capture.body.replace("。".encode(), "。另有说明。".encode(), 1)))
    relate_all(store)
    held, cursor, lines = mirror(client, cursor, held)
    assert 1 <= lines < 30
    assert told(held) == told(in_store(store))
    assert client.get("/api/v1/search?q=" + quote("“另有说明”")).json()["total"] == 0
    catch_up(store, app.state.site.backend)
    assert client.get("/api/v1/search?q=" + quote("“另有说明”")).json()["total"] == 1


def test_search_answers_with_hits_offsets_and_facets(client: TestClient) -> None:
    page = client.get("/api/v1/search?q=" + quote("创新联合体") + "&size=3").json()
    assert page["total"] >= len(page["hits"]) >= 1
    hit = page["hits"][0]
    passage = next(p for p in hit["passages"] if p["marks"])
    start, end = passage["marks"][0]
    assert hit["row"]["text"][start:end] == "创新联合体"
    assert page["buckets"]["kind"]
    second = client.get("/api/v1/search?q=" + quote("科技") + "&size=2").json()
    third = client.get("/api/v1/search?q=" + quote("科技") + "&size=2&cursor=" + quote(second["next"])).json()
    assert {h["id"] for h in second["hits"]}.isdisjoint(h["id"] for h in third["hits"])


def test_errors_are_problems(client: TestClient) -> None:
    for path, status in (("/api/v1/articles/none", 404), ("/api/v1/changes?after=-1", 422), ("/api/v1/search?q=%28", 400), ("/api/v1/nothing", 404)):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), path
        assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/search?q=x&in=moon", 400, "in=moon：应为 articles、metric"),
        ("/api/v1/search?q=x&sort=moon", 400, "sort=moon：应为 date"),
        ("/api/v1/search?q=x&sort=value", 400, "sort=value"),
        ("/api/v1/search?q=x&cursor=moon", 400, "翻页标记"),
        (f"/api/v1/changes?after={1 << 63}", 422, "after"),
        ("/api/v1/trends?q=x&kind=moon", 400, "没有类型“moon”"),
        ("/api/v1/metrics?indicator=x&by=moon", 400, "by=moon"),
    ],
)
def test_what_cannot_be_asked_is_said(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert client.get("/api/v1/search?q=x&in=metric&sort=value").status_code == 200


def test_article_and_schema(client: TestClient, store: Store) -> None:
    _, held = store.snapshot()
    article, records = next(held)
    answer = client.get(f"/api/v1/articles/{article.id}").json()
    assert answer["article"] == wire(article)
    assert answer["records"] == [wire(r) for r in records]
    schema = client.get("/api/v1/changes/schema").json()
    assert set(schema["$defs"]["Change"]["properties"]) == {"seq", "op", "kind", "id", "article", "revision", "payload", "at"}
    assert "/api/v1/changes" in client.get("/api/v1/openapi.json").json()["paths"]
