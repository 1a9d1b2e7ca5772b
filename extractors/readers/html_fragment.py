"""The body of a page (a small piece of HTML) -> text and Blocks: headings, paragraphs, tables as grids, captions, attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import NavigableString, Tag
from lxml import etree

from extractors.article import Attachment, Block, BlockKind
from extractors.readers.decode import LOST
from extractors.readers.html_soup import BREAK, soup_of
from extractors.readers.html_table import Grid, grid_of, is_data_table

HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
# Parts of a page that a body container often swallows: pictures to scan, sharing, advertisements, recommended links.
JUNK = re.compile(
    r"(?:^|[\s_-])(?:append)?(?:qr(?:code)?|ewm|erweima|share|bdshare\w*|recommend\w*|related\w*|advert\w*|ads?|toolbar|prev-?next|app-?download)(?:$|[\s_-])",
    re.I,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
ENDING = re.compile(r"\.(?:pdf|docx?|wps|rtf|odt|ofd|xlsx?|et|csv|zip|rar|7z|pptx?|ceb|jpg|jpeg|png|tiff?)", re.I)
FILE = re.compile(ENDING.pattern + "$", re.I)
PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?|gif|bmp|webp)$", re.I)
CAPTION_CLASS = re.compile(r"desc|caption|picture-?text|tuzhu|图注|img-?(?:info|note|txt|title)", re.I)
SPACES = re.compile(r"[ \t\r\n\f\u00a0\u200b\ufeff]+")
HAN_GAP = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")
SHORT = 60
LARGEST_JUNK = 200  # characters


@dataclass(frozen=True, slots=True)
class Fragment:
    text: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    pictures: int


@dataclass(slots=True)
class _Writer:
    """Collects lines; offsets are those of the text that `done` gives."""

    base: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    pictures: int = 0
    tables: int = 0
    href: str | None = None

    def put(self, text: str, kind: BlockKind, *, level: int = 0, href: str | None = None) -> None:
        if self.parts:
            self.parts.append("\n")
            self.length += 1
        self.blocks.append(Block(kind=kind, start=self.length, end=self.length + len(text), level=level, href=href))
        self.parts.append(text)
        self.length += len(text)

    def flush(self, owner: Tag) -> None:
        """End the running line; `owner` is the element that it stood in."""
        text = clean("".join(self.run))
        self.run.clear()
        href, self.href = self.href, None
        if text:
            kind, level = _kind(text, owner)
            self.put(text, "attachment" if href and kind != "caption" else kind, level=level, href=href)

    def grid(self, grid: Grid) -> None:
        """A data table: cells parted by tabs, rows by line ends; each cell is a block."""
        for cell, text in grid.cells:
            if self.parts:
                mark = "\t" if cell.column and self.blocks and self.blocks[-1].cell and self.blocks[-1].cell.row == cell.row else "\n"
                self.parts.append(mark)
                self.length += 1
            self.blocks.append(Block(kind="cell", start=self.length, end=self.length + len(text), cell=cell))
            self.parts.append(text)
            self.length += len(text)


def clean(text: str) -> str:
    """White space as a browser shows it, but none between Han characters that the source only wrapped."""
    if "\n" in text or "\r" in text:
        text = HAN_GAP.sub("", text)
    return SPACES.sub(" ", text).strip(" \u3000").replace("\ufffd", LOST)


def fragment(element: etree._Element, base: str) -> Fragment:
    """Text and blocks of an element; relative addresses are resolved against `base`."""
    writer = _Writer(base)
    _walk(soup_of(element), writer)
    return Fragment("".join(writer.parts), tuple(writer.blocks), tuple(dict.fromkeys(writer.attachments)), writer.pictures)


def _walk(root: Tag, writer: _Writer) -> None:
    """Depth first without recursion: pages nest deeper than Python's stack."""
    stack: list[tuple[Iterator[object], Tag]] = [(iter(root.contents), root)]
    while stack:
        children, owner = stack[-1]
        for child in children:
            if isinstance(child, NavigableString):
                writer.run.append(child)
            elif isinstance(child, Tag) and _enter(child, owner, writer):
                stack.append((iter(child.contents), child))
                break
        else:
            stack.pop()
            if owner.name in BREAK:
                writer.flush(owner)
    writer.flush(root)


def _enter(tag: Tag, owner: Tag, writer: _Writer) -> bool:
    """Whether to go into a tag; breaks the line and notes pictures and files on the way."""
    name = tag.name
    if name == "img":
        writer.pictures += 1
        return False
    if tag.attrs and is_junk(tag):
        return False
    if name in BREAK:
        writer.flush(owner)
    if name == "a":
        _link(tag, writer)
    if name == "table" and is_data_table(tag):
        writer.grid(grid_of(tag, writer.tables))
        writer.tables += 1
        for link in tag.find_all("a", href=True):
            _link(link, writer)
        writer.href = None
        return False
    return True


def is_junk(tag: Tag) -> bool:
    """Hidden, or furniture by its class or id."""
    attrs = tag.attrs
    style = attrs.get("style")
    if style and HIDDEN.search(str(style)):
        return True
    named = f"{attrs.get('class', '')} {attrs.get('id', '')}"
    if len(named) == 1 or not JUNK.search(named):
        return False
    return len(tag.get_text()) <= LARGEST_JUNK  # more is an article in a wrapper with an unlucky name


def _link(tag: Tag, writer: _Writer) -> None:
    title = clean(tag.get_text()) or str(tag.get("title") or "").strip()
    address = file_at(str(tag.get("href") or ""), title, writer.base)
    if address and title and not (PICTURE.search(address) and tag.find("img")):
        writer.attachments.append(Attachment(title=title, url=address))
        writer.href = address


def file_at(href: str, title: str, base: str) -> str | None:
    """The address of a link that leads to a file by its path, by the name that a download script is asked for, or by its own text."""
    if not ENDING.search(href) and not ENDING.search(title):
        return None  # most links; to resolve an address takes ten times as long
    address = absolute(href, base)
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    asked = parts.query.rsplit("=", 1)[-1].split("&")[0]
    return address if any(FILE.search(name) for name in (parts.path, asked, title.strip())) else None


def absolute(href: str, base: str) -> str | None:
    """The address that a link leads to; None for scripts and what is no address."""
    href = href.strip()
    if not href or href.lower().startswith(("javascript:", "data:", "mailto:", "tel:", "#")):
        return None
    try:
        return urljoin(base, href)
    except ValueError:
        return None


def _kind(text: str, owner: Tag) -> tuple[BlockKind, int]:
    """Kind and level of a line by the elements around it."""
    tag: Tag | None = owner
    short = len(text) <= SHORT
    for _ in range(4):
        if tag is None or tag.name in ("body", "[document]"):
            break
        if tag.name in HEADINGS:
            return "heading", HEADINGS[tag.name]
        if tag.name in ("figcaption", "caption") or (short and CAPTION_CLASS.search(str(tag.get("class") or ""))):
            return "caption", 0
        if tag.name == "li":
            return "item", 0
        if short and _centred(tag) and not text.endswith(("。", "；", "，")):
            return "heading", 0
        tag = tag.parent
    return "paragraph", 0


def _centred(tag: Tag) -> bool:
    attrs = tag.attrs
    return tag.name == "center" or attrs.get("align") == "center" or bool(attrs.get("style") and CENTRED.search(str(attrs["style"])))
