"""Further rows of the authority file: a register that is imported, names that documents taught, merges."""

import csv
import hashlib
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast, get_args

from extractors.names.bodies import Entity, NamesError
from extractors.record import AnyRecord, Organisation, OrganisationType

# Headings of registers, as offices write them.
HEADINGS = {
    "canonical": ("canonical", "name", "名称", "单位名称", "企业名称", "机构名称", "全称"),
    "aliases": ("aliases", "alias", "简称", "别名", "曾用简称"),
    "former": ("former", "曾用名", "原名称"),
    "type": ("type", "类型", "单位类型"),
    "region": ("region", "行政区划代码", "地区代码", "区划代码"),
    "uscc": ("uscc", "统一社会信用代码", "社会信用代码", "信用代码"),
    "id": ("id", "编号"),
}
_SEVERAL = re.compile(r"[|；;、/]")
_USCC = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{18}")
# A full company name can be learned; anything else is somebody's short form.
_FULL = re.compile(r"[\u4e00-\u9fff（）()]{6,}(有限公司|有限责任公司|股份有限公司|集团公司|研究院|事务所)$")


def identity(prefix: str, canonical: str) -> str:
    """The id of a body that brings none: stable as long as its name is."""
    return f"{prefix}-{hashlib.sha256(canonical.encode()).hexdigest()[:10]}"


def from_csv(text: str, name: str, default: OrganisationType = "company") -> list[Entity]:
    """The bodies of a register with a heading row (comma, tab or semicolon). Raises NamesError with the line and the value."""
    dialect = max(",\t;", key=text.split("\n", 1)[0].count)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=dialect)
    columns = {field: next((h for h in rows.fieldnames or () if h.strip().lower() in names), None) for field, names in HEADINGS.items()}
    if columns["canonical"] is None:
        raise NamesError(f"{name}: no column of names among {rows.fieldnames}; wanted one of {', '.join(HEADINGS['canonical'])}")
    found = [_body({f: (row.get(c) or "").strip() if c else "" for f, c in columns.items()}, f"{name}:{n}", default) for n, row in enumerate(rows, 2)]
    twice = [canonical for canonical, times in Counter(b.canonical for b in found).items() if times > 1]
    if twice:
        raise NamesError(f"{name}: stands twice: {', '.join(twice[:5])}")
    return found


def _body(row: dict[str, str], where: str, default: OrganisationType) -> Entity:
    canonical, kind = row["canonical"], row["type"] or default
    if not canonical or re.search(r"[\t\n|]", canonical):
        raise NamesError(f"{where}: not a name: {canonical!r}")
    if kind not in get_args(OrganisationType):
        raise NamesError(f"{where}: unknown type {kind!r} of {canonical}; one of {', '.join(get_args(OrganisationType))}")
    if row["uscc"] and not _USCC.fullmatch(row["uscc"]):
        raise NamesError(f"{where}: not a 统一社会信用代码: {row['uscc']!r} of {canonical}")
    if row["region"] and not re.fullmatch(r"\d{6}", row["region"]):
        raise NamesError(f"{where}: not a GB/T 2260 code: {row['region']!r} of {canonical}")
    return Entity(
        id=row["id"] or identity("rg", canonical),
        canonical=canonical,
        aliases=_several(row["aliases"]),
        former=_several(row["former"]),
        type=cast(OrganisationType, kind),
        region=row["region"] or None,
        codes=(("uscc", row["uscc"]),) if row["uscc"] else (),
    )


def _several(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEVERAL.split(value) if part.strip())


def learn(documents: Iterable[Sequence[AnyRecord]], least: int) -> list[Entity]:
    """Full company names that at least so many documents hold, with the short forms that the documents gave them; sorted by name."""
    seen: Counter[str] = Counter()
    shorts: defaultdict[str, set[str]] = defaultdict(set)
    kinds: dict[str, OrganisationType] = {}
    for records in documents:
        names = {r.canonical: r for r in records if isinstance(r, Organisation) and r.entity is None and _FULL.fullmatch(r.canonical)}
        seen.update(names.keys())
        for record in records:
            if isinstance(record, Organisation) and record.canonical in names:
                kinds[record.canonical] = record.type
                if record.text != record.canonical:
                    shorts[record.canonical].add(record.text)
    owners = Counter(short for names in shorts.values() for short in names)
    own = {name: tuple(sorted(s for s in texts if owners[s] == 1 and len(s) > 2)) for name, texts in shorts.items()}
    kept = (name for name in sorted(seen) if seen[name] >= least)
    return [Entity(id=identity("ln", name), canonical=name, aliases=own.get(name, ()), type=kinds[name]) for name in kept]


def merged(old: Entity, new: Entity) -> tuple[Entity, Entity]:
    """(old, new) rows after a merge: the old id answers with `merged_into`, the new one takes over its names."""
    if old.id == new.id:
        raise NamesError(f"{old.id}: cannot be merged into itself")
    names = dict.fromkeys((*new.aliases, old.canonical, *old.aliases))
    names.pop(new.canonical, None)
    return replace(old, merged_into=new.id), replace(new, aliases=tuple(names), former=tuple(dict.fromkeys((*new.former, *old.former))))
