"""A reprint beside the text that was published first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from crawler.archive import Archive
from index.embedded import Embedded
from portal.app import create
from portal.related import related
from store import Store
from store.relate import relate_all
from tests.store.papers import STORY, news, put

FIRST, COPY = news(30, STORY, "2031-05-02"), news(31, STORY.replace("77平方米", "78平方米") + "\n来源：云州报。", "2031-05-04", title="中试基地建成")
ALIKE = news(32, STORY.replace("\n", "\n\n"), "2031-05-05")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Store]]:
    folder: Path = tmp_path_factory.mktemp("differences")
    with Store.open(f"sqlite:///{(folder / 'q.db').as_posix()}") as store, Archive(folder / "warc", store.crawling) as archive:
        put(store, FIRST, COPY, ALIKE)
        relate_all(store)
        with TestClient(create(store, archive, Embedded(folder / "index")), base_url="http://localhost") as client:
            yield client, store


def test_the_sentences_that_differ_stand_side_by_side(held: tuple[TestClient, Store]) -> None:
    told = held[0].get(f"/articles/{COPY.id}/differences")
    assert told.status_code == 200
    assert "差异 2 处" in told.text
    old, new = '7<mark class="hitword">7</mark>平方米', '7<mark class="hitword">8</mark>平方米'
    assert told.text.index(old) < told.text.index(new) < told.text.index("来源：云州报。")
    assert f'href="/articles/{FIRST.id}"' in told.text


def test_a_copy_that_differs_in_white_space_only(held: tuple[TestClient, Store]) -> None:
    assert "一字不差" in held[0].get(f"/articles/{ALIKE.id}/differences").text


def test_as_json(held: tuple[TestClient, Store]) -> None:
    told = held[0].get(f"/api/v1/articles/{COPY.id}/differences").json()
    assert (told["first"], told["copy"], told["how"]) == (FIRST.id, COPY.id, "same")
    replaced, inserted = told["differences"]
    assert "77平方米" in FIRST.text[slice(*replaced["first"])]
    assert COPY.text[slice(*inserted["copy"])] == "来源：云州报。"
    assert inserted["first"][0] == inserted["first"][1]


@pytest.mark.parametrize("article", ["none", FIRST.id])
def test_what_is_no_reprint(held: tuple[TestClient, Store], article: str) -> None:
    for path in (f"/articles/{article}/differences", f"/api/v1/articles/{article}/differences"):
        told = held[0].get(path)
        assert told.status_code == 404
        assert article in told.text


def test_copies_lead_to_their_differences(held: tuple[TestClient, Store]) -> None:
    own = {line.label: line.differences for name, lines, _ in related(held[1], COPY).groups for line in lines if name == "同文转载"}
    assert own == {"首发": f"/articles/{COPY.id}/differences", "转载": f"/articles/{ALIKE.id}/differences"}
    lines = [line for name, some, _ in related(held[1], FIRST).groups for line in some if name == "同文转载"]
    assert {line.differences for line in lines} == {f"/articles/{a.id}/differences" for a in (COPY, ALIKE)}
    assert f"/articles/{COPY.id}/differences" in held[0].get(f"/articles/{COPY.id}").text
