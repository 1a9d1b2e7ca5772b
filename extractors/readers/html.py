"""HTML pages -> one flat article: body, blocks, and what the page states of itself."""

from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from crawler.capture import Capture
from extractors.article import Article, Block, Note
from extractors.readers.decode import decode
from extractors.readers.flat import flat
from extractors.readers.html_body import Family, find_body
from extractors.readers.html_files import attached, elsewhere
from extractors.readers.html_fragment import Fragment, absolute, fragment
from extractors.readers.html_metadata import is_headed, stated_by, title_of
from extractors.readers.html_refuse import refuse, refuse_status
from extractors.readers.html_tree import depth, tree_of

READER = "html/1"
DEEP = 200  # tags; bs4's own lxml parser stops at 256
LEAST_BODY = 50  # characters: less beside a frame or a viewer is not the body


def read(capture: Capture, table: Sequence[Family] | None = None) -> Sequence[Article]:
    """One article. `table` replaces the CMS families (measurements read without them). Raises ReadError."""
    refuse_status(capture)
    source, notes = decode(capture)
    root = tree_of(source, capture.url)
    base = _base(root, capture.url)
    body = find_body(root, source, table)
    element = body.element if body is not None else None
    found = _fragment(element, base) if element is not None else Fragment("", (), (), 0)
    stated = stated_by(root, element, capture.url)
    title = title_of(root, stated)
    below = tuple(attached(element, base)) if element is not None else ()
    if len(found.text) < LEAST_BODY and (target := elsewhere(element if element is not None else root, base) or next(iter(below), None)):
        found = Fragment(*_line(found, title or target.title), (*found.attachments, target), 0)
        notes = (*notes, Note(code="body-elsewhere", text=target.url))
    dated = any(s.field == "published_date" and s.origin != "url" for s in stated)
    refuse(root, body, found, capture, detailed=dated or is_headed(root))
    files = tuple(dict.fromkeys([*found.attachments, *below]))
    return (flat(capture, READER, found.text, found.blocks, title=title, stated=stated, notes=notes, attachments=files),)


def _fragment(element: HtmlElement, base: str) -> Fragment:
    """The body's blocks. Marks of type that say nothing (Word's spans and fonts) go first: half of the tags, and of the time."""
    for span in list(element.iter("span")):
        if not span.get("class") and not span.get("id") and "none" not in (span.get("style") or ""):
            span.tag = "font"
    etree.strip_tags(element, "font", "b", "strong", "em", "i", "u")
    etree.strip_elements(element, "script", "style", "noscript", with_tail=False)
    html = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return fragment(html, base, deep=depth(element) > DEEP)


def _base(root: HtmlElement, url: str) -> str:
    element = root.find(".//base[@href]")
    return (absolute(element.get("href") or "", url) or url) if element is not None else url


def _line(found: Fragment, title: str) -> tuple[str, tuple[Block, ...]]:
    """The text of a page whose body lies elsewhere: what it has, else its title."""
    if found.text.strip():
        return found.text, found.blocks
    return title, (Block(kind="heading", start=0, end=len(title), level=1),)
