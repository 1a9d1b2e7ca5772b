"""Highlights and snippets, made from the texts themselves: exact offsets, the same on every engine."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.article import Span
from index.analysis import HAN, STRETCH, fold, fold_case, query_pairs, units, words
from index.query import And, Near, Node, Or, Passage, Phrase, Prefix, Word

LONGEST = 120  # characters of a passage
PASSAGES = 3


class Wanted(NamedTuple):
    """Finds in a folded text (`folded` False: in one whose case alone is folded) what the engines match."""

    regex: re.Pattern[str]
    folded: bool


def _edge(unit: str, before: bool) -> str:
    """A run of letters or digits is whole: none of its kind may stand beside it."""
    if re.match(rf"[{HAN}]", unit):
        return ""
    kind = r"\d" if unit[0].isdigit() else rf"[^\W\d_{HAN}]"
    return f"(?<!{kind})" if before else f"(?!{kind})"


@lru_cache(maxsize=1024)
def pattern(text: str, *, folded: bool = True, prefix: bool = False) -> Wanted | None:
    """Adjacent units adjacent, anything but letters and digits between others."""
    stretches = STRETCH.findall(fold(text) if folded else fold_case(text))
    parts = units("".join(stretches))
    if not parts:
        return None
    body = r"[\W_]+".join(re.escape(s) for s in stretches)
    return Wanted(re.compile(_edge(parts[0], True) + body + ("" if prefix else _edge(parts[-1], False))), folded)


def _asked(node: Node) -> Iterable[tuple[str, Node]]:
    match node:
        case Word(text, _, _, _) | Phrase(text, _, _) | Prefix(text, None):
            yield text, node
        case Near(texts, _, _):
            yield from ((t, node) for t in texts)
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from _asked(inner)
        case _:
            return


def patterns(node: Node) -> list[Wanted]:
    """One a thing asked for; what is refused (Not) or only filters is not shown."""
    found = []
    for text, asked in _asked(node):
        if isinstance(asked, Word) and asked.loose:
            found += [pattern(w) for w in _loose_words(text)]
        else:
            found.append(pattern(text, folded=not getattr(asked, "literal", False), prefix=isinstance(asked, Prefix)))
    return list(dict.fromkeys(p for p in found if p))


def _loose_words(text: str) -> list[str]:
    """Words of a question worth showing: two characters or more, or not Han; else its pairs."""
    folded = fold(text)
    shown = [w for w in words(folded) if len(w) > 1 or not re.match(rf"[{HAN}]", w)]
    return list(dict.fromkeys(shown or query_pairs(folded)))


def marks(text: str, wanted: Sequence[Wanted]) -> list[tuple[Span, int]]:
    """Where each pattern stands, with the pattern's number, in text order; overlaps are kept."""
    forms = {True: fold(text), False: fold_case(text) if any(not w.folded for w in wanted) else ""}
    return sorted((Span(*m.span()), i) for i, w in enumerate(wanted) for m in w.regex.finditer(forms[w.folded]))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in spans:
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def passages(text: str, wanted: Sequence[Wanted], count: int = PASSAGES, title: str = "") -> tuple[Passage, ...]:
    """The best sentences first: most different things asked for, those that state a figure, most marks, the earliest.

    A line that only repeats the title is left out where there is another. Without marks, the text's beginning.
    """
    found = marks(text, wanted)
    if not found:
        return (_passage(text, 0, min(len(text), LONGEST), ()),) if text else ()
    scored = []
    for start, end, inside in _sentences(text, found):
        rank = (text[start:end].strip() == title, -len({i for _, i in inside}), not _FIGURE.search(text, start, end), -len(inside))
        scored.append((rank, start, end, merged(s for s, _ in inside)))
    best = [row for row in sorted(scored) if not row[0][0]] or scored
    return tuple(_passage(text, *_window(start, end, spans), spans) for _, start, end, spans in best[:count])


def around(text: str, span: Span) -> Passage:
    """The sentence of a stretch, which is marked."""
    return _passage(text, *_window(_sentence_start(text, span.start), _sentence_end(text, span.end), (span,)), (span,))


def _sentences(text: str, found: list[tuple[Span, int]]) -> Iterable[tuple[int, int, list[tuple[Span, int]]]]:
    """Sentences that hold marks; a mark over a sentence's end joins both."""
    at = 0
    while at < len(found):
        start = _sentence_start(text, found[at][0].start)
        end = _sentence_end(text, found[at][0].end)
        inside = []
        while at < len(found) and found[at][0].start < end:
            inside.append(found[at])
            if found[at][0].end > end:
                end = _sentence_end(text, found[at][0].end)
            at += 1
        yield start, end, inside


_FIGURE = re.compile(r"\d")
_END = re.compile(r"[。！？；!?;\n]")


def _sentence_start(text: str, at: int) -> int:
    floor = max(0, at - 500)
    start = max((text.rfind(c, floor, at) for c in "。！？；!?;\n"), default=-1) + 1
    return max(start, floor)


def _sentence_end(text: str, at: int) -> int:
    found = _END.search(text, max(0, at - 1), at + 500)
    return found.end() if found else min(len(text), at + 500)


def _window(start: int, end: int, spans: tuple[Span, ...]) -> tuple[int, int]:
    """At most LONGEST characters around the first marks of a long sentence."""
    if end - start <= LONGEST:
        return start, end
    first = max(start, min(spans[0].start - LONGEST // 4, end - LONGEST))
    return first, min(end, max(first + LONGEST, spans[0].end))


def _passage(text: str, start: int, end: int, spans: tuple[Span, ...]) -> Passage:
    while start < end and (text[start].isspace() or text[start] in "，、；：。"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Passage(start, end, text[start:end], tuple(s for s in spans if start <= s.start and s.end <= end))
