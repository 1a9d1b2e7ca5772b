"""Words: two engines behind one interface, the authority file as user dictionary, keywords."""

import pytest

from extractors.words import Segmenter, keywords, segmenter, user_words

TEXT = "四川省科技厅会同省发展改革委、成都市科技局印发方案，支持电子科技大学建设人工智能实验室，到2027年培育高新技术企业1200家。" * 3


@pytest.fixture(scope="module")
def python_jieba() -> Segmenter:
    return segmenter("jieba")


def test_names_are_words(python_jieba: Segmenter) -> None:
    for engine in (segmenter(), python_jieba):
        assert {"科技厅", "发展改革委", "科技局", "电子科技大学"} <= set(engine.cut(TEXT))
        assert "".join(engine.cut(TEXT)) == TEXT
        assert {"电子", "科技", "大学", "电子科技大学"} <= set(engine.search("电子科技大学"))


def test_engines_agree_here(python_jieba: Segmenter) -> None:
    assert segmenter().cut(TEXT) == python_jieba.cut(TEXT)


def test_user_words_are_names() -> None:
    words = user_words()
    assert len(words) > 1000
    assert {"发改委", "中科院", "合工大"} <= set(words)


def test_keywords() -> None:
    found = dict(keywords("稀土永磁电机。稀土永磁材料的回收。稀土矿的开采与永磁电机的制造。", 3))
    assert {"稀土", "永磁"} <= set(found)
    assert all(weight > 0 for weight in found.values())


def test_unknown_engine() -> None:
    with pytest.raises(ValueError, match="nosuch"):
        segmenter("nosuch")  # type: ignore[arg-type]
