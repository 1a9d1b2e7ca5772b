"""An article beside the original it was read from: pages of a PDF as pictures with the place of every block, HTML and texts in a frame."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from threading import Lock

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response

from crawler.archive import ArchiveError
from crawler.capture import Capture
from extractors.article import Article, Box
from extractors.private import masked
from extractors.readers.errors import ReadError
from extractors.readers.original import VIEWER, View, page_url
from extractors.sandbox import Sandbox
from portal import present
from portal.site import Site, site_of

# Foreign pages: no script, no form, nothing fetched, an origin of their own; shown by our own page only.
FOREIGN = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
FRAMING = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
KEEP = "private, max-age=86400"  # what a digest names does not change; what we show of it may


@asynccontextmanager
async def _drawing(app: FastAPI) -> AsyncIterator[None]:
    """The sandbox child ends with the portal."""
    yield
    if hasattr(app.state, "drawing"):
        app.state.drawing.close()
        del app.state.drawing


LOCK = Lock()
router = APIRouter(include_in_schema=False, lifespan=_drawing)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """A block and where it stands on its page; `number` counts the blocks of the article, from 1."""

    number: int
    kind: str
    text: str
    box: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page of a PDF with the blocks that were read from it."""

    number: int
    width: float  # points
    height: float
    blocks: list[PageBlock] = field(default_factory=list)


@router.get("/articles/{article_id}/original")
def beside(request: Request, article_id: str) -> Response:
    """The text of an article and its original side by side."""
    site = site_of(request)
    found = site.store.article(article_id)
    if found is None:
        raise HTTPException(404, f"没有这篇文章：{article_id}")
    trouble, shown = "", None
    try:
        shown = _view(request, _capture(site, found.capture))
    except ReadError as error:
        trouble = "这种格式不能在此显示" if error.reason == "unsupported" else f"原件显示不出来：{error.reason}"
    response = site.page(
        "original.html",
        article=found,
        children=site.store.children(article_id),
        headline=present.headline(found),
        trouble=trouble,
        media=shown.media if shown else "",
        pages=_pages(found, shown.pages) if shown else [],
        blocks=[block for _, block in _blocks(found)],
    )
    response.headers["Content-Security-Policy"] = FRAMING
    return response


@router.get("/originals/{digest}")
def original(request: Request, digest: str, page: int | None = None) -> Response:
    """A capture to look at: HTML and texts as they are, of a PDF a page as a picture."""
    try:
        shown = _view(request, _capture(site_of(request), digest), page)
    except ReadError as error:
        raise HTTPException(404, f"原件显示不出来：{error.reason}，{error.message}") from error
    if not shown.body:
        raise HTTPException(404, "请指明页码：?page=1")
    return Response(shown.body, headers={"Content-Type": shown.media, "Content-Security-Policy": FOREIGN, "Cache-Control": KEEP})


def _capture(site: Site, digest: str) -> Capture:
    """The archived bytes. Raises HTTPException."""
    found = site.store.capture(digest)
    if found is None or found.warc is None:
        raise HTTPException(404, f"没有这份存档：{digest}")
    try:
        return found.with_body(site.archive.read(found.warc))
    except (ArchiveError, ValueError) as error:
        raise HTTPException(500, f"存档读不出来：{error}") from error


def _view(request: Request, capture: Capture, page: int | None = None) -> View:
    """Raises ReadError."""
    with LOCK:
        if not hasattr(request.app.state, "drawing"):  # one child for all that is shown, started when first needed
            request.app.state.drawing = Sandbox(children=1, reader=VIEWER, answer=View)
        sandbox: Sandbox[View] = request.app.state.drawing
    return sandbox.read(capture if page is None else replace(capture, url=page_url(capture.url, page)))


def _blocks(article: Article) -> Iterator[tuple[int | None, PageBlock]]:
    """(page, block) in text order; numbers of private persons masked as everywhere."""
    text = masked(article.text)
    for n, b in enumerate(article.blocks, 1):
        if text[b.start : b.end].strip():
            yield b.page, PageBlock(number=n, kind=b.kind, text=text[b.start : b.end], box=b.box)


def _pages(article: Article, sizes: Sequence[tuple[float, float]]) -> list[PageView]:
    """All pages for a whole document, of a piece those that it stands on."""
    views = [PageView(number=n, width=width, height=height) for n, (width, height) in enumerate(sizes, 1)]
    for page, block in _blocks(article):
        if page and page <= len(views):
            views[page - 1].blocks.append(block)
    return views if article.is_page() else [view for view in views if view.blocks]
