"""Published lists without a table: numbered lines, or lines of nothing but bodies, below a line that announces them."""

import re
from collections.abc import Iterator, Sequence

from extractors.article import Article, Block, Span
from extractors.records.action_actors import Actors

_ANNOUNCES = re.compile(r"(?:名单|一览表?|目录|清单|公示表|汇总表)(?:[（(][^（）()\n]{1,24}[）)])?[：:]?\s*$|如下[：:]?\s*$")
_NUMBERED = re.compile(r"\s*(?:第?(\d{1,4})\s*(?:[.．、，]|\s)|[（(](\d{1,4})[)）])\s*")
# 序号 名称 所在地, the header of columns that are parted by blanks
_HEADER = re.compile(r"\s*序号\s*\S{2,12}(?:\s+\S{1,12})*\s*$")
_NAME = re.compile(r"[^\s，,。；;：:、！？]{4,50}")
_REMARK = re.compile(r"[（(][^（）()\n]{1,24}[：:][^（）()\n]{1,50}[）)][；;。\s]*$")  # （依托单位：某公司）
_FEWEST = 2  # rows


def named_lines(article: Article, actors: Actors) -> Iterator[tuple[Span, Span]]:
    """(line, the name in it) of each row."""
    blocks = [b for b in article.blocks if b.cell is None and article.text[b.start : b.end].strip()]
    at = 0
    while at < len(blocks):
        rows = _rows(article, actors, blocks[at + 1 :]) if _announces(article, blocks[at]) else []
        yield from rows
        at += 1 + len(rows)


def _announces(article: Article, block: Block) -> bool:
    return bool(_ANNOUNCES.search(article.text, block.start, block.end) or _HEADER.fullmatch(article.text, block.start, block.end))


def _rows(article: Article, actors: Actors, blocks: Sequence[Block]) -> list[tuple[Span, Span]]:
    """The rows right below a line: numbered from one on, or each a body."""
    skipped = blocks[1:] if blocks and _HEADER.fullmatch(article.text, blocks[0].start, blocks[0].end) else blocks
    numbered = [*_run(_numbered(article.text, block, n) for n, block in enumerate(skipped, 1))]
    bodies = [] if numbered else [*_run(_body(article.text, block, actors) for block in skipped)]
    return next((rows for rows in (numbered, bodies) if len(rows) >= _FEWEST), [])


def _run(rows: Iterator[tuple[Span, Span] | None]) -> Iterator[tuple[Span, Span]]:
    for row in rows:
        if row is None:
            return
        yield row


def _numbered(text: str, block: Block, n: int) -> tuple[Span, Span] | None:
    number = _NUMBERED.match(text, block.start, block.end)
    if number is None or int(number[1] or number[2]) != n:
        return None
    return _row(text, block, number.end())


def _row(text: str, block: Block, start: int) -> tuple[Span, Span] | None:
    """A line whose first word of some length is a name, and that is no sentence."""
    remark = _REMARK.search(text, start, block.end)
    end = remark.start() if remark else block.end
    name = _NAME.search(text, start, end)
    if name is None or re.search("[，,。；：:]", text[start:end].rstrip("；;。 \u3000")):
        return None
    return Span(block.start, block.end), Span(*name.span())


def _body(text: str, block: Block, actors: Actors) -> tuple[Span, Span] | None:
    whole = text[block.start : block.end].strip()
    start = text.index(whole, block.start)
    inside = actors.within(Span(start, block.end))
    return (Span(block.start, block.end), Span(start, start + len(whole))) if any(m.end - m.start == len(whole) for m in inside) else None
