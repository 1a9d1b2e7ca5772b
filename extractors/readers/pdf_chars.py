"""Characters of a PDF page with their places, read through PDFium's text page.

Places are points from the page's top left corner as it is shown (crop box and rotation applied).
"""

import ctypes
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

LINE_END_HYPHEN: Final = 0x02  # PDFium's word for it
NOTHING: Final = frozenset((0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, 0xFFFF))
REPLACED: Final = frozenset((0xFFFD, 0xFFFE))
CLOSING: Final = frozenset("，。、；：！？）》”’」』〕】%")  # full-width boxes whose right half is empty
OPENING: Final = frozenset("（《“‘「『〔【")
WIDE: Final = frozenset("“”‘’—…·")  # full-width in Chinese type, whatever their code
SLANT: Final = 0.3  # tangent; text beyond it is a watermark


def ems(text: str) -> float:
    """The width of a text in em: Latin letters and digits take half of one."""
    return sum(1.0 if ord(c) > 0x2E7F or c in WIDE else 0.5 for c in text)


class Char(NamedTuple):
    """One character: left edge, baseline, right edge, size of type."""

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


def chars_of(page: Any, most: int) -> tuple[list[Char], int]:
    """Characters in the order of the file, its spaces included, and how many have no meaning (no code, or a private one).

    At most `most` are looked at.
    """
    textpage = page.get_textpage()
    try:
        left, _, _, top = page.get_bbox()
        origin = None if page.get_rotation() % 360 else (left, top)
        return _chars(textpage.raw, min(textpage.count_chars(), most), placing(page), origin)
    finally:
        textpage.close()


def _codes(raw: Any, count: int) -> tuple[list[tuple[int, int]], int]:
    """(index, code) of the characters that mean something, and how many do not. Surrogates, where wide characters have 16 bits, are paired."""
    found: list[tuple[int, int]] = []
    unknown = high = 0
    code_of = pdfium.FPDFText_GetUnicode
    for i in range(count):
        code = code_of(raw, i)
        if code < 0xD800:
            if code >= 0x20 and not (code == 0x20 and pdfium.FPDFText_IsGenerated(raw, i) == 1) and code not in NOTHING:
                found.append((i, code))
            elif code == LINE_END_HYPHEN:
                found.append((i, ord("-")))
            unknown += code == 0
        elif code < 0xDC00:
            high = code
        elif code < 0xE000 and high:
            found.append((i, 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
            high = 0
        elif code < 0xF900 or code > 0xEFFFF or code in REPLACED:  # private use, or said to be unknown
            unknown += 1
        elif code not in NOTHING:
            found.append((i, code))
    return found, unknown


def _chars(raw: Any, count: int, place: Place, origin: tuple[float, float] | None) -> tuple[list[Char], int]:
    """`origin` is the left and top edge of a page that is not turned."""
    box, ox, oy = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    sizes: dict[tuple[float, bool], float] = {}
    found: list[Char] = []
    box_of, origin_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    codes, unknown = _codes(raw, count)
    for i, code in codes:
        box_of(raw, i, box)
        origin_of(raw, i, ox, oy)
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        key = (round(top - bottom, 1), code < 0x2E80)
        size = sizes.get(key)
        if size is None:
            size = sizes[key] = _size(raw, i)
        if size <= 0:
            continue
        if origin:  # the usual case, without three calls a character
            x0, x1, base = left - origin[0], right - origin[0], origin[1] - oy.value
        else:
            x0, x1 = sorted((place(left, bottom)[0], place(right, top)[0]))
            base = place(ox.value, oy.value)[1]
        text = chr(code)
        if text in CLOSING:  # the empty half of a full-width mark
            x1 = min(x1, x0 + 0.5 * size)
        elif text in OPENING:
            x0 = max(x0, x1 - 0.5 * size)
        found.append(Char(x0, base, x1, text, size))
    return found, unknown


def _size(raw: Any, index: int) -> float:
    """Points of the font as shown; 0 for slanted text."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    across, along = max(abs(matrix.a), abs(matrix.d)), max(abs(matrix.b), abs(matrix.c))
    if min(across, along) > SLANT * max(across, along):
        return 0.0
    return float(pdfium.FPDFText_GetFontSize(raw, index)) * (max(across, along) or 1.0)
