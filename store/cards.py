"""The part of an article that relating needs, read without its blocks."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import ArticleKind, Metadata, Role
from extractors.docnumber import DocNumber, parse_doc_number
from extractors.validity import issued_on
from store.database import fetch, slices
from store.tables import articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    id: str
    source: str = ""
    url: str = ""
    parent: str | None = None
    role: Role = "page"
    title: str | None = None
    kind: ArticleKind = "news"
    text: str = ""
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def page(self) -> str:
        return self.parent or self.id

    @property
    def number(self) -> DocNumber | None:
        return parse_doc_number(self.metadata.doc_number) if self.metadata.doc_number else None

    @property
    def issued(self) -> str | None:
        """The day it was issued: 成文, 印发, else 发布."""
        return issued_on(self.metadata)


_decode = msgspec.json.Decoder(Card).decode


def cards(connection: Connection, ids: Iterable[str]) -> dict[str, Card]:
    """Those that are held."""
    asked = json.dumps(sorted(set(ids)))
    rows = fetch(connection, "SELECT a.id, CAST(a.payload AS BLOB) FROM json_each(?) AS asked JOIN articles AS a ON a.id = asked.value", asked)
    return {id_: _decode(payload) for id_, payload in rows}


def families(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """For each article: itself, and what is issued with it: its page and the documents that the page enacts."""
    asked = sorted(set(ids))
    pages: dict[str, str] = {}
    for some in slices(asked):
        rows = connection.execute(sa.select(articles.c.id, articles.c.page, articles.c.payload).where(articles.c.id.in_(some)))
        pages |= {row.id: row.page for row in rows if _decode(row.payload).role in ("page", "enacted")}
    issued: dict[str, set[str]] = {}
    for some in slices(sorted(set(pages.values()))):
        for row in connection.execute(sa.select(articles.c.page, articles.c.payload).where(articles.c.page.in_(some))):
            card = _decode(row.payload)
            if card.role in ("page", "enacted"):
                issued.setdefault(row.page, set()).add(card.id)
    return {id_: {id_} | issued.get(pages.get(id_, ""), set()) for id_ in asked}
