"""The pages and the API on one store, one archive and one search engine."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from crawler.archive import Archive
from crawler.source import Source
from extractors.private import masked
from index.backend import Backend
from portal import api, differences, figures, original, pages, search_page, suggest, trends
from portal.present import named
from portal.site import Site
from portal.words import EXAMPLES, KIND_NAMES, RECORD_NAMES, ROLE_NAMES, WHAT_NAMES
from store import Store

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ROUTERS = (search_page.router, suggest.router, figures.router, trends.router, pages.router, original.router, differences.router, api.router)
STATIC = {"style.css": "text/css; charset=utf-8", "suggest.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("portal"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_masked,
    )
    environment.filters |= {"exact": escape, "named": lambda article: named(article.title, article.url)}
    environment.globals.update(
        versions=_versions(),
        kind_names=KIND_NAMES,
        role_names=ROLE_NAMES,
        record_names=RECORD_NAMES,
        what_names=WHAT_NAMES,
        examples=EXAMPLES,
    )
    return environment


def _versions() -> dict[str, str]:
    """A digest of each static file: its address changes when it does."""
    folder = files("portal").joinpath("static")
    return {name: hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest()[:10] for name in STATIC}


def _masked(value: object) -> object:
    """Whatever a template prints has its private numbers masked, but for addresses and what the reader typed, which say `| exact`."""
    return masked(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def create(
    store: Store,
    archive: Archive,
    backend: Backend,
    *,
    title: str = "科情",
    sources: Sequence[Source] = (),
    hosts: Sequence[str] = ("127.0.0.1", "localhost"),
) -> FastAPI:
    """The application. `hosts`: names under which it answers (against DNS rebinding)."""
    site = Site(store=store, archive=archive, backend=backend, sources=tuple(sources), title=title, templates=_templates())
    app = FastAPI(title="qingbao", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", version="1")
    app.state.site = site
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.middleware("http")(_with_headers)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_api_route("/static/{name}", static, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def static(name: str) -> Response:
    """A file of portal/static; no other path can be asked for."""
    if name not in STATIC:
        raise HTTPException(404, "没有这个文件")
    body = files("portal").joinpath("static").joinpath(name).read_bytes()
    return Response(body, media_type=STATIC[name], headers={"Cache-Control": "max-age=3600"})


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error_page(request, error.status_code, str(error.detail))


async def _bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "；".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors())
    return _error_page(request, 422, f"参数有误：{wrong}")


def _error_page(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return api.problem(status, message)
    if request.url.path.startswith("/static/"):
        return PlainTextResponse(message, status_code=status)
    site: Site = request.app.state.site
    heading = {404: "没有找到", 422: "参数有误", 503: "检索引擎暂不可用"}.get(status, "出错了")
    return site.page("error.html", status=status, heading=heading, message=message)
