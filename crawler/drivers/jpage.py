"""jpage lists (大汉 JPAAS; many sites of 江苏, 浙江, 山东): list items as HTML in the CDATA of an XML data store.

The store stands in a script of the column page /col/colN/index.html (its first items only), and is what the address behind it answers, page by page:
…/jpage/dataproxy.jsp?page=1&appid=1&webid=…&path=/&columnid=…&unitid=…&permissiontype=0. Name that address as `start`; its
numbers stand in the column page.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from parsel import Selector

from crawler.drivers.html_list import link_of
from crawler.source import Listing, Source, Start

RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.S)
TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>")


def numbered(url: str, page: int) -> str | None:
    """The same address with that `page`, or None where it has no such parameter."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if not any(key == "page" for key, _ in query):
        return None
    return parts._replace(query=urlencode([(k, str(page) if k == "page" else v) for k, v in query], safe="/")).geturl()


def read(source: Source, start: Start, url: str, text: str, page: int) -> Listing:
    """Links in the order of the data store; `list.link`, `title` and `date` look inside a record."""
    records = RECORD.findall(text)
    low, high = source.list.matches
    problem = None if low <= len(records) <= high else f"{len(records)} records on {url}, expected {low} to {high}"
    found = (link_of(Selector(record), source.list, url) for record in records)
    total = TOTAL_PAGES.search(text)
    more = records and total and page < min(source.pages.max, int(total[1]))
    return Listing(links=tuple(k for k in found if k), next=numbered(url, page + 1) if more else None, problem=problem)
