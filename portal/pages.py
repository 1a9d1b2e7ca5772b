"""Article, source and health pages, and the archived bytes."""

from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from crawler.archive import ArchiveError
from crawler.source import Source
from index.errors import SearchError
from index.follow import index_place
from portal import present
from portal.facts import key_facts
from portal.marking import view_blocks
from portal.related import related
from portal.site import Site, site_of
from portal.words import RECORD_NAMES
from store import StoredCapture
from store.relate import NAME as RELATE
from store.sources import SourceState

router = APIRouter(include_in_schema=False)


@router.get("/articles/{article_id}")
def article(request: Request, article_id: str, on: date | None = None) -> Response:
    """The text with its records marked, and beside it the records, the metadata and the way back to the bytes.

    `on`: the day for which a policy's status is told; today where none is given.
    """
    site = site_of(request)
    found = site.store.article(article_id)
    if found is None:
        raise HTTPException(404, f"没有这篇文章：{article_id}")
    records = site.store.records_of(article_id)
    capture = site.store.capture(found.capture)
    told, others = key_facts(found, records), related(site.store, found, on.isoformat() if on else None)
    return site.page(
        "article.html",
        article=found,
        parent=site.store.article(found.parent) if found.parent else None,
        children=site.store.children(article_id),
        blocks=view_blocks(found, [*records, *told.places]),
        key_facts=told.groups,
        records=present.grouped(records, others.outcomes, site.store.corrections(article_id)),
        facts=present.facts(found),
        headline=present.headline(found),
        related=others,
        link=found.url if found.url.startswith(("http://", "https://")) else None,
        fetched=present.beijing(capture.fetched_at) if capture else None,
    )


@router.get("/records/{record_id}")
def record(request: Request, record_id: str) -> Response:
    """A record's evidence: its place in its article."""
    found = site_of(request).store.record(record_id)
    if found is None:
        raise HTTPException(404, f"没有这条记录：{record_id}")
    return RedirectResponse(f"/articles/{found.article}#e-{found.id}", status_code=302)


@router.get("/captures/{digest}")
def capture(request: Request, digest: str) -> Response:
    """The archived bytes as they came, to be saved: never shown as a page of ours."""
    site = site_of(request)
    found = site.store.capture(digest)
    if found is None or found.warc is None:
        raise HTTPException(404, f"没有这份存档：{digest}")
    try:
        body = site.archive.read(found.warc)
    except ArchiveError as error:
        raise HTTPException(500, f"存档读不出来：{error}") from error
    headers = {
        "Content-Disposition": f'attachment; filename="{digest[:16]}{_suffix(found)}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(body, media_type="application/octet-stream", headers=headers)


def _suffix(capture: StoredCapture) -> str:
    name = capture.url.rsplit("/", 1)[-1].split("?")[0]
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 5 else ".bin"


@router.get("/sources")
def sources(request: Request) -> Response:
    site = site_of(request)
    states = {state.name: state for state in site.store.sources()}
    known = {source.name: source for source in site.sources}
    rows = []
    for name in sorted({*states, *known}, key=lambda n: (n not in states, n)):
        state, source = states.get(name), known.get(name)
        rows.append(_source_row(name, site.source_titles.get(name, name), state, source))
    return site.page("sources.html", here="/sources", sources=rows)


def _source_row(name: str, title: str, state: SourceState | None, source: Source | None) -> dict[str, Any]:
    urls = state.urls if state else {}
    articles = state.articles if state else 0
    trouble = []
    if source and state and articles < source.expect.articles:
        trouble.append(f"少于应有的 {source.expect.articles} 篇")
    if urls.get("declined"):
        trouble.append("谢绝程序访问")
    return {
        "name": name,
        "title": title,
        "region": source.region if source else "",
        "start": source.start[0].url if source else "",
        "articles": articles,
        "fetched": urls.get("fetched", 0),
        "pending": urls.get("discovered", 0),
        "failed": urls.get("failed", 0),
        "declined": urls.get("declined", 0),
        "latest": present.day(state.latest) if state else None,
        "trouble": trouble,
    }


@router.get("/health")
def health(request: Request) -> Response:
    site = site_of(request)
    counts, last = site.store.counts(), site.store.last_seq()
    shown = [("存档", counts.captures), ("文章", counts.articles)]
    shown += [(RECORD_NAMES.get(kind, kind), n) for kind, n in counts.records.items()]
    shown += [("未能读取", counts.quarantined), ("人工更正", counts.corrections), ("失去依据的更正", counts.stale_corrections)]
    try:
        state, place, trouble = site.backend.health(), max(0, index_place(site.store, site.backend)), ""
    except SearchError as error:
        state, place, trouble = None, 0, str(error)
    followers = [{"name": "检索索引", "place": place, "behind": last - place}, _follower(site, RELATE, "跨文件关联", last)]
    refused = [{"url": q.capture.url, "reason": q.reason, "message": q.message, "at": present.day(q.at)} for q in site.store.quarantined()]
    return site.page("health.html", here="/health", counts=shown, last=last, followers=followers, quarantine=refused, engine=state, trouble=trouble)


def _follower(site: Site, name: str, label: str, last: int) -> dict[str, Any]:
    place = site.store.place(name)
    return {"name": label, "place": place, "behind": last - place}
