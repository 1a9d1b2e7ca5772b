"""Characters -> lines: what stands on one baseline without a gap, in whatever order the file draws it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.article import Box
from extractors.readers.pdf_chars import Char

GAP = 0.8  # em without a character: another column
SPACED_GAP = 1.3  # em with spaces in it
EDGE_GAP = 0.25  # em before a left edge that many lines share: a narrow gutter
EDGE_LINES = 5
ASCENT, DESCENT = 0.85, 0.15  # em above and below the baseline that a line takes
BASELINE = 0.15  # em by which baselines of one line may differ
SIZES = 0.65  # of two sizes on one line, smaller to larger


@dataclass(slots=True, eq=False)
class Line:
    """A stretch of text on one baseline; `first` is its place in the file's own order."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str
    first: int
    confidence: float | None = None
    chars: list[Char] = field(default_factory=list, repr=False)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        return Box(round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))


Run = tuple[int, list[Char]]


def lines_of(chars: Sequence[Char], rules: Sequence[tuple[float, float, float]] = ()) -> list[Line]:
    """The lines of a page. `rules` are vertical strokes (x, top, bottom) that part what stands left and right of them."""
    runs = list(_runs(chars))
    if rules:
        runs = [part for run in runs for part in _parted(run, rules)]
    edges = Counter(round(run[0].x0) for _, run in runs)
    shared = {x for x, n in edges.items() if n >= EDGE_LINES}
    return [made for row in _rows(runs) for part in _joined(row, shared, rules) if (made := line(part))]


def _runs(chars: Sequence[Char]) -> Iterable[Run]:
    """Stretches that the file draws from left to right without a gap."""
    current: list[Char] = []
    first, last, spaced = 0, None, False
    for i, c in enumerate(chars):
        if c.text.isspace():
            spaced = True
            if current:
                current.append(c)
            continue
        if last is not None and (
            abs(c.base - last.base) > BASELINE * c.size
            or not -0.5 * c.size < c.x0 - last.x1 <= (SPACED_GAP if spaced else GAP) * c.size
            or min(c.size, last.size) < SIZES * max(c.size, last.size)
        ):
            yield first, current
            current = []
        if not current:
            first = i
        current.append(c)
        last, spaced = c, False
    if current:
        yield first, current


def _parted(run: Run, rules: Sequence[tuple[float, float, float]]) -> Iterable[Run]:
    first, chars = run
    base, left, right = chars[0].base - 0.3 * chars[0].size, chars[0].x0, chars[-1].x1
    cuts = sorted(x for x, top, bottom in rules if top < base < bottom and left + 1 < x < right - 1)
    if not cuts:
        return [run]
    parts: dict[int, list[Char]] = {}
    for c in chars:
        parts.setdefault(bisect_right(cuts, (c.x0 + c.x1) / 2), []).append(c)
    return [(first + n, part) for n, part in enumerate(parts.values()) if any(not c.text.isspace() for c in part)]


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
    size, base = median(c.size for c in inked), median(c.base for c in inked)
    return Line(inked[0].x0, base - ASCENT * size, max(c.x1 for c in inked), base + DESCENT * size, size, _text(chars), first, None, chars)


def _text(chars: Sequence[Char]) -> str:
    """Characters in order; a space where Latin words stand apart without one, one space where the file has several."""
    out: list[str] = []
    last: Char | None = None
    for c in chars:
        if c.text.isspace():
            if out and out[-1] != " ":
                out.append(" ")
        else:
            if last is not None and out[-1] != " " and c.text.isascii() and last.text.isascii() and c.x0 - last.x1 > 0.2 * c.size:
                out.append(" ")
            out.append(c.text)
            last = c
    return "".join(out).strip()
