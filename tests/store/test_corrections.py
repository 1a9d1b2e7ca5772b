"""People's corrections: applied to every reading, never dropped."""

from dataclasses import replace

import pytest

from extractors.record import Metric
from store import CorrectionError, Store
from tests.store.made import article, capture, metrics, put, reading

TEXT = "云州市新增孵化器 12 家。\n青山区备案众创空间 30 家。\n"


def metric(store: Store, id_: str) -> Metric:
    found = store.record(id_)
    assert isinstance(found, Metric)
    return found


def test_a_correction_is_applied_and_logged_at_once(store: Store) -> None:
    made = reading(TEXT, "12 家", "30 家")
    put(store, made)
    first = made.records[0]
    done = store.correct(first.id, "indicator", None, "孵化器", who="li", quote="12 家")
    assert (done.record, done.quote, done.old, done.new, done.who, done.stale) == (first.id, "12 家", None, "孵化器", "li", "")
    assert metric(store, first.id).indicator == "孵化器"
    (line,) = store.changes(3)
    assert (line.op, line.id, line.payload["indicator"]) == ("MOD", first.id, "孵化器")
    assert store.corrections(first.article) == [done]


def test_re_extraction_keeps_it_and_writes_no_line(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    store.correct(made.records[0].id, "value", 12, 13, who="li")
    before = store.last_seq()
    assert put(store, reading(TEXT, "12 家", version=2)) == []
    assert metric(store, made.records[0].id).value == 13.0
    assert store.last_seq() == before
    assert store.stale_corrections() == []


def test_several_corrections_of_one_field_follow_each_other(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    id_ = made.records[0].id
    store.correct(id_, "unit", "家", "个", who="li")
    store.correct(id_, "unit", "个", "所", who="wang")
    assert put(store, reading(TEXT, "12 家", version=3)) == []
    assert metric(store, id_).unit == "所"
    with pytest.raises(CorrectionError, match="所"):
        store.correct(id_, "unit", "家", "座", who="li")


def test_one_whose_sentence_is_gone_is_listed_and_applies_again_when_it_is_back(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    id_ = made.records[0].id
    store.correct(id_, "indicator", None, "孵化器", who="li")
    put(store, reading("云州市新增孵化器 15 家。\n", "15 家"))
    (stale,) = store.stale_corrections()
    assert (stale.record, stale.stale) == (id_, "the record is gone")
    assert store.counts().stale_corrections == 1
    store.put(made.capture, [], [])
    assert len(store.stale_corrections()) == 1
    put(store, made)
    assert store.stale_corrections() == []
    assert metric(store, id_).indicator == "孵化器"


def test_one_whose_old_value_differs_is_listed_and_not_applied(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    id_ = made.records[0].id
    store.correct(id_, "indicator", None, "孵化器", who="li")
    better = [replace(r, indicator="科技企业孵化器") for r in made.records]  # type: ignore[call-arg]
    store.put(made.capture, made.articles, better)
    assert metric(store, id_).indicator == "科技企业孵化器"
    assert [c.stale for c in store.stale_corrections()] == ["indicator is now '科技企业孵化器'"]
    learned = [replace(r, indicator="孵化器") for r in made.records]  # type: ignore[call-arg]
    store.put(made.capture, made.articles, learned)
    assert store.stale_corrections() == []


def test_corrections_of_other_pages_are_left_alone(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    store.correct(made.records[0].id, "indicator", None, "孵化器", who="li")
    put(store, reading("别处 1 家。", "1 家", url="https://kj.example.cn/t/9.html"))
    store.crawling.put([capture("newer")])
    assert store.put_many([replace(made, capture=_old(store, made.capture.digest))])[0].outdated  # type: ignore[union-attr]
    assert store.stale_corrections() == []


def _old(store: Store, digest: str):  # type: ignore[no-untyped-def]
    held = store.capture(digest)
    assert held is not None
    return held


@pytest.mark.parametrize(
    ("field", "old", "new", "error"),
    [
        ("value", 99, 1, CorrectionError),  # not what is held
        ("value", 12, "many", ValueError),
        ("bound", "=", "?", ValueError),
        ("quote", "12 家", "13 家", ValueError),
        ("id", "", "x", ValueError),
        ("start", 9, 10, ValueError),
        ("colour", None, "red", ValueError),
    ],
)
def test_what_cannot_be_corrected(store: Store, field: str, old: object, new: object, error: type[Exception]) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    before = store.last_seq()
    with pytest.raises(error):
        store.correct(made.records[0].id, field, old, new, who="li")
    with pytest.raises(CorrectionError):
        store.correct("nobody", field, old, new, who="li")
    assert (store.last_seq(), store.counts().corrections) == (before, 0)


def test_a_wrong_quote_is_refused(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    with pytest.raises(CorrectionError, match="12 家"):
        store.correct(made.records[0].id, "value", 12, 13, who="li", quote="13 家")


def test_a_paragraph_inserted_above_leaves_the_correction_in_place(store: Store) -> None:
    made = reading(TEXT, "12 家")
    put(store, made)
    store.correct(made.records[0].id, "indicator", None, "孵化器", who="li")
    fetched = capture("longer")
    longer = article(fetched, "全区另有加速器 12 家。\n" + TEXT)
    store.put(fetched, [longer], metrics(longer, "12 家"))
    inserted, below = store.records_of(longer.id)
    assert (inserted.indicator, below.indicator) == (None, "孵化器")  # type: ignore[union-attr]
