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
        for i, row in enumerate(rows):
            if columns := _columns(article, row):
                yield from _rows(article, rows[i + 1 :], columns, resolver)
                break


def _rows(article: Article, rows: Sequence[Row], columns: Columns, resolver: Resolver) -> Iterator[FoundTask]:
    """One task a row; rows that share one title cell are its parts: 3.1, 3.2, each titled by its own detail."""
    titles = [row.get(columns.title) for row in rows]
    for i, (row, title) in enumerate(zip(rows, titles, strict=True)):
        task = _task(article, row, columns, resolver)
        if task and title and titles.count(title) > 1 and columns.detail is not None and columns.detail in row:
            detail = row[columns.detail]
            part = titles[: i + 1].count(title)
            own = clause_span(article.text, detail.start, detail.end)
            task = replace(task, number=f"{task.number}.{part}" if task.number else None, title=own)
        if task:
            yield task


def _columns(article: Article, row: Row) -> Columns | None:
    """The columns of a header row; None if it heads no table of tasks."""
    named = heads(article, row)
    first = {name: column_of(named, known) for name, known in load("task").tables["columns"].items()}
    units = {column: duties().role(head) for column, head in named.items() if duties().label.fullmatch(head + "：")}
    if not units or first["title"] is None:
        return None
    return Columns(units=units, title=first["title"], number=first["number"], deadline=first["deadline"], detail=first["detail"])


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
