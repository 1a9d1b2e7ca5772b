"""Pictures of text -> lines, through RapidOCR (extra `ocr`), then the layout pass of the PDF reader. Confidence stays on the blocks."""

import importlib.util
import io
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median
from typing import Any, Final

from crawler.capture import Capture
from extractors.article import Article
from extractors.numbering import numbered
from extractors.readers import limits
from extractors.readers.draft import written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.pdf_chars import CLOSING, ems
from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_pages import Page, pieces_of
from extractors.readers.pdf_rules import Drawn

READER = "scan/1"
DPI: Final = 200  # at which a page is drawn for OCR; what a picture is taken to have that does not say
POINTS: Final = 72.0  # an inch
TYPE: Final = 0.82  # size of type, of the height of a found line (measured: 22 pt and 16 pt at 200 dpi)
SAME_SIZE: Final = 1.18  # sizes closer than that are one


def available() -> bool:
    """The extra `ocr` is installed."""
    return importlib.util.find_spec("rapidocr") is not None and importlib.util.find_spec("onnxruntime") is not None


def read(capture: Capture) -> Sequence[Article]:
    """A picture (or a TIFF of several pages) as one article. Raises ReadError: needs-ocr, broken, too-large, empty."""
    if not available():
        raise ReadError("needs-ocr", f"{capture.url}: a picture; install the extra `ocr` to read it")
    pages = list(_pages(capture))
    text, blocks = written(pieces_of(pages))
    if not text:
        raise ReadError("empty", f"{capture.url}: a picture without text")
    return (numbered(flat(capture, READER, text, blocks)),)


def _pages(capture: Capture) -> Iterator[Page]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(capture.body)) as image:
            for n, frame in enumerate(ImageSequence.Iterator(image), 1):
                check(n, capture)
                if frame.width * frame.height > limits.amounts().render_mpixel * 1_000_000:
                    raise ReadError("too-large", f"{capture.url}: a picture of {frame.width} by {frame.height} pixels")
                scale = POINTS / DPI
                lines = lines_of(_array(frame.convert("RGB")))
                yield Page(n, frame.width * scale, frame.height * scale, lines, Drawn((), (), 1.0), scanned=True)
    except Image.DecompressionBombError as error:
        raise ReadError("too-large", f"{capture.url}: {error}") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ReadError("broken", f"{capture.url}: {error}") from error


def check(pages: int, capture: Capture) -> None:
    """Raises ReadError `too-large` beyond the pages that are read by OCR."""
    if pages > limits.amounts().ocr_pages:
        raise ReadError("too-large", f"{capture.url}: more than {limits.amounts().ocr_pages} pages are pictures")


def rendered(page: Any) -> Any:
    """A PDF page as an array of pixels, at most as many as the limit allows."""
    width, height = page.get_size()
    scale = DPI / POINTS
    most = limits.amounts().render_mpixel * 1_000_000
    if width * height * scale * scale > most:
        scale = float((most / (width * height)) ** 0.5)
    return page.render(scale=scale, rev_byteorder=True).to_numpy()


def _array(image: Any) -> Any:
    import numpy

    return numpy.asarray(image)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **threads})


def lines_of(pixels: Any) -> list[Line]:
    """Lines of a picture in points, the page's tilt taken out."""
    limits.enter("ocr")
    found = _engine()(pixels, use_cls=False)
    limits.enter("readers")
    if found.boxes is None:
        return []
    boxes = [[(float(x), float(y)) for x, y in box] for box in found.boxes]
    tilt = _tilt(boxes)
    lines = [_line(n, box, text, float(score), tilt) for n, (box, text, score) in enumerate(zip(boxes, found.txts, found.scores, strict=True))]
    return _settled([line for line in lines if line.text])


def _tilt(boxes: Sequence[Sequence[tuple[float, float]]]) -> float:
    """Rise of the lines, as a tangent: that of the long ones."""
    long = [box for box in boxes if box[1][0] - box[0][0] > 5 * (box[3][1] - box[0][1]) > 0]
    return median((box[1][1] - box[0][1]) / (box[1][0] - box[0][0]) for box in long) if long else 0.0


def _line(n: int, box: Sequence[tuple[float, float]], text: str, score: float, tilt: float) -> Line:
    scale = POINTS / DPI
    flat_box = [((x + tilt * y) * scale, (y - tilt * x) * scale) for x, y in box]
    x0, x1 = min(x for x, _ in flat_box), max(x for x, _ in flat_box)
    top, bottom = (flat_box[0][1] + flat_box[1][1]) / 2, (flat_box[2][1] + flat_box[3][1]) / 2
    size = _size(text, x1 - x0, TYPE * (bottom - top))
    middle = (top + bottom) / 2
    return Line(x0, middle - size / 2, x1, middle + size / 2, size, text.strip(), n, round(score, 3))


def _size(text: str, width: float, by_height: float) -> float:
    """Size of type from a line's width, where that agrees with its height, which depends on the letters; spaced-out text keeps the height's."""
    units = ems(text) - (0.5 if text[-1:] in CLOSING else 0.0)
    by_width = width / max(units, 0.5)
    return max(by_width if 0.7 * by_height < by_width < 1.15 * by_height else by_height, 1.0)


def _settled(lines: list[Line]) -> list[Line]:
    """Lines with their sizes made equal where they are nearly so: those near the running text's, then those near each other."""
    if not lines:
        return []
    body = median(line.size for line in lines for _ in line.text)
    _level([line for line in lines if body / SAME_SIZE < line.size < body * SAME_SIZE])
    held: list[Line] = []
    for line in sorted((line for line in lines if not body / SAME_SIZE < line.size < body * SAME_SIZE), key=lambda line: line.size):
        if held and line.size > SAME_SIZE * held[0].size:
            _level(held)
            held = []
        held.append(line)
    _level(held)
    return lines


def _level(lines: list[Line]) -> None:
    size = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        middle = line.middle
        line.size, line.y0, line.y1 = size, middle - size / 2, middle + size / 2
