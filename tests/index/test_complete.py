"""Completion by characters, 拼音 and initials; the ways to spell a number."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.complete import complete
from index.embedded import Embedded
from index.rows import ArticleRow, RecordRow
from index.spelling import completion_keys, number_forms


def record(n: int, kind: str, name: str) -> RecordRow:
    return RecordRow(
        id=f"r{n}", article="a", source="s", article_kind="news", kind=kind, start=0, end=1, quote="x", label=name, keys=completion_keys(name)
    )


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    title = "重庆市渔业发展办法"
    rows = [
        ArticleRow(id="a", article="a", source="s", article_kind="policy", title=title, label=title, keys=completion_keys(title)),
        *(record(n, "organisation", "重庆市水利局") for n in range(3)),
        record(3, "organisation", "水产研究所"),
        record(4, "metric", "水产品产量"),
        record(5, "action", "水产"),
    ]
    with Embedded(Path(tmp_path_factory.mktemp("index"))) as opened:
        opened.rebuild(rows, 1)
        yield opened


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("水产", ["水产研究所", "水产品产量"]),
        ("shuichan", ["水产研究所", "水产品产量"]),
        ("SC", ["水产研究所", "水产品产量"]),
        ("slj", ["重庆市水利局"]),
        ("渔业发展", ["重庆市渔业发展办法"]),
        ("重庆", ["重庆市水利局", "重庆市渔业发展办法"]),
        ("cqsyy", ["重庆市渔业发展办法"]),
        ("重慶", ["重庆市水利局", "重庆市渔业发展办法"]),
        ("发布", ["发布:"]),
        ("", []),
        ("*", []),
        ("slj\udcff", ["重庆市水利局"]),
    ],
)
def test_completion(backend: Embedded, typed: str, texts: list[str]) -> None:
    assert [c.text for c in complete(backend, typed)] == texts


def test_most_used_first_with_counts(backend: Embedded) -> None:
    assert [(c.text, c.what, c.count) for c in complete(backend, "cqs")][:1] == [("重庆市水利局", "organisation", 3)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("渔业20条", ("渔业二十条",)),
        ("第二十五条", ("第25条",)),
        ("2019年", ("二〇一九年",)),
        ("二○一九年", ("2019年",)),
        ("11条", ("十一条",)),
        ("2019", ()),
        ("统一", ()),
        ("十五五", ()),
        ("100条", ()),
    ],
)
def test_numbers_in_the_other_script(text: str, forms: tuple[str, ...]) -> None:
    assert number_forms(text) == forms
