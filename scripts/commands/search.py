"""search, complete."""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.article import Span
from index.complete import complete as completions
from index.query import Hit, Node, Page, Range, Request, Sort, Term
from index.rows import RecordRow
from index.search import search as find
from index.terms import RECORD_KINDS, amount, article_kind, day_range, indicator, organisation, region_code
from scripts.settings import load
from scripts.wiring import open_index

console = Console()
_MARK: Final = "bold black on yellow"


def search(
    text: Annotated[str, typer.Argument(help="Words, “phrases”, AND OR NOT, 字段:值, 指标 > 100亿; see docs/query-language.md.")] = "",
    kind: Annotated[
        str | None, typer.Option(help="A kind of record (metric, action, task, … or 指标, 动作, 任务) or of article (policy, 政策).")
    ] = None,
    indicator_: Annotated[str | None, typer.Option("--indicator", help="Metrics whose indicator is, or holds, this.")] = None,
    min_: Annotated[str | None, typer.Option("--min", help="Metrics of this value or more: 100亿, 20%.")] = None,
    max_: Annotated[str | None, typer.Option("--max", help="Metrics of this value or less.")] = None,
    since: Annotated[str | None, typer.Option(help="2023, 2023-05: for metrics the period, else the article's date.")] = None,
    org: Annotated[str | None, typer.Option(help="An organisation by any of its names.")] = None,
    region: Annotated[str | None, typer.Option(help="A region and all in it: for metrics whose figure it is, else the article's.")] = None,
    sort: Annotated[Literal["relevance", "date", "value"], typer.Option(help="Best, newest or largest first.")] = "relevance",
    size: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    cursor: Annotated[str | None, typer.Option(help="Go on behind a page: its `next`.")] = None,
    literal: Annotated[bool, typer.Option("--literal", help="Tell apart 简繁, width, 〇/○ and number words.")] = False,
    aliases: Annotated[bool, typer.Option("--aliases/--no-aliases", help="Find organisations by their other names, too.")] = True,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Search articles, or with --kind metric, action, … the records."""
    request = asked(kind, indicator_, (min_, max_), since, org, region)
    request = replace(request, sort=Sort(None if sort == "relevance" else sort), size=size, cursor=cursor)
    with open_index(load()) as backend:
        page = find(backend, text, request, literal=literal, aliases=aliases)
    if json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(page), indent=2).decode() + "\n")
    else:
        show_page(console, page)


def asked(
    kind: str | None, indicator_: str | None, bounds: tuple[str | None, str | None], since: str | None, org: str | None, region: str | None
) -> Request:
    """The options as a request without words. Raises FieldError for values that cannot be read."""
    numeric = indicator_ is not None or any(bounds)
    record = RECORD_KINDS.get(kind or "", kind) if kind in (*RECORD_KINDS, *RECORD_KINDS.values()) else None
    record = record or ("metric" if numeric else None)
    filters: list[Node] = []
    if record:
        filters.append(Term("kind", (record,)))
    elif kind:
        filters.append(article_kind(kind, RECORD_KINDS))
    if indicator_:
        filters.append(indicator(indicator_))
    filters += [_bound(b, least=not i) for i, b in enumerate(bounds) if b]
    if since:
        filters.append(_since(since, metric=record == "metric"))
    if org:
        filters.append(organisation(org))
    if region:
        filters.append(Term("place" if record else "regions", (region_code(region),)))
    return Request(index="records" if record else "articles", filters=tuple(filters))


def _bound(text: str, *, least: bool) -> Node:
    number, _ = amount(text)
    return Range("value", number, None) if least else Range("value", None, number)


def _since(text: str, *, metric: bool) -> Node:
    node = day_range("period_end" if metric else "date", f"{text}..")
    assert isinstance(node, Range)
    return node


def show_page(out: Console, page: Page) -> None:
    """A page for people: title, where from, passages with what was found marked, each on a line of its own whatever the width."""
    for notice in page.notices:
        out.print(f"提示：{notice}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if not page.hits:
        out.print("没有结果", highlight=False)
        return
    for number, hit in enumerate(page.hits, 1):
        _show_hit(out, number, hit)
    more = f"；下一页：--cursor {page.next}" if page.next else ""
    out.print(f"共 {page.total} 条{more}", style="dim", markup=False, highlight=False, soft_wrap=True)


def _show_hit(out: Console, number: int, hit: Hit) -> None:
    row = hit.row
    out.print(Text(f"{number}. ", style="bold"), marked(row.title or f"（无标题）{row.url}", hit.title_marks), sep="", soft_wrap=True)
    where = [row.parent_title and f"载于《{row.parent_title}》", row.doc_number, row.origin or row.source, row.date, row.region, row.id]
    out.print("   " + " · ".join(w for w in where if w), style="dim", markup=False, highlight=False, soft_wrap=True)
    if isinstance(row, RecordRow):
        out.print("   " + record_line(row), style="green", markup=False, highlight=False, soft_wrap=True)
    for passage in hit.passages:
        out.print(Text("   "), marked(passage.text, passage.marks, passage.start), sep="", soft_wrap=True)


def marked(text: str, marks: Sequence[Span], offset: int = 0) -> Text:
    shown = Text(re.sub(r"\s", " ", text))  # as many characters, so that the marks fit
    for start, end in marks:
        shown.stylize(_MARK, start - offset, end - offset)
    return shown


def record_line(row: RecordRow) -> str:
    match row.kind:
        case "metric":
            parts: list[Any] = [row.subject, row.period, row.name or "（指标不明）", row.bound if row.bound != "=" else None, row.quote, row.state]
        case "action":
            parts = [row.actor, row.trigger, row.object]
        case "task":
            parts = [row.name, "、".join(row.units), row.deadline]
        case _:
            parts = [row.name, row.type, row.cited_number]
    return f"[{row.kind}] " + " ".join(str(p) for p in parts if p)


def complete(
    typed: Annotated[str, typer.Argument(help="The beginning of a name: 科技, kejiting, kjt.")],
    size: Annotated[int, typer.Option(min=1, max=100, help="Names of each kind.")] = 8,
    json: Annotated[bool, typer.Option("--json", help="One JSON array on standard output.")] = False,
) -> None:
    """Names of organisations, indicators, titles and fields that begin with what is typed, the most used first."""
    with open_index(load()) as backend:
        found = completions(backend, typed, size)
    if json:
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
        return
    if not found:
        console.print(f"没有以“{typed}”开头的名称", markup=False, highlight=False, soft_wrap=True)
        return
    table = Table(box=None, show_header=False)
    for one in found:
        table.add_row(one.what, one.text, str(one.count or ""))
    console.print(table)
