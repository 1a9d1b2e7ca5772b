"""Where a quantity stands: its clause, its neighbours, its sentence and paragraph. All offsets are those of the article's text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.article import Article, Span
from extractors.numbers import Quantity

SENTENCE_END: Final = re.compile(r"[。！？；!?;]|\n")
CLAUSE_END: Final = re.compile(r"[，：:。！？；!?;\n]|(?<!\d),|,(?!\d{3})")
FULL_STOP: Final = re.compile(r"[。！？!?][”’）)]?|(?<![；;，,、])[ 　]*\n")
REACH: Final = 400  # characters to each side of a number in which its sentence must end
JOINED: Final = re.compile(r"[ 　]*(?:以上|以下|左右|以内)?[ 　]*(?:、|和|与|及|或|以及|/)[ 　]*")


# Units of what stands before the number; all others count or measure what follows them, where something does.
MEASURES: Final = frozenset(
    (
        "元",
        "%",
        "‰",
        "百分点",
        "倍",
        "番",
        "比",
        "美元",
        "欧元",
        "年",
        "个月",
        "天",
        "日",
        "小时",
        "分钟",
        "秒",
        "个工作日",
        "工作日",
        "岁",
        "分",
        "摄氏度",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """One quantity in its surroundings. `left` is where the quantity before it ends, or its clause begins."""

    text: str
    quantity: Quantity
    paragraph: Span
    period: Span  # the sentence up to its full stop, over ； and the line ends that follow it
    sentence: Span
    clause: Span
    left: int
    right: int  # where the next quantity begins, or the clause ends
    joined: bool  # a list goes on: nothing but 、 or 和 stands between it and the quantity before
    ahead: "Quantity | None" = None  # the next quantity of the clause

    @property
    def before(self) -> str:
        return self.text[self.left : self.quantity.start]

    @property
    def after(self) -> str:
        return self.text[self.quantity.end : self.right]

    @property
    def lead(self) -> str:
        """The whole clause before the number."""
        return self.text[self.clause.start : self.quantity.start]


def paragraph_starts(article: Article) -> list[int]:
    """Where paragraphs begin: at blocks that begin a line, at cells, and at line ends outside of blocks."""
    text = article.text
    starts = {0} | {b.start for b in article.blocks if b.cell is not None or text[b.start - 1 : b.start].isspace()}
    covered = _inner_newlines(text, [(b.start, b.end) for b in article.blocks])
    at = text.find("\n")
    while at >= 0:
        if at not in covered:
            starts.add(at + 1)
        at = text.find("\n", at + 1)
    return sorted(starts)


def _inner_newlines(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    found = set()
    for start, end in spans:
        at = text.find("\n", start, end)
        while at >= 0:
            found.add(at)
            at = text.find("\n", at + 1, end)
    return found


class Surroundings:
    """Where the paragraphs, sentences and clauses of an article begin and end."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.paragraphs = [*paragraph_starts(article), len(self.text) + 1]
        self.stops = [0, *(m.end() for m in FULL_STOP.finditer(self.text))]  # ； does not end a period, on one line or on several
        self.sentences, self.clauses = _marks(SENTENCE_END, self.text), _marks(CLAUSE_END, self.text)

    def places(self, quantities: Sequence[Quantity]) -> list[Place]:
        """The surroundings of every quantity, in order."""
        neighbours = zip((None, *quantities), quantities, (*quantities[1:], None), strict=False)
        return [self._place(*three) for three in neighbours]

    def _place(self, previous: Quantity | None, q: Quantity, following: Quantity | None) -> Place:
        text, at = self.text, bisect_right(self.paragraphs, q.start)
        paragraph = Span(self.paragraphs[at - 1], min(self.paragraphs[at], len(text)))
        sentence = _around(self.sentences, q, Span(max(paragraph.start, q.start - REACH), min(paragraph.end, q.end + REACH)))
        clause = _around(self.clauses, q, sentence)
        period = Span(max(self.stops[bisect_right(self.stops, sentence.start) - 1], q.start - 2 * REACH), sentence.end)
        left = max(clause.start, previous.end) if previous else clause.start
        ahead = following if following and following.start < clause.end else None
        joined = bool(previous and previous.end >= sentence.start and JOINED.fullmatch(text, previous.end, q.start))
        return Place(text, q, paragraph, period, sentence, clause, left, ahead.start if ahead else clause.end, joined, ahead)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where the marks of one kind begin and end."""

    starts: list[int]
    ends: list[int]


def _marks(pattern: re.Pattern[str], text: str) -> _Marks:
    found = [(m.start(), m.end()) for m in pattern.finditer(text)]
    return _Marks([s for s, _ in found], [e for _, e in found])


def _around(marks: _Marks, q: Quantity, limits: Span) -> Span:
    """The stretch between two marks that holds the quantity; the mark itself is not part of it."""
    before = bisect_right(marks.ends, q.start) - 1
    behind = bisect_left(marks.starts, q.end)
    start = max(limits.start, marks.ends[before]) if before >= 0 else limits.start
    end = min(limits.end, marks.starts[behind]) if behind < len(marks.starts) else limits.end
    return Span(start, max(end, q.end))
