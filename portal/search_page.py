"""The search page: what was asked in the address, facets as links, hits with passages and record chips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from extractors.article import Span
from extractors.names.regions import region_by_code
from extractors.private import masked
from index.errors import EngineDown, SearchError
from index.query import Bucket, Hit, Node, Page, Sort, Term, Terms
from index.query import Request as SearchRequest
from index.rows import ArticleRow, RecordRow
from index.search import QueryError, search
from portal.present import amount, day
from portal.site import Site, site_of
from portal.words import ACTION_TYPES, FACT_NAMES, KIND_NAMES, ORGANISATION_TYPES, RECORD_NAMES, STATUS_NAMES, STATUSES

router = APIRouter(include_in_schema=False)
SIZE: Final = 10
CHIPS: Final = 4
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter by a keyword field; `names` translates its values."""

    param: str
    field: str
    label: str
    names: Words | None = None
    size: int = 8


ARTICLE_FACETS: Final = (
    Facet("kind", "article_kind", "类型", KIND_NAMES),
    Facet("region", "regions", "地区", size=12),
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
    Facet("indicator", "indicator_key", "指标", size=12),
    Facet("unit", "unit_key", "单位"),
    Facet("state", "state", "性质", STATUSES),
    Facet("subject", "subject_regions", "数字属于", size=12),
    Facet("period", "year", "时期"),
    Facet("act", "type", "类别", {**ACTION_TYPES, **ORGANISATION_TYPES}),
    Facet("unit_of", "units", "责任单位", size=12),
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
SORTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "articles": (("", "相关"), ("date", "日期")),
    "metric": (("", "相关"), ("date", "日期"), ("value", "数值")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address says. `chosen` holds the facets' values by their parameter."""

    text: str
    tab: str  # articles, or a record kind
    chosen: Mapping[str, str]
    sort: str
    cursor: str | None
    size: int = SIZE

    @property
    def facets(self) -> tuple[Facet, ...]:
        if self.tab == "articles":
            return ARTICLE_FACETS
        return tuple(f for f in RECORD_FACETS if f.param in BY_KIND[self.tab])

    def href(self, **changes: str | None) -> str:
        """The address with some parameters changed; a changed question begins at its first page."""
        given: dict[str, str | None] = {
            "q": self.text,
            "in": self.tab if self.tab != "articles" else None,
            "sort": self.sort,
            **self.chosen,
            **changes,
        }
        return "/?" + urlencode({k: v for k, v in given.items() if v})

    def request(self) -> SearchRequest:
        """All but the words, which the query language reads."""
        filters: list[Node] = [Term(f.field, (self.chosen[f.param],)) for f in self.facets if f.param in self.chosen]
        if self.tab != "articles":
            filters.append(Term("kind", (self.tab,)))
        return SearchRequest(
            index="articles" if self.tab == "articles" else "records",
            filters=tuple(filters),
            aggs={f.param: Terms(field=f.field, size=f.size) for f in self.facets},
            sort=Sort(self.sort or None),
            size=self.size,
            cursor=self.cursor,
        )


def asked(request: Request, text: str, tab: str, sort: str, cursor: str | None) -> Asked:
    tab = tab if tab in BY_KIND else "articles"
    found = Asked(text=text.strip(), tab=tab, chosen={}, sort=sort, cursor=cursor)
    chosen = {f.param: request.query_params[f.param] for f in found.facets if request.query_params.get(f.param)}
    sorts = SORTS.get(tab, SORTS["articles"])
    return replace(found, chosen=chosen, sort=sort if sort in dict(sorts) else "")


@router.get("/")
def page(
    request: Request,
    q: Annotated[str, Query(max_length=500)] = "",
    in_: Annotated[str, Query(alias="in", max_length=20)] = "articles",
    sort: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Search; with nothing asked, what is newest."""
    site, ask = site_of(request), asked(request, q, in_, sort, cursor)
    if not ask.text and not ask.sort and ask.tab == "articles":
        ask = replace(ask, sort="date")
    try:
        found, error, status = search(site.backend, ask.text, ask.request(), store=site.store), None, 200
    except QueryError as wrong:
        found, error, status = None, {"message": str(wrong), "pointer": wrong.pointer}, 400
    except EngineDown as down:
        found, error, status = None, {"message": str(down), "pointer": ""}, 503
    except SearchError as wrong:
        found, error, status = None, {"message": str(wrong), "pointer": ""}, 400
    return _render(site, ask, found, error, status)


def _render(site: Site, ask: Asked, found: Page | None, error: Mapping[str, str] | None, status: int) -> Response:
    titles = {source.name: source.title for source in site.sources} | {"import": "导入的文件"}
    return site.page(
        "search.html",
        status=status,
        here="/",
        text=ask.text,
        kept=[(k, v) for k, v in (("in", ask.tab if ask.tab != "articles" else ""), ("sort", ask.sort), *ask.chosen.items()) if v],
        tabs=_tabs(ask),
        error=error,
        messages=found.notices if found else (),
        chosen=[
            {"label": f"{f.label}：{_value(f, ask.chosen[f.param], titles)}", "href": ask.href(**{f.param: None})}
            for f in ask.facets
            if f.param in ask.chosen
        ],
        facets=_facets(ask, found, titles) if found else [],
        page=found,
        sorts=[{"name": name, "href": ask.href(sort=key), "current": key == ask.sort} for key, name in SORTS.get(ask.tab, SORTS["articles"])],
        hits=[_hit(site, hit, titles) for hit in found.hits] if found else [],
        next=ask.href(cursor=found.next) if found and found.next else None,
    )


def _tabs(ask: Asked) -> list[dict[str, Any]]:
    kept = {f.param: None for f in (*ARTICLE_FACETS, *RECORD_FACETS) if f.param not in ("region", "source")}
    tabs = [("articles", "文章", ""), *((kind, name, kind) for kind, name in RECORD_NAMES.items())]
    return [
        {"name": name, "kind": shape, "current": key == ask.tab, "href": ask.href(**{**kept, "in": key if key != "articles" else None, "sort": None})}
        for key, name, shape in tabs
    ]


def _value(facet: Facet, value: object, titles: Words) -> str:
    text = str(value)
    if facet.names is not None:
        return facet.names.get(text, text)
    if facet.field in ("regions", "subject_regions"):
        region = region_by_code(text)
        return region.name if region else text
    return titles.get(text, text) if facet.field == "source" else text


def _facets(ask: Asked, found: Page, titles: Words) -> list[dict[str, Any]]:
    out = []
    for facet in ask.facets:
        buckets = [b for b in found.buckets.get(facet.param, ()) if isinstance(b, Bucket)]
        options = [_option(ask, facet, bucket, titles) for bucket in buckets if bucket.key != ""]
        if options:
            out.append({"name": facet.label, "options": options})
    return out


def _option(ask: Asked, facet: Facet, bucket: Bucket, titles: Words) -> dict[str, Any]:
    key = str(bucket.key)
    current = ask.chosen.get(facet.param) == key
    return {
        "label": _value(facet, key, titles),
        "count": bucket.count,
        "current": current,
        "href": ask.href(**{facet.param: None if current else key}),
    }


def marked(text: str, marks: Sequence[Span], offset: int = 0) -> list[tuple[str, bool]]:
    """A text in runs (text, is a hit); `marks` count from `offset` before its first character."""
    runs, at = [], 0
    for start, end in sorted((s - offset, e - offset) for s, e in marks):
        if start < at or end > len(text):
            continue
        runs += [(text[at:start], False), (text[start:end], True)]
        at = end
    runs.append((text[at:], False))
    return [run for run in runs if run[0]]


def _hit(site: Site, hit: Hit, titles: Words) -> dict[str, Any]:
    row = hit.row
    shared = {
        "passages": [marked(p.text, p.marks, p.start) for p in hit.passages if p.text.strip() != row.title],
        "parent": {"id": row.parent, "title": row.parent_title or "（无标题）"} if row.parent else None,
    }
    source = titles.get(row.source, row.source)
    if isinstance(row, RecordRow):
        meta = [row.subject, row.period, STATUSES.get(row.state or ""), row.title, row.origin or source, day(row.date)]
        chip = [{"kind": row.kind, "label": masked(row.quote)}]
        title = [(masked(_record_title(row)), False)]
        return {**shared, "kind": row.kind, "href": f"/records/{row.id}", "title": title, "meta": [m for m in meta if m], "chips": chip}
    meta = [KIND_NAMES.get(row.article_kind), row.doc_number, row.origin or source, day(row.date), row.region]
    title = marked(row.title, hit.title_marks) or [("（无标题）", False)]
    return {**shared, "kind": "", "href": f"/articles/{row.id}", "title": title, "meta": [m for m in meta if m], "chips": _chips(site, row)}


def _record_title(row: RecordRow) -> str:
    if row.kind == "metric" and row.value is not None:
        return f"{row.name or '（未指明）'}：{amount(row.value, row.value_max, row.unit)}"
    if row.kind == "action":
        return " ".join(part for part in (row.actor, row.trigger, row.object) if part)
    return row.name or row.quote


def _chips(site: Site, row: ArticleRow | Any) -> list[dict[str, str]]:
    """How many records of each kind the article has."""
    counts: dict[str, int] = {}
    for record in site.store.records_of(row.id):
        counts[record.kind] = counts.get(record.kind, 0) + 1
    return [{"kind": kind, "label": f"{name} {counts[kind]}"} for kind, name in RECORD_NAMES.items() if kind in counts][:CHIPS]
