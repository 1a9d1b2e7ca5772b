"""The members of a list of units: each with its name and role, and where the list ends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.article import Span
from extractors.names import authority
from extractors.names.regions import find_regions
from extractors.record import ResponsibleUnit, UnitRole
from extractors.records.task_names import Resolver, is_region, level_word
from extractors.records.task_words import duties

_SPLIT = re.compile(r"[、，,；;\s]+|以及|(?<!普)及(?!其)|会同")
_JOIN = re.compile(r"(?<=[局厅委办部门院会府区县市旗司行社校位心])[和与](?=[\u4e00-\u9fff]{2})(?!单位|部门|企业|机构)")
# What holds together: brackets, and 各市、县人民政府.
_WHOLE = re.compile(r"[（(][^（()）]*[)）]|各[市县区州盟旗]{1,2}[、，][市县区州盟旗]{1,2}(?:级市)?(?=[（(]|人民政府|政府|管委会|[、，,；;）)\s]|$)")
_CLAUSE = re.compile(r"(?:[（(][^（()）]*[)）]|各[市县区州]，[市县区]|[^，,；;])+")
_TIME = re.compile(r"前(?:全面|基本|如期)?(?:完成|建成|落实)$|^(?:长期|持续)(?:坚持|推进|实施)?$|^\d{4}年(?:\d{1,2}月)?底?前?$")
_PLACES = re.compile(
    r"^(?:各|有关|相关)[^部门单位]*(?:政府|管委会?|[市县区旗盟州乡镇]|[镇乡]街|街道|板块|党委)(?:[（(].{1,12}[)）])?(?:政府|人民政府|管委会|办(?:事处)?|[\u4e00-\u9fff]{2,8}[局委办])?$"
)


_TAIL = re.compile(r"(人民政府|政府|管委会|管理委员会|(?<=[市县区州盟旗])(?<=[\u4e00-\u9fff]{3})[\u4e00-\u9fff]{2,8}[局委办])$")


def named(unit: ResponsibleUnit) -> bool:
    """Whether a unit counts among a task's units: a body, or the governments of places; not 有关部门."""
    return not unit.group or bool(_PLACES.match(unit.text))


def pieces(text: str, start: int, end: int) -> list[Span]:
    """The members of a list between two offsets."""
    out, at = [], start
    whole = [m.span() for m in _WHOLE.finditer(text, start, end)]
    cuts = sorted(m.span() for form in (_SPLIT, _JOIN) for m in form.finditer(text, start, end))
    for s, e in [*(c for c in cuts if not any(a <= c[0] < b for a, b in whole)), (end, end)]:
        if at < s:
            out.append(Span(at, s))
        at = max(at, e)
    return out


def parse(text: str, start: int, end: int, default: UnitRole, resolver: Resolver) -> tuple[list[ResponsibleUnit], int]:
    """The units between two offsets and where the list ends: before `end` where prose follows without a break."""
    units: list[ResponsibleUnit] = []
    level = ""
    for clause in _CLAUSE.finditer(text, start, end):
        at, stop = clause.span()
        tail = duties().tail.search(text[at:stop])
        shared = None if tail or not any(unit.role == "lead" for unit in units) else _tail_behind(text, stop, end)
        role = duties().role(said[0]) if (said := tail or shared) else default
        for piece in pieces(text, at, at + tail.start() if tail else stop):
            span = _trimmed(text, piece)
            if _TIME.search(text[span.start : span.end]):
                continue
            unit = resolver.unit(span, role, level)
            if unit is None:
                head = resolver.head(span)
                if head and (known := resolver.unit(head, role)):
                    units.append(known)
                return _share_tail(units), head.end if head else span.start
            level = level_word(unit.text) or ("" if find_regions(unit.text) else level)
            units.append(unit)
    return _share_tail(units), end


def _tail_behind(text: str, at: int, end: int) -> re.Match[str] | None:
    """What the next clause says of a clause without a word of its own: 甲牵头；乙，丙配合."""
    following = _CLAUSE.match(text, at + 1, end) if text[at : at + 1] in "，," else None
    return duties().tail.search(following[0]) if following else None


def _share_tail(units: Sequence[ResponsibleUnit]) -> list[ResponsibleUnit]:
    """甲市、乙市政府, 甲新区、乙高新区管委会, 甲市、乙市科技局: the government, the committee or the bureau is meant of both."""
    out: list[ResponsibleUnit] = []
    tail = ""
    for each in reversed(units):
        shared = tail and not each.group and is_region(each.text)
        name = _with_tail(each.name, tail) if shared else each.name
        out.append(replace(each, name=name))
        ending = _TAIL.search(each.text) if not shared else None
        tail = ending[1] if ending else tail if shared else ""
    return out[::-1]


def _with_tail(place: str, tail: str) -> str:
    """The government or the committee of a place, or its bureau if there is one of that name."""
    if tail.endswith(("政府", "会")):
        return place + tail.replace("管委会", "管理委员会")
    canonical, known = authority().canonical(place + tail)
    return canonical if known else place


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "由请"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "等。"):
        end -= 1
    return Span(start, end)


def ordered(units: Sequence[ResponsibleUnit]) -> tuple[ResponsibleUnit, ...]:
    """The units of one task, each once, the leading ones first. Who is responsible while others only support leads."""
    roles = {unit.role for unit in units}
    leads = "support" in roles and "lead" not in roles
    seen: dict[str, ResponsibleUnit] = {}
    for unit in units:
        seen.setdefault(unit.name, replace(unit, role="lead") if leads and unit.role == "joint" else unit)
    rank: Mapping[UnitRole, int] = {"lead": 0, "joint": 1, "support": 2}
    return tuple(sorted(seen.values(), key=lambda u: rank[u.role]))
