"""Plain text -> paragraphs: lines that a program wrapped at a fixed width, or cut at a page's end, are joined again."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.joints import ENDED, fits, glue, is_open
from extractors.numbering import number_of
from extractors.passed import is_note

FEWEST_LINES = 8  # below that a common width means nothing
WIDEST = 160  # columns; longer lines are paragraphs
FULL_SHARE = 0.35  # of the lines reach the common width in a wrapped text
OPEN_SHARE = 0.3  # of those stop within a sentence
SLACK = 4  # columns that a full line may lack: a mark that must not begin a line hangs over
LONG = 20  # characters of a paragraph that a page's end may have cut
UNIT = re.compile(r"[A-Za-z0-9.,%+＆&-]+|.")
FOLLOWED = re.compile(r"[，。、；：！？）)】》”’」』]")
ORDINAL = re.compile(r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，,]|其[一二三四][，,]|[—－-]{2}|[★●■◆▲◎])")


def width(line: str) -> int:
    """Columns: wide, full and ambiguous characters (quotation marks) take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, one a line, however it was wrapped; "" where more room than usual stood between two (a picture was there).

    Only white space is dropped or added.
    """
    lines = re.split(r"[\n\x0c]", text)
    limit = _limit([line for line in lines if line.strip()])
    return _mended(list(_joined(lines, limit)) if limit else list(_apart(lines)))


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """The lines that hold something, and "" for each gap wider than the usual one."""
    gaps, blank = [], 0
    filled = []
    for line in lines:
        if line.strip():
            gaps.append(blank)
            filled.append(line.rstrip())
        blank = 0 if line.strip() else blank + 1
    usual = Counter(gaps[1:]).most_common(1)[0][0] if len(gaps) > 1 else 0
    for n, line in enumerate(filled):
        if n and gaps[n] > usual + 1:
            yield ""
        yield line


def _limit(lines: Sequence[str]) -> int | None:
    """The width at which the text was wrapped, None if it was not."""
    if len(lines) < FEWEST_LINES:
        return None
    widths = sorted(width(line.strip()) for line in lines)
    limit = widths[int(len(widths) * 0.9)]
    full = [line for line in lines if limit - SLACK <= width(line.strip()) <= limit + SLACK]
    unended = [line for line in full if is_open(line)]
    wrapped = limit <= WIDEST and len(full) >= FULL_SHARE * len(lines) and len(unended) >= OPEN_SHARE * len(full)
    return limit if wrapped else None


def _joined(lines: Sequence[str], limit: int) -> Iterator[str]:
    """Paragraphs of wrapped lines."""
    gaps = _gaps_separate(lines)
    marked = _ends_are_marked([line for line in lines if line.strip()], limit)
    held: list[str] = []
    last, gap = "", False
    for line in lines:
        if not line.strip():
            gap = True
            continue
        if held and ((gap and gaps) or _ends(last, line, limit, marked=marked)):
            yield "".join(held)
            held = []
        held += [glue(held[-1], line.strip()), line.strip()] if held else [line.rstrip()]
        last, gap = line, False
    if held:
        yield "".join(held)


def _gaps_separate(lines: Sequence[str]) -> bool:
    """Blank lines stand between paragraphs, not between all lines."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    after = [b - a > 1 for a, b in pairwise(filled)]
    return 0 < sum(after) < 0.6 * len(after)


def _ends_are_marked(lines: Sequence[str], limit: int) -> bool:
    """Lines that end a paragraph carry a trailing space (as word processors export them), others do not."""
    short = [line for line in lines if width(line.strip()) < limit / 2]
    full = [line for line in lines if width(line.strip()) >= limit - SLACK and is_open(line)]
    if len(short) < 3 or len(full) < 3:
        return False
    return sum(s != s.rstrip() for s in short) >= 0.8 * len(short) and sum(s != s.rstrip() for s in full) <= 0.1 * len(full)


def _ends(last: str, following: str, limit: int, *, marked: bool) -> bool:
    """A paragraph ends between two lines."""
    if marked:
        return last != last.rstrip()
    bare = following.lstrip()
    if following.startswith(("　　", "    ")) or (not is_open(last) and (number_of(bare) or ORDINAL.match(bare))):
        return True
    unit = UNIT.match(bare)
    first = unit[0] if unit else ""
    first += bare[len(first) : len(first) + 1] if FOLLOWED.match(bare, len(first)) else ""
    return width(last.strip()) + width(first) <= limit - SLACK + 1


def _mended(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs that a page's end cut within a sentence, joined where the ends fit."""
    out: list[list[str]] = []
    for paragraph in paragraphs:
        if out and _cut(out[-1], paragraph):
            last = out[-1][-1] = out[-1][-1].rstrip()
            out[-1] += [glue(last, paragraph.lstrip()), paragraph.lstrip()]
        else:
            out.append([paragraph])
    return ["".join(parts) for parts in out]


def _cut(parts: Sequence[str], head: str) -> bool:
    """The paragraph so far is long, without an end, and `head` continues it."""
    tail = parts[-1]
    whole = (len(parts) > 1 or len(tail.strip()) >= LONG) and not ENDED.search(tail[-LONG:])
    return whole and number_of(head) is None and not is_note(head.strip()) and not ORDINAL.match(head.lstrip()) and fits(tail, head) > 0.5
