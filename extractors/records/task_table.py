"""Tables of tasks: a column of tasks and one or more columns of units (任务分工表)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.article import Article, Span
from extractors.record import ResponsibleUnit, UnitRole
from extractors.records.task_items import clause_span, title_span
from extractors.records.task_members import parse
from extractors.records.task_names import Resolver
from extractors.records.task_words import duties
from extractors.rows import Row, column_of, extent, heads, tables, value
from extractors.rules import load

_PREFIX = 3  # characters that may stand before the label of a column


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task as it stands in a text: a row of a table, or a numbered item with its lists."""

    rule: str
    number: str | None
    title: Span
    text: Span  # the item with its list, or from the first to the last cell of the row
    units: tuple[ResponsibleUnit, ...]
    deadline: str | None


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of tasks hold."""

    units: Mapping[int, UnitRole]
    title: int
    number: int | None
    deadline: int | None
    detail: int | None  # what one row does where several rows share a title


def table_tasks(article: Article, resolver: Resolver) -> Iterator[FoundTask]:
    """One task a row of every table that has a column of tasks and one of units."""
    for rows in tables(article):
        for i in range(len(rows)):
            named, body = _header(article, rows, i)
            if columns := _columns(named):
                yield from _rows(article, rows[body:], columns, resolver)
                break


def _rows(article: Article, rows: Sequence[Row], columns: Columns, resolver: Resolver) -> Iterator[FoundTask]:
    """One task a row; rows that share one title cell are its parts, each titled by its own detail: 3.1, 3.2 unless each has its number."""
    titles = [row.get(columns.title) for row in rows]
    numbers = [row.get(columns.number) if columns.number is not None else None for row in rows]
    for i, (row, title) in enumerate(zip(rows, titles, strict=True)):
        task = _task(article, row, columns, resolver)
        if task and title and titles.count(title) > 1 and columns.detail is not None and columns.detail in row:
            detail = row[columns.detail]
            part = titles[: i + 1].count(title)
            own = clause_span(article.text, detail.start, detail.end)
            number = f"{task.number}.{part}" if task.number and numbers.count(numbers[i]) > 1 else task.number
            task = replace(task, number=number, title=own)
        if task:
            yield task


def _header(article: Article, rows: Sequence[Row], i: int) -> tuple[Mapping[int, str], int]:
    """(what heads each column, where the rows below begin) of row i; a header cell that reaches into the next row makes two lines of headers."""
    named = heads(article, rows[i])
    below = rows[i + 1] if i + 1 < len(rows) else {}
    if not any(below.get(column) is cell for column, cell in rows[i].items()):
        return named, i + 1
    more = heads(article, {column: cell for column, cell in below.items() if cell is not rows[i].get(column)})
    return {column: head + more.get(column, "") for column, head in named.items()}, i + 2


def _columns(named: Mapping[int, str]) -> Columns | None:
    """The columns of a header; None if it heads no table of tasks."""
    first = {name: column_of(named, known) for name, known in load("task").tables["columns"].items()}
    units = {column: duties().role(head) for column, head in named.items() if _names_units(head)}
    if not units or first["title"] is None:
        return None
    return Columns(units=units, title=first["title"], number=first["number"], deadline=first["deadline"], detail=first["detail"])


def _names_units(head: str) -> bool:
    """责任单位, 包联责任单位."""
    label = duties().label.search(head + "：")
    return label is not None and label.start() <= _PREFIX and label.end() == len(head) + 1


def _task(article: Article, row: Row, columns: Columns, resolver: Resolver) -> FoundTask | None:
    cell = row.get(columns.title)
    if cell is None or not article.text[cell.start : cell.end].strip():
        return None
    units: list[ResponsibleUnit] = []
    for column, role in columns.units.items():
        if column in row:
            units += parse(article.text, row[column].start, row[column].end, role, resolver)[0]
    if not units:
        return None
    return FoundTask(
        rule="table row",
        number=value(article, row, columns.number),
        title=title_span(article.text, cell.start, cell.end),
        text=extent(row),
        units=tuple(units),
        deadline=value(article, row, columns.deadline),
    )
