"""PDFs written by hand, operator by operator: text stands where the test says, in the order that it says, without any font of the machine."""

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 595.0, 842.0
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor"
    "/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
Op = str


def text(x: float, top: float, words: str, size: float = 10.0) -> Op:
    """A line whose baseline is `top` points below the page's top."""
    return f"BT /F1 {size} Tf {x} {HEIGHT - top} Td <{words.encode('utf-16-be').hex()}> Tj ET"


def rule(x0: float, y0: float, x1: float, y1: float) -> Op:
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def rectangle(left: float, top: float, right: float, bottom: float) -> Op:
    return f"0.5 w {left} {HEIGHT - bottom} {right - left} {bottom - top} re S"


def picture(left: float, top: float, right: float, bottom: float) -> Op:
    data = "q %s 0 0 %s %s %s cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"
    return data % (right - left, bottom - top, left, HEIGHT - bottom)


def wide(words: str) -> float:
    return sum(1.0 if ord(c) > 0x2E7F or c in "“”" else 0.5 for c in words)


def wrapped(words: str, width: int, indent: int) -> list[str]:
    """Lines of at most `width` em, the first with `indent` em less."""
    lines, line, room = [], "", float(width - indent)
    for c in words:
        if wide(line + c) > room and c not in "，。；：":
            lines.append(line)
            line, room = "", float(width)
        line += c
    return [*lines, line]


def column(
    x: float, top: float, width: int, paragraphs: Iterable[str], *, size: float = 10.0, indent: int = 2, lead: float = 1.6, gap: float = 0.0
) -> list[Op]:
    """Paragraphs set in a column of `width` em; `gap` em more between them."""
    ops = []
    for words in paragraphs:
        for n, line in enumerate(wrapped(words, width, indent)):
            ops.append(text(x + (indent * size if n == 0 else 0), top, line, size))
            top += lead * size
        top += gap * size
    return ops


def pdf(*pages: Sequence[Op], rotate: int = 0, extra: str = "") -> bytes:
    """A document of these pages."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", FONT]
    kids = []
    for ops in pages:
        content = "\n".join(ops)
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        box = f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {rotate}{extra}"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects)} 0 R>>")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    return assembled(objects)


def assembled(objects: Sequence[str]) -> bytes:
    """Objects 1, 2, … (1 is the catalog) with their cross-reference table."""
    out, offsets = b"%PDF-1.7\n", []
    for n, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
