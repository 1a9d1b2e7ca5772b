"""Models that find names of organisations, behind one interface; the rules do without (`rules`, the default)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from extractors.article import Span

LONGEST = 200  # characters given to a model at once: models are trained on sentences
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


class TaggerError(Exception):
    """A tagger that cannot be used; the message says why and how to get it."""


class Tagger(Protocol):
    """`name` goes into the records' rule; `organisations` gives character offsets, in order, without overlaps."""

    name: str

    def organisations(self, text: str) -> list[Span]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerOptions:
    """Which tagger, and what it needs. `model`: a name or local folder for hanlp.load, a folder for lac (default: its own)."""

    name: str = "rules"
    model: str = ""
    device: int | None = None  # a CUDA device; None is the CPU
    batch: int = 32  # sentences at once


def _rules(options: TaggerOptions) -> Tagger | None:
    return None


def _lac(options: TaggerOptions) -> Tagger:
    from extractors.taggers.lac import LacTagger

    return LacTagger(options)


def _hanlp(options: TaggerOptions) -> Tagger:
    from extractors.taggers.hanlp import HanLPTagger

    return HanLPTagger(options)


TAGGERS: Final[tuple[tuple[str, Callable[[TaggerOptions], Tagger | None]], ...]] = (("rules", _rules), ("lac", _lac), ("hanlp", _hanlp))


@cache
def load(options: TaggerOptions) -> Tagger | None:
    """The tagger of the options; None for `rules`. Loaded once a process. Raises TaggerError."""
    for name, make in TAGGERS:
        if name == options.name:
            return make(options)
    raise TaggerError(f"unknown tagger {options.name!r}: one of {', '.join(name for name, _ in TAGGERS)}")


def sentences(text: str) -> Iterator[Span]:
    """Stretches to tag one by one: sentences, long ones cut at LONGEST characters."""
    for match in _SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST):
            yield Span(start, min(start + LONGEST, match.end()))
