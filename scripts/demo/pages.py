"""content/<site>/*.md + templates -> the bytes of three invented sites: two bureaux (one UTF-8, one GBK) and a news site.

A page is YAML between lines of ---, then text: one line a paragraph; `# ` a centred title, `> ` a signature on the right,
`|a|b|` a table row (the first is the head), `[title](href)` a link to a file. Every link is relative, so that the bytes do not depend on the port.
"""

import posixpath
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby

import jinja2
import msgspec
import yaml
from markupsafe import Markup, escape

HERE = files("scripts.demo")
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
SITES = ("lanchuan", "yunxiu", "news")


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a site and its list pages; the second and later ones are named by `later`, with {n} from `first`."""

    title: str
    path: str
    size: int = 8


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    publisher: str
    code: str
    columns: tuple[Column, ...]
    links: tuple[str, ...]  # the long navigation beside every page
    index: str = "index.html"
    later: str = "index_{n}.html"
    first: int = 1
    encoding: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    gzip: bool = False


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One article of the bulletin; `text` is a line a paragraph."""

    column: str
    title: str
    origin: str
    text: str


class Bulletin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number that is served both as HTML and as PDF."""

    masthead: str
    number: str
    date: str
    publisher: str
    imprint: tuple[str, ...]
    articles: tuple[Piece, ...]


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above a page's text. `table` is the 信息公开 table; `meta` adds to the page's meta tags."""

    title: str
    path: str
    date: str
    column: str
    origin: str = ""
    author: str = ""
    pinned: bool = False
    status: int = 200
    content_type: str = ""
    template: str = ""
    keywords: str = ""
    summary: str = ""
    table: dict[str, str] = {}
    list_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    kind: str  # paragraph, centred, right, rows
    html: Markup | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    front: Front
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What the server answers for one path."""

    body: bytes
    content_type: str
    status: int = 200
    gzip: bool = False
    headers: tuple[tuple[str, str], ...] = ()


def inline(text: str) -> Markup:
    """Escaped text with its links."""
    parts, last = [], 0
    for match in LINK.finditer(text):
        parts += [escape(text[last : match.start()]), Markup('<a href="{}">{}</a>').format(match[2], match[1])]
        last = match.end()
    return Markup("").join([*parts, escape(text[last:])])


def blocks(text: str) -> tuple[Block, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[Block] = []
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_row:
            found.append(Block(kind="rows", rows=tuple(tuple(c.strip() for c in line.strip("|").split("|")) for line in group)))
            continue
        for line in group:
            kind = {"# ": "centred", "> ": "right"}.get(line[:2], "paragraph")
            found.append(Block(kind=kind, html=inline(line if kind == "paragraph" else line[2:])))
    return tuple(found)


def page(raw: str, where: str) -> Page:
    """Raises ValueError that names the file."""
    _, head, text = raw.split("---\n", 2)
    try:
        front = msgspec.convert(yaml.load(head, yaml.BaseLoader), Front, strict=False)  # BaseLoader: dates stay as they are written
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise ValueError(f"{where}: {error}") from error
    return Page(front=front, blocks=blocks(text))


def pages(site: str) -> list[Page]:
    """The pages of a site: pinned ones first, then the newest first, as its lists show them."""
    folder = HERE / "content" / site
    found = [page(f.read_text("utf-8"), f"{site}/{f.name}") for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".md")]
    found.sort(key=lambda p: p.front.date, reverse=True)
    return sorted(found, key=lambda p: not p.front.pinned)


def site(name: str) -> Site:
    return msgspec.yaml.decode((HERE / "content" / name / "site.yml").read_bytes(), type=Site)


def bulletin() -> Bulletin:
    return msgspec.yaml.decode((HERE / "content" / "news" / "bulletin.yml").read_bytes(), type=Bulletin)


class Renderer:
    """Renders one site."""

    def __init__(self, name: str) -> None:
        self.name, self.site, self.pages = name, site(name), pages(name)
        loader = jinja2.FunctionLoader(lambda template: (HERE / "templates" / template).read_text("utf-8"))
        self.jinja = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
        self.jinja.globals["bulletin"] = bulletin

    def html(self, template: str, path: str, **values: object) -> bytes:
        def href(target: str) -> str:
            return posixpath.relpath(target, posixpath.dirname(path) or ".")

        text = self.jinja.get_template(template).render(site=self.site, href=href, path=path, **values)
        return text.encode(self.site.encoding)

    def resource(self, body: bytes, *, content_type: str = "", status: int = 200) -> Resource:
        return Resource(body=body, content_type=content_type or self.site.content_type, status=status, gzip=self.site.gzip)

    def lists(self, column: Column) -> dict[str, Resource]:
        """The list pages of one column."""
        items = [p.front for p in self.pages if p.front.column == column.title]
        chunks = [items[i : i + column.size] for i in range(0, len(items), column.size)] or [[]]
        names = [self.site.index, *(self.site.later.format(n=self.site.first + n) for n in range(len(chunks) - 1))]
        found: dict[str, Resource] = {}
        for n, chunk in enumerate(chunks):
            path = f"{column.path}/{names[n]}"
            following = f"{column.path}/{names[n + 1]}" if n + 1 < len(chunks) else ""
            body = self.html(f"{self.name}_list.html", path, column=column, items=chunk, number=n + 1, total=len(chunks), following=following)
            found[path] = self.resource(body)
        return found

    def render(self) -> dict[str, Resource]:
        """Every path of the site, without a leading slash."""
        found: dict[str, Resource] = {}
        for column in self.site.columns:
            found |= self.lists(column)
        for p in self.pages:
            if p.front.status == 404:
                continue  # listed, but gone
            column = next(c for c in self.site.columns if c.title == p.front.column)
            body = self.html(p.front.template or f"{self.name}.html", p.front.path, page=p.front, blocks=p.blocks, column=column)
            found[p.front.path] = self.resource(body, content_type=p.front.content_type, status=p.front.status)
        return found


def attached(folder: Traversable) -> dict[str, Resource]:
    """The committed binaries, by path under the folder `files`."""
    kinds = {"pdf": "application/pdf", "zip": "application/zip", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
    found: dict[str, Resource] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= {f"{entry.name}/{path}": resource for path, resource in attached(entry).items()}
        else:
            found[entry.name] = Resource(body=entry.read_bytes(), content_type=kinds[entry.name.rpartition(".")[2]])
    return found


def render() -> dict[str, Resource]:
    """Everything that the demo server answers, by path without a leading slash."""
    found = attached(HERE / "files")
    for name in SITES:
        found |= {f"{name}/{path}": resource for path, resource in Renderer(name).render().items()}
    found["robots.txt"] = Resource(body=b"User-agent: *\nDisallow: /lanchuan/nbgl/\n", content_type="text/plain")
    return found
