"""Find the documents inside a page, and what each states of itself. Any format: text and blocks in, page first then children."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from crawler.capture import Capture
from extractors import bulletin, newspaper, notice
from extractors.article import Article, ArticleKind, BlockKind, Note, Stated
from extractors.byline import byline_of
from extractors.foot import tail_of, tail_stated
from extractors.issuers import issuers_in
from extractors.kinds import kind_of
from extractors.metadata import settle
from extractors.names.home import home_region
from extractors.names.regions import Region, region_by_code
from extractors.numbering import numbered
from extractors.pieces import child, repeats, rest
from extractors.private import private_numbers
from extractors.publicity import CARRIED_BY, PUBLICITY, publicity

DEEPEST = 3  # a forwarded notice that forwards one is the deepest nesting seen
# What a child takes from its page where it says nothing itself.
INHERITED: Final = (
    "issuers",
    "publisher",
    "written_date",
    "published_date",
    "origin",
    "column",
    "validity",
    "theme",
    "effective_date",
    "expiry_date",
)
PIECE_INHERITS: Final = ("publisher", "published_date", "column")  # of a bulletin or newspaper page: its articles have other authors
REPRINT = re.compile(r"[（(【\[]\s*转载\s*[）)】\]]|转载\s*[:：]")
Roles = Mapping[BlockKind, Sequence[int]]
HINTS: Final = {"title": "title", "date": "published_date", "column": "column", "page": CARRIED_BY}


def compose(article: Article, capture: Capture) -> tuple[Article, ...]:
    """The page, then its children in reading order, depth first."""
    return tuple(_composed(numbered(article), capture))


def _composed(article: Article, capture: Capture) -> list[Article]:
    if (issue := bulletin.parse(article)) is not None:
        return _bulletin(article, capture, issue)
    if (sheet := newspaper.parse(article)) is not None:
        return _newspaper(article, capture, sheet)
    return _documents(article, capture, None, 0)


def _bulletin(article: Article, capture: Capture, issue: bulletin.Issue) -> list[Article]:
    roles: Roles = {"masthead": issue.masthead, "contents": issue.contents, "imprint": issue.imprint, "heading": [i.first for i in issue.items]}
    marked = _marked(article, roles)
    notes = [Note(code="missing-article", text=f"目录所列未见正文：{entry}") for entry in issue.missing]
    page = rest(marked, (*issue.masthead, *issue.contents, *issue.imprint), notes)
    masthead = bulletin.masthead_of(page, len(issue.masthead))
    tail = range(len(page.blocks) - len(issue.imprint), len(page.blocks))
    page = _stating(page, capture, (*masthead.stated, *tail_stated(page, tail)), title=page.title or masthead.title, kind="bulletin")
    again = repeats(i.title for i in issue.items)
    pieces = [
        child(marked, capture, range(i.first, i.last), role="piece", ordinal=n, title=i.title, again=again[n - 1])
        for n, i in enumerate(issue.items, 1)
    ]
    columns = [(Stated(field="column", value=i.column, origin="text", where="栏目"),) if i.column else () for i in issue.items]
    return _with_pieces(page, capture, [replace(piece, stated=column) for piece, column in zip(pieces, columns, strict=True)])


def _newspaper(article: Article, capture: Capture, sheet: newspaper.Sheet) -> list[Article]:
    marked = _marked(article, {"heading": sheet.headings, "caption": sheet.captions, "byline": sheet.bylines})
    own = rest(marked, sheet.furniture)
    name, stated = newspaper.masthead_of(own)
    page = _stating(own, capture, stated, title=article.title or name, kind="newspaper")
    page = replace(page, notes=(*page.notes, *sheet.notes))
    again = repeats(s.title for s in sheet.stories)
    pieces = [
        child(marked, capture, s.blocks, role="piece", ordinal=n, title=s.title, again=again[n - 1], continuing=s.continuing)
        for n, s in enumerate(sheet.stories, 1)
    ]
    return _with_pieces(page, capture, pieces)


def _with_pieces(page: Article, capture: Capture, pieces: Sequence[Article]) -> list[Article]:
    """A page of independent articles: each with its own region, the page with the one that they share."""
    told = []
    for piece in pieces:
        byline = byline_of(piece, 1)
        marked = _marked(piece, {"byline": byline.blocks})
        stated = (*byline.stated, *tail_stated(piece, tail_of(piece, 1)))
        told.append(_stating(marked, capture, stated, title=piece.title, kind="news", parent=page, inherited=PIECE_INHERITS))
    shared = _shared_region([a.metadata.region_code for a in told])
    name, code = (shared.name, shared.code) if shared else (None, None)
    return [replace(page, metadata=replace(page.metadata, region=name, region_code=code)), *told]


def _shared_region(codes: Iterable[str | None]) -> Region | None:
    """The finest region that holds all: itself, its city, its province."""
    known = [c for c in codes if c]
    for width in (6, 4, 2):
        prefixes = {c[:width] for c in known}
        if len(prefixes) == 1:
            return region_by_code(prefixes.pop().ljust(6, "0"))
    return None


def _documents(article: Article, capture: Capture, parent: Article | None, depth: int) -> list[Article]:
    """A notice and the documents that it carries; anything else is a notice that carries none."""
    own, frame = article, notice.frame_of(article)
    parts = notice.parts(article, frame) if depth < DEEPEST else ()
    if inside := {i for part in parts for i in range(part.first, part.last)}:
        own = rest(article, [i for i in range(len(article.blocks)) if i not in inside])
        frame = notice.frame_of(own)
    told = _described(own, frame, capture, parent)
    out = [told]
    for n, (part, again) in enumerate(zip(parts, repeats(p.title for p in parts), strict=True), 1):
        piece = child(article, capture, range(part.first, part.last), role=part.role, ordinal=n, title=part.title, again=again)
        handed = _forwarded(told.title) if part.role == "enacted" else _carried(told)
        out += _documents(replace(piece, stated=tuple(handed)), capture, told, depth + 1)
    return out


def _carried(page: Article) -> list[Stated]:
    """What an attachment's list is of, where it bears a bare 名单 as its title: the page's title, and its 公示期."""
    period = publicity(page)
    said = {CARRIED_BY: page.title, PUBLICITY: period.text if period else None}
    return [Stated(field=name, value=value, origin="parent", where=page.id) for name, value in said.items() if value]


def _forwarded(title: str | None) -> list[Stated]:
    """The bodies whose document a notice forwards, as its title names them: 转发某局关于…"""
    handed = re.search(r"(?:转发|批转)(.+)", title or "")
    named, _ = issuers_in(handed[1]) if handed else ((), 0)
    return [Stated(field="issuers", value=name, origin="inferred", where="title of the notice") for name in named]


def _described(article: Article, frame: notice.Frame, capture: Capture, parent: Article | None) -> Article:
    """An article with its title, kind and all that its head, foot and byline state."""
    head, signature, tail = frame.head, frame.signature, frame.tail
    byline = byline_of(article, head.body)
    marked = _marked(article, {"heading": head.title_blocks, "byline": (*head.furniture, *byline.blocks), "imprint": tail})
    title = article.title or head.title
    stated = [*head.stated, *(signature.stated if signature else ()), *byline.stated, *tail_stated(article, tail)]
    notes = notice.repairs(article, head)
    return _stating(replace(marked, notes=(*marked.notes, *notes)), capture, stated, title=title, parent=parent)


def _stating(
    article: Article,
    capture: Capture,
    stated: Iterable[Stated],
    *,
    title: str | None,
    kind: ArticleKind | None = None,
    parent: Article | None = None,
    inherited: Sequence[str] = INHERITED,
) -> Article:
    """An article with all that is stated of it settled into metadata: its own words first, then its parent's, then the capture's hints."""
    said = [*article.stated, *stated]
    title = (
        title
        or (_hint(capture, "title") if parent is None and article.parent is None else None)
        or next((s.value for s in said if s.field == "title"), None)
    )
    hints = _from_hints(capture) if parent is None and article.is_page() else []
    columns = [s.value for s in (*said, *hints) if s.field == "column"]
    kind = kind or kind_of(article, title, parent.kind if parent else None, columns)
    if title and kind != "news":
        said += _from_title(title)
    said += _from_parent(parent, inherited) if parent else hints
    metadata, notes = settle(said, article.metadata)
    reprint = [Note(code="reprint", text="转载：发布日期是转载日期")] if title and REPRINT.match(title) else []
    notes = (*notes, *reprint, *private_numbers(article.text))
    done = replace(article, title=title, kind=kind, metadata=metadata, stated=tuple(said), notes=(*article.notes, *notes))
    return _placed(done, parent, capture)


def _from_title(title: str) -> list[Stated]:
    named, more = issuers_in(title)
    counted = [Stated(field="issuers_counted", value=str(len(named) + more), origin="inferred", where="title")] if more else []
    return [Stated(field="issuers", value=name, origin="inferred", where="title") for name in named] + counted


def _from_hints(capture: Capture) -> list[Stated]:
    return [Stated(field=HINTS[key], value=value, origin="hint", where=key) for key, value in capture.hints if key in HINTS and value]


def _hint(capture: Capture, key: str) -> str | None:
    return next((value for name, value in capture.hints if name == key and value), None)


def _from_parent(parent: Article, inherited: Sequence[str]) -> list[Stated]:
    said = []
    for name in inherited:
        value = getattr(parent.metadata, name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        said += [Stated(field=name, value=str(v), origin="parent", where=parent.id) for v in values]
    return said


def _placed(article: Article, parent: Article | None, capture: Capture) -> Article:
    """The region that the article speaks for, else its parent's, else that of the source (an area without a code of GB/T 2260 is one too)."""
    region = home_region(article)
    name, code = (region.name, region.code) if region else (None, None)
    if name is None and parent is not None and article.role != "piece":
        name, code = parent.metadata.region, parent.metadata.region_code
    if name is None and (name := _hint(capture, "region")):
        code = _hint(capture, "region_code")
        article = replace(article, stated=(*article.stated, Stated(field="region", value=name, origin="hint", where="source")))
    return replace(article, metadata=replace(article.metadata, region=name, region_code=code))


def _marked(article: Article, roles: Roles) -> Article:
    """Blocks with the layout role that composing found for them."""
    kinds: dict[int, BlockKind] = {i: kind for kind, indices in roles.items() for i in indices}
    blocks = tuple(replace(b, kind=kinds[i]) if i in kinds and b.kind != "cell" else b for i, b in enumerate(article.blocks))
    return replace(article, blocks=blocks)
