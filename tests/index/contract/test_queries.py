"""Every kind of query, on every engine, against brute force."""

import random

import pytest

from index.backend import Backend
from index.errors import FieldError, TooBroad
from index.fields import index_of
from index.query import (
    All,
    And,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Request,
    Sort,
    Stats,
    Term,
    Word,
)
from tests.index.contract import oracle
from tests.index.contract.corpus import ISSUERS, PARTS, make

ROWS = make()
ARTICLES = [r for r in ROWS if index_of(r) == "articles"]
RECORDS = [r for r in ROWS if index_of(r) == "records"]
HOSTILE = (
    "",
    " ",
    "*",
    "?",
    "科技*",
    "(",
    ")",
    '"',
    "AND",
    "OR NOT",
    "a:b",
    "title_bi:科技",
    "\\",
    "\x00",
    "\u200b",
    "[1 TO 2]",
    "{}",
    "~",
    "^2",
    "//",
    "科 AND (",
    "x" * 5000,
    "9" * 300,
    "科" * 3000,
    "😀",
    "🈲科技",
    "<script>",
    "' OR 1=1 --",
    "%E7",
    "＊",
    "\ud7ff",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "½",
    "㎡",
    "٣",
    "は",
    "한",
)


def ids(backend: Backend, request: Request) -> list[str]:
    return [h.id for h in backend.search(request).hits]


def check(backend: Backend, node: Node, *filters: Node, index: str = "articles") -> int:
    rows = ARTICLES if index == "articles" else RECORDS
    expected = {r.id for r in oracle.found(rows, node, *filters)}
    page = backend.search(Request(index=index, where=node, filters=filters, size=1000))  # type: ignore[arg-type]
    assert {h.id for h in page.hits} == expected, node
    assert page.total == len(expected)
    return page.total


def substrings(rng: random.Random, count: int, lengths: tuple[int, ...]) -> list[str]:
    out = []
    for _ in range(count):
        text = rng.choice(ARTICLES).text
        size = rng.choice(lengths)
        start = rng.randrange(max(1, len(text) - size))
        out.append(text[start : start + size])
    return out


@pytest.mark.parametrize(
    "text", [*PARTS, "科", "技", "条", "AI", "ai", "20", "2024", "5G", "创新券", "技术合同", "大模型应用", "二〇二四年", "不会有的词"]
)
def test_words_and_phrases(backend: Backend, text: str) -> None:
    check(backend, Word(text))
    check(backend, Phrase(text))
    check(backend, Phrase(text, fields=("title",)))
    check(backend, Word(text, literal=True))
    check(backend, Word(text), index="records")


def test_any_stretch_of_any_text(backend: Backend) -> None:
    total = sum(check(backend, Phrase(text)) for text in substrings(random.Random(1), 60, (1, 2, 3, 5, 9, 14)))
    assert total > 100


def test_literal_stretches(backend: Backend) -> None:
    for text in substrings(random.Random(2), 30, (2, 3, 6)):
        check(backend, Phrase(text, literal=True))
    assert check(backend, Word("技術合同", literal=True)) == check(backend, Word("技术合同"))
    assert check(backend, Word("技术合同", literal=True)) == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_text(backend: Backend, text: str) -> None:
    check(backend, Word(text))
    check(backend, Phrase(text, literal=True))
    check(backend, Term("source", (text,)))
    check(backend, Prefix(text or "*", "source"))
    backend.search(Request(where=Prefix(text)))
    backend.search(Request(where=Word(text, loose=True)))


@pytest.mark.parametrize("text", ["de", "deep", "r", "a", "2", "20", "202", "第2", "科", "技术", "ai4", "lear", "课程"])
def test_prefixes(backend: Backend, text: str) -> None:
    assert check(backend, Prefix(text)) > 0


def test_prefixes_of_keywords(backend: Backend) -> None:
    assert check(backend, Prefix("33", "regions")) > 0
    assert check(backend, Prefix("测科发〔2020〕", "doc_number")) > 0


def test_filters_and_ranges(backend: Backend) -> None:
    for node in (
        Term("article_kind", ("policy", "call")),
        Term("issuers", (ISSUERS[0],)),
        Term("regions", ("640000",)),
        Term("chains", ("新材料", "海洋")),
        Term("doc_year", (2020,)),
        Term("id", ()),
        Range("published", "2021", "2022"),
        Range("published", "2021-03", None),
        Range("published", None, "2023-06"),
        Range("published", "2021", "2022", open_start=True, open_end=True),
        Range("date", "2020-01-05", "2020-01-05"),
        Range("doc_year", 2020, 2021),
        Range("published"),
    ):
        check(backend, node)
        check(backend, Word("孵化器"), node)
    for node in (
        Range("value", 100.0, 500.5),
        Range("value", None, 20),
        Range("value", 20, None, open_start=True),
        Term("year", (2021, 2022)),
        Term("unit", ("%",)),
    ):
        check(backend, node, index="records")


def test_trees(backend: Backend) -> None:
    rng = random.Random(3)

    def node(depth: int) -> Node:
        leaf = rng.choice(
            (Word(rng.choice(PARTS)), Phrase(rng.choice(PARTS)[:2]), Term("source", (f"s{rng.randrange(7)}",)), Range("date", "2021", None), All())
        )
        if not depth:
            return leaf
        inner = tuple(node(depth - 1) for _ in range(rng.randint(0, 3)))
        return rng.choice((And(inner), Or(inner), Not(node(depth - 1)), leaf))

    for _ in range(80):
        check(backend, node(3))


def test_loose_words_find_any_part(backend: Backend) -> None:
    page = backend.search(Request(where=Word("孵化器与揭榜挂帅有什么不同", loose=True), size=1000))
    expected = {r.id for r in oracle.found(ARTICLES, Or((Word("孵化"), Word("揭榜"), Word("挂帅"))))}
    assert expected <= {h.id for h in page.hits}
    best = page.hits[0].row
    assert "孵化" in best.title + best.text
    assert "揭榜" in best.title + best.text


def test_near(backend: Backend) -> None:
    for words, distance in ((("孵化器", "揭榜挂帅"), 10), (("孵化器", "揭榜挂帅"), 80), (("院士", "企业", "中试"), 40)):
        check(backend, Near(words, distance))
    assert check(backend, And((Near(("孵化器", "揭榜挂帅"), 80), Term("article_kind", ("policy",))))) > 0


def test_near_refuses_what_is_too_broad(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.near.MOST", 5)
    with pytest.raises(TooBroad):
        backend.search(Request(where=Near(("孵化器", "企业"), 50)))


def test_unknown_fields_and_wrong_values_are_refused(backend: Backend) -> None:
    for node in (
        Term("nosuch", ("x",)),
        Range("title", "a", "b"),
        Range("published", "最近", None),
        Term("doc_year", ("二",)),
        Term("doc_year", (10**30,)),
        Range("doc_year", None, -(10**30)),
        Word("x", fields=("source",)),
    ):
        with pytest.raises(FieldError):
            backend.search(Request(where=node))
    with pytest.raises(FieldError):
        backend.search(Request(sort=Sort("title")))
    with pytest.raises(FieldError):
        backend.search(Request(aggs={"x": Stats("title")}))


def test_relevance_prefers_titles_and_more_matches(backend: Backend) -> None:
    page = backend.search(Request(where=Word("概念验证"), size=300))
    in_title = [i for i, h in enumerate(page.hits) if "概念验证" in h.row.title]
    others = [i for i, h in enumerate(page.hits) if "概念验证" not in h.row.title]
    assert sum(in_title) / len(in_title) < sum(others) / len(others)


def test_hits_show_where_the_words_stand(backend: Backend) -> None:
    for hit in backend.search(Request(where=And((Word("知识产权"), Word("ai"))), size=20)).hits:
        marked = [hit.row.title[s.start : s.end] for s in hit.title_marks]
        for passage in hit.passages:
            assert hit.row.text[passage.start : passage.end] == passage.text
            marked += [hit.row.text[s.start : s.end] for s in passage.marks]
        assert marked
        assert {oracle.fold(m) for m in marked} <= {"知识产权", "ai"}


def test_rows_come_back_whole(backend: Backend) -> None:
    assert {r.id: r for r in backend.rows("articles")} == {r.id: r for r in ARTICLES}
    assert {r.id: r for r in backend.rows("records")} == {r.id: r for r in RECORDS}
    assert backend.health().documents == {"articles": len(ARTICLES), "records": len(RECORDS)}
