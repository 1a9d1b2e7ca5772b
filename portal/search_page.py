"""The search page: what was asked in the address, facets as links, hits with passages and record chips."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from extractors.article import Span
from index.errors import SearchError
from index.query import Bucket, Hit, Node, Page, Sort, Term, Terms
from index.query import Request as SearchRequest
from index.rows import ArticleRow, RecordRow
from index.search import search
from portal.facets import ARTICLE_FACETS, BY_KIND, RECORD_FACETS, Facet, Group, facets_of, group, label
from portal.present import UNTITLED, amount, change, day, named
from portal.site import Site, site_of
from portal.suggest import Suggestion, suggestions
from portal.trouble import Trouble, trouble
from portal.words import KIND_NAMES, RECORD_NAMES, STATUSES

router = APIRouter(include_in_schema=False)
SIZE: Final = 10
CHIPS: Final = 4
MEANT: Final = 4  # names of each kind
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
        return facets_of(self.tab)

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
    found, wrong = None, None
    try:
        found = search(site.backend, ask.text, ask.request())
    except SearchError as error:
        wrong = trouble(error)
    return _render(site, ask, found, wrong)


def _render(site: Site, ask: Asked, found: Page | None, wrong: Trouble | None) -> Response:
    titles = site.source_titles
    return site.page(
        "search.html",
        status=wrong.status if wrong else 200,
        here="/",
        text=ask.text,
        kept=[(k, v) for k, v in (("in", ask.tab if ask.tab != "articles" else ""), ("sort", ask.sort), *ask.chosen.items()) if v],
        tabs=_tabs(ask),
        error=wrong,
        messages=found.notices if found else (),
        chosen=[
            {"label": f"{f.label}：{label(f, ask.chosen[f.param], titles)}", "href": ask.href(**{f.param: None})}
            for f in ask.facets
            if f.param in ask.chosen
        ],
        facets=list(_facets(ask, found, titles)) if found else [],
        page=found,
        sorts=[{"name": name, "href": ask.href(sort=key), "current": key == ask.sort} for key, name in SORTS.get(ask.tab, SORTS["articles"])],
        hits=[_hit(site, hit, titles) for hit in found.hits] if found else [],
        next=ask.href(cursor=found.next) if found and found.next else None,
        meant=_meant(site, ask, found),
        blank=not ask.text and not ask.chosen and ask.tab == "articles",
    )


def _meant(site: Site, ask: Asked, found: Page | None) -> list[Suggestion]:
    """Names that may have been meant where a question found nothing or is 拼音."""
    if found is None or ask.cursor or not ask.text or (found.total and not ask.text.isascii()):
        return []
    return suggestions(site.backend, ask.text, MEANT)


def _tabs(ask: Asked) -> list[dict[str, Any]]:
    kept = {f.param: None for f in (*ARTICLE_FACETS, *RECORD_FACETS) if f.param not in ("region", "source")}
    tabs = [("articles", "文章", ""), *((kind, name, kind) for kind, name in RECORD_NAMES.items())]
    return [
        {"name": name, "kind": shape, "current": key == ask.tab, "href": ask.href(**{**kept, "in": key if key != "articles" else None, "sort": None})}
        for key, name, shape in tabs
    ]


def _facets(ask: Asked, found: Page, titles: Mapping[str, str]) -> Iterator[Group]:
    for facet in ask.facets:
        buckets = [b for b in found.buckets.get(facet.param, ()) if isinstance(b, Bucket)]
        if made := group(facet, buckets, ask.chosen.get(facet.param), partial(_set, ask, facet), titles):
            yield made


def _set(ask: Asked, facet: Facet, value: str | None) -> str:
    return ask.href(**{facet.param: value})


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


def _hit(site: Site, hit: Hit, titles: Mapping[str, str]) -> dict[str, Any]:
    row = hit.row
    shared = {
        "passages": [marked(p.text, p.marks, p.start) for p in hit.passages if p.text.strip() != row.title],
        "parent": {"id": row.parent, "title": row.parent_title or UNTITLED} if row.parent else None,
    }
    source = titles.get(row.source, row.source)
    if isinstance(row, RecordRow):
        units = f"责任单位：{'、'.join(row.units)}" if row.units else ""
        moved = change(row.change[:-1], row.change[-1]) if row.change else ""
        meta = [units, row.subject, row.period, STATUSES.get(row.state or ""), moved, named(row.title, row.url), row.origin or source, day(row.date)]
        name = _record_title(row)
        chip = [{"kind": row.kind, "label": row.quote}] if "".join(row.quote.split()) not in "".join(name.split()) else []
        title = [(name, False)]
        return {**shared, "kind": row.kind, "href": f"/records/{row.id}", "title": title, "meta": [m for m in meta if m], "chips": chip}
    meta = [KIND_NAMES.get(row.article_kind), row.doc_number, row.origin or source, day(row.date), row.region]
    title = marked(row.title, hit.title_marks) or [(named(row.title, row.url), False)]
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
