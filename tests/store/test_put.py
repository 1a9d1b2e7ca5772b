"""What a put writes: rows, log lines, revisions."""

from dataclasses import replace

import pytest

from extractors.article import Box, Metadata, Note, Span
from extractors.record import ResponsibleUnit, Task, identify
from store import Reading, Store
from tests.store.made import article, capture, metrics, organisations, put, reading, with_rule

TEXT = "云州市新增孵化器 12 家。\n青山区备案众创空间 30 家，其中省级 12 家。\n"


def test_a_new_page_is_added_whole(store: Store) -> None:
    assert put(store, reading(TEXT, "12 家", "30 家")) == [("ADD", "article"), ("ADD", "metric"), ("ADD", "metric"), ("ADD", "metric")]
    lines = store.changes(0)
    assert [line.seq for line in lines] == [1, 2, 3, 4]
    assert lines[0].payload["text"] == TEXT
    assert lines[1].payload["value"] == 12.0
    held = store.article(lines[0].id)
    assert held == reading(TEXT).articles[0]
    assert store.records_of(lines[0].id) == reading(TEXT, "12 家", "30 家").records
    assert store.record(lines[1].id) == reading(TEXT, "12 家").records[0]


def test_the_same_again_writes_nothing(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    diff = store.put(made.capture, made.articles, made.records)
    assert (diff.lines, diff.updated) == ((), 0)
    assert len(store.revisions(made.articles[0].id)) == 1


def test_versions_and_confidence_are_updated_without_a_line(store: Store) -> None:
    put(store, reading(TEXT, "12 家", "30 家"))
    made = reading(TEXT, "12 家", "30 家")
    later = with_rule(made.records, version=2, confidence=0.5, rule="other", spans={"unit": Span(0, 1)})
    diff = store.put(made.capture, made.articles, later)
    assert (diff.lines, diff.updated) == ((), 3)
    assert {r.version for r in store.records_of(made.articles[0].id)} == {2}
    assert store.last_seq() == 4


def test_what_is_not_tracked_of_an_article(store: Store) -> None:
    made = reading(TEXT)
    put(store, made)
    first = made.articles[0]
    moved = [replace(b, page=3, box=Box(0, 0, 9, 9), confidence=0.7) for b in first.blocks]
    later = replace(
        first, blocks=tuple(moved), reader="html/2", notes=(Note(code="repair", text="joined"),), url="https://www.kj.example.cn/t/1.html"
    )
    assert store.put(made.capture, [later], []).lines == ()
    assert store.article(first.id) == later
    assert [r.reader for r in store.revisions(first.id)] == ["html/1", "html/2"]


@pytest.mark.parametrize(
    "change", [{"title": "新标题"}, {"kind": "policy"}, {"role": "enacted"}, {"metadata": Metadata(doc_number="云科发〔2031〕7号")}]
)
def test_what_is_tracked_of_an_article(store: Store, change: dict[str, object]) -> None:
    made = reading(TEXT)
    put(store, made)
    later = replace(made.articles[0], **change)  # type: ignore[arg-type]
    assert [line.op for line in store.put(made.capture, [later], []).lines] == ["MOD"]
    assert store.changes(1)[0].revision == store.changes(0)[0].revision


def test_a_changed_value_is_mod_and_a_vanished_record_del(store: Store) -> None:
    made = reading(TEXT, "12 家", "30 家")
    put(store, made)
    later = [replace(r, value=1.0) if r.quote == "30 家" else r for r in made.records][1:]  # type: ignore[call-arg]
    diff = store.put(made.capture, made.articles, later)
    assert [(line.op, line.kind) for line in diff.lines] == [("DEL", "metric"), ("MOD", "metric")]
    gone, changed = store.changes(4)
    assert gone.payload["quote"] == "12 家"
    assert changed.payload["value"] == 1.0
    assert store.record(gone.id) is None


def test_spans_inside_a_record_are_not_tracked(store: Store) -> None:
    made = reading(TEXT)
    first = made.articles[0]

    def task(at: int) -> list[Task]:
        unit = ResponsibleUnit(name="云州市科学技术局", role="lead", text="市科技局", span=Span(at, at + 4))
        return identify(first, [Task(article=first.id, start=0, end=3, quote="云州市", rule="t", number="1", title="建平台", responsible=(unit,))])

    store.put(made.capture, [first], task(5))
    assert store.put(made.capture, [first], task(6)).lines == ()


def test_children_that_vanish_are_deleted_with_their_records(store: Store) -> None:
    fetched = capture("page")
    page, one, two = article(fetched, "主文 1 家。"), article(fetched, "甲 2 家。", piece="a"), article(fetched, "乙 3 家。", piece="b")
    store.put(fetched, [page, one, two], metrics(page, "1 家") + metrics(one, "2 家") + metrics(two, "3 家"))
    assert [a.piece for a in store.children(page.id)] == ["a", "b"]
    diff = store.put(fetched, [page, two], metrics(page, "1 家") + metrics(two, "3 家"))
    assert [(line.op, line.kind, line.id) for line in diff.lines] == [("DEL", "metric", metrics(one, "2 家")[0].id), ("DEL", "article", one.id)]
    assert store.article(one.id) is None
    assert store.records_of(one.id) == []
    assert [line.op for line in store.put(fetched, [page, one, two], []).lines] == ["DEL", "DEL", "ADD"]


def test_several_pages_and_the_same_page_twice_in_one_transaction(store: Store) -> None:
    first, again = reading("甲 1 家。", "1 家"), reading("甲 1 家，乙 2 家。", "1 家", "2 家")
    other = reading("丙 3 家。", "3 家", url="https://kj.example.cn/t/2.html")
    diffs = store.put_many([first, other, again])
    assert [d.count("ADD") for d in diffs] == [2, 2, 2]
    assert (diffs[2].count("MOD"), diffs[2].count("DEL")) == (1, 1)  # the sentence changed, and with it the id
    assert [line.seq for line in store.changes(0)] == list(range(1, 9))


def test_one_bad_reading_leaves_nothing_of_its_transaction(store: Store) -> None:
    good, bad = reading("甲 1 家。", "1 家"), reading("乙 2 家。", "2 家", url="https://kj.example.cn/t/2.html")
    foreign = replace(bad, records=with_rule(bad.records, article="elsewhere"))
    with pytest.raises(ValueError, match="elsewhere"):
        store.put_many([good, foreign])
    with pytest.raises(ValueError, match="stand twice"):
        store.put_many([good, replace(bad, records=[*bad.records, *bad.records])])
    with pytest.raises(ValueError, match="missing"):
        store.put(bad.capture, bad.articles, with_rule(bad.records, id=""))
    with pytest.raises(ValueError, match="another page"):
        store.put_many([good, replace(bad, articles=good.articles, records=[])])
    assert store.last_seq() == 0
    assert store.counts().articles == 0


def test_a_reading_of_an_older_capture_is_outdated(store: Store) -> None:
    store.crawling.put([capture("old")])
    (old,) = store.unread("r1")
    store.crawling.put([capture("new")])
    made = reading(TEXT, body="old")
    assert store.put(old, made.articles, [], reader_version="r1").outdated
    assert store.last_seq() == 0
    assert [c.digest for c in store.unread("r1")] == [capture("new").digest]


def test_kinds_and_order_of_records(store: Store) -> None:
    made = reading("青山区科技局备案 30 家，云州市 12 家。", "12 家", "30 家")
    first = made.articles[0]
    store.put_many([Reading(capture=made.capture, articles=[first], records=[*made.records, *organisations(first, "青山区科技局")])])
    assert [r.quote for r in store.records_of(first.id)] == ["青山区科技局", "30 家", "12 家"]
    assert [r.quote for r in store.records_of(first.id, "metric")] == ["30 家", "12 家"]
    assert store.counts().records == {"metric": 2, "organisation": 1}


def test_history_of_one_article(store: Store) -> None:
    made = reading(TEXT)
    put(store, made)
    store.put(made.capture, [replace(made.articles[0], title="甲")], [])
    store.put(made.capture, [], [])
    assert [line.op for line in store.history(made.articles[0].id)] == ["ADD", "MOD", "DEL"]
