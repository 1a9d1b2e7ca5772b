"""HTML text -> tree, with limits: pages nest and grow without end, and a parser that gives up keeps what it has and says so in its log only."""

import lxml.html
from lxml import etree

from extractors.readers.errors import ReadError

LARGEST = 12_000_000  # characters; the largest policy page seen (tables pasted from a word processor) has 3 million


def tree_of(text: str, url: str) -> lxml.html.HtmlElement:
    """The document's root. Raises ReadError `too-large` (size, depth) and `broken` (no element at all)."""
    if len(text) > LARGEST:
        raise ReadError("too-large", f"{url}: {len(text)} characters of HTML")
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise ReadError("broken", f"{url}: no HTML in it ({error})") from error
    if any("depth" in entry.message for entry in parser.error_log):  # libxml2: 2,048 with huge_tree; the text below is lost
        raise ReadError("too-large", f"{url}: tags nested too deep")
    return root


def depth(element: lxml.html.HtmlElement) -> int:
    """Levels below an element."""
    deepest = level = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest
