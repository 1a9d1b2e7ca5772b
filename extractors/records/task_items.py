"""The numbered items of a notice or plan, as an outline: a number, a title, and the stretch of text that is theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.article import Span

_HAN = "一二三四五六七八九十百"
# Ranks follow GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), with chapters and articles above, 1.1 (GB/T 1.1) between and circled numbers below.
_RANKS = (
    rf"第[{_HAN}\d]{{1,4}}章\s*",
    rf"第[{_HAN}\d]{{1,4}}条[\s　：:]*",
    rf"[{_HAN}]{{1,3}}、",
    rf"[（(][{_HAN}]{{1,3}}[)）]\s?、?",
    r"[\d０-９]{1,3}\s?[.．、](?![\d０-９])\s?",
    r"(?<![^\n])\d{1,2}(?:[.．]\d{1,2}){1,2}(?![\d.．%％])[\s、]?(?=[\u4e00-\u9fff“《])(?![万亿千百余多倍元家个项人亩吨米度平公])",
    r"[（(][\d０-９]{1,2}[)）]\s?|[\d０-９]{1,2}[)）]\s?",
    r"[①-⑳]",
)
# An item starts a line, or follows the end of a sentence or of a list of units on the same line.
_NUMBERS = "|".join(f"(?P<r{i}>{p})" for i, p in enumerate(_RANKS))
_ITEM = re.compile(rf"(?:(?<=\n)|\A|(?<=[。；;）)])|(?<=[。；;）)]\s))[ \t\u3000\xa0]*(?:{_NUMBERS})")
_TITLE_END = re.compile(r"[。：:；;\n]|[\s\u3000](?=[^\s\u3000])")
_CLAUSE_END = re.compile(r"[，,。：:；;\n]")
_LONG_TITLE = 40  # characters; a longer first sentence is no heading, its first clause stands for it


@dataclass(frozen=True, slots=True)
class Item:
    number: str  # without brackets and points: 3, 三, 第五条
    rank: int  # place in _RANKS
    start: int  # of the number
    body: int  # after the number
    title: Span
    end: int  # where the next item of this or a higher rank starts
    parent: int  # index in the outline, -1 at the top


def title_span(text: str, start: int, end: int) -> Span:
    """The heading at the head of a stretch: its first sentence or, where that is long, its first clause."""
    while start < end and text[start].isspace():
        start += 1
    stop = _TITLE_END.search(text, start, end)
    last = stop.start() if stop else end
    if last - start > _LONG_TITLE:
        clause = _CLAUSE_END.search(text, start, end)
        last = clause.start() if clause else last
    return Span(start, last)


def clause_span(text: str, start: int, end: int) -> Span:
    """The first clause of a stretch."""
    while start < end and (text[start].isspace() or text[start] in "。；;，）)"):
        start += 1
    stop = _CLAUSE_END.search(text, start, end)
    return Span(start, stop.start() if stop else end)


def outline(text: str) -> list[Item]:
    """Numbered items in text order, each with its parent."""
    found = []
    for m in _ITEM.finditer(text):
        rank = next(i for i in range(len(_RANKS)) if m[f"r{i}"])
        start = m.start(f"r{rank}")
        number = m[0].strip(" \t\n\u3000\xa0（()）.．、：:").translate({c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)})
        found.append((start, m.end(), rank, number))
    return [_item(text, found, i) for i in range(len(found))]


def _item(text: str, found: Sequence[tuple[int, int, int, str]], i: int) -> Item:
    start, body, rank, number = found[i]
    following = found[i + 1][0] if i + 1 < len(found) else len(text)
    end = next((s for s, _, r, _ in found[i + 1 :] if r <= rank), len(text))
    parent = next((j for j in range(i - 1, -1, -1) if found[j][2] < rank), -1)
    return Item(number=number, rank=rank, start=start, body=body, title=title_span(text, body, following), end=end, parent=parent)
