"""An article's text as blocks of nested pieces, so that a template can mark records without touching the text."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.article import Article, Block
from extractors.private import masked
from extractors.record import AnyRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text, or a record's mark around further pieces. `anchor` is set on the first piece of a record only."""

    text: str = ""
    kind: str = ""
    record: str = ""
    anchor: bool = False
    inner: tuple["Piece", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Evidence that is no record: it gets an anchor, `id`, and no mark of its own."""

    id: str
    start: int
    end: int
    kind: str = "place"


Marked = AnyRecord | Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewBlock:
    """One block of a page; a table is one block with rows of cells."""

    kind: str
    level: int = 0
    page: int | None = None
    href: str | None = None
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple["ViewCell", ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCell:
    pieces: tuple[Piece, ...]
    rows: int
    columns: int
    header: bool


def nest(article: Article, span: tuple[int, int], records: Sequence[Marked], seen: set[str]) -> tuple[Piece, ...]:
    """The text of a span with marks, the longer around the shorter; what crosses an edge is cut there and goes on after it.

    `records` are sorted by (start, -end). `seen` collects the records that have their anchor.
    """
    pieces, at, left = [], span[0], deque(records)
    while left:
        record = left.popleft()
        start, end = max(record.start, at), min(record.end, span[1])
        if start >= end:
            continue
        if start > at:
            pieces.append(Piece(text=article.text[at:start]))
        within = []
        while left and left[0].start < end:
            within.append(left.popleft())
        left.extendleft(reversed([r for r in within if r.end > end]))
        pieces.append(_mark(article, record, (start, end), within, seen))
        at = end
    if at < span[1]:
        pieces.append(Piece(text=article.text[at : span[1]]))
    return tuple(pieces)


def _mark(article: Article, record: Marked, span: tuple[int, int], within: Sequence[Marked], seen: set[str]) -> Piece:
    first = record.id not in seen
    seen.add(record.id)
    return Piece(kind=record.kind, record=record.id, anchor=first, inner=nest(article, span, within, seen))


def view_blocks(article: Article, records: Sequence[Marked]) -> list[ViewBlock]:
    """The blocks of an article in order, cells gathered into tables; text outside every block comes as paragraphs.

    Numbers of private persons are masked; the article itself stays.
    """
    article = replace(article, text=masked(article.text))
    waiting = deque(sorted(records, key=lambda r: (r.start, -r.end)))
    held: list[Marked] = []  # those that may reach into the next block
    seen: set[str] = set()

    def pieces(block: Block) -> tuple[Piece, ...]:
        held[:] = [r for r in held if r.end > block.start]
        while waiting and waiting[0].start < block.end:
            held.append(waiting.popleft())
        return nest(article, (block.start, block.end), [r for r in held if r.start < block.end and r.end > block.start], seen)

    out: list[ViewBlock] = []
    for group in _groups(_all_blocks(article)):
        if group[0].cell:
            out.append(_table(group, [pieces(b) for b in group]))
        else:
            block = group[0]
            out.append(ViewBlock(kind=block.kind, level=block.level, page=block.page, href=_safe(block.href), pieces=pieces(block)))
    return out


def _safe(href: str | None) -> str | None:
    return href if href and href.startswith(("http://", "https://")) else None


def _all_blocks(article: Article) -> Iterator[Block]:
    """The blocks, with a paragraph for each stretch of text that no block holds."""
    at = 0
    for block in sorted(article.blocks, key=lambda b: (b.start, b.end)):
        if block.start > at and article.text[at : block.start].strip():
            yield Block(kind="paragraph", start=at, end=block.start)
        if block.end > at:
            yield block
            at = max(at, block.end)
    if article.text[at:].strip():
        yield Block(kind="paragraph", start=at, end=len(article.text))


def _groups(blocks: Iterator[Block]) -> Iterator[list[Block]]:
    """Single blocks, and the cells of one table together."""
    table: list[Block] = []
    for block in blocks:
        if table and (block.cell is None or table[0].cell is None or block.cell.table != table[0].cell.table):
            yield table
            table = []
        if block.cell is None:
            yield [block]
        else:
            table.append(block)
    if table:
        yield table


def _table(blocks: Sequence[Block], pieces: Sequence[tuple[Piece, ...]]) -> ViewBlock:
    rows: dict[int, list[ViewCell]] = {}
    for block, inner in zip(blocks, pieces, strict=True):
        cell = block.cell
        assert cell is not None
        rows.setdefault(cell.row, []).append(ViewCell(pieces=inner, rows=cell.rows, columns=cell.columns, header=cell.header))
    return ViewBlock(kind="table", page=blocks[0].page, rows=tuple(tuple(rows[r]) for r in sorted(rows)))
