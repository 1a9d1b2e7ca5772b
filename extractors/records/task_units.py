"""Lists of responsible units: where they stand, and each unit of them with its role."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.article import Span
from extractors.record import Organisation, ResponsibleUnit, UnitRole
from extractors.rules import load

_TAILS = r"(?:按照?(?:各自)?职责(?:分工)?|按(?:任务)?分工|根据职责(?:分工)?)?(?:抓好|做好)?"
_OTHER_LABEL = re.compile(r"[：:]")  # 适用范围：…: no longer a unit
_SPLIT = re.compile(r"[、，,；;\s]+|以及|(?<!普)及(?!其)|会同")
_JOIN = re.compile(r"(?<=[局厅委办部院会府区县市旗司行社校院心])[和与](?=[\u4e00-\u9fff]{2})")
_GROUP = re.compile(r"^(?:各|有关|相关|其他|省直|市直)|(?:各有关|有关|相关|各成员|各)(?:\w{0,10})?(?:部门|单位|企业|高校|机构)$|等$")
_PLACES = re.compile(r"^(?:各|有关|相关)[^部门单位]*(?:政府|管委会|[市县区旗盟州乡镇]|街道|党委)(?:[（(].{1,12}[)）])?(?:政府|人民政府|管委会)?$")
_UNIT = re.compile(r"[局厅委办部院会府行社校心司处站所团组队馆室矿港关]$|公司$|集团$|大学$|学院$|区$|中心$|基地$|领导小组|平台$|[)）]$")
_RUN_ON = re.compile(r"(?:组建|建立|建设|制定|推进|推动|开展|加强|支持|完善|实施|打造|设立|成立|加快|引导|鼓励|组织|优化|健全)")
_REGION_ONLY = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:市|县|区|盟|旗|州)$")


@dataclass(frozen=True, slots=True)
class UnitList:
    """One stated list. `labelled`: it has a label of its own (责任单位：); a note such as （省科技厅牵头） has none."""

    start: int
    end: int
    units: tuple[ResponsibleUnit, ...]
    labelled: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """The words of task.yml, compiled."""

    roles: tuple[tuple[re.Pattern[str], UnitRole], ...]
    label: re.Pattern[str]  # 责任单位：
    label_end: re.Pattern[str]  # what closes a labelled list
    note: re.Pattern[str]  # （省科技厅牵头，省财政厅配合）
    clause: re.Pattern[str]  # 由市科技局牵头，市财政局配合。
    duty: re.Pattern[str]
    tail: re.Pattern[str]  # 按职责负责 at the end of a clause

    def role(self, words: str) -> UnitRole:
        """The role that a label or a duty verb gives. Raises ValueError for words of no role."""
        for pattern, role in self.roles:
            if pattern.search(words):
                return role
        raise ValueError(f"no role in {words!r}")


@cache
def duties() -> Duties:
    rules = load("task")
    words = "|".join(word for rule in rules.rules for word in rule["words"])
    duty = f"(?:共同|分别|具体|联合)?(?:{words})"
    label = f"((?:{words})+(?:{'|'.join(rules.tables['label_tails'])}))(?:及分工)?\\s*[：:]\\s*"
    inner = r"[^（()）。；：:\n]{2,200}?"
    clause = rf"(?:^|[。；，\n])\s*(?:此项|该项|本项)?(?:工作|任务)?由({inner}(?:牵头|负责)(?:，{inner}(?:配合|协助|参与|参加))?)(?=[，。；\n]|$)"
    return Duties(
        roles=tuple((re.compile("|".join(rule["words"])), rule["role"]) for rule in rules.rules),
        label=re.compile(label),
        label_end=re.compile(rf"[）)\]】。\n]|{label}"),
        note=re.compile(rf"[（(\[【](?:由)?([^（()）\[\]【】。：:]{{2,400}}?{duty}[^（()）\[\]【】。：:]{{0,20}})[)）\]】]"),
        clause=re.compile(clause, re.M),
        duty=re.compile(duty),
        tail=re.compile(f"(?:等)?{_TAILS}(?:{duty}(?:推进|组织实施|组织)?)+(?:落实)?$"),
    )


class Resolver:
    """Names in a list -> units: what the organisation records say, the groups, and names by their last character."""

    def __init__(self, text: str, organisations: Sequence[Organisation]) -> None:
        self.text = text
        self.by_start: dict[int, Organisation] = {}
        for o in organisations:
            if o.start not in self.by_start or o.end > self.by_start[o.start].end:
                self.by_start[o.start] = o

    def unit(self, span: Span, role: UnitRole) -> ResponsibleUnit | None:
        """The unit that fills a span, or None if it is none."""
        name = self.text[span.start : span.end]
        known = self.by_start.get(span.start)
        if known and known.end == span.end:
            return ResponsibleUnit(name=known.canonical, role=role, text=name, span=span)
        if _OTHER_LABEL.search(name) or (known and _RUN_ON.match(self.text, known.end, span.end)):
            return None
        if _GROUP.search(name):
            return ResponsibleUnit(name=name, role=role, text=name, span=span, group=True)
        if 2 <= len(name) <= 24 and (_UNIT.search(name) or _REGION_ONLY.match(name)):
            return ResponsibleUnit(name=name, role=role, text=name, span=span)
        return None

    def head(self, span: Span) -> Span | None:
        """A known organisation at the head of a piece that runs on into the next sentence."""
        known = self.by_start.get(span.start)
        return Span(known.start, known.end) if known and known.end < span.end else None


def named(unit: ResponsibleUnit) -> bool:
    """Whether a unit counts among a task's units: a body, or the governments of places; not 有关部门."""
    return not unit.group or bool(_PLACES.match(unit.text))


def pieces(text: str, start: int, end: int) -> list[Span]:
    """The members of a list between two offsets."""
    out, at = [], start
    cuts = sorted([m.span() for m in _SPLIT.finditer(text, start, end)] + [m.span() for m in _JOIN.finditer(text, start, end)])
    for s, e in [*cuts, (end, end)]:
        if at < s:
            out.append(Span(at, s))
        at = max(at, e)
    return out


def parse(text: str, start: int, end: int, default: UnitRole, resolver: Resolver) -> tuple[list[ResponsibleUnit], int]:
    """The units between two offsets and where the list ends: before `end` where prose follows without a break."""
    units: list[ResponsibleUnit] = []
    for clause in re.finditer(r"[^，,；;]+", text[start:end]):
        at, stop = start + clause.start(), start + clause.end()
        tail = duties().tail.search(text[at:stop])
        role = duties().role(tail[0]) if tail else default
        for piece in pieces(text, at, at + tail.start() if tail else stop):
            span = _trimmed(text, piece)
            unit = resolver.unit(span, role)
            if unit is None:
                head = resolver.head(span)
                if head and (known := resolver.unit(head, role)):
                    units.append(known)
                return _share_tail(units), head.end if head else span.start
            units.append(unit)
    return _share_tail(units), end


def _share_tail(units: Sequence[ResponsibleUnit]) -> list[ResponsibleUnit]:
    """甲市、乙市政府: the government is meant of both."""
    out: list[ResponsibleUnit] = []
    tail = ""
    for unit in reversed(units):
        shared = tail and not unit.group and _REGION_ONLY.match(unit.text)
        out.append(replace(unit, name=unit.text + tail) if shared else unit)
        ending = re.search(r"(?:人民政府|政府|管委会)$", unit.name)
        tail = ending[0] if ending else ""
    return out[::-1]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "由请"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "等。"):
        end -= 1
    return Span(start, end)


def unit_lists(text: str, organisations: Sequence[Organisation]) -> list[UnitList]:
    """All lists of responsible units of a text, in order."""
    resolver = Resolver(text, organisations)
    lists = [*_labelled(text, resolver)]
    taken = [(x.start, x.end) for x in lists]
    for pattern in (duties().note, duties().clause):
        for m in pattern.finditer(text):
            if any(s <= m.start(1) < e for s, e in taken):
                continue
            units, end = parse(text, m.start(1), m.end(1), "joint", resolver)
            if units and end >= m.end(1) - 1:
                lists.append(UnitList(m.start(1), m.end(1), tuple(units), labelled=False))
    return sorted(lists, key=lambda x: x.start)


def _labelled(text: str, resolver: Resolver) -> Iterator[UnitList]:
    """责任单位：A、B, and 牵头单位：A；配合单位：B as one list."""
    open_list: UnitList | None = None
    for m in duties().label.finditer(text):
        stop = duties().label_end.search(text, m.end())
        end = stop.start() if stop else len(text)
        units, end = parse(text, m.end(), end, duties().role(m[1]), resolver)
        between = text[open_list.end : m.start()] if open_list else ""
        if open_list and re.fullmatch(r"[\s，,；;。]*", between) and m[1] not in text[open_list.start : open_list.end]:
            open_list = UnitList(open_list.start, end, (*open_list.units, *units), labelled=True)
            continue
        if open_list:
            yield open_list
        open_list = UnitList(m.start(), end, tuple(units), labelled=True)
    if open_list:
        yield open_list


def ordered(units: Sequence[ResponsibleUnit]) -> tuple[ResponsibleUnit, ...]:
    """The units of one task, each once, the leading ones first. Who is responsible while others only support leads."""
    roles = {unit.role for unit in units}
    leads = "support" in roles and "lead" not in roles
    seen: dict[str, ResponsibleUnit] = {}
    for unit in units:
        seen.setdefault(unit.name, replace(unit, role="lead") if leads and unit.role == "joint" else unit)
    rank: Mapping[UnitRole, int] = {"lead": 0, "joint": 1, "support": 2}
    return tuple(sorted(seen.values(), key=lambda u: rank[u.role]))
