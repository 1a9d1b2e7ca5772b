"""What became of captures: of each URL, whether its present content was read, into which articles, or why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractors.article import Article, article_id
from store.database import slices
from store.payload import decode_article
from store.tables import articles, quarantine, urls

State = Literal["read", "refused", "unread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`articles` are those of the present capture, the page first; `reason` and `message` say why it was refused."""

    url: str
    state: State
    articles: tuple[Article, ...] = ()
    reason: str = ""
    message: str = ""


def outcomes(connection: Connection, source: str, wanted: Sequence[str]) -> Iterator[Outcome]:
    """Of those URLs that the source has, in the order asked."""
    for some in slices(wanted):
        why = (quarantine.c.reason, quarantine.c.message)
        query = sa.select(urls.c.url, urls.c.read_by, *why).join_from(urls, quarantine, urls.c.capture == quarantine.c.capture, isouter=True)
        rows = {row.url: row for row in connection.execute(query.where(urls.c.source == source, urls.c.url.in_(some)))}
        read = {url: article_id(source, url) for url, row in rows.items() if row.reason is None and row.read_by}
        held = _pages(connection, list(read.values()))
        for row in (rows[url] for url in some if url in rows):
            if row.reason is not None:
                yield Outcome(url=row.url, state="refused", reason=row.reason, message=row.message)
            else:
                yield Outcome(url=row.url, state="read" if row.url in read else "unread", articles=tuple(held.get(read.get(row.url, ""), ())))


def _pages(connection: Connection, pages: Sequence[str]) -> dict[str, list[Article]]:
    query = sa.select(articles.c.page, articles.c.payload).where(articles.c.page.in_(pages)).order_by(articles.c.n)
    found: dict[str, list[Article]] = {}
    for row in connection.execute(query):
        found.setdefault(row.page, []).append(decode_article(row.payload))
    return found
