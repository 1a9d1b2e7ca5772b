"""HTML pages -> one flat article: body, blocks, and what the page states of itself."""

from collections.abc import Sequence

from crawler.capture import Capture
from extractors.article import Article, Block, Note
from extractors.readers.decode import decode
from extractors.readers.flat import flat
from extractors.readers.html_body import Family, families, find_body
from extractors.readers.html_files import attached, elsewhere
from extractors.readers.html_fragment import Fragment, absolute, fragment
from extractors.readers.html_metadata import catalogue_of, is_headed, stated_by, title_of, window_of
from extractors.readers.html_refuse import refuse, refuse_status
from extractors.readers.html_tree import Page, page_of

READER = "html/1"
LEAST_BODY = 50  # characters: less beside a frame or a viewer is not the body


def read(capture: Capture, table: Sequence[Family] | None = None) -> Sequence[Article]:
    """One article. `table` replaces the CMS families (measurements read without them). Raises ReadError."""
    refuse_status(capture)
    source, notes = decode(capture)
    page = page_of(source, capture.url)
    window, base = window_of(page), _base(page, capture.url)
    body = find_body(page, source, families() if table is None else tuple(table))
    element = body.element if body is not None else None
    stated = [*(catalogue_of(element) if element is not None else ()), *stated_by(page, element, capture.url, window)]
    found = fragment(element, base) if element is not None else Fragment("", (), (), 0)
    title = title_of(page, stated, window)
    below = tuple(attached(element, base)) if element is not None else ()
    if len(found.text) < LEAST_BODY and (target := elsewhere(element if element is not None else page.root, base) or next(iter(below), None)):
        found = Fragment(*_line(found, title or target.title), (*found.attachments, target), 0)
        notes = (*notes, Note(code="body-elsewhere", text=target.url))
    dated = any(s.field == "published_date" and s.origin != "url" for s in stated)
    refuse(page, body, found, capture, window, detailed=dated or is_headed(page, window))
    files = tuple(dict.fromkeys([*found.attachments, *below]))
    return (flat(capture, READER, found.text, found.blocks, title=title, stated=stated, notes=notes, attachments=files),)


def _base(page: Page, url: str) -> str:
    href = next((href for element in page.every("base") if (href := element.get("href"))), None)
    return (href and absolute(href, url)) or url


def _line(found: Fragment, title: str) -> tuple[str, tuple[Block, ...]]:
    """The text of a page whose body lies elsewhere: what it has, else its title."""
    if found.text.strip():
        return found.text, found.blocks
    return title, (Block(kind="heading", start=0, end=len(title), level=1),)
