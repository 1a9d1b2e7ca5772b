"""Ids are stable: over re-reading, insertions above, and new versions of every rule (docs/decisions.md, Record identity)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.article import article_id, from_text
from extractors.record import AnyRecord, Metric, identify
from extractors.records import extract
from store import Store
from tests.store.made import article, capture, metrics, put, reading, with_rule

TEXT = "云州市新增孵化器 12 家。\n青山区新增孵化器 12 家，备案众创空间 30 家。\n青山区新增孵化器 12 家，备案众创空间 30 家。\n"
QUOTES = ("12 家", "30 家")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'qingbao.db'}") as opened:
        yield opened


def ids(text: str, *quotes: str) -> list[str]:
    made = article(capture(""), text)
    return [r.id for r in metrics(made, *quotes)]


def test_article_ids_depend_on_source_url_and_piece_alone() -> None:
    first = article_id("demo", "https://kj.example.cn/1.html", "a")
    assert first == article_id("demo", "https://kj.example.cn/1.html", "a")
    others = {article_id("demo2", "https://kj.example.cn/1.html", "a"), article_id("demo", "https://kj.example.cn/2.html", "a")}
    assert first not in others | {article_id("demo", "https://kj.example.cn/1.html"), article_id("demo", "https://kj.example.cn/1.htmla", "")}
    assert len(first) == 20


def test_every_record_has_its_own_id() -> None:
    assert len(set(ids(TEXT, *QUOTES))) == 5


def test_a_paragraph_inserted_at_the_top_leaves_ids_below() -> None:
    assert ids("各旗县：\n" + TEXT, *QUOTES) == ids(TEXT, *QUOTES)


def test_so_does_one_that_holds_the_same_quotes() -> None:
    longer = ids("全区新增孵化器 12 家，众创空间 30 家。\n" + TEXT, *QUOTES)
    assert longer[2:] == ids(TEXT, *QUOTES)


def test_white_space_does_not_matter() -> None:
    assert ids(TEXT.replace("新增孵化器 12 家", "新增孵\u3000化器\xa012 家"), "12 家") == ids(TEXT, "12 家")


def test_a_line_break_inside_a_sentence_ends_it_for_identity() -> None:
    """What a wrapped PDF does before its lines are rejoined: the price of sentences that end at a line end."""
    assert ids(TEXT.replace("新增孵化器 12 家", "新增\n孵化器 12 家"), "12 家") != ids(TEXT, "12 家")


@given(st.lists(st.sampled_from(["甲新增 12 家。", "乙备案 30 家；", "丙 12 家，丁 12 家。", "戊。"]), max_size=8), st.integers(0, 8))
def test_an_insertion_anywhere_leaves_other_sentences_ids(lines: list[str], at: int) -> None:
    inserted = [*lines[:at], "新来的 12 家和 30 家。", *lines[at:]]
    before, after = ids("\n".join(lines), *QUOTES), ids("\n".join(inserted), *QUOTES)
    assert [i for i in after if i in set(before)] == before


def test_a_store_sees_an_insertion_as_additions_only(store: Store) -> None:
    put(store, reading(TEXT, *QUOTES))
    before = {r.id for r in store.records_of(reading(TEXT).articles[0].id)}
    lines = put(store, reading("全区新增孵化器 12 家，众创空间 30 家。\n" + TEXT, *QUOTES))
    assert lines == [("MOD", "article"), ("ADD", "metric"), ("ADD", "metric")]
    assert before < {r.id for r in store.records_of(reading(TEXT).articles[0].id)}


def test_every_version_bumped_and_all_re_extracted_writes_no_line(store: Store) -> None:
    """With the real extractors, whatever they find."""
    made = [reading(text, url=f"https://kj.example.cn/{n}.html") for n, text in enumerate(PLAIN)]
    first = [replace(m, records=extract(m.articles[0])) for m in made]
    store.put_many(first)
    before = store.last_seq()
    assert before > len(made), "the extractors found nothing"
    bumped = [replace(m, records=with_rule(m.records, version=99)) for m in first]
    diffs = store.put_many(bumped)
    assert [d.lines for d in diffs] == [(), (), ()]
    assert sum(d.updated for d in diffs) == before - len(made)
    assert store.last_seq() == before


PLAIN = (
    "云州市科学技术局关于印发《云州市科技成果转化办法》的通知\n2031年，全市技术合同成交额达到 8.5 亿元，同比增长 12%。\n",
    "青山区科技局组织开展企业需求对接活动，签约项目 14 个，服务企业 230 家。\n",
    "一、建设中试基地。到2033年，建成中试基地 6 家以上。（责任单位：市科技局、市财政局）\n",
)


def test_extraction_gives_the_same_ids_every_time() -> None:
    def found(text: str) -> list[AnyRecord]:
        return extract(from_text(text))

    for text in PLAIN:
        assert found(text) == found(text)
        assert all(r.id for r in found(text))


def test_identify_again_changes_nothing() -> None:
    made = article(capture(""), TEXT)
    once: list[Metric] = [r for r in metrics(made, *QUOTES) if isinstance(r, Metric)]
    assert identify(made, once) == once
