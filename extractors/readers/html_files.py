"""Files that a page names: attachments below its body, and the one that stands in its place."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from extractors.article import Attachment
from extractors.readers.html_fragment import ENDING, FILE, absolute, clean, file_at
from extractors.readers.html_tree import text_of

PLACES = (("iframe", "src"), ("embed", "src"), ("object", "data"), ("*", "data-pdf"), ("*", "data-file"), ("a", "href"))
VIEWER = re.compile(r"(?:file|url|src|pdf)=([^&#]+)", re.I)


def attached(element: etree._Element, base: str) -> Iterator[Attachment]:
    """Files that the page names below its body: links of the elements that follow it, two levels up."""
    for _ in range(2):
        for sibling in element.itersiblings():
            titled = ENDING.search(text_of(sibling)) is not None
            for link in sibling.iter("a"):
                href = link.get("href") or ""
                if not titled and not ENDING.search(href):
                    continue  # nearly all
                title = clean(text_of(link))
                if title and (address := file_at(href, title, base)):
                    yield Attachment(title=title, url=address)
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        element = parent


def elsewhere(element: etree._Element, base: str) -> Attachment | None:
    """The file that a viewer, frame or attribute shows in place of a body."""
    for tag, attribute in PLACES:
        for node in element.iter(tag):
            target = absolute(node.get(attribute) or "", base)
            if target is None:
                continue
            inner = VIEWER.search(urlsplit(target).query)
            address = absolute(inner[1], target) if inner else target
            if address and FILE.search(urlsplit(address).path):
                return Attachment(title=clean(text_of(node)) or address.rsplit("/", 1)[-1], url=address)
    return None
