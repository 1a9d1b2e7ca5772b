"""Strokes of a page -> ruled tables as grids of cells, and frames around text."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

import pypdfium2.raw as pdfium

from extractors.article import Box
from extractors.readers.pdf_chars import Place, addressed

THIN: Final = 3.0  # points; a filled rectangle of that width is a stroke
SNAP: Final = 3.0  # points within which strokes are one, or meet
SHORTEST: Final = 6.0
MOST: Final = 4000  # strokes of a page; more are a drawing
MOST_SEGMENTS: Final = 200  # of one path; more are a drawing
DEPTH: Final = 3  # forms within forms
LARGEST: Final = 20_000  # cells of one grid before merging

_page_object: Final = addressed(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_form_object: Final = addressed(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_type_of: Final = addressed(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class RuledCell:
    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledTable:
    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    def verticals(self) -> list[tuple[float, float, float]]:
        """(x, top, bottom) of every stroke between two cells."""
        return [(c.box.left, c.box.top, c.box.bottom) for c in self.cells] + [(c.box.right, c.box.top, c.box.bottom) for c in self.cells]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page draws besides text: strokes' tables and frames, and the share of it that pictures cover."""

    tables: tuple[RuledTable, ...]
    frames: tuple[Box, ...]
    pictures: float


def drawn(page: Any, place: Place) -> Drawn:
    strokes: list[Box] = []
    pictures: list[Box] = []
    _collect(page.raw, place, strokes, pictures, DEPTH)
    width, height = page.get_size()
    across = [s for s in strokes if s.bottom - s.top <= s.right - s.left]
    down = [s for s in strokes if s.bottom - s.top > s.right - s.left]
    tables, frames = _grids(_long(across, upright=False), _long(down, upright=True)) if len(strokes) <= MOST else ((), ())
    covered = sum(max(0.0, min(p.right, width) - max(p.left, 0)) * max(0.0, min(p.bottom, height) - max(p.top, 0)) for p in pictures)
    return Drawn(tuple(tables), tuple(frames), min(1.0, covered / max(width * height, 1)))


def _collect(holder: Any, place: Place, strokes: list[Box], pictures: list[Box], depth: int, *, form: bool = False) -> None:
    count, at = (pdfium.FPDFFormObj_CountObjects, _form_object) if form else (pdfium.FPDFPage_CountObjects, _page_object)
    addresses = list(map(at, repeat(ctypes.addressof(holder.contents)), range(count(holder))))
    for address, kind in zip(addresses, map(_type_of, addresses), strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        thing = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        if len(strokes) > MOST:
            return
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            strokes.extend(s for s in _strokes(thing, place) if max(s.right - s.left, s.bottom - s.top) >= SHORTEST)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_bounds(thing, place))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = _through(thing)
            _collect(thing, lambda x, y, inner=inner: place(*inner(x, y)), strokes, pictures, depth - 1, form=True)  # type: ignore[misc]


def _through(thing: Any) -> Place:
    """The coordinates inside an object, as those outside it."""
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, m)
    a, b, c, d, e, f = m.a, m.b, m.c, m.d, m.e, m.f
    return lambda x, y: (a * x + c * y + e, b * x + d * y + f)


def _bounds(thing: Any, place: Place) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *edges)
    left, bottom, right, top = (e.value for e in edges)
    return _box(place(left, bottom), place(right, top))


def _box(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _strokes(path: Any, place: Place) -> Iterator[Box]:
    """Straight strokes of a path: itself where it is thin, else its horizontal and vertical edges where they are drawn."""
    whole = _bounds(path, place)
    if min(whole.right - whole.left, whole.bottom - whole.top) <= THIN:
        yield whole
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not stroke.value or pdfium.FPDFPath_CountSegments(path) > MOST_SEGMENTS:
        return
    inner = _through(path)
    for a, b in _edges(path):
        edge = _box(place(*inner(*a)), place(*inner(*b)))
        if min(edge.right - edge.left, edge.bottom - edge.top) <= 0.5:
            yield edge


def _edges(path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield point, start
        last = point


def _grids(across: Sequence[Box], down: Sequence[Box]) -> tuple[list[RuledTable], list[Box]]:
    """Tables have two or more cells; one cell is a frame."""
    level = set(across)
    tables, frames = [], []
    for group in _connected([*across, *down]):
        table = _grid([s for s in group if s in level], [s for s in group if s not in level])
        if table is None:
            continue
        if len(table.cells) > 1:
            tables.append(table)
        else:
            frames.append(table.box)
    return tables, frames


def _long(strokes: Sequence[Box], *, upright: bool) -> list[Box]:
    """Strokes drawn cell by cell as one: those on a line that touch."""
    turned = sorted((Box(s.top, s.left, s.bottom, s.right) if upright else s for s in strokes), key=lambda s: (round(s.top), s.left))
    out: list[Box] = []
    for s in turned:
        last = out[-1] if out else None
        if last and abs(last.top - s.top) <= 1 and s.left <= last.right + SNAP:
            out[-1] = Box(last.left, min(last.top, s.top), max(last.right, s.right), max(last.bottom, s.bottom))
        else:
            out.append(s)
    return [Box(s.top, s.left, s.bottom, s.right) for s in out] if upright else out


def _connected(strokes: Sequence[Box]) -> list[list[Box]]:
    """Groups of strokes that touch, found by sweeping down the page."""
    groups: list[list[Box]] = []
    open_: list[tuple[float, list[Box]]] = []  # (lowest point, group)
    for s in sorted(strokes, key=lambda s: s.top):
        near = [(bottom, group) for bottom, group in open_ if bottom >= s.top - SNAP]
        touching = [(bottom, group) for bottom, group in near if any(_meet(s, t) for t in group)]
        rest = [(bottom, group) for bottom, group in near if not any(group is t for _, t in touching)]
        merged = [s]
        for _, group in touching:
            merged.extend(group)
            groups.remove(group)
        groups.append(merged)
        open_ = [*rest, (max([s.bottom, *(b for b, _ in touching)]), merged)]
    return groups


def _meet(a: Box, b: Box) -> bool:
    return a.left <= b.right + SNAP and b.left <= a.right + SNAP and a.top <= b.bottom + SNAP and b.top <= a.bottom + SNAP


def _clusters(values: Iterable[float]) -> list[float]:
    """Values closer than SNAP to the one before are one."""
    out: list[list[float]] = []
    for v in sorted(values):
        if out and v - out[-1][-1] <= SNAP:
            out[-1].append(v)
        else:
            out.append([v])
    return [sum(c) / len(c) for c in out]


def _grid(across: Sequence[Box], down: Sequence[Box]) -> RuledTable | None:
    """The table of strokes that touch, None where they are no grid."""
    if len(across) < 2 or not down:
        return None
    ends = [*(s.left for s in across), *(s.right for s in across)]
    xs = _clusters([*((s.left + s.right) / 2 for s in down), min(ends), max(ends)])  # sides are often left open
    ys = _clusters((s.top + s.bottom) / 2 for s in across)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > LARGEST:
        return None
    cells = tuple(_cells(xs, ys, _Walls(xs, down, upright=True), _Walls(ys, across, upright=False)))
    return RuledTable(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), cells)


class _Walls:
    """Where strokes stand on the lines of a grid."""

    def __init__(self, lines: Sequence[float], strokes: Sequence[Box], *, upright: bool) -> None:
        self._reach: list[list[tuple[float, float]]] = [[] for _ in lines]
        for s in strokes:
            at = (s.left + s.right) / 2 if upright else (s.top + s.bottom) / 2
            nearest = min(range(len(lines)), key=lambda i: abs(lines[i] - at))
            self._reach[nearest].append((s.top, s.bottom) if upright else (s.left, s.right))

    def stands(self, line: int, at: float) -> bool:
        return any(a - 1 <= at <= b + 1 for a, b in self._reach[line])


def _cells(xs: Sequence[float], ys: Sequence[float], upright: _Walls, level: _Walls) -> Iterator[RuledCell]:
    """Fields of the grid, joined where no stroke parts them."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < len(xs) - 1 and (row, right) not in taken and not upright.stands(right, middle):
                right += 1
            centres = [(xs[c] + xs[c + 1]) / 2 for c in range(column, right)]
            below = row + 1
            while below < len(ys) - 1 and not any(level.stands(below, x) for x in centres):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            yield RuledCell(row, column, below - row, right - column, Box(xs[column], ys[row], xs[right], ys[below]))


def holder(boxes: Sequence[Box], x: float, y: float) -> int | None:
    """Which of the boxes holds a point."""
    return next((i for i, b in enumerate(boxes) if b.left <= x <= b.right and b.top <= y <= b.bottom), None)
