"""The query language: what is understood, and where an error points."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import LONGEST, QueryError, parse
from index.query import All, And, IndexName, Near, Node, Not, Or, Phrase, Prefix, Range, Term, Word
from index.terms import FIELD_NAMES, Has, amount, doc_number

METRIC = Term("kind", ("metric",))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", All()),
        ("  ", All()),
        ("海洋牧场", Word("海洋牧场")),
        ("海洋 牧场", And((Word("海洋"), Word("牧场")))),
        ("海洋　AND 牧场", And((Word("海洋"), Word("牧场")))),
        ("海洋 OR 牧场", Or((Word("海洋"), Word("牧场")))),
        ("海洋 或 牧场 网箱", Or((Word("海洋"), And((Word("牧场"), Word("网箱")))))),
        ("海洋 NOT 牧场", And((Word("海洋"), Not(Word("牧场"))))),
        ("海洋 -牧场", And((Word("海洋"), Not(Word("牧场"))))),
        ("（海洋 或者 牧场） 网箱", And((Or((Word("海洋"), Word("牧场"))), Word("网箱")))),
        ("“海洋 牧场”", Phrase("海洋 牧场")),
        ('"a b" c', And((Phrase("a b"), Word("c")))),
        ("《网箱办法》", Word("网箱办法")),
        ("quant*", Prefix("quant")),
        ("海洋 NEAR/30 网箱", Near(("海洋", "网箱"), 30)),
        ("海洋 临近 网箱", Near(("海洋", "网箱"), 20)),
        ("AI+渔业", Word("AI+渔业")),
        ("C++", Word("C++")),
        ("2021-2025", Word("2021-2025")),
        ("OR", Word("OR")),
        ("标题:网箱", Phrase("网箱", fields=("title",))),
        ("标题：“深远海 网箱”", Phrase("深远海 网箱", fields=("title",))),
        ("title:网箱", Phrase("网箱", fields=("title",))),
        ("字面:漁業", Phrase("漁業", literal=True)),
        ("类型:解读,新闻", Or((Term("article_kind", ("interpretation",)), Term("article_kind", ("news",))))),
        ("发布:2021..2022", Range("published", "2021", "2022")),
        ("发布:2021-3", Range("published", "2021-03", "2021-03")),
        ("发布:2024-02-29", Range("published", "2024-02-29", "2024-02-29")),
        ("年份:2021年", Term("article_year", ("2021",))),
        ("年份:2021..2022", Range("date", "2021", "2022")),
        ("成文:2021年3月..", Range("written", "2021-03", None)),
        ("地区:青海", Term("regions", ("630000",))),
        ("文号:青渔发〔2022〕8号", Term("doc_key", ("青渔发|2022|8",))),
        ("文号:“青渔发 [2022] 第 08 号”", Term("doc_key", ("青渔发|2022|8",))),
        ("文号:青渔发", And((Prefix("青渔发", "doc_code"),))),
        ("文号:2022-8", None),
        (
            "网箱产量 > 3万吨",
            Has(
                And(
                    (
                        METRIC,
                        Range("value", 30000.0, None, open_start=True),
                        Or((Term("indicator_key", ("网箱产量",)), Phrase("网箱产量", fields=("name",)))),
                        Term("unit", ("吨",)),
                    )
                )
            ),
        ),
        ("增长≥20%", Has(And((METRIC, Range("value", 20.0, None), Term("direction", ("+",)), Term("unit", ("%",)))))),
        ("政策工具:资金支持", Term("instruments", ("资金支持",))),
        ("产业链:机器人、稀土", Or((Term("chains", ("机器人",)), Term("chains", ("新材料",))))),
        ("chain:机器人", Term("chains", ("机器人",))),
        ("记录:任务", Has(Term("kind", ("task",)))),
        ("时期:2021..2022", Has(Range("year", 2021, 2022))),
    ],
)
def test_reading(text: str, node: Node | None) -> None:
    if node is None:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('海洋 "牧场', 3),
        ("海洋 )", 3),
        ("(海洋", 3),
        ("海洋 OR", 5),
        ("颜色:红", 0),
        ("海洋 发布:最近", 6),
        ("海洋 发布:2023-13", 6),
        ("海洋 发布:2023-02-30", 6),
        ("海洋 成文:0000", 6),
        ("海洋 年份:去年", 6),
        ("海洋 > 很多", 5),
        ("> 3", 0),
        ("地区:月球", 3),
        ("类型:诗歌", 3),
        ("a:b:c", 3),
        ("机构:", 3),
        ("“”“", 2),
        ("()", 1),
        ("时期:去年", 3),
        ("产业链:月球", 4),
    ],
)
def test_errors_point_at_the_character(text: str, at: int) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert error.value.at == at, str(error.value)
    first, second = error.value.pointer.split("\n")
    assert first == text
    assert second.strip() == "^"


def test_a_pointer_stands_below_wide_characters() -> None:
    with pytest.raises(QueryError) as error:
        parse("海洋 )")
    assert error.value.pointer == "海洋 )\n     ^"


def wrong_at(text: str, index: IndexName = "articles", *, literal: bool = False) -> int:
    """The offset that the error points at; 0 for a query."""
    try:
        parse(text, index, literal=literal)
    except QueryError as error:
        return error.at
    return 0


@given(st.text(max_size=60))
def test_anything_typed_is_a_query_or_an_error_in_it(text: str) -> None:
    assert 0 <= wrong_at(text) <= len(text)


@given(st.text(alphabet='海a1 ()（）"“”《》:：<>=≥*-－ORANDT或且非机构.、/', max_size=30))
def test_anything_like_a_query_is_a_query_or_an_error_in_it(text: str) -> None:
    assert 0 <= wrong_at(text, "records", literal=True) <= len(text)


def test_bytes_that_are_no_text_are_read_as_a_mark() -> None:
    assert parse("窑\udcff炉").node == Word("窑?炉")
    assert parse("“\ud800”").node == Phrase("?")


def test_a_question_that_is_too_long_is_refused() -> None:
    with pytest.raises(QueryError):
        parse("海" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("3万", 30000, ""), ("１２亿元", 1.2e9, "元"), ("20%", 20, "%"), ("一千二百", 1200, ""), ("-5%", -5, "%"), ("7.5", 7.5, "")],
)
def test_amounts(text: str, value: float, unit: str) -> None:
    assert amount(text) == (value, unit)


def test_parts_of_a_document_number() -> None:
    assert doc_number("〔2022〕8号") == And((Term("doc_year", (2022,)), Term("doc_seq", (8,))))
    assert doc_number("青渔发〔2022〕") == And((Prefix("青渔发", "doc_code"), Term("doc_year", (2022,))))


def test_every_field_can_be_asked() -> None:
    values = {
        "region": "青海",
        "kind": "政策",
        "record": "指标",
        "status": "有效",
        "state": "目标",
        "period": "2021",
        "year": "2021",
        "doc_number": "青渔发〔2022〕8号",
        "instrument": "资金支持",
        "chain": "机器人",
    }
    for name, meaning in FIELD_NAMES.items():
        value = values.get(meaning, "2021" if meaning in ("published", "written", "date") else "网箱")
        for index in ("articles", "records"):
            assert parse(f"{name}:{value}", index).node


def test_the_page_names_every_field() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text("utf-8")
    assert [name for name in FIELD_NAMES if name not in page] == []


def test_every_example_of_the_page_can_be_read() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text("utf-8")
    quoted = re.findall(r"`([^`\n]+)`", page.partition("## Engines")[0])
    readable = [e for e in quoted if re.search(r"[\u4e00-\u9fff]..*[:：><≥≤]..", e) and not e.startswith("字段")]
    assert len(readable) > 4
    for example in readable:
        assert parse(example).node != All()
