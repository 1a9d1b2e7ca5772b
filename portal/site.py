"""What every page may use."""

from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from crawler.archive import Archive
from crawler.source import Source
from extractors.private import shown
from index.backend import Backend
from store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One store, one archive, one search engine, and the templates."""

    store: Store
    archive: Archive
    backend: Backend
    sources: tuple[Source, ...]
    title: str
    templates: Environment

    @property
    def source_titles(self) -> dict[str, str]:
        return {source.name: source.title for source in self.sources} | {"import": "导入的文件"}

    def page(self, template: str, *, status: int = 200, here: str = "", **values: Any) -> HTMLResponse:
        text = self.templates.get_template(template).render(site=self.title, here=here, **values)
        return HTMLResponse(text, status_code=status)


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def answer(value: Any) -> Response:
    """JSON, private numbers masked."""
    return Response(msgspec.json.encode(shown(value)), media_type="application/json")
