"""Words of Chinese text: jieba, and rjieba as its fast twin, both with the authority file as user dictionary."""

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal, Protocol

import rjieba

from extractors.names.authority import authority
from extractors.names.organs import forms

Engine = Literal["rjieba", "jieba"]
LONGEST_NAME = 12  # characters: longer names are several words for search
_NOUNS = ("ns", "n", "vn", "nz", "nt", "nr", "j", "l", "eng")


class Segmenter(Protocol):
    """Cuts text into words. Joined, the words of `cut` are the text."""

    def cut(self, text: str) -> list[str]: ...

    def search(self, text: str) -> list[str]:
        """Search mode: the shorter words inside long ones, too, each before the word that holds it."""
        ...


class RustJieba:
    def __init__(self, words: Iterable[str]) -> None:
        self._jieba = rjieba.Jieba()
        for word in words:
            self._jieba.add_word(word, None, None)

    def cut(self, text: str) -> list[str]:
        return list(self._jieba.cut(text))

    def search(self, text: str) -> list[str]:
        return list(self._jieba.cut_for_search(text))


class PythonJieba:
    def __init__(self, words: Iterable[str]) -> None:
        import jieba  # and pkg_resources with it: a fifth of a second

        jieba.setLogLevel(logging.WARNING)  # it reports its dictionary's loading on stderr
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        for word in words:
            self._jieba.add_word(word)

    def cut(self, text: str) -> list[str]:
        return list(self._jieba.cut(text))

    def search(self, text: str) -> list[str]:
        return list(self._jieba.cut_for_search(text))


@cache
def user_words() -> tuple[str, ...]:
    """The user dictionary: names of listed bodies and ways to write organs (科技厅, 发改委), sorted."""
    names = {name for body in authority().bodies.values() for name in body.names()}
    return tuple(sorted(w for w in names | forms().keys() if 2 <= len(w) <= LONGEST_NAME))


@cache
def segmenter(engine: Engine = "rjieba") -> Segmenter:
    """A segmenter with the authority file as user dictionary; one a process. Raises ValueError for an engine of another name."""
    if engine == "rjieba":
        return RustJieba(user_words())
    if engine == "jieba":
        return PythonJieba(user_words())
    raise ValueError(f"unknown segmenter {engine!r}: rjieba or jieba")


@cache
def _ranker() -> Any:
    """jieba's TF-IDF. Imported here: its two modules load a dictionary, half a second that few commands need."""
    import jieba.analyse
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)

    ranker = jieba.analyse.TFIDF()
    tokenizer = jieba.posseg.POSTokenizer(jieba.Tokenizer())
    for word in user_words():
        tokenizer.tokenizer.add_word(word, tag="nt")
    ranker.postokenizer = tokenizer
    return ranker


def keywords(text: str, count: int = 10) -> list[tuple[str, float]]:
    """The (word, weight) that say most of a text, the heaviest first: jieba's TF-IDF over nouns, names and verbal nouns."""
    return [(str(word), float(weight)) for word, weight in _ranker().extract_tags(text, topK=count, withWeight=True, allowPOS=_NOUNS)]
