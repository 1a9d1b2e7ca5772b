"""/api/v1: search, articles, the change feed. JSON as the domain types say; errors are RFC 9457 problems."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request, Response

from index.errors import SearchError
from index.fields import LARGEST
from index.search import search as search_index
from portal.facets import BY_KIND
from portal.present import BEIJING
from portal.search_page import SORTS, asked
from portal.site import answer, site_of
from portal.trouble import refused
from store import Change
from store.relate import status_on

router = APIRouter(prefix="/api/v1")
MOST_CHANGES = 1000


def problem(status: int, detail: str) -> Response:
    return Response(msgspec.json.encode({"status": status, "detail": detail}), status_code=status, media_type="application/problem+json")


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=500, description="The query language of docs/query-language.md.")] = "",
    in_: Annotated[str, Query(alias="in", max_length=20, description="articles, or a record kind.")] = "articles",
    sort: Annotated[str, Query(max_length=20, description="Empty: relevance; date; value (metrics).")] = "",
    size: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=2000, description="The `next` of the last answer.")] = None,
) -> Response:
    """A page of hits with passages, exact offsets of what matched, and the facets. Filters are the parameters of the search page."""
    _one_of("in", in_, ("articles", *BY_KIND))
    _one_of("sort", sort, dict(SORTS.get(in_, SORTS["articles"])))
    site, ask = site_of(request), replace(asked(request, q, in_, sort, cursor), size=size)
    try:
        return answer(search_index(site.backend, ask.text, ask.request()))
    except SearchError as error:
        raise refused(error) from error


def _one_of(name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise HTTPException(400, f"{name}={value}：应为 {'、'.join(k for k in known if k)}")


@router.get("/articles/{article_id}")
def article(request: Request, article_id: str) -> Response:
    """One article with its records and the ids of its children."""
    store = site_of(request).store
    found = store.article(article_id)
    if found is None:
        raise HTTPException(404, f"no article {article_id}")
    children = [child.id for child in store.children(article_id)]
    return answer({"article": found, "records": store.records_of(article_id), "children": children})


@router.get("/articles/{article_id}/status")
def status(
    request: Request,
    article_id: str,
    on: Annotated[date | None, Query(description="An ISO day; today in Beijing where none is given.")] = None,
) -> Response:
    """Whether a policy is in force on a day: draft, in force, amended, expired, repealed or unknown, since when, and the event that says so."""
    store = site_of(request).store
    if store.article(article_id) is None:
        raise HTTPException(404, f"no article {article_id}")
    return answer(status_on(store, article_id, (on or datetime.now(BEIJING).date()).isoformat()))


@router.get("/changes")
def changes(
    request: Request,
    after: Annotated[int, Query(ge=0, le=LARGEST, description="The `next` of the last answer; 0 begins at the beginning.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_CHANGES)] = 500,
) -> Response:
    """Changes with seq > after in commit order. Apply ADD and MOD by putting `payload` under (kind, id), DEL by removing it.

    `next` is the cursor of the next call; `more` says whether to call at once. Each line is told once, applying one twice is harmless.
    """
    store = site_of(request).store
    found = store.changes(after, limit)
    cursor = found[-1].seq if found else after
    return answer({"changes": found, "next": cursor, "more": cursor < store.last_seq()})


@router.get("/changes/schema")
def changes_schema() -> Response:
    """JSON Schema of one change."""
    return answer({"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Change)})
