"""Lists of responsible units: where they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.names.regions import Region
from extractors.record import Organisation, ResponsibleUnit
from extractors.records.task_members import named, parse
from extractors.records.task_names import Resolver
from extractors.records.task_words import duties

# A line of nothing but organs (市水利局、市港务局) goes on with the list above it; one that signs bears its region's name.
_NEXT_LINE = re.compile(
    r"(?:\n[ \u3000]*|(?<!\n)、)(?:(?:自治区|[省市区县州盟旗])[\u4e00-\u9fff]{1,10}[局厅委办](?:、|[ \u3000]*(?=\n|\Z)))+(?=\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class UnitList:
    """One stated list. `labelled`: it has a label of its own (责任单位：); a note such as （省科技厅牵头） has none."""

    start: int
    end: int
    units: tuple[ResponsibleUnit, ...]
    labelled: bool
    hosts: bool = False  # its label names the hosts of an event too (主办单位)


def unit_lists(text: str, organisations: Sequence[Organisation], region: Region | None = None) -> list[UnitList]:
    """All lists of responsible units of a text, in order. `region`: whose 省 or 市 the text means."""
    resolver = Resolver(text, organisations, region)
    lists = [*_labelled(text, resolver)]
    for pattern in (duties().note, duties().clause, duties().sentence):
        lists += [each for each in _noted(text, pattern, resolver) if not _taken(lists, each)]
    lists += _bare(text, lists, resolver)
    return sorted(lists, key=lambda x: x.start)


def _bare(text: str, lists: Sequence[UnitList], resolver: Resolver) -> list[UnitList]:
    """Lists that say nothing but names: those of organs and, where there are several of these, those that an organ leads."""
    every = [each for each in _noted(text, duties().bare, resolver) if not _taken(lists, each)]
    sure = [each for each in every if _governs(each, resolver)]
    if len(sure) > 1:
        return [each for each in every if each in sure or resolver.is_organ(each.units[0])]
    return [each for each in sure if len(each.units) > 1]


def _taken(lists: Sequence[UnitList], each: UnitList) -> bool:
    return any(x.start <= each.start < x.end for x in lists)


def _noted(text: str, pattern: re.Pattern[str], resolver: Resolver) -> Iterator[UnitList]:
    """What a pattern finds and is a list of units from end to end."""
    for m in pattern.finditer(text):
        units, end = parse(text, m.start(1), m.end(1), "joint", resolver)
        if units and end >= m.end(1) - 1:
            yield UnitList(m.start(1), m.end(1), tuple(units), labelled=False)


def _governs(each: UnitList, resolver: Resolver) -> bool:
    """Whether most members are organs or the governments of places: a bare list of firms or universities says who made or got something."""
    return 2 * sum(resolver.is_organ(unit) or (unit.group and named(unit)) for unit in each.units) > len(each.units)


def _labelled(text: str, resolver: Resolver) -> Iterator[UnitList]:
    """责任单位：A、B, and 牵头单位：A；配合单位：B as one list."""
    open_list: UnitList | None = None
    for m in duties().label.finditer(text):
        end = _list_end(text, m.end())
        units, end = parse(text, m.end(), end, duties().role(m[1]), resolver)
        if not units and m[1] in duties().lone:
            continue
        between = text[open_list.end : m.start()] if open_list else ""
        if open_list and re.fullmatch(r"[\s，,；;。【〔［]*", between) and m[1] not in text[open_list.start : open_list.end]:
            open_list = replace(open_list, end=end, units=(*open_list.units, *units))
            continue
        if open_list:
            yield open_list
        open_list = UnitList(m.start(), end, tuple(units), labelled=True, hosts=m[1] in duties().hosts)
    if open_list:
        yield open_list


def _list_end(text: str, start: int) -> int:
    """Where a labelled list ends: at what closes it, but for brackets of a member's own (市交通委（市道运局）) and a list that goes on below."""
    stop = duties().label_end.search(text, start)
    while stop and _goes_on(text, start, stop):
        stop = duties().label_end.search(text, stop.end())
    return stop.start() if stop else len(text)


def _goes_on(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop[0] == "\n":
        return bool(re.search(r"[^\s：:][、，,；;][ \u3000]*$", text[start : stop.start()]) or _NEXT_LINE.match(text, stop.start()))
    return stop[0] in "）)" and bool(re.search(r"[（(][^（()）\n]{1,16}$", text[start : stop.start()]))
