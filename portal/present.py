"""Records and metadata as lines that a person reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final
from urllib.parse import unquote, urlencode

from extractors.article import Article
from extractors.private import masked
from extractors.record import Action, AnyRecord, Metric, Organisation, Person, Reference, ResponsibleUnit, Task
from portal.words import (
    ACTION_TYPES,
    BASES,
    BOUNDS,
    FIELD_NAMES,
    ORGANISATION_TYPES,
    ORIGIN_NAMES,
    RECORD_NAMES,
    RELATIONS,
    ROLES,
    STAGES,
    STATUSES,
    TENSES,
)
from store import Correction

UNTITLED: Final = "（无标题）"
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """`what` links to the evidence; `how` says the rest; `notes` are warnings such as sums that do not add up."""

    id: str
    what: str
    how: str
    links: tuple[tuple[str, str], ...] = ()  # label, address: the same unit's tasks, the same organisation's articles, the same indicator's figures
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    label: str
    value: str
    where: str


def named(title: str | None, url: str) -> str:
    """A title; where a document has none, the name of its file: 宁德.docx."""
    name = unquote(url.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1].removeprefix("import:"))
    return title or (f"{UNTITLED} {name}" if "." in name else UNTITLED)


def number(value: float) -> str:
    """8168000000 -> 81.68 亿; 15000 -> 1.5 万; 0.5 -> 0.5"""
    for size, word in ((1e8, " 亿"), (1e4, " 万")):
        if abs(value) >= size:
            return f"{value / size:.6g}{word}"
    return f"{value:.10g}"


def amount(value: float, value_max: float | None, unit: str | None) -> str:
    """Value or range with its unit, as people write it: 10 亿元, 36 家, 40 – 60%"""
    shown = number(value) + (f" – {number(value_max)}" if value_max is not None else "")
    gap = "" if unit in ("%", "‰") or shown[-1] in "万亿" else " "
    return f"{shown}{gap}{unit or ''}"


def figure(r: Metric) -> str:
    """The amount with its bound."""
    return BOUNDS[r.bound] + amount(r.value, r.value_max, r.unit)


def what(r: AnyRecord) -> str:
    match r:
        case Metric():
            return f"{r.indicator or '（未指明）'}：{figure(r)}"
        case Organisation():
            return r.text if r.text == r.canonical else f"{r.text} → {r.canonical}"
        case Action():
            return " ".join(part for part in (r.actor, r.trigger, r.object) if part)
        case Task():
            return " ".join(part for part in (r.number, r.title) if part)
        case Reference():
            return f"《{r.title}》" + (f" {r.doc_number}" if r.doc_number else "")
        case Person():
            return r.name + (f"，{r.title}" if r.title else "")
    raise TypeError(f"no line for {type(r).__name__}")


def unit(u: ResponsibleUnit) -> str:
    """A unit with its role in a task."""
    return f"{u.name}（{ROLES[u.role]}）"


def change(basis: str, direction: str) -> str:
    """同比增, 减 …: what a value says of another."""
    return BASES[basis] + ("增" if direction == "+" else "减")


def how(r: AnyRecord) -> str:
    parts: tuple[str | None, ...]
    match r:
        case Metric():
            moved = change(r.change.basis, r.change.direction) if r.change else None
            parts = (r.subject, r.period, STATUSES[r.status], moved, f"属“{r.within}”" if r.within else None)
        case Organisation():
            parts = (ORGANISATION_TYPES[r.type],)
        case Action():
            stage, notice = STAGES[r.stage] if r.stage else None, f"公示期 {r.publicity}" if r.publicity else None
            parts = (ACTION_TYPES[r.type], TENSES[r.tense], r.date, r.batch, stage, notice)
        case Task():
            parts = (r.deadline,)
        case Reference():
            parts = (RELATIONS[r.relation],)
        case Person():
            parts = (r.organisation, r.field)
    return " · ".join(part for part in parts if part)


def address(path: str, **values: str) -> str:
    """A link with values from a document: masked, as the index has them."""
    return f"{path}?" + urlencode({name: masked(value) for name, value in values.items()})


def links(r: AnyRecord) -> tuple[tuple[str, str], ...]:
    """Where the record leads (no address for 有关部门): a unit to its tasks, an organisation to its articles, an indicator to its figures."""
    match r:
        case Task():
            return tuple((unit(u), address("/", unit_of=u.name, **{"in": "task"}) if u.name in r.units else "") for u in r.responsible)
        case Organisation():
            return (("相关文章", address("/", org=r.canonical)),)
        case Metric() if r.indicator_key and not r.change and r.status != "rule":
            return (("并排比较", address("/figures", indicator=r.indicator_key)),)
    return ()


def grouped(
    records: Sequence[AnyRecord], outcomes: Mapping[str, tuple[str, str]], corrections: Sequence[Correction] = ()
) -> list[tuple[str, list[RecordLine]]]:
    """Lines by kind, in the order of RECORD_NAMES, each kind in text order. `outcomes`: record -> label and address of what came of it."""
    said: dict[str, list[str]] = {}
    for c in corrections:
        said.setdefault(c.record, []).append(_corrected(c))
    lines = [(kind, [_line(r, outcomes, said) for r in records if r.kind == kind]) for kind in RECORD_NAMES]
    return [(kind, some) for kind, some in lines if some]


def _line(r: AnyRecord, outcomes: Mapping[str, tuple[str, str]], said: Mapping[str, Sequence[str]]) -> RecordLine:
    more = (outcomes[r.id],) if r.id in outcomes else ()
    return RecordLine(id=r.id, what=what(r), how=how(r), links=(*links(r), *more), notes=(*(n.text for n in r.notes), *said.get(r.id, ())))


def _corrected(c: Correction) -> str:
    """人工校正：unit 由 个 改为 家（李编辑，2031-05-06）"""
    old, new = ("空" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in (c.old, c.new))
    told = f"{c.field} 由 {old} 改为 {new}（{c.who}，{datetime.fromisoformat(c.at).astimezone(BEIJING).date()}）"
    return f"人工校正已不适用：{told}" if c.stale else f"人工校正：{told}"


def facts(article: Article) -> list[Fact]:
    """Metadata in the order of FIELD_NAMES, each with where it was read."""
    out = []
    for name, label in FIELD_NAMES.items():
        value = getattr(article.metadata, name)
        if not value:
            continue
        shown = "、".join(value) if isinstance(value, tuple) else str(value)
        if name == "issuers" and article.metadata.issuers_unnamed:
            shown += f" 等（另有 {article.metadata.issuers_unnamed} 个未列名）"
        if name == "region" and article.metadata.region_code:
            shown += f"（{article.metadata.region_code}）"
        out.append(Fact(label=label, value=shown, where=_where(article, name)))
    return out


def _where(article: Article, field: str) -> str:
    read = [s for s in article.stated if s.field == field]
    return "；".join(dict.fromkeys(ORIGIN_NAMES[s.origin] + (f" {s.where}" if s.where else "") for s in read))


def headline(article: Article) -> list[tuple[str, str]]:
    """What stands under the title."""
    m = article.metadata
    pairs = (
        ("文号", m.doc_number),
        ("发文", "、".join(m.issuers)),
        ("来源", m.origin),
        ("发布", day(m.published_date)),
        ("成文", day(m.written_date)),
        ("地区", m.region),
    )
    return [(label, value) for label, value in pairs if value]


def day(value: str | None) -> str | None:
    """2022-04-25T16:05:00+08:00 -> 2022-04-25 16:05"""
    return value.replace("T", " ")[:16] if value else None


def beijing(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M（北京时间）")
