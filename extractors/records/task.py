"""Tasks of notices and plans: numbered items with the units that answer for them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.article import Article, Span
from extractors.names.home import home_region
from extractors.record import AnyRecord, Metric, Organisation, Task, inside
from extractors.records.task_items import Item, clause_span, outline, title_span
from extractors.records.task_members import named, ordered
from extractors.records.task_names import Resolver
from extractors.records.task_table import FoundTask, table_tasks
from extractors.records.task_units import UnitList, unit_lists
from extractors.rules import load

_DEADLINE = re.compile(
    r"(?:完成时[限间]|时间(?:进度|节点|安排)|办理时限|时限要求)[：:]\s*([^，。；）)\n]{2,30})"
    r"|((?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?)前(?:全面|基本|如期)?(?:完成|建成|落实|实现|出台|到位)"
)
_DEADLINE_BEHIND = re.compile(r"[\s，,；;。]*(?:完成时[限间]|时间(?:进度|节点|安排)|办理时限|时限要求)[：:]\s*([^，。；）)\]】\n]{2,30})")
_HEADING_LINE = re.compile(r"[\s。；;）)]*\n\s*([^\n，；：:]{4,24})。?\s*\n")  # an unnumbered heading on its own line


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Task]:
    organisations = [r for r in found.get("organisation", ()) if isinstance(r, Organisation)]
    metrics = [r for r in found.get("metric", ()) if isinstance(r, Metric)]
    region = home_region(article)
    lists = unit_lists(article.text, organisations, region)
    items = outline(article.text) if lists else []
    by_item: dict[int, list[UnitList]] = {}
    for each in lists:
        by_item.setdefault(_owner(items, lists, each), []).append(each)
    by_item.pop(-1, None)
    by_item = _without_hosts(by_item)
    rows = [_task(article, row, metrics) for row in table_tasks(article, Resolver(article.text, organisations, region))]
    return rows + [task for index, own in by_item.items() for task in _tasks(article, items[index], own, metrics)]


def _without_hosts(by_item: Mapping[int, list[UnitList]]) -> dict[int, list[UnitList]]:
    """主办单位 and 承办单位 at one item only are the hosts of the event that a notice is about, and at several who does each."""
    hosts = [index for index, own in by_item.items() if any(x.hosts for x in own)]
    return {index: own for index, own in by_item.items() if len(hosts) > 1 or index not in hosts}


def _owner(items: Sequence[Item], lists: Sequence[UnitList], each: UnitList) -> int:
    """The item that a list belongs to: the deepest open one, or its parent where the list closes a row of items without lists."""
    index = _deepest(items, each)
    while index >= 0 and items[index].parent >= 0:
        parent = items[index].parent
        siblings = [item for item in items if item.parent == parent and item.start < items[index].start]
        heads = any(items[parent].start <= x.start < items[index].start for x in lists)
        last = not any(item.parent == parent and item.start > each.start for item in items)
        if not siblings or heads or not last or not _lists_elsewhere(items, lists, parent):
            break
        index = parent
    return index


def _lists_elsewhere(items: Sequence[Item], lists: Sequence[UnitList], parent: int) -> bool:
    """Whether lists are given at the parent's rank: other items of it have lists too, and none has them at several of its parts."""
    peers = [p for i, p in enumerate(items) if p.rank == items[parent].rank and i != parent]
    holders = [{_deepest(items, x) for x in lists if p.start <= x.start < p.end} for p in peers]
    return max(map(len, holders), default=0) == 1


def _deepest(items: Sequence[Item], each: UnitList) -> int:
    return max((i for i, item in enumerate(items) if item.start <= each.start), default=-1)


def _tasks(article: Article, item: Item, own: Sequence[UnitList], metrics: Sequence[Metric]) -> Iterator[Task]:
    """One task; or, where several labelled lists stand in the item, one a list."""
    if len(own) == 1 or not all(x.labelled for x in own):
        yield _task(article, _found(article.text, item.number, item.title, Span(item.start, own[-1].end), own), metrics)
        return
    parts = list(_parts(article.text, item, own))
    unnumbered = all(head for _, head, _ in parts)
    for n, (span, head, each) in enumerate(parts, 1):
        clause = head or clause_span(article.text, span.start, span.end)
        title = clause if clause.start < clause.end else item.title
        yield _task(article, _found(article.text, None if unnumbered else f"{item.number}.{n}", title, span, [each]), metrics)


def _parts(text: str, item: Item, own: Sequence[UnitList]) -> Iterator[tuple[Span, Span | None, UnitList]]:
    """(stretch, its unnumbered heading if it has one, its list) for each list of an item."""
    start = item.title.end
    for each in own:
        line = _HEADING_LINE.match(text, start, each.start)
        yield Span(start, each.end), title_span(text, line.start(1), line.end(1)) if line else None, each
        start = each.end


def _found(text: str, number: str | None, title: Span, span: Span, own: Sequence[UnitList]) -> FoundTask:
    deadline = _DEADLINE_BEHIND.match(text, span.end) or _DEADLINE.search(text, span.start, span.end)
    return FoundTask(
        rule="labelled list" if own[0].labelled else "note",
        number=number,
        title=_before_list(text, title, own[0]),
        text=span,
        units=tuple(u for x in own for u in x.units),
        deadline=next(filter(None, deadline.groups()), None) if deadline else None,
    )


def _before_list(text: str, title: Span, own: UnitList) -> Span:
    """A title without the list that follows it in the same sentence: 修建水渠（市水利局负责）."""
    if not title.start < own.start < title.end + len("（"):
        return title
    return Span(title.start, title.start + len(text[title.start : own.start].rstrip(" \u3000（([【")))


def _task(article: Article, task: FoundTask, metrics: Sequence[Metric]) -> Task:
    responsible = ordered(task.units)
    return Task(
        article=article.id,
        start=task.title.start,
        end=task.title.end,
        quote=article.quote(task.title),
        rule=f"task: {task.rule}",
        version=load("task").version,
        number=task.number,
        title=article.quote(task.title),
        units=tuple(u.name for u in responsible if named(u)),
        responsible=responsible,
        deadline=task.deadline,
        targets=tuple(m.id for m in inside(metrics, task.text) if m.status == "target"),
        spans={"text": task.text},
    )
