"""Characters of a PDF page with their places, read through PDFium's text page.

Places are points from the page's top left corner as it is shown (crop box and rotation applied).
"""

import ctypes
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

LINE_END_HYPHEN: Final = "\x02"  # PDFium's word for it
# Ideographs together, all others one by one; not what shows nothing or means nothing.
SHOWN: Final = re.compile(r"[\u3400-\u9fff]+|[^\x00-\x1f\x7f\xad\u200b-\u200f\ud800-\uf8ff\ufeff\ufffd-\uffff\U000f0000-\U0010ffff]")
UNKNOWN: Final = re.compile(r"[\x00\ue000-\uf8ff\ufffd\ufffe\U000f0000-\U0010ffff]")  # no code, a private one, or said to be unknown
PAIR: Final = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
CLOSING: Final = frozenset("，。、；：！？）》”’」』〕】%")  # full-width boxes whose right half is empty
OPENING: Final = frozenset("（《“‘「『〔【")
HALVES: Final = CLOSING | OPENING
EAST: Final = "\u2e80"  # from here on characters are full-width; those below may be of another font
WIDE: Final = frozenset("“”‘’—…·")  # full-width in Chinese type, whatever their code
LEVEL: Final = 0.12  # em by which boxes of one baseline and font may differ: PDFium widens a font's by what a glyph has beyond it
EVENLY: Final = 0.5  # em by which the distance of the first and last of some ideographs may differ from their widths: less than a gap between columns
SLANT: Final = 0.3  # tangent; text beyond it is a watermark


def ems(text: str) -> float:
    """The width of a text in em: Latin letters and digits take half of one."""
    return sum(1.0 if ord(c) > 0x2E7F or c in WIDE else 0.5 for c in text)


class Char(NamedTuple):
    """A character, or several of one width and distance: left edge, baseline, right edge, text, size of type."""

    x0: float
    base: float
    x1: float
    text: str
    size: float


Place = Callable[[float, float], tuple[float, float]]


def placing(page: Any) -> Place:
    """From user space to points right of and below the top left corner of the page as shown (ISO 32000-1, 14.11.2, 8.3.2.3)."""
    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation() % 360
    if turned == 90:
        return lambda x, y: (y - bottom, x - left)
    if turned == 180:
        return lambda x, y: (right - x, y - bottom)
    if turned == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def chars_of(page: Any, place: Place, most: int) -> tuple[list[Char], int]:
    """Characters in the order of the file, its spaces included, and how many have no meaning (no code, or a private one).

    At most `most` are looked at.
    """
    textpage = page.get_textpage()
    try:
        raw = textpage.raw
        text = _text(raw, min(textpage.count_chars(), most))
        spans = [s for s in map(re.Match.span, SHOWN.finditer(text)) if text[s[0]] != " " or pdfium.FPDFText_IsGenerated(raw, s[0]) == 0]
        return list(_chars(_Glyphs(raw, page.get_rotation() % 360, place), text, spans)), len(UNKNOWN.findall(text))
    finally:
        textpage.close()


def _text(raw: Any, count: int) -> str:
    """What stands at each index: in one call, or one by one where PDFium leaves characters out of that."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(raw, 0, count, buffer) == count + 1:
        text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
        if len(text) == count and "\ufffe" not in text:
            return text
    text = "".join(map(chr, map(pdfium.FPDFText_GetUnicode, repeat(raw), range(count)))).replace(LINE_END_HYPHEN, "-")
    # Where wide characters have 16 bits, a pair of surrogates stands as one letter at the place of the second.
    return PAIR.sub(lambda pair: "\x01" + pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def addressed(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function, its pointers as numbers: a call takes half of the time."""
    made = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    made.restype, made.argtypes = result, arguments
    return made


_box_of: Final = addressed(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def _chars(glyphs: "_Glyphs", text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Char]:
    """Ideographs that follow each other are one Char where their first and last stand as far apart as their widths say."""
    ends = iter(glyphs.boxes([b - 1 for a, b in spans if b - a > 1]))
    for (a, b), box in zip(spans, glyphs.boxes([a for a, _ in spans]), strict=True):
        end = next(ends) if b - a > 1 else box
        if end is box or _even(box, end, b - a - 1):
            found = [glyphs.char(a, text[a:b], (box[0], box[1], end[2], box[3]))]
        else:
            found = list(map(glyphs.char, range(a, b), text[a:b], glyphs.boxes(range(a, b))))
        yield from filter(None, found)


def _even(first: "_Box", last: "_Box", steps: int) -> bool:
    wide, high = first[2] - first[0], LEVEL * (first[2] - first[0])
    apart = last[0] - first[0] - steps * wide
    return -EVENLY * wide < apart < EVENLY * wide and -high < first[1] - last[1] < high and -high < first[3] - last[3] < high


_Box = tuple[float, float, float, float]


class _Glyphs:
    """Where the characters of a text page stand. Baseline and size are asked once for neighbours whose boxes begin and end at one height;
    Latin letters and others have a font each."""

    def __init__(self, raw: Any, turned: int, place: Place) -> None:
        self._raw, self._turned, self._place = raw, turned, place
        self._latin, self._east = _Font(), _Font()

    def boxes(self, indexes: Sequence[int]) -> Iterable[_Box]:
        """(left, top, right, bottom): left and right on the page as shown; the others there or, on a page that is not turned, in user space."""
        size = 4 * ctypes.sizeof(ctypes.c_float)
        buffer = (ctypes.c_float * (4 * len(indexes)))()
        start = ctypes.addressof(buffer)
        deque(map(_box_of, repeat(ctypes.addressof(self._raw.contents)), indexes, range(start, start + size * len(indexes), size)), maxlen=0)
        edges = buffer[:]
        lefts, tops, rights, bottoms = (edges[n::4] for n in range(4))
        if self._turned:
            corners = ((*self._place(a, d), *self._place(c, b)) for a, b, c, d in zip(lefts, tops, rights, bottoms, strict=True))
            return ((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners)
        if shift := self._place(0.0, 0.0)[0]:
            lefts, rights = [x + shift for x in lefts], [x + shift for x in rights]
        return zip(lefts, tops, rights, bottoms, strict=True)

    def char(self, index: int, text: str, box: _Box) -> Char | None:
        """None where it is slanted."""
        x0, top, x1, bottom = box
        font = self._latin if text < EAST else self._east
        if not (font.top0 < top < font.top1 and font.bottom0 < bottom < font.bottom1):
            font.ask(self._raw, index, self._place, top, bottom)
        size = font.size
        if text in HALVES:  # the empty half of a full-width mark
            x0, x1 = (x0, min(x1, x0 + 0.5 * size)) if text in CLOSING else (max(x0, x1 - 0.5 * size), x1)
        return Char(x0, font.base, x1, text, size) if size > 0 else None


class _Font:
    """Baseline and size (points as shown; 0 where slanted) of the character last asked about; between which heights a like one begins and ends."""

    __slots__ = ("base", "bottom0", "bottom1", "matrix", "size", "top0", "top1", "x", "y")

    def __init__(self) -> None:
        self.top0 = self.top1 = self.bottom0 = self.bottom1 = self.base = self.size = 0.0
        self.x, self.y, self.matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()

    def ask(self, raw: Any, index: int, place: Place, top: float, bottom: float) -> None:
        pdfium.FPDFText_GetCharOrigin(raw, index, self.x, self.y)
        pdfium.FPDFText_GetMatrix(raw, index, self.matrix)
        self.base = place(self.x.value, self.y.value)[1]
        self.size = float(pdfium.FPDFText_GetFontSize(raw, index)) * _scale(self.matrix)
        slack = LEVEL * self.size
        self.top0, self.top1, self.bottom0, self.bottom1 = top - slack, top + slack, bottom - slack, bottom + slack


def _scale(matrix: Any) -> float:
    """0 where it slants."""
    a, b, c, d = abs(matrix.a), abs(matrix.b), abs(matrix.c), abs(matrix.d)
    across, along = max(a, d), max(b, c)
    if along:
        return 0.0 if min(across, along) > SLANT * max(across, along) else max(across, along)
    return across or 1.0
