"""What a reader emits: readable pieces whose text is never edited, and what the page says of them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

ArticleKind = Literal["policy", "interpretation", "call", "announcement", "news", "bulletin", "newspaper", "report"]
Role = Literal["page", "enacted", "attachment", "piece"]
BlockKind = Literal["heading", "paragraph", "item", "cell", "caption", "note", "attachment", "masthead", "contents", "imprint", "byline"]
Origin = Literal["meta", "table", "text", "byline", "jsonld", "imprint", "front-matter", "url", "hint", "file", "parent", "inferred"]


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of an Article's text."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle of a page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The place of a cell block in its table; merged cells are one block with spans. Tables count from 0 in an article."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text with one layout role; the page and box of any span come from its block."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # depth of a heading or list item, 1 the highest; 0 where none
    number: str | None = None  # 一、 （一） 1. 第一条, as written
    page: int | None = None  # from 1
    box: Box | None = None
    cell: Cell | None = None
    href: str | None = None  # absolute URL of an attachment or picture
    confidence: float | None = None  # of OCR or of placement, 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One metadata value as the page states it, and where it was read."""

    field: str
    value: str
    origin: Origin
    where: str = ""  # meta[name=PubDate], 索引号 row, line 3 …
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that the page names, with its absolute URL (or its path inside an archive)."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Article metadata as the page states it (政府信息公开目录, 网页标签 standards). Dates are ISO days or ISO times with offset."""

    doc_number: str | None = None  # 发文字号
    index_number: str | None = None  # 索引号
    issuers: tuple[str, ...] = ()  # 发文机关, ordered
    issuers_unnamed: int = 0  # 联合八部门: how many more than are named
    publisher: str | None = None  # 发布机构
    addressees: tuple[str, ...] = ()  # 主送
    written_date: str | None = None  # 成文
    printed_date: str | None = None  # 印发 (版记)
    published_date: str | None = None  # 发布
    effective_date: str | None = None
    expiry_date: str | None = None
    validity: str | None = None  # 有效性
    theme: str | None = None  # 主题分类
    origin: str | None = None  # 信息来源 ("source" of the guide)
    column: str | None = None  # 栏目
    keywords: tuple[str, ...] = ()
    region: str | None = None  # finest region the whole document is about
    region_code: str | None = None  # GB/T 2260, six digits
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something a person should know: a repair, a conflict, a refusal. `code` is a fixed word, `text` says it in full."""

    code: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One readable piece. `text` is never edited after reading: every span of blocks and records points into it.

    A page that holds several documents is a parent with children; a parent's text leaves out what its children say.
    """

    id: str
    source: str  # Source.name
    url: str
    capture: str  # digest of the Capture
    piece: str = ""  # piece key: "" for the page itself, else stable within the page
    parent: str | None = None
    ordinal: int = 0
    role: Role = "page"
    title: str | None = None
    kind: ArticleKind = "news"
    text: str = ""
    blocks: tuple[Block, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    stated: tuple[Stated, ...] = ()
    notes: tuple[Note, ...] = ()
    reader: str = ""  # name/version of the reader: html/1

    def quote(self, span: tuple[int, int]) -> str:
        return self.text[span[0] : span[1]]

    def is_page(self) -> bool:
        return self.parent is None


def article_id(source: str, canonical_url: str, piece: str = "") -> str:
    """Stable over fetches and re-reading (design, Walls: Identity). 20 hex digits."""
    return hashlib.sha256("\x1f".join((source, canonical_url, piece)).encode()).hexdigest()[:20]


def paragraphs(text: str) -> Iterator[Span]:
    """The non-blank lines of a text, without surrounding white space."""
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            at = start + line.index(bare)
            yield Span(at, at + len(bare))
        start += len(line)


def from_text(text: str, *, title: str | None = None, kind: ArticleKind = "news", metadata: Metadata | None = None, name: str = "text") -> Article:
    """An article of plain paragraphs, for tests, rules' examples and callers that have a text only."""
    blocks = tuple(Block(kind="paragraph", start=s, end=e) for s, e in paragraphs(text))
    article = Article(
        id=article_id("text", name), source="text", url=f"text:{name}", capture="", title=title, kind=kind, text=text, blocks=blocks, reader="text/1"
    )
    return replace(article, metadata=metadata) if metadata else article
