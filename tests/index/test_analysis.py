"""Folding, terms, marks and passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import _fold_table, fold, key_of, pairs, query_pairs, words
from index.highlight import LONGEST, passages, patterns
from index.query import And, Near, Not, Or, Phrase, Prefix, Word


@given(st.text(max_size=80))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_by_itself() -> None:
    """Also where nothing before it says that there is something to fold."""
    table = _fold_table()
    assert [c for c in map(chr, range(0x110000)) if fold(c) != c.translate(table)] == []
    assert len(table) > 3000


@pytest.mark.parametrize(
    ("text", "folded"), [("漁業ＡＢ１２", "渔业ab12"), ("二○二一", "二〇二一"), ("，（％）", "，（％）"), ("①㎡", "1㎡"), ("Ünï", "ünï")]
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("网箱", ["网箱", "箱"]),
        ("网", ["网"]),
        ("第20条。", ["第20", "20", "20条", "条"]),
        ("ai平台", ["ai", "ai平", "平台", "台"]),
        ("deep sea", ["deep", "sea"]),
        ("网箱，渔场", ["网箱", "箱", "渔场", "场"]),
        ("", []),
        ("，。", []),
        ("9" * 100, ["9" * 64]),
    ],
)
def test_pairs(text: str, terms: list[str]) -> None:
    assert pairs(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [("网箱", ["网箱"]), ("网", ["网"]), ("第20条", ["第20", "20", "20条"]), ("20", ["20"]), ("网箱，渔场", ["网箱", "箱", "渔场"])],
)
def test_what_is_asked(text: str, terms: list[str]) -> None:
    assert query_pairs(text) == terms


@given(
    st.text(alphabet="网箱海ab1 ，。", max_size=20), st.text(alphabet="网箱海ab1 ，。", max_size=6), st.text(alphabet="网箱海ab1 ，。", max_size=20)
)
def test_a_stretch_between_breaks_is_a_phrase_of_its_text(before: str, part: str, after: str) -> None:
    asked = query_pairs(part)
    held = pairs(f"{before}。{part}。{after}")
    assert any(held[i : i + len(asked)] == asked for i in range(len(held) - len(asked) + 1))


def test_words_are_searched_with_their_parts() -> None:
    found = words("水产养殖技术推广站")
    assert {"水产", "养殖", "技术", "推广"} <= set(found)
    assert all(w.strip() == w and w for w in words("a ，b\n 网箱 1.5%"))


def test_long_runs_are_cut_in_words_as_in_pairs() -> None:
    assert words("网箱" + "x" * 100) == ["网箱", "x" * 64]


def test_keys_of_titles() -> None:
    assert key_of("《關於　网箱（试行）》的通知") == key_of("关于网箱(试行)的通知")


TEXT = "深远海网箱今年投产。第二句说渔场。网箱产量增长，渔场也增长！无关的一句。網箱"


def shown(node: object, text: str = TEXT) -> list[tuple[str, list[str]]]:
    return [(p.text, [text[s.start : s.end] for s in p.marks]) for p in passages(text, patterns(node))]  # type: ignore[arg-type]


def test_best_passages_come_first() -> None:
    found = shown(And((Word("网箱"), Word("渔场"))))
    assert found[0] == ("网箱产量增长，渔场也增长！", ["网箱", "渔场"])
    assert len(found) == 3


def test_folded_words_are_marked_as_written() -> None:
    assert ("網箱", ["網箱"]) in shown(Word("网箱"), "无关。網箱")
    assert shown(Word("网箱", literal=True), "網箱。") == [("網箱。", [])]


def test_what_is_excluded_is_not_marked() -> None:
    assert shown(And((Word("渔场"), Not(Word("网箱")))), "渔场网箱。") == [("渔场网箱。", ["渔场"])]


def test_phrases_reach_over_punctuation_and_sentence_ends() -> None:
    assert shown(Phrase("投产，第二句"), TEXT) == [("深远海网箱今年投产。第二句说渔场。", ["投产。第二句"])]


@pytest.mark.parametrize(
    ("node", "marked"),
    [
        (Word("12"), []),
        (Word("123"), ["123"]),
        (Prefix("12"), ["12"]),
        (Word("sea"), []),
        (Or((Word("12"), Word("seas"))), ["seas"]),
        (Near(("123", "seas"), 5), ["123", "seas"]),
    ],
)
def test_runs_are_marked_whole(node: object, marked: list[str]) -> None:
    assert shown(node, "123 seas")[0][1] == marked


def test_overlapping_marks_are_joined() -> None:
    assert shown(And((Word("深远海"), Word("海网箱"))))[0][1] == ["深远海网箱"]


def test_without_marks_the_beginning_is_shown() -> None:
    (passage,) = passages("很长的文字" * 100, patterns(Word("没有")))
    assert (passage.start, passage.marks) == (0, ())
    assert len(passage.text) == LONGEST


def test_long_sentences_are_cut_around_their_marks() -> None:
    text = "前" * 400 + "网箱" + "后" * 400
    (passage,) = passages(text, patterns(Word("网箱")))
    assert len(passage.text) <= LONGEST
    assert [text[s.start : s.end] for s in passage.marks] == ["网箱"]
    assert text[passage.start : passage.end] == passage.text


@given(st.text(alphabet="网箱海。\nab1 ", max_size=300), st.text(alphabet="网箱ab1", min_size=1, max_size=3))
def test_passages_are_stretches_of_the_text(text: str, word: str) -> None:
    for passage in passages(text, patterns(Word(word))):
        assert text[passage.start : passage.end] == passage.text
        for start, end in passage.marks:
            assert passage.start <= start < end <= passage.end
            assert fold(text[start:end]) == fold(word)
