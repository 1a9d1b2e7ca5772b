"""Brute force: what every query must find, counted over all rows by the letter of docs/query-language.md. Shares no code with the index."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import opencc

from index.query import All, And, Near, Node, Not, Or, Phrase, Prefix, Range, Row, Term, Word

TEXTS = {"ArticleRow": ("title", "text"), "RecordRow": ("title", "text", "name")}
_SIMPLE = opencc.OpenCC("t2s")


def fold_char(char: str) -> str:
    wide = unicodedata.normalize("NFKC", char)
    char = wide if len(wide) == 1 else char
    char = "〇" if char in "○◯" else char
    return _SIMPLE.convert(char).lower() if char >= "\u3400" else char.lower()


_FOLDED: dict[str, str] = {}


def fold(text: str) -> str:
    for char in set(text) - _FOLDED.keys():
        _FOLDED[char] = fold_char(char)
    return "".join(_FOLDED[c] for c in text)


def is_han(unit: str) -> bool:
    char = unit[0]
    return unicodedata.name(char, "").startswith("CJK") or char in "〇々"


def stretches(text: str) -> list[list[str]]:
    """Stretches of letters and digits; each a list of units: a Han character, a run of letters, a run of digits."""
    out: list[list[str]] = [[]]
    kind = None
    for char in text:
        if not char.isalnum():
            if out[-1]:
                out.append([])
            kind = None
            continue
        now = "han" if is_han(char) else "digit" if char.isdigit() else "letter"
        if now == kind and now != "han":
            out[-1][-1] += char
        else:
            out[-1].append(char)
        kind = now
    return out if out[-1] else out[:-1]


def _inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(list(whole[i : i + len(part)]) == list(part) for i in range(len(whole) - len(part) + 1))


def _chain(asked: list[list[str]], held: list[list[str]], *, whole_end: bool = False) -> bool:
    """The first stretch ends one, the middle ones are whole, the last begins one (`whole_end`: is its end)."""
    if len(asked) == 1:
        return any((s[-len(asked[0]) :] == asked[0]) if whole_end else _inside(asked[0], s) for s in held)
    for i in range(len(held) - len(asked) + 1):
        first, *middle, last = held[i : i + len(asked)]
        ends = last == asked[-1] if whole_end else last[: len(asked[-1])] == asked[-1]
        if first[-len(asked[0]) :] == asked[0] and middle == asked[1:-1] and ends:
            return True
    return False


def stands(question: str, text: str, *, literal: bool = False) -> bool:
    form = (lambda t: "".join(c.lower() if c.isascii() else c for c in t)) if literal else fold
    asked, held = stretches(form(question)), stretches(form(text))
    if not asked:
        return False
    if len(asked) > 1 and len(asked[-1]) == 1 and is_han(asked[-1][0]):
        return _chain(asked[:-1], held, whole_end=True) and any(asked[-1][0] in s for s in held)
    return _chain(asked, held)


def begins(question: str, text: str) -> bool:
    """A word of letters or digits that begins so; Han characters anywhere."""
    asked, held = stretches(fold(question)), stretches(fold(text))
    if not asked:
        return False
    if is_han(asked[-1][-1]):
        return stands(question, text)
    assert len(asked) == 1
    assert len(asked[0]) <= 2
    *rest, last = asked[0]
    return any(s[i : i + len(rest)] == rest and s[i + len(rest)].startswith(last) for s in held for i in range(len(s) - len(rest)))


def near(words: Sequence[str], distance: int, text: str) -> bool:
    """Words as they stand in the folded text; tests use plain Han words only."""
    folded = fold(text)
    places = [[i for i in range(len(folded)) if folded.startswith(fold(w), i)] for w in words]
    return any(_close(p, places, words, distance) for some in places for p in some)


def _close(start: int, places: list[list[int]], words: Sequence[str], distance: int) -> bool:
    """Every word has a place at or before `start` that ends at most `distance` before it."""
    return all(any(p <= start and start - (p + len(w)) <= distance for p in some) for some, w in zip(places, words, strict=True))


def _values(row: Row, field: str) -> list[Any]:
    value = getattr(row, field, None)
    return list(value) if isinstance(value, tuple) else [] if value in (None, "") else [value]


def _day(value: Any, last: bool) -> Any:
    if isinstance(value, str):
        return value + ("9999" if last else "")[: max(0, 10 - len(value))] if last else value
    return value


def _in(node: Range, value: Any) -> bool:
    low = _day(node.start, node.open_start)
    high = _day(node.end, not node.open_end)
    above = low is None or (value > low if node.open_start else value >= low)
    return above and (high is None or (value < high if node.open_end else value <= high))


def matches(node: Node, row: Row) -> bool:  # noqa: PLR0911 - one case a node
    texts = lambda fields: [getattr(row, f) for f in fields or TEXTS[type(row).__name__]]  # noqa: E731
    match node:
        case All():
            return True
        case Word(text, False, literal, fields) | Phrase(text, literal, fields):
            return any(stands(text, t, literal=literal) for t in texts(fields))
        case Prefix(text, None):
            return any(begins(text, t) for t in texts(()))
        case Prefix(text, field):
            return any(str(v).startswith(text) for v in _values(row, field or ""))
        case Near(words, distance, fields):
            return any(near(words, distance, t) for t in texts(fields))
        case Term(field, values, _):
            return bool(set(values) & set(_values(row, field)))
        case Range(field):
            return any(_in(node, v) for v in _values(row, field))
        case And(nodes):
            return all(matches(n, row) for n in nodes)
        case Or(nodes):
            return any(matches(n, row) for n in nodes)
        case Not(inner):
            return not matches(inner, row)
    raise AssertionError(node)


def found(rows: Iterable[Row], *nodes: Node) -> list[Row]:
    return [r for r in rows if all(matches(n, r) for n in nodes)]


def ordered(rows: Iterable[Row], field: str, descending: bool, order: Callable[[str], int]) -> list[str]:
    """Ids by (value, order of the id), those without a value last."""
    rows = list(rows)
    have = [r for r in rows if getattr(r, field) is not None]
    have.sort(key=lambda r: order(r.id))
    have.sort(key=lambda r: getattr(r, field), reverse=descending)
    rest = sorted((r for r in rows if getattr(r, field) is None), key=lambda r: order(r.id))
    return [r.id for r in have + rest]


def counted(rows: Iterable[Row], field: str) -> list[tuple[Any, int]]:
    """Values with their counts, most first, equals by value."""
    counts = Counter(v for r in rows for v in set(_values(r, field)))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def stats(rows: Iterable[Row], field: str) -> Mapping[str, float | None]:
    values = [float(v) for r in rows for v in _values(r, field)]
    if not values:
        return {"count": 0.0, "min": None, "max": None, "avg": None, "sum": 0.0}
    return {"count": float(len(values)), "min": min(values), "max": max(values), "avg": sum(values) / len(values), "sum": sum(values)}
