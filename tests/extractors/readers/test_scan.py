"""Pictures: refused clearly without the extra `ocr`; with it, read through the layout pass, confidence kept.

What surrounds the engine (tilt, sizes) is tested on its own, with the boxes that an engine would find.
"""

import io
import math
from itertools import pairwise

import pytest

from extractors.readers import limits, read, scan
from extractors.readers.errors import ReadError
from extractors.readers.pdf_lines import Line
from tests.extractors.readers.made import capture
from tests.extractors.readers.made_pdf import column, pdf
from tests.extractors.readers.test_bombs import png

with_ocr = pytest.mark.skipif(not scan.available(), reason="the extra `ocr` is not installed")


@pytest.mark.skipif(scan.available(), reason="the extra `ocr` is installed")
def test_a_picture_waits_for_ocr() -> None:
    with pytest.raises(ReadError) as caught:
        read(capture(png(40, 40), "import:a.png"))
    assert caught.value.reason == "needs-ocr"
    assert "ocr" in caught.value.message


def tilted(x: float, y: float, width: float, height: float, degrees: float) -> list[tuple[float, float]]:
    """Corners of a line's box on a page turned by so many degrees about its top left corner."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(px * c - py * s, px * s + py * c) for px, py in ((x, y), (x + width, y), (x + width, y + height), (x, y + height))]


def test_the_tilt_of_a_page_is_taken_out() -> None:
    boxes = [tilted(200, 300 + 60 * n, 1200, 50, 1.5) for n in range(5)] + [tilted(200, 700, 60, 50, 1.5)]
    tilt = scan._tilt(boxes)
    assert math.degrees(math.atan(tilt)) == pytest.approx(1.5, abs=0.05)
    lines = [scan._line(n, box, "东岭县今年办夜校四十二期听课农户超过五千户满意度明显提高", 0.9, tilt) for n, box in enumerate(boxes[:5])]
    assert max(line.x0 for line in lines) - min(line.x0 for line in lines) < 0.5
    assert [round(b.y0 - a.y0) for a, b in pairwise(lines)] == [22, 22, 22, 22]  # 60 pixels at 200 dpi


def test_sizes_that_are_nearly_one_are_made_one() -> None:
    sizes = (16.0, 15.2, 17.1, 16.4, 22.0, 23.1)
    lines = [Line(0, 30 * n, 100, 30 * n + size, size, "字" * (30 if size < 20 else 8), n) for n, size in enumerate(sizes)]
    settled = scan._settled(lines)
    assert len({line.size for line in settled[:4]}) == 1
    assert len({line.size for line in settled[4:]}) == 1
    assert settled[0].size < 18 < settled[4].size
    assert settled[0].middle == 8


def test_no_more_pages_than_allowed() -> None:
    with pytest.raises(ReadError, match="pictures"):
        scan.check(limits.amounts().ocr_pages + 1, capture(b""))


@with_ocr
def test_a_photographed_page_is_read() -> None:
    import pypdfium2

    told = "东岭县今年办夜校四十二期，听课农户超过五千户，满意度明显提高。"
    image = pypdfium2.PdfDocument(pdf(column(80, 120, 30, [told], size=14)))[0].render(scale=200 / 72, grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    article = read(capture(out.getvalue(), "import:a.png"))[0]
    assert sum(a != b for a, b in zip(article.text, told, strict=False)) <= 2
    assert all(b.confidence and b.confidence > 0.8 for b in article.blocks)
