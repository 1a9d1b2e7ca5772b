"""Characters -> lines: what stands on one baseline without a gap, in whatever order the file draws it."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.article import Box
from extractors.readers import pdf_vertical as vertical
from extractors.readers.pdf_chars import Char
from extractors.readers.pdf_vertical import Run

GAP = 0.8  # em without a character: another column
SPACED_GAP = 1.3  # em with spaces in it
EDGE_GAP = 0.25  # em before a left edge that many lines share: a narrow gutter
EDGE_LINES = 5
WORD_GAP = 0.2  # em between Latin letters: a space
SPACED = re.compile(r"\s|[\x00-\x7f]{2}")  # where a text may need its spaces set
ASCENT, DESCENT = 0.85, 0.15  # em above and below the baseline that a line takes
BASELINE = 0.15  # em by which baselines of one line may differ
SIZES = 0.65  # of two sizes on one line, smaller to larger


@dataclass(slots=True, eq=False)
class Line:
    """A stretch of text on one baseline, or a vertical text; `first` is its place in the file's own order."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str
    first: int
    confidence: float | None = None
    vertical: bool = False

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        return Box(round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))


def lines_of(chars: Sequence[Char], rules: Sequence[tuple[float, float, float]] = ()) -> list[Line]:
    """The lines of a page. `rules` are vertical strokes (x, top, bottom) that part what stands left and right of them."""
    runs = list(_runs(chars))
    if rules:
        runs = [part for run in runs for part in _parted(run, rules)]
    runs, upright = vertical.parted(runs, rules)
    edges = Counter(round(run[0].x0) for _, run in runs)
    shared = {x for x, n in edges.items() if n >= EDGE_LINES}
    level = [made for row in _rows(runs) for part in _joined(row, shared, rules) if (made := line(part))]
    return level + [_upright(text) for text in upright]


def _upright(letters: Sequence[vertical.Letter]) -> Line:
    size, text, first = letters[0].size, "".join(one.text for one in letters), min(one.run[0] for one in letters)
    top, bottom = min(one.base for one in letters) - ASCENT * size, max(one.base for one in letters) + DESCENT * size
    return Line(min(one.x0 for one in letters), top, max(one.x1 for one in letters), bottom, size, text, first, vertical=True)


def _runs(chars: Sequence[Char]) -> Iterable[Run]:
    """Stretches that the file draws from left to right without a gap."""
    current: list[Char] = []
    first = at = 0
    spaced = False
    row = end = em = back = ahead = 0.0  # of the last character: baseline, right edge, size, and how far from it the next may begin
    for char in chars:
        x0, base, x1, text, size = char
        at += len(text)
        if text.isspace():
            spaced = True
            if current:
                current.append(char)
            continue
        if not (base == row and size == em and back < x0 - end <= ahead and current):  # most go on in just the same way
            if current and not _follows(char, row, end, em, spaced):
                yield first, current
                current = []
            first = first if current else at
            row, em, back, ahead = base, size, -0.5 * size, GAP * size
        current.append(char)
        end, spaced = x1, False
    if current:
        yield first, current


def _follows(char: Char, row: float, end: float, em: float, spaced: bool) -> bool:
    """A character that goes on with a run whose last has this baseline, right edge and size."""
    size = char.size
    near = -0.5 * size < char.x0 - end <= (SPACED_GAP if spaced else GAP) * size
    return near and abs(char.base - row) <= BASELINE * size and min(size, em) >= SIZES * max(size, em)


def _parted(run: Run, rules: Sequence[tuple[float, float, float]]) -> Iterable[Run]:
    first, chars = run
    base, left, right = chars[0].base - 0.3 * chars[0].size, chars[0].x0, chars[-1].x1
    cuts = sorted(x for x, top, bottom in rules if top < base < bottom and left + 1 < x < right - 1)
    if not cuts:
        return [run]
    parts: dict[int, list[Char]] = {}
    for c in (one for char in chars for one in _single(char)):
        parts.setdefault(bisect_right(cuts, (c.x0 + c.x1) / 2), []).append(c)
    return [(first + n, part) for n, part in enumerate(parts.values()) if any(not c.text.isspace() for c in part)]


def _single(char: Char) -> Iterable[Char]:
    """Its characters one by one."""
    step = (char.x1 - char.x0) / len(char.text)
    return (char._replace(x0=char.x0 + n * step, x1=char.x0 + (n + 1) * step, text=c) for n, c in enumerate(char.text))


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Runs of the same baseline, from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r[1][0].base):
        c = run[1][0]
        if rows and abs(rows[-1][0][1][0].base - c.base) <= BASELINE * c.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda r: r[1][0].x0)
    return rows


def _joined(row: list[Run], shared: set[int], rules: Sequence[tuple[float, float, float]]) -> Iterable[Run]:
    """Runs of a row that touch, as one; not over the left edge of a column, nor over a rule."""
    held: Run | None = None
    for run in row:
        if held is None:
            held = run
        elif _touch(held[1], run[1], shared) and not _ruled(held[1], run[1], rules):
            held = (min(held[0], run[0]), held[1] + run[1])
        else:
            yield held
            held = run
    if held is not None:
        yield held


def _touch(left: list[Char], right: list[Char], shared: set[int]) -> bool:
    a, b = left[-1], right[0]
    gap, size = b.x0 - a.x1, max(a.size, b.size)
    if min(a.size, b.size) < SIZES * size or not -0.5 * size < gap <= GAP * size:
        return False
    return not (gap > EDGE_GAP * size and round(b.x0) in shared and b.x0 - left[0].x0 > 6 * size)


def _ruled(left: list[Char], right: list[Char], rules: Sequence[tuple[float, float, float]]) -> bool:
    base = left[0].base - 0.3 * left[0].size
    return any(top < base < bottom and left[-1].x1 - 1 < x < right[0].x0 + 1 for x, top, bottom in rules)


def line(run: Run) -> Line | None:
    """One line of the run's characters, spaces at its ends left out."""
    first, chars = run
    inked = [c for c in chars if not c.text.isspace()]
    if not inked:
        return None
    lefts, bases, rights, texts, sizes = zip(*inked, strict=True)
    size, base = _usual(sizes, texts), _usual(bases, texts)
    return Line(lefts[0], base - ASCENT * size, max(rights), base + DESCENT * size, size, _text(chars), first)


def _usual(values: Sequence[float], texts: Sequence[str]) -> float:
    """The median over characters; most lines have one value only."""
    if values.count(values[0]) == len(values):
        return values[0]
    return median(value for value, text in zip(values, texts, strict=True) for _ in text)


def _text(chars: Sequence[Char]) -> str:
    """Characters in order; a space where Latin words stand apart without one, one space where the file has several."""
    whole = "".join([c.text for c in chars])
    if not SPACED.search(whole):
        return whole
    out: list[str] = []
    end, latin = math.inf, False  # of the last character
    for x0, _, x1, text, size in chars:
        if text.isspace():
            if out and out[-1] != " ":
                out.append(" ")
            continue
        if latin and x0 - end > WORD_GAP * size and text.isascii() and out[-1] != " ":
            out.append(" ")
        out.append(text)
        end, latin = x1, text.isascii()
    return "".join(out).strip()
