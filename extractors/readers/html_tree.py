"""HTML text -> tree, with limits: pages nest and grow without end, and a parser that gives up keeps what it has and says so in its log only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from lxml import etree

from extractors.readers.errors import ReadError

LARGEST = 12_000_000  # characters; the largest policy page seen (tables pasted from a word processor) has 3 million
TAGS: Final = ("a", "base", "h1", "h2", "input", "meta", "script", "title")
# What holds a body on some page.
HOLDERS: Final = ("article", "body", "center", "dd", "div", "font", "form", "main", "p", "section", "span", "table", "td", "tr", "ucapcontent")
STRING = etree.XPath("string()", smart_strings=False)


Elements = Mapping[str, Sequence[etree._Element]]


@dataclass(frozen=True, slots=True)
class Page:
    """A tree, and what the steps of reading look for in it: gathered at once, since each walk takes a tenth of the time of parsing."""

    root: etree._Element
    tags: Elements  # the elements of each of `TAGS`
    ids: Elements  # those of `HOLDERS`
    classes: Elements  # the same, by the whole attribute

    def every(self, *tags: str) -> Sequence[etree._Element]:
        return [element for tag in tags for element in self.tags.get(tag, ())]


def page_of(text: str, url: str) -> Page:
    """Raises ReadError as `tree_of`."""
    root = tree_of(text, url)
    tags: dict[str, list[etree._Element]] = {}
    ids: dict[str, list[etree._Element]] = {}
    classes: dict[str, list[etree._Element]] = {}
    for element in root.iter(*HOLDERS):
        if name := element.get("id"):
            ids.setdefault(name.strip(), []).append(element)
        if name := element.get("class"):
            classes.setdefault(name, []).append(element)
    for element in root.iter(*TAGS):
        tags.setdefault(element.tag, []).append(element)
    return Page(root, tags, ids, classes)


def tree_of(text: str, url: str) -> etree._Element:
    """The document's root. Raises ReadError `too-large` (size, depth) and `broken` (no element at all)."""
    if len(text) > LARGEST:
        raise ReadError("too-large", f"{url}: {len(text)} characters of HTML, at most {LARGEST}")
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise ReadError("broken", f"{url}: no HTML in it ({error})") from error
    if any("depth" in entry.message for entry in parser.error_log):  # libxml2: 2,048 with huge_tree; the text below is lost
        raise ReadError("too-large", f"{url}: tags nested too deep")
    if root is None:
        raise ReadError("broken", f"{url}: no HTML in it")
    return root


def text_of(element: etree._Element) -> str:
    """All text within an element, its tail left out."""
    return cast(str, STRING(element))


def drop(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        raise ValueError("the root of a tree cannot be dropped")
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
