"""What other documents tell of an article: its status and how it came about, what it rests on, what rests on it, its copies."""

from dataclasses import dataclass
from datetime import datetime

from extractors.article import Article
from portal.present import BEIJING, UNTITLED, named
from portal.words import COPY_NAMES, RELATIONS, STATUS_NAMES
from store import Store
from store.facts import Cluster, Link, Status
from store.relate import facts_of
from store.status import on


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list: a label, and the article (perhaps at a record) that it leads to."""

    label: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    status: str = ""  # of today, in words
    bad: bool = False  # no longer to be relied on
    events: tuple[Line, ...] = ()
    cites: tuple[Line, ...] = ()
    cited_by: tuple[Line, ...] = ()
    copies: tuple[Line, ...] = ()


def related(store: Store, article: Article, day: str | None = None) -> Related:
    """`day`: the ISO day of the status; default today in Beijing."""
    facts = facts_of(store, article.id)
    status = next((f for f in facts if isinstance(f, Status)), None)
    now = on(status, day or datetime.now(BEIJING).date().isoformat())
    links = [f for f in facts if isinstance(f, Link)]
    copies = [m for f in facts if isinstance(f, Cluster) for m in f.members if m.article != article.id]
    return Related(
        status=STATUS_NAMES[now.status] if status else "",
        bad=now.status in ("expired", "repealed"),
        events=_events(store, status) if status else (),
        cites=tuple(_line(store, RELATIONS[f.relation], f.target) for f in links if f.article == article.id),
        cited_by=tuple(_line(store, RELATIONS[f.relation], f.article, f.record) for f in links if f.target == article.id),
        copies=tuple(_line(store, COPY_NAMES[m.how], m.article) for m in copies),
    )


def _events(store: Store, status: Status) -> tuple[Line, ...]:
    lines = [_line(store, f"{e.day or '日期不明'} {STATUS_NAMES[e.status]}", e.article, e.record) for e in status.events]
    return (*lines, *([_line(store, "正式文本", status.final)] if status.final else []))


def _line(store: Store, label: str, article: str, record: str | None = None) -> Line:
    found = store.article(article)
    href = f"/articles/{article}" + (f"#e-{record}" if record else "")
    return Line(label=label, title=named(found.title, found.url) if found else UNTITLED, href=href)
