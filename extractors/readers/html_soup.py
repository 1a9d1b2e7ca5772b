"""An element of the page's tree as BeautifulSoup, built node by node.

Writing it out and parsing it again takes three times as long, and bs4's own lxml parser stops at 256 levels.
"""

import re
from typing import Final

from bs4 import NavigableString, Tag
from bs4.element import PageElement
from lxml import etree

# What shows no text of the page.
# fmt: off
SKIP: Final = frozenset([
    "script", "style", "noscript", "template", "iframe", "object", "embed", "video", "audio", "button", "select", "option", "textarea", "input",
    "svg", "canvas", "map", "head", "title", "link", "meta",
])
# What ends a line and begins one.
BREAK: Final = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])
# fmt: on
# Marks of type, half of the tags of what a word processor wrote: their text stays.
TYPE: Final = frozenset(["font", "b", "strong", "em", "i", "u"])
# Attributes that say something; of styles those that centre or hide.
KEPT: Final = frozenset(["class", "id", "style", "align", "href", "title", "rowspan", "colspan"])
TELLS = re.compile(r"center|none|hidden", re.I)


def soup_of(element: etree._Element) -> Tag:
    """A tag that holds the element and what stands in it, its tail left out."""
    tree = _Tree()
    walk = etree.iterwalk(element, events=("start", "end"))
    kept: list[bool] = []
    for event, node in walk:
        if event == "end":
            if kept.pop():
                tree.close()
        elif node.tag in SKIP and node is not element:
            walk.skip_subtree()
            next(walk)
        else:
            kept.append(node is element or not _is_type(node))
            if kept[-1]:
                tree.open(node)
            tree.say(node.text)
            continue
        if node is not element:
            tree.say(node.tail)
    return tree.root


class _Tree:
    """Tags and strings, each linked to what stands before it."""

    def __init__(self) -> None:
        self.root = self.owner = Tag(name="[document]")
        self.last: PageElement = self.root
        self.texts: list[str] = []

    def say(self, text: str | None) -> None:
        if text:
            self.texts.append(text)

    def open(self, node: etree._Element) -> None:
        self.end_text()
        attrs = {k: str(v) for k, v in node.items() if k in KEPT and (k != "style" or TELLS.search(str(v)))}
        tag = Tag(name=node.tag, attrs=attrs or None, parent=self.owner, previous=self.last)
        self.owner.contents.append(tag)
        self.owner = self.last = tag

    def close(self) -> None:
        self.end_text()
        self.owner = self.owner.parent or self.root

    def end_text(self) -> None:
        if not self.texts:
            return
        joined = "".join(self.texts)
        self.texts.clear()
        before = self.owner.contents[-1] if self.owner.contents else self.owner
        if joined.isspace() and isinstance(before, Tag) and before.name in BREAK:
            return  # the source's own line ends between blocks: half of all strings
        text = NavigableString(joined)
        text.setup(self.owner, self.last)
        self.owner.contents.append(text)
        self.last = text


def _is_type(node: etree._Element) -> bool:
    """A mark that says nothing of what its text is; spans too, unless they are named or hidden."""
    return node.tag in TYPE or (node.tag == "span" and not node.get("class") and not node.get("id") and "none" not in (node.get("style") or ""))
