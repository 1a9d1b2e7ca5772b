"""Files that a page names: attachments below its body, and the one that stands in its place."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.article import Attachment
from extractors.readers.html_fragment import FILE, absolute, clean, names_file

VIEWER = re.compile(r"(?:file|url|src|pdf)=([^&#]+)", re.I)


def attached(element: HtmlElement, base: str) -> Iterator[Attachment]:
    """Files that the page names below its body: links of the elements that follow it, two levels up."""
    for _ in range(2):
        for sibling in element.itersiblings():
            for link in sibling.iter("a") if isinstance(sibling.tag, str) else ():
                address, title = absolute(link.get("href") or "", base), clean(str(link.text_content()))
                if address and title and names_file(address, title):
                    yield Attachment(title=title, url=address)
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        element = parent


def elsewhere(element: HtmlElement, base: str) -> Attachment | None:
    """The file that a viewer, frame or attribute shows in place of a body."""
    for tag, attribute in (("iframe", "src"), ("embed", "src"), ("object", "data"), ("*", "data-pdf"), ("*", "data-file"), ("a", "href")):
        for node in element.iter(tag) if tag != "*" else element.xpath(f".//*[@{attribute}]|self::*[@{attribute}]"):
            target = absolute(str(node.get(attribute) or ""), base)
            if target is None:
                continue
            inner = VIEWER.search(urlsplit(target).query)
            address = absolute(inner[1], target) if inner else target
            if address and FILE.search(urlsplit(address).path):
                return Attachment(title=clean(str(node.text_content())) or address.rsplit("/", 1)[-1], url=address)
    return None
