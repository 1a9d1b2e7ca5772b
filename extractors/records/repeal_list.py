"""Rows of lists of repealed documents (废止/失效 目录), as lines or as cells: what a row repeals, and its 文号."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.article import Article, Block, Span
from extractors.docnumber import DOC_NUMBER, ORDER_NUMBER

_LIST = r"[^。\n]{0,16}(?:目录|清单|文件|如下)[^。\n]{0,6}$"
_NO_ROW = r"^(?![^\S\n]*[（(]?[\d一二三四五六七八九十]{1,4}[)）.．、]?\s*(?:《|[^《\n]{0,20}关于))"
_REPEALED = re.compile(rf"{_NO_ROW}[^。\n]{{0,40}}(?:废止|失效|停止执行){_LIST}", re.M)
_KEPT = re.compile(rf"{_NO_ROW}[^。\n]{{0,40}}(?:继续有效|现行有效|保留|修改|修订){_LIST}", re.M)
_PREFIX = re.compile(r"\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,4})[)）.．、]+|\d{1,3}(?=[ \u3000\t]|《|关于))?\s*")
_NUMBER = re.compile(rf"(?:\s*[（(\[【]\s*|\s+|(?<=》))({DOC_NUMBER.pattern}|{ORDER_NUMBER.pattern})")
_END = re.compile(r"[）)\]】；;。，、\s]*$")
_WHOLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》$")
# A notice that only puts a document out goes with it; one that forwards or carries out another's document does not touch that.
_PUTS_OUT = re.compile(r"关于(?:联合|修订|重新)?(?:印发|发布|公布|颁布|下发)(?P<what>.+?)的(?:通知|公告|通报|函|决定)$")
_INNER = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_TRAILER = re.compile(r"\s*[（(][^（()）]{0,24}[)）]$")
_LONGEST = 150  # characters of a title


@dataclass(frozen=True, slots=True)
class Row:
    """`whole` is the line or cell; `titles` are the documents that it repeals."""

    whole: Span
    titles: tuple[Span, ...]
    number: Span | None


def rows(article: Article, kind: re.Pattern[str]) -> list[Row]:
    """The rows below a heading of repealed documents, up to one of documents that stay. `kind` ends a document's title."""
    lists = _lists(article)
    if not lists:
        return []
    text = article.text
    lines = [
        row for s in lists for m in re.finditer(r"[^\n]+", text[s.start : s.end]) if (row := _row(text, s.start + m.start(), s.start + m.end(), kind))
    ]
    return [*lines, *_cells(article, lists, kind)]


def _lists(article: Article) -> list[Span]:
    """The stretches of text under headings of repealed documents; the title of the article is a heading too."""
    text, title = article.text, article.title or ""
    marks = [(m.end(), True) for m in _REPEALED.finditer(text)] + [(m.end(), False) for m in _KEPT.finditer(text)]
    on = bool(_REPEALED.search(title)) and not _KEPT.search(title)
    states = dict(sorted([(0, on), *marks], key=lambda mark: (mark[0], not mark[1])))  # a heading that names both says neither
    places = [*states, len(text)]
    return [Span(start, end) for (start, on), end in zip(states.items(), places[1:], strict=True) if on]


def _row(text: str, start: int, end: int, kind: re.Pattern[str], *, cell: bool = False) -> Row | None:
    """A numbered title or a title with its 文号; in a cell the title alone is enough."""
    if len(DOC_NUMBER.findall(text, start, end)) > 1:
        return None  # prose that names several
    prefix = _PREFIX.match(text, start, end)
    assert prefix is not None
    begin = prefix.end()
    number = _NUMBER.search(text, begin, min(end, begin + _LONGEST))
    stop = number.start() if number else _END.search(text, begin, end).start()  # type: ignore[union-attr]
    title = text[begin:stop]
    bare = _WHOLE.match(title) or kind.search(_TRAILER.sub("", title))
    if not bare or len(title) < 6 or len(title) > _LONGEST or "。" in title:
        return None
    numbered = begin > start and (number is not None or title.startswith("《") or "关于" in title)
    if not (cell or numbered or (number and _END.match(text, number.end(), end))):
        return None
    return Row(Span(start, end), _titles(title, begin, kind), Span(*number.span(1)) if number else None)


def _titles(title: str, at: int, kind: re.Pattern[str]) -> tuple[Span, ...]:
    """What is repealed: the documents that a notice puts out, else the document of the row itself."""
    if whole := _WHOLE.match(title):
        title, at = whole[1], at + 1
    put_out = _PUTS_OUT.search(_TRAILER.sub("", title))
    if not put_out:
        return (Span(at, at + len(title)),)
    begin, end = put_out.span("what")
    if inner := tuple(Span(at + m.start(1), at + m.end(1)) for m in _INNER.finditer(title, begin, end)):
        return inner
    return (Span(at + begin, at + end),) if kind.search(_TRAILER.sub("", put_out["what"])) else (Span(at, at + len(title)),)


def _cells(article: Article, lists: list[Span], kind: re.Pattern[str]) -> Iterator[Row]:
    """Rows of tables: a cell with the title, perhaps one with the 文号."""
    gathered: dict[tuple[int, int], list[Block]] = {}
    for block in article.blocks:
        if block.cell and not block.cell.header and any(s.start <= block.start < s.end for s in lists):
            gathered.setdefault((block.cell.table, block.cell.row), []).append(block)
    for blocks in gathered.values():
        numbers = [Span(b.start, b.end) for b in blocks if _is_number(article.text[b.start : b.end].strip())]
        for b in blocks:
            row = _row(article.text, b.start, b.end, kind, cell=True)
            if row:
                yield Row(row.whole, row.titles, row.number or (numbers[0] if numbers else None))


def _is_number(text: str) -> bool:
    return bool(DOC_NUMBER.fullmatch(text) or ORDER_NUMBER.fullmatch(text))
