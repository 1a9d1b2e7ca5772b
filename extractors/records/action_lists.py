"""Rows of published lists (拟认定名单的公示, 立项的通知): each row is an action with its cells, or its line, as evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extractors.article import Article, Span
from extractors.publicity import CARRIED_BY, publicity
from extractors.record import ActionType
from extractors.records.action_actors import Actors
from extractors.records.action_listed_lines import named_lines
from extractors.records.action_notices import Draft
from extractors.rows import Row, extent, heads, tables, value

# What is done to the rows, by the title's word; the first that stands in the title.
_DONE: Final[tuple[tuple[str, ActionType], ...]] = (
    ("认定", "recognise"),
    ("立项", "recognise"),
    ("入选", "recognise"),
    ("入库", "recognise"),
    ("备案", "recognise"),
    ("评审", "recognise"),
    ("遴选", "recognise"),
    ("推荐", "recognise"),
    ("表彰", "recognise"),
    ("奖励", "fund"),
    ("资助", "fund"),
    ("补助", "fund"),
    ("奖补", "fund"),
    ("支持", "fund"),
    ("验收", "evaluate"),
    ("名单", "recognise"),
    ("下达", "recognise"),
)
_LIST = re.compile(r"公示|名单|公布|认定|立项|入库|备案|拟|下达[^，。\n]{0,30}项目")
_PROPOSED = re.compile(r"拟|公示")
_BATCH = re.compile(r"(?:\d{4}年度?)?第[一二三四五六七八九十\d]+批(?:次)?|\d{4}年度?(?=[^，。\n]{0,30}(?:名单|公示|认定|立项|备案|入库))")
# Columns that name what the row is about, in order of preference.
_NAMES = re.compile(r"(?:项目|平台|成果|机构|基地|团队|课题|产品|中心|实验室|载体|园区|奖项|技术)名称|(?:企业|单位|公司)?名称|姓名|企业|单位|项目")
_TITLE_HEAD = 120  # characters of the text that stand for a missing title


@dataclass(frozen=True, slots=True)
class _Announced:
    """What a title, and that of the page that carries it, say of the rows."""

    word: str
    type: ActionType
    stage: Literal["proposed", "final"]
    batch: str | None


def listed(article: Article, actors: Actors) -> Iterator[Draft]:
    """The rows of the tables, or else of the lines, of an article whose title announces a list."""
    announced = _announced(article)
    if announced is None:
        return
    period = publicity(article) if announced.stage == "proposed" else None
    for row, name in [*_named_rows(article)] or [*named_lines(article, actors)]:
        yield Draft(
            trigger=name,
            type=announced.type,
            target=name,
            actor=actors.issuer or actors.home,
            sentence=row,
            rule="list row",
            word=announced.word,
            stage=announced.stage,
            batch=announced.batch,
            row=row,
            publicity=period,
        )


def _announced(article: Article) -> _Announced | None:
    """An attachment may bear a bare 名单 as its title: then the page says what is done, and at what stage."""
    titles = [article.title or article.text[:_TITLE_HEAD], *(s.value for s in article.stated if s.field == CARRIED_BY)]
    word = next(((word, kind) for title in titles for word, kind in _DONE if word in title), None)
    if word is None or not any(_LIST.search(title) for title in titles):
        return None
    proposed = any(_PROPOSED.search(title) for title in titles)
    batch = next((m[0] for title in titles if (m := _BATCH.search(title))), None)
    return _Announced(*word, "proposed" if proposed else "final", batch)


def _named_rows(article: Article) -> Iterator[tuple[Span, Span]]:
    """(row, its naming cell) of each row of each table whose header names such a column."""
    for rows in tables(article):
        place = _naming_column(article, rows)
        if place is None:
            continue
        first, column = place
        for row in rows[first + 1 :]:
            if value(article, row, column) and not _heads(row):
                yield extent(row), Span(row[column].start, row[column].end)


def _heads(row: Row) -> bool:
    """One cell across all columns is a heading within the table: 二、软科学项目."""
    return len(row) > 1 and len({b.start for b in row.values()}) == 1


def _naming_column(article: Article, rows: Sequence[Row]) -> tuple[int, int] | None:
    """(row, column) of the header cell that best names what the rows are about."""
    found: list[tuple[int, int, int]] = []
    for i, row in enumerate(rows[:3]):
        for column, head in heads(article, row).items():
            if len(head) <= 12 and (m := _NAMES.search(head)):
                rank = 0 if head.endswith("名称") and not m[0].startswith(("单位", "企业")) else 1 if "名称" in head else 2
                found.append((rank, i, column))
    return min(found)[1:] if found else None
