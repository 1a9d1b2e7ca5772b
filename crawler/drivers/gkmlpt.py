"""The 政府信息公开目录管理平台 of 广东: a column is JSON, …/gkmlpt/api/all/<column>?page=1&sid=<site>, a hundred items a page.

    {"total": 221, "articles": [{"title": …, "url": …, "display_publish_time": <seconds since 1970>, …}, …], …}

`start` is that address. Titles may hold HTML; times are shown in Beijing time.
"""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
from parsel import Selector

from crawler.drivers.jpage import numbered
from crawler.source import Link, Listing, Source, Start, address

BEIJING = timezone(timedelta(hours=8))


class Item(msgspec.Struct, frozen=True):
    """The part of an article's entry that we use."""

    title: str
    url: str
    display_publish_time: int = 0
    create_time: int = 0


class Column(msgspec.Struct, frozen=True):
    articles: tuple[Item, ...]
    total: int = 0


def day(item: Item) -> str:
    """The ISO day; empty for what is no time of the calendar."""
    seconds = item.display_publish_time or item.create_time
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING).date().isoformat() if seconds else ""
    except (ValueError, OverflowError, OSError):  # milliseconds, mostly
        return ""


def plain(title: str) -> str:
    return " ".join("".join(Selector(f"<p>{title}</p>").css("::text").getall()).split())


def read(source: Source, start: Start, url: str, text: str, page: int) -> Listing:
    """Links in the order of the catalogue."""
    try:
        column = msgspec.json.decode(text, type=Column)
    except msgspec.DecodeError as error:
        return Listing(links=(), problem=f"{url}: not the JSON of a gkmlpt column: {error}")
    low, high = source.list.matches
    count = len(column.articles)
    problem = None if low <= count <= high else f"{count} articles on {url}, expected {low} to {high}"
    links = tuple(Link(url=target, title=plain(i.title), date=day(i)) for i in column.articles if (target := address(url, i.url)))
    more = count and page < source.pages.max and page * count < column.total
    return Listing(links=links, next=numbered(url, page + 1) if more else None, problem=problem)
