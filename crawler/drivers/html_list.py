"""Lists whose links stand in the HTML: TRS, most hand-made sites."""

from urllib.parse import urljoin

from parsel import Selector

from crawler.source import Items, Link, Listing, Source, Start, address


def text_of(node: Selector, selector: str) -> str:
    """The text of the first match, white space folded."""
    return " ".join(" ".join(node.css(selector)[:1].css("::text").getall()).split()) if selector else ""


def link_of(node: Selector, items: Items, base: str) -> Link | None:
    anchor = node.css(items.link)[:1]
    url = address(base, anchor.attrib.get("href") or "") if anchor else None
    if url is None:
        return None
    title = text_of(node, items.title) or anchor.attrib.get("title", "").strip() or text_of(node, items.link)
    return Link(url=url, title=title, date=text_of(node, items.date))


def next_page(source: Source, start: Start, url: str, page: int, tree: Selector) -> str | None:
    """Where the list goes on, or None. Old items are no reason to stop: pinned ones stand on top."""
    pages = source.pages
    if page >= pages.max:
        return None
    if pages.pattern:
        return urljoin(start.url, pages.pattern.format(n=pages.first + page - 1))
    following = address(url, tree.css(pages.next)[:1].attrib.get("href", "")) if pages.next else None
    return following if following != url else None


def read(source: Source, start: Start, url: str, text: str, page: int) -> Listing:
    """Links in the order of the page."""
    tree = Selector(text)
    base = address(url, tree.css("base::attr(href)").get("")) or url
    nodes = tree.css(source.list.item)
    low, high = source.list.matches
    problem = None if low <= len(nodes) <= high else f"{source.list.item!r} matches {len(nodes)} times on {url}, expected {low} to {high}"
    links = (link_of(node, source.list, base) for node in nodes)
    return Listing(links=tuple(k for k in links if k), next=next_page(source, start, url, page, tree) if nodes else None, problem=problem)
