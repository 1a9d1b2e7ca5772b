"""How each source stands: its URLs by state, its articles, its last fetch."""

from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.tables import articles, captures, urls


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    name: str
    articles: int = 0  # pages, without their children
    latest: str | None = None  # ISO time of the last fetch
    urls: dict[str, int] = field(default_factory=dict)  # by state


def source_states(connection: Connection) -> list[SourceState]:
    """Every source that has a URL, by name."""
    by_state: dict[str, dict[str, int]] = {}
    for source, state, count in connection.execute(sa.select(urls.c.source, urls.c.state, sa.func.count()).group_by(urls.c.source, urls.c.state)):
        by_state.setdefault(source, {})[state] = count
    visits = connection.execute(sa.select(captures.c.source, sa.func.max(captures.c.visited_at)).group_by(captures.c.source))
    latest = {row[0]: row[1] for row in visits}
    source_of = sa.func.json_extract(articles.c.payload, "$.source")
    counted = connection.execute(sa.select(source_of, sa.func.count()).where(articles.c.parent.is_(None)).group_by(source_of))
    pages = {row[0]: row[1] for row in counted}
    return [SourceState(name=n, articles=pages.get(n, 0), latest=latest.get(n), urls=by_state[n]) for n in sorted(by_state)]
