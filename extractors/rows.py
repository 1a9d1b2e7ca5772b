"""The tables of an article as rows of cells, for all that reads lists."""

import re
from collections.abc import Mapping, Sequence

from extractors.article import Article, Block, Span

Row = Mapping[int, Block]  # column -> the cell that covers it


def tables(article: Article) -> list[list[Row]]:
    """The cells of each table by row and column; a merged cell stands in every place that it covers."""
    found: dict[int, dict[int, dict[int, Block]]] = {}
    for block in article.blocks:
        if (cell := block.cell) is None:
            continue
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                found.setdefault(cell.table, {}).setdefault(row, {})[column] = block
    return [[rows[i] for i in sorted(rows)] for rows in found.values()]


def heads(article: Article, row: Row) -> dict[int, str]:
    """Column -> what its header says, without white space."""
    return {column: re.sub(r"\s", "", article.text[b.start : b.end]) for column, b in row.items()}


def value(article: Article, row: Row, column: int | None) -> str | None:
    """What a cell says; None where there is none or it is blank."""
    if column is None or column not in row:
        return None
    return article.text[row[column].start : row[column].end].strip() or None


def column_of(named: Mapping[int, str], words: Sequence[str], longest: int = 14) -> int | None:
    """The first column whose header holds one of the words, the first word first; long cells are no headers."""
    return next((c for word in words for c, head in sorted(named.items()) if word in head and len(head) <= longest), None)


def extent(row: Row) -> Span:
    """From the first to the last cell of a row."""
    return Span(min(b.start for b in row.values()), max(b.end for b in row.values()))
