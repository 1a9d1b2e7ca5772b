"""Running heads and page numbers: what stands at the same place of the margins on page after page."""

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.readers.pdf_lines import Line

MARGIN = 0.14  # of the page's height, above and below
PAGE_NUMBER = re.compile(r"[—–\-－·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxlIVXL]{1,6})(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[—–\-－·.\s]*")
DIGITS = re.compile(r"\d+|(?<![A-Za-z])[ivxlIVXL]{1,6}(?![A-Za-z])")
COUNTING = re.compile(r"第\d+[页期版号]|共\d+页|\bpage\b", re.IGNORECASE)
WORDS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
AT_AN_END = re.compile(r"^[-—–·]*\d{1,4}[-—–·]*(?=[^\d]{4})|(?<=[^\d]{4})[-—–·]*\d{1,4}[-—–·]*$")
REPEATED = 0.4  # of the pages on one side
MASTHEAD = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月|第\s*\d+\s*[期版号]|星期[一二三四五六日天]|责任?编辑|版$")
TOP = 0.09  # of the height; on a page alone a short line there is its head


def marginal(pages: Sequence[tuple[float, Sequence[Line], set[int]]]) -> list[set[int]]:
    """For each page (height, lines, indexes of lines that stand in tables) the indexes of lines that are running heads or page numbers."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for n, (height, lines, tabled) in enumerate(pages):
        for i, line in enumerate(lines):
            if i not in tabled and (side := _side(line, height)):
                seen[_key(line), side].add(n)
    needed = max(2, REPEATED * len(pages) / 2)  # left and right pages may differ
    repeated = {key for key, where in seen.items() if len(where) >= needed}
    return [{i for i, line in enumerate(lines) if i not in tabled and _is_marginal(line, height, repeated, lines)} for height, lines, tabled in pages]


def _key(line: Line) -> str:
    """The text by which a running head is known again: without what counts pages or issues. Other figures stay (附件1 is not 附件2)."""
    bare = re.sub(r"\s", "", line.text)
    return DIGITS.sub("0", bare) if COUNTING.search(bare) or not WORDS.search(bare) else AT_AN_END.sub("", bare)


def _side(line: Line, height: float) -> int:
    """1 in the top margin, 2 in the bottom one, else 0."""
    if line.y1 < MARGIN * height:
        return 1
    return 2 if line.y0 > (1 - MARGIN) * height else 0


def _is_marginal(line: Line, height: float, repeated: set[tuple[str, int]], lines: Sequence[Line]) -> bool:
    side = _side(line, height)
    if not side:
        return False
    if (_key(line), side) in repeated:
        return True
    if not PAGE_NUMBER.fullmatch(line.text):
        return False
    reach = 0.5 * line.size  # others in its row, or farther out, are no text
    beside = [o for o in lines if o is not line and (o.y1 < line.y1 + reach if side == 1 else o.y0 > line.y0 - reach)]
    return all(PAGE_NUMBER.fullmatch(o.text) or (_key(o), side) in repeated for o in beside)


def mastheads(height: float, lines: Sequence[Line]) -> set[int]:
    """Lines at the head of a page that name the paper, its number and day, when nothing else stands beside them."""
    top = [i for i, line in enumerate(lines) if line.y1 < TOP * height]
    return set(top) if any(MASTHEAD.search(lines[i].text) for i in top) and len(top) <= 6 else set()
