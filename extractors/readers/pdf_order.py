"""The order in which a reader takes the lines of a page: recursive cuts along white space, or the file's own order where that makes better sense."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.joints import ENDED, fits
from extractors.numbering import number_of
from extractors.readers.pdf_lines import Line

GUTTER = 0.35  # em of white between columns of more than FEW_LINES lines
FEW_GUTTER = 0.8
FEW_LINES = 8
LEAD = 1.4  # of the usual distance between lines: a cut across
SIZE_STEP = 0.12  # relative difference of two sizes of type
HEADLINE = 1.25  # of the usual size
INDENT = 1.2  # em
ROW = 0.4  # em by which the middles of one row may differ
LONG = 8.0  # em of a line of running text
STRAY = 5.0  # em
FULL_TABLE = 0.5  # share of lines that fill their column, from which on columns are text


@dataclass(slots=True, eq=False)
class Island:
    """A table or a frame: it takes part in the cuts as one thing."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    first: int
    table: int | None = None  # index among the page's ruled tables
    content: list["Region"] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


Node = Line | Island


@dataclass(slots=True)
class Region:
    """Nodes in reading order without a column or a large gap between them, and the column in which they stand."""

    nodes: list[Node]
    left: float
    right: float


def regions(nodes: Sequence[Node]) -> list[Region]:
    """Regions of a page in reading order."""
    if not nodes:
        return []
    left, right = _sides(nodes)
    return _cut(list(nodes), left, right)


def _sides(nodes: Sequence[Node]) -> tuple[float, float]:
    """Where the lines of a column begin and end: their outermost edges, a single one far out to the right left out."""
    lines = [n for n in nodes if isinstance(n, Line)] or nodes
    rights = sorted(n.x1 for n in lines)
    stray = len(rights) >= 5 and rights[-1] - rights[-2] > STRAY * lines[0].size
    return min(n.x0 for n in lines), rights[-2] if stray else rights[-1]


def _cut(nodes: list[Node], left: float, right: float) -> list[Region]:
    if len(nodes) < 2:
        return [Region(nodes, left, right)]
    size = median(n.size for n in nodes)
    if parts := _columns(nodes, size):
        parts = _headline(nodes, size) or parts
        return [region for part in parts for region in _cut(part, *_sides(part))]
    for cuts in (_bands, _steps):
        places = cuts(nodes, size)
        parts = _stacked(_split(nodes, places, lambda n: n.middle), size) if places else []
        if len(parts) > 1:
            return [region for part in parts for region in _cut(part, left, right)]
    return [Region(sorted(nodes, key=lambda n: (round(n.middle / (0.5 * size)) if size else 0, n.x0)), left, right)]


def _headline(nodes: list[Node], size: float) -> list[list[Node]]:
    """Large type at the top with nothing beside it, and the rest: it stands over all columns, however short it is."""
    ordered = sorted(nodes, key=lambda n: n.y0)
    large = 0
    while large < len(ordered) and ordered[large].size > HEADLINE * size:
        large += 1
    heads, rest = ordered[:large], ordered[large:]
    alone = heads and rest and max(n.y1 for n in heads) <= rest[0].y0 and not _gaps([(n.x0, n.x1) for n in heads], FEW_GUTTER * heads[0].size)
    return [heads, rest] if alone else []


def _stacked(bands: list[list[Node]], size: float) -> list[list[Node]]:
    """Bands below each other as one where a gutter runs through them: headlines side by side belong to the columns below them."""
    out = bands[:1]
    for band in bands[1:]:
        both = out[-1] + band
        if _columns(both, size):
            out[-1] = both
        else:
            out.append(band)
    return out


def _columns(nodes: list[Node], size: float) -> list[list[Node]]:
    """Columns from left to right; none where they are the columns of a table without rules, or one row."""
    gaps = _gaps([(n.x0, n.x1) for n in nodes], GUTTER * size if len(nodes) > FEW_LINES else FEW_GUTTER * size)
    if not gaps:
        return []
    parts = _split(nodes, [(a + b) / 2 for a, b in gaps], lambda n: (n.x0 + n.x1) / 2)
    return parts if len(parts) > 1 and not _tabular(parts) else []


def _tabular(columns: Sequence[Sequence[Node]]) -> bool:
    """Columns whose lines stand in rows and do not fill them: a list with its numbers or figures, a table, a row of signatures."""
    sizes = [median(n.size for n in column) for column in columns]
    if max(sizes) - min(sizes) > SIZE_STEP * max(sizes):
        return False
    middles = sorted(n.middle for n in max(columns, key=len))
    shorter = sorted(columns, key=len)[:-1]
    in_row = sum(_near(middles, n.middle, ROW * (n.size or 1)) for column in shorter for n in column)
    if in_row < 0.9 * sum(map(len, shorter)):
        return False
    filled = sum(_filling(column) for column in columns)
    return filled < FULL_TABLE * sum(map(len, columns))


def _filling(column: Sequence[Node]) -> int:
    """How many lines of a column of text reach its right side."""
    right = max(n.x1 for n in column)
    wide = right - min(n.x0 for n in column)
    return sum(right - n.x1 < 1.5 * n.size for n in column) if len(column) > 1 and wide > 8 * median(n.size for n in column) else 0


def _near(values: Sequence[float], wanted: float, slack: float) -> bool:
    at = bisect_left(values, wanted - slack)
    return at < len(values) and values[at] <= wanted + slack


def _gaps(spans: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Stretches that no span covers."""
    ordered = sorted(spans)
    found, end = [], ordered[0][1]
    for a, b in ordered[1:]:
        if a - end > least:
            found.append((end, a))
        end = max(end, b)
    return found


def _bands(nodes: list[Node], size: float) -> list[float]:
    """Cuts across at gaps well over the usual distance of lines."""
    gaps = _gaps([(n.y0, n.y1) for n in nodes], 0.05 * size)
    if not gaps:
        return []
    widths = sorted(b - a for a, b in gaps)
    usual, widest = widths[len(widths) // 2], widths[-1]
    cuts = [(a + b) / 2 for a, b in gaps if b - a >= 0.75 * widest and b - a > LEAD * usual + 0.05 * size]
    if not cuts and len(gaps) < 4 and widest > 0.8 * size:
        cuts = [(a + b) / 2 for a, b in gaps if b - a == widest]
    return cuts


def _steps(nodes: list[Node], size: float) -> list[float]:
    """Cuts across where the size of type changes."""
    ordered = sorted(nodes, key=lambda n: n.middle)
    cuts = []
    for a, b in pairwise(ordered):
        if abs(a.size - b.size) > SIZE_STEP * max(a.size, b.size) and b.y0 >= a.y1 - 0.4 * min(a.size, b.size):
            cuts.append((a.middle + b.middle) / 2)
    return cuts


def _split(nodes: list[Node], cuts: Sequence[float], key: Callable[[Node], float]) -> list[list[Node]]:
    parts: list[list[Node]] = [[] for _ in range(len(cuts) + 1)]
    for n in nodes:
        parts[bisect_left(cuts, key(n))].append(n)
    return [part for part in parts if part]


def as_drawn(nodes: Sequence[Node]) -> list[Region]:
    """Regions of the file's own order: a new one where the next line does not stand under the last."""
    parts: list[list[Node]] = []
    for n in sorted(nodes, key=lambda n: n.first):
        if parts and _under(parts[-1][-1], n):
            parts[-1].append(n)
        else:
            parts.append([n])
    return [Region(part, *_sides(part)) for part in parts]


def _under(a: Node, b: Node) -> bool:
    same = abs(a.size - b.size) <= SIZE_STEP * max(a.size, b.size)
    return same and min(a.x1, b.x1) > max(a.x0, b.x0) and -0.5 * a.size < b.y0 - a.y1 < 1.5 * a.size


def ordered(nodes: Sequence[Node]) -> list[Region]:
    """Regions in the order in which fewer columns end within a sentence that the next does not go on with. A difference of one, and a tie, go to
    the layout."""
    layout = regions(nodes)
    breaks = _breaks(layout)
    if breaks < 2:
        return layout
    drawn = as_drawn(nodes)
    return drawn if _breaks(drawn) + 1 < breaks else layout


def _breaks(found: Sequence[Region]) -> int:
    """Joints that make no sense: between regions a full line without an end before an indented or numbered one, or a loose start after an end;
    within a region a line that goes on below itself, but is read together with the one beside it."""
    return sum(_broken(a, b) for a, b in pairwise(found)) + sum(_interleaved(region) for region in found)


def _interleaved(region: Region) -> int:
    """Lines of running text that stand side by side in a region, and fit the line under them."""
    lines = [n for n in region.nodes if isinstance(n, Line)]
    beside = [a for a, b in pairwise(lines) if abs(a.middle - b.middle) < ROW * a.size and min(a.x1 - a.x0, b.x1 - b.x0) > LONG * a.size]
    return sum(any(_under(a, b) and fits(a.text, b.text) > 0.5 for b in beside if b is not a) for a in beside) if len(beside) > 3 else 0


def _broken(a: Region, b: Region) -> bool:
    tail, head = a.nodes[-1], b.nodes[0]
    if isinstance(tail, Island) or isinstance(head, Island) or len(a.nodes) < 2 or len(b.nodes) < 2:
        return False
    fresh = head.x0 - b.left > INDENT * head.size or number_of(head.text) is not None or abs(tail.size - head.size) > SIZE_STEP * tail.size
    full = a.right - tail.x1 < 1.5 * tail.size
    going = full and not ENDED.search(tail.text)
    return going == fresh
