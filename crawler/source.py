"""A publisher, described in YAML: where to start, which links count, what a healthy crawl yields. See docs/adding-a-source.md.

Unknown keys are refused: a misspelt key must not pass in silence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec
from cssselect import SelectorError
from parsel import Selector

EXTENSIONS = ("pdf", "doc", "docx", "wps", "rtf", "xls", "xlsx", "et", "ofd", "zip", "rar")


class SourceError(ValueError):
    """A source that cannot be used; the message names the file, the key and the reason."""


class Start(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list page, and what the site calls it."""

    url: str
    column: str = ""


class Items(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a list page is read. All selectors are CSS; `link`, `title` and `date` look inside an item."""

    item: str = ""  # html_list needs it; other drivers know their items
    matches: tuple[int, int] = (1, 200)  # fewest and most items of a healthy page
    link: str = "a[href]"
    title: str = ""  # the link's title attribute, else its text
    date: str = ""


class Pages(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a list goes on: a link to the next page, or a pattern with {n} beside the first page."""

    next: str = ""
    pattern: str = ""
    first: int = 1  # the {n} of the second page
    max: int = 5  # list pages read in one crawl, the first included


class Detail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Regular expressions over the absolute URL of a listed page."""

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()


class Attachments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Links of a page to files that are fetched with it."""

    within: str = "body"
    extensions: tuple[str, ...] = EXTENSIONS


class Canonical(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two base URLs of one site: where it is fetched, and the one by which its pages are known (identity)."""

    fetched: str = msgspec.field(name="from")
    known: str = msgspec.field(name="to")


class Expect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the lists of a healthy crawl yield. Falling short is an alarm, not an outcome."""

    articles: int = 1
    filled: tuple[Literal["title", "date"], ...] = ("title",)
    newest_days: int | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One publisher. `name` is the file's name without .yml."""

    name: str
    title: str
    publisher: str
    region: str = ""
    region_code: str = ""  # GB/T 2260
    start: tuple[Start, ...]
    hosts: tuple[str, ...] = ()  # hosts that may be fetched; default: those of `start`
    driver: str = "html_list"
    list: Items = Items()
    pages: Pages = Pages()
    detail: Detail = Detail()
    attachments: Attachments = Attachments()
    canonical: Canonical | None = None
    encoding: str = ""  # of list pages whose header or meta lies
    delay: float | None = None  # seconds between requests to one host; default: the setting
    loopback: bool = False  # may be fetched from this machine (the demo, tests)
    expect: Expect = Expect()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """What holds for every page of the source, for pages that do not say it themselves."""
        return tuple((k, v) for k, v in (("publisher", self.publisher), ("region", self.region), ("region_code", self.region_code)) if v)

    def allowed_hosts(self) -> frozenset[str]:
        return frozenset(self.hosts or (urlsplit(s.url).hostname or "" for s in self.start))

    def allows_host(self, url: str) -> bool:
        return (urlsplit(url).hostname or "") in self.allowed_hosts()

    def wants(self, url: str) -> bool:
        """Whether a listed link is a page of this source."""
        if not self.allows_host(url) or any(re.search(p, url) for p in self.detail.deny):
            return False
        return not self.detail.allow or any(re.search(p, url) for p in self.detail.allow)

    def canonical_url(self, url: str) -> str:
        """The URL by which a page is known: no fragment, host in lower case, the known base for the fetched one."""
        url = urldefrag(url).url
        parts = urlsplit(url)
        url = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
        base = self.canonical
        return base.known + url.removeprefix(base.fetched) if base and url.startswith(base.fetched) else url

    def fetch_url(self, canonical: str) -> str:
        """Where a known page is fetched: the inverse of `canonical_url`."""
        base = self.canonical
        return base.fetched + canonical.removeprefix(base.known) if base and canonical.startswith(base.known) else canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One item of a list: an absolute URL, and what the list says of it."""

    url: str
    title: str = ""
    date: str = ""

    def hints(self, column: str) -> tuple[tuple[str, str], ...]:
        return tuple((k, v) for k, v in (("title", self.title), ("date", self.date), ("column", column)) if v)


def address(base: str, href: str) -> str | None:
    """The absolute URL of a link; None for scripts, places in the page, and what is no address (http://[x, a port of letters): one such link
    must not end a crawl."""
    href = href.strip()
    if not href or href.lower().startswith(("javascript:", "#", "mailto:")):
        return None
    try:
        url = urljoin(base, href)
        _ = urlsplit(url).port  # read only when asked for
    except ValueError:
        return None
    return url


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a driver reads from one list page. `next` is the next page's absolute URL; `problem` tells how the page differs from `matches`."""

    links: tuple[Link, ...]
    next: str | None = None
    problem: str | None = None


class Driver(Protocol):
    """Reads one list page of a CMS family. `page` counts from 1; pure."""

    def __call__(self, source: Source, start: Start, url: str, text: str, page: int) -> Listing: ...


def _decode(name: str, raw: bytes, where: str) -> Source:
    try:
        data = msgspec.yaml.decode(raw)
    except msgspec.DecodeError as error:
        raise SourceError(f"{where}: not YAML: {error}") from error
    if not isinstance(data, dict):
        raise SourceError(f"{where}: a source is a mapping of keys")
    try:
        source = msgspec.convert({"name": name, **data}, Source)
    except msgspec.ValidationError as error:
        raise SourceError(f"{where}: {error}") from error
    check(source, where)
    return source


def _selectors(source: Source) -> Iterable[tuple[str, str]]:
    yield from (("list.item", source.list.item), ("list.link", source.list.link), ("list.title", source.list.title))
    yield from (("list.date", source.list.date), ("pages.next", source.pages.next), ("attachments.within", source.attachments.within))


def check(source: Source, where: str) -> None:
    """Everything that types cannot say. Raises SourceError."""
    from crawler.drivers import DRIVERS

    if source.driver not in DRIVERS:
        raise SourceError(f"{where}: driver: {source.driver!r} is none of {', '.join(sorted(DRIVERS))}")
    if source.driver == "html_list" and not source.list.item:
        raise SourceError(f"{where}: list.item: the driver html_list needs it")
    if not source.start:
        raise SourceError(f"{where}: start: no list page")
    for start in source.start:
        if urlsplit(start.url).scheme not in ("http", "https") or not source.allows_host(start.url):
            raise SourceError(f"{where}: start: {start.url!r} is not an http(s) URL of an allowed host")
    _check_patterns(source, where)
    if source.pages.pattern and "{n}" not in source.pages.pattern:
        raise SourceError(f"{where}: pages.pattern: {source.pages.pattern!r} has no {{n}}")


def _check_patterns(source: Source, where: str) -> None:
    for key, selector in _selectors(source):
        try:
            Selector("<p/>").css(selector or "p")
        except (ValueError, SelectorError) as error:
            raise SourceError(f"{where}: {key}: {selector!r}: {error}") from error
    for pattern in (*source.detail.allow, *source.detail.deny):
        try:
            re.compile(pattern)
        except re.error as error:
            raise SourceError(f"{where}: detail: {pattern!r}: {error}") from error


def load_file(path: Path) -> Source:
    """One source file. Raises SourceError."""
    return _decode(path.stem, path.read_bytes(), str(path))


def load_sources(extra_dirs: Sequence[Path] = ()) -> dict[str, Source]:
    """The sources that come with the product and those in further folders, by name; a later one wins. Raises SourceError."""
    found = {}
    for entry in sorted(files("crawler").joinpath("sources").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yml"):
            found[entry.name[:-4]] = _decode(entry.name[:-4], entry.read_bytes(), f"crawler/sources/{entry.name}")
    for folder in extra_dirs:
        if not folder.is_dir():
            raise SourceError(f"{folder}: no such folder of sources")
        found.update({path.stem: load_file(path) for path in sorted(folder.glob("*.yml"))})
    return found


def rebase(source: Source, base: str) -> Source:
    """The same source fetched under another base URL than the one it is known by (the demo: a port that changes each time)."""
    if source.canonical is None:
        raise SourceError(f"{source.name}: canonical: missing, so that no other base can be given")
    old = source.canonical.fetched
    moved = tuple(msgspec.structs.replace(s, url=urljoin(base, s.url.removeprefix(old))) for s in source.start)
    host = urlsplit(base).hostname or ""
    return msgspec.structs.replace(source, start=moved, hosts=(host,), canonical=Canonical(fetched=base, known=source.canonical.known))
