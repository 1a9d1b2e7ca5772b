"""What other documents tell of an article: its status and how it came about, what it rests on, what rests on it, its copies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from extractors.article import Article
from portal.present import BEIJING, UNTITLED, named
from portal.words import COPY_NAMES, RELATIONS, STATUS_NAMES
from store import Store
from store.facts import Cluster, Fact, Link, Status, Supersession
from store.relate import carried, facts_of
from store.status import on

MOST: Final = 100  # lines under one name: a law may be cited by thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list: a label, and the article (perhaps at a record) that it leads to."""

    label: str
    title: str
    href: str
    differences: str = ""  # of a reprint: the page that tells how it departs from the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """`groups`: name, its first lines, and how many more there are."""

    status: str = ""  # in words
    day: str = ""  # ISO; of the status, where it is not today's
    bad: bool = False  # no longer to be relied on
    groups: tuple[tuple[str, tuple[Line, ...], int], ...] = ()
    outcomes: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # row of a list -> label and address of its row at the other stage


class Pointer(NamedTuple):
    label: str
    article: str
    record: str | None = None
    copy: str | None = None  # article of which the differences are told


def related(store: Store, article: Article, day: str | None = None) -> Related:
    """`day`: the ISO day of the status; default today in Beijing."""
    facts = [*facts_of(store, article.id), *_of_family(store, article)]
    status = next((f for f in facts if isinstance(f, Status)), None)
    now = on(status, day or datetime.now(BEIJING).date().isoformat())
    groups = [(name, pointers) for name, pointers in (*_pointers(article, facts, status), *_carried(store, article)) if pointers]
    held = {a.id: a for a in store.articles(sorted({p.article for _, some in groups for p in some[:MOST]}))}
    return Related(
        status=STATUS_NAMES[now.status] if status else "",
        day=day or "",
        bad=now.status in ("expired", "repealed"),
        outcomes=_outcomes([f for f in facts if isinstance(f, Supersession)], article.id),
        groups=tuple((name, tuple(_line(p, held) for p in some[:MOST]), max(0, len(some) - MOST)) for name, some in groups),
    )


def _of_family(store: Store, article: Article) -> Iterator[Link]:
    """Who cites the notice that issues a document by its 文号 means the document, and who cites that by its title means the notice too."""
    enacted = [child.id for child in store.children(article.id) if child.role == "enacted"]
    family = [article.parent] if article.role == "enacted" and article.parent else enacted
    for id_ in family:
        links = (f for f in facts_of(store, id_, "link") if isinstance(f, Link))
        yield from (f for f in links if f.target == id_ and f.article not in (article.id, *family))


def _pointers(article: Article, facts: Sequence[Fact], status: Status | None) -> Iterator[tuple[str, list[Pointer]]]:
    links = [f for f in facts if isinstance(f, Link)]
    yield "状态经过", _events(status) if status else []
    yield "本文引用的文件", [Pointer(RELATIONS[f.relation], f.target) for f in links if f.article == article.id]
    yield "引用本文的文件", [Pointer(RELATIONS[f.relation], f.article, f.record) for f in links if f.article != article.id]
    lists = [f for f in facts if isinstance(f, Supersession)]
    yield "正式名单", [Pointer(_settled(f), f.by) for f in lists if f.article == article.id]
    yield "此前的公示", [Pointer(_settled(f), f.article) for f in lists if f.by == article.id]
    copies = (m for f in facts if isinstance(f, Cluster) for m in f.members)
    others = [m for m in copies if m.article != article.id]
    yield "同文转载", [Pointer(COPY_NAMES[m.how], m.article, copy=article.id if m.how == "first" else m.article) for m in others]


def _carried(store: Store, article: Article) -> Iterator[tuple[str, list[Pointer]]]:
    pages, files = carried(store, article.id)
    yield "所属页面", [Pointer("附有本件", id_) for id_ in pages]
    yield "附件", [Pointer("本页附件", id_) for id_ in files]


def _settled(f: Supersession) -> str:
    return f"正式公布 {len(f.rows)} 项" + (f"，未列入 {len(f.left_out)} 项" if f.left_out else "")


def _outcomes(lists: Sequence[Supersession], article: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for f in lists:
        if f.article == article:
            found |= {row: ("未列入正式名单", f"/articles/{f.by}") for row in f.left_out if row not in found}
            found |= {proposed: ("已列入正式名单", f"/records/{final}") for proposed, final in f.rows}
        else:
            found |= {final: ("此前的公示", f"/records/{proposed}") for proposed, final in f.rows}
    return found


def _events(status: Status) -> list[Pointer]:
    found = [Pointer(f"{e.day or '日期不明'} {STATUS_NAMES[e.status]}", e.article, e.record) for e in status.events]
    return [*found, *([Pointer("正式文本", status.final)] if status.final else [])]


def _line(pointer: Pointer, held: Mapping[str, Article]) -> Line:
    found = held.get(pointer.article)
    return Line(
        label=pointer.label,
        title=named(found.title, found.url) if found else UNTITLED,
        href=f"/articles/{pointer.article}" + (f"#e-{pointer.record}" if pointer.record else ""),
        differences=f"/articles/{pointer.copy}/differences" if pointer.copy else "",
    )
