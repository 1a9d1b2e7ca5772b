"""Facets: filters by a keyword field, their values named, counted and linked. Regions are a tree, years run backwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.names.regions import region_by_code
from index.query import Bucket
from portal.words import ACTION_TYPES, FACT_NAMES, KIND_NAMES, ORGANISATION_TYPES, RECORD_NAMES, STATUS_NAMES, STATUSES

SHOWN: Final = 8  # options that are open to sight
FETCHED: Final = 60
REGIONS: Final = 400  # provinces, and the cities and districts in them
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """`names` translates its values."""

    param: str
    field: str
    label: str
    names: Words | None = None

    @property
    def is_region(self) -> bool:
        return self.field in ("regions", "subject_regions")

    @property
    def is_year(self) -> bool:
        return self.field in ("article_year", "year")

    @property
    def size(self) -> int:
        return REGIONS if self.is_region else FETCHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    label: str
    count: int
    current: bool
    href: str
    depth: int = 0  # of a region: 1 in a province, 2 in a city


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One facet with its options; `more` wait behind a click."""

    name: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]


ARTICLE_FACETS: Final = (
    Facet("kind", "article_kind", "类型", KIND_NAMES),
    Facet("region", "regions", "地区"),
    Facet("year", "article_year", "年份"),
    Facet("source", "source", "来源"),
    Facet("issuer", "lead_issuer", "发文机关"),
    Facet("theme", "themes", FACT_NAMES["themes"]),
    Facet("instrument", "instruments", FACT_NAMES["instruments"]),
    Facet("chain", "chains", FACT_NAMES["chains"]),
    Facet("org", "organisations", "提到的机构"),
    Facet("record", "record_kinds", "含有的记录", RECORD_NAMES),
    Facet("status", "status", "政策状态", STATUS_NAMES),
)
RECORD_FACETS: Final = (
    Facet("indicator", "indicator_key", "指标"),
    Facet("unit", "unit_key", "单位"),
    Facet("state", "state", "性质", STATUSES),
    Facet("subject", "subject_regions", "数字属于"),
    Facet("period", "year", "时期"),
    Facet("act", "type", "类别", {**ACTION_TYPES, **ORGANISATION_TYPES}),
    Facet("unit_of", "units", "责任单位"),
    Facet("region", "regions", "文章地区"),
    Facet("source", "source", "来源"),
)
BY_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "metric": ("indicator", "unit", "state", "subject", "period", "source"),
    "organisation": ("act", "region", "source"),
    "action": ("act", "region", "source"),
    "task": ("unit_of", "region", "source"),
    "reference": ("region", "source"),
    "person": ("region", "source"),
}


def facets_of(tab: str) -> tuple[Facet, ...]:
    return ARTICLE_FACETS if tab == "articles" else tuple(f for f in RECORD_FACETS if f.param in BY_KIND[tab])


def label(facet: Facet, value: object, sources: Words) -> str:
    """A value as people know it. `sources` are the titles of the sources."""
    text = str(value)
    if facet.names is not None:
        return facet.names.get(text, text)
    if facet.is_region:
        region = region_by_code(text)
        return region.name if region else text
    return sources.get(text, text) if facet.field == "source" else text


def group(facet: Facet, buckets: Sequence[Bucket], chosen: str | None, href: Callable[[str | None], str], sources: Words) -> Group | None:
    """`href` gives the address with the facet set to a value, or unset."""
    held = {str(b.key): b.count for b in buckets if b.key != ""}
    if chosen and chosen not in held:
        held[chosen] = 0
    keys = _region_keys(held, chosen) if facet.is_region else sorted(held, reverse=True) if facet.is_year else list(held)
    options = [
        Option(
            label=label(facet, key, sources),
            count=held[key],
            current=key == chosen,
            href=href(None if key == chosen else key),
            depth=_depth(key) if facet.is_region else 0,
        )
        for key in keys
    ]
    first = max(SHOWN, *(n + 1 for n, o in enumerate(options) if o.current)) if any(o.current for o in options) else SHOWN
    first = len(options) if len(options) <= first + 1 else first  # “one more” would take as much room as the one
    return Group(name=facet.label, options=tuple(options[:first]), more=tuple(options[first:])) if options else None


def _depth(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _region_keys(held: Mapping[str, int], chosen: str | None) -> list[str]:
    """Provinces, most documents first; below one, what lies in it where it, or something in it, is chosen, or where it is the only one."""
    provinces = [code for code in held if _depth(code) == 0]
    opened = {f"{chosen[:2]}0000"} if chosen else set(provinces) if len(provinces) == 1 else set()
    keys = []
    for province in provinces:
        keys.append(province)
        if province in opened:
            inside = [code for code in held if code[:2] == province[:2] and _depth(code) == 1]
            for city in inside:
                keys.append(city)
                if chosen and chosen[:4] == city[:4]:
                    keys += [code for code in held if code[:4] == city[:4] and _depth(code) == 2]
    return keys
