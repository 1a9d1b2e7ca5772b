"""What a page states of itself: meta tags, JSON-LD, the 信息公开 table in its many shapes, the byline, the URL."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, cast

import msgspec
from lxml import etree

from extractors.article import Origin, Stated
from extractors.days import iso_time
from extractors.head import PAIR, crumb, squeezed
from extractors.metadata import label_field
from extractors.readers.html_fragment import clean
from extractors.readers.html_soup import BREAK, SKIP
from extractors.readers.html_tree import Page, drop, text_of

# 政府网站 meta tags (国办发〔2017〕47号, 附件2 网页标签) first, then what news sites use; lower case.
METAS: Final[dict[str, str]] = {
    "articletitle": "title",
    "pubdate": "published_date",
    "contentsource": "origin",
    "columnname": "column",
    "sitename": "site",
    "author": "author",
    "keywords": "keywords",
    "article:published_time": "published_date",
    "publishdate": "published_date",
    "og:release_date": "published_date",
    "og:time": "published_date",
    "og:published_time": "published_date",
    "datepublished": "published_date",
    "firstpublished": "published_date",
    "dc.date.issued": "published_date",
    "source": "origin",
    "og:title": "og_title",
    "article:author": "author",
    "url": "address",
}
HIGHEST = 16  # levels above the body in which its table and byline stand: layout by nested tables takes four a table
PARTS = frozenset(["span", "b", "strong", "label", "em", "i", "font"])  # labels and values stand side by side in these
FOLLOWING = 2  # levels at which what follows the body is looked at
MOST_CHUNKS = 120
MOST_LINKS = 12  # more in one element are a menu
LONGEST_CHUNK = 200
LONGEST_LABEL = 16
LONGEST_WINDOW = 1000
FIRST_TABLES = 3  # of a body, in which its catalogue may stand
FEWEST_LABELS = 3
BRACKETED = re.compile(r"【\s*([^【】]{2,8}?)\s*】[：:]?")
MOMENT = re.compile(r"(?:19|20)\d{2}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d{2}(?::\d{2})?)?")
ADDRESS_DAY = re.compile(r"/((?:19|20)\d{2})[-/]?([01]\d)[-/]?([0-3]\d)(?=[/_.])|[/_]t((?:19|20)\d{2})([01]\d)([0-3]\d)_")
SITE_SUFFIX = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s*|[-–—]+(?=[^-–—]*(?:网|网站|政府|局|厅|委员会|部|门户)[^-–—]*$)")
LEAST_TITLE = 5
LEAST_HEADLINE = 8  # shorter ones are columns' names
TITLED = etree.XPath("//*[contains(@class,'title') or contains(@class,'Title') or contains(@id,'title')][string-length(.) < 400]")
JSON_PAIR = re.compile(r'"(datePublished|pubDate|uploadDate|headline)"\s*:\s*"([^"]*)"')
JSON_DATES: Final = ("datePublished", "pubDate", "uploadDate")


def window_of(page: Page) -> str:
    """The title of the window: the page's, and mostly its site's too; at most LONGEST_WINDOW characters."""
    return next((clean(element.text or "")[:LONGEST_WINDOW] for element in page.every("title")), "")


def stated_by(page: Page, body: etree._Element | None, url: str, window: str) -> list[Stated]:
    """All that the page says outside its body. `window` is its window's title."""
    name = _without_site(window)
    named = [Stated(field="title", value=name, origin="inferred", where="title")] if name else []  # may be a column's name: the last resort
    return [*_metas(page), *_json(page), *(_said(_chunks(body)) if body is not None else ()), *_address(url), *named]


def _metas(page: Page) -> Iterator[Stated]:
    seen = set()
    for meta in page.every("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip()
        field = METAS.get(name.lower())
        if field and (value := (meta.get("content") or "").strip()) and (field, value) not in seen:
            seen.add((field, value))
            yield Stated(field=field, value=value, origin="meta", where=f"meta[name={name}]")


def _json(page: Page) -> Iterator[Stated]:
    for script in page.every("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            found: Any = msgspec.json.decode(script.text)
        except (msgspec.DecodeError, RecursionError):
            found = dict(JSON_PAIR.findall(script.text))  # commas too many, line ends in strings: templates write it by hand
        if isinstance(found, dict):
            found = [found, *graph] if isinstance(graph := found.get("@graph"), list) else [found]
        for item in found if isinstance(found, list) else ():
            if isinstance(item, dict):
                yield from _of_object(item)


def _of_object(item: dict[str, Any]) -> Iterator[Stated]:
    date = next((item[k] for k in JSON_DATES if isinstance(item.get(k), str)), None)
    if date:
        yield Stated(field="published_date", value=date, origin="jsonld", where="datePublished")
    title = item.get("headline")
    if isinstance(title, str) and title.strip():
        yield Stated(field="og_title", value=title.strip(), origin="jsonld", where="headline")


def catalogue_of(body: etree._Element) -> list[Stated]:
    """What a 信息公开 table within the body states; the table is taken out of the body."""
    for element in list(islice(body.iter("table", "ul", "dl"), FIRST_TABLES)):
        if element is body or _is_menu(element) or next(islice(element.iter("table"), 1, None), None) is not None:
            continue
        found = [s for s in _said(_lines(element, tail=False)) if s.origin == "table" or s.field == "published_date"]
        if len({s.field for s in found}) >= FEWEST_LABELS:
            drop(element)
            return found
    return []


def _said(chunks: Sequence[str]) -> Iterator[Stated]:
    """Labels with values, and the byline, in lines around the body."""
    value_of: str | None = None  # the line is the value of the label before it
    for n, chunk in enumerate(chunks):
        if len(chunk) > LONGEST_CHUNK:
            continue
        if value_of is not None:
            yield Stated(field=label_field(value_of) or "", value=chunk, origin="table", where=f"{value_of.strip('：: ')} 行")
            value_of = None
            continue
        if column := crumb(chunk):
            yield Stated(field="column", value=column, origin="table", where="当前位置")
        if _names_next(chunks, n):
            value_of = chunk
            continue
        paired = list(_pairs(chunk))
        yield from paired
        moment = MOMENT.search(chunk)
        if moment and len(chunk) <= 80 and not any(s.field == "published_date" for s in paired) and _is_byline(chunk, moment):
            yield Stated(field="published_date", value=moment[0], origin="byline", where="正文上方")


def _names_next(chunks: Sequence[str], n: int) -> bool:
    """A label whose value is the next line: by its colon, or because labels and values take turns."""
    chunk, following = chunks[n], chunks[n + 1] if n + 1 < len(chunks) else ""
    if not following or len(following) > LONGEST_CHUNK or not _names_field(chunk) or _is_label(following):
        return False
    return chunk.rstrip().endswith(("：", ":")) or any(0 <= m < len(chunks) and _names_field(chunks[m]) for m in (n - 2, n + 2))


def _names_field(chunk: str) -> bool:
    return len(chunk) <= LONGEST_LABEL and label_field(chunk) is not None


def _is_label(chunk: str) -> bool:
    match = PAIR.match(chunk)
    return label_field(chunk) is not None or bool(match and label_field(match[1]))


def _pairs(chunk: str) -> Iterator[Stated]:
    chunk = BRACKETED.sub(lambda m: f" {m[1]}：" if label_field(m[1]) else m[0], chunk).lstrip()
    for match in PAIR.finditer(chunk):
        field, value = label_field(match[1]), match[2].strip(" 　|｜")
        if field and value:
            origin: Origin = "byline" if field in ("origin", "published_date") else "table"
            yield Stated(field=field, value=value, origin=origin, where=f"{match[1]}：")


def _is_byline(chunk: str, moment: re.Match[str]) -> bool:
    """A date that is not part of a sentence: at the beginning, with a clock, or beside 来源."""
    return "。" not in chunk and (moment.start() <= 2 or ":" in moment[0] or "：" in moment[0] or "来源" in chunk)


def _chunks(body: etree._Element) -> list[str]:
    """Lines of text around the body, in page order: what precedes it in its ancestors, and what follows in the nearest two."""
    above: list[str] = []
    below: list[str] = []
    element = body
    for level in range(HIGHEST):
        parent = element.getparent()
        if parent is None or parent.tag == "html" or len(above) > MOST_CHUNKS:
            break
        for sibling in element.itersiblings(preceding=True):
            if not _is_menu(sibling):
                above = [*_lines(sibling), *above]
        above = [clean(parent.text), *above] if parent.text else above
        for sibling in element.itersiblings() if level < FOLLOWING else ():
            if not _is_menu(sibling):
                below += _lines(sibling)
        element = parent
    return [line for line in (*above, *below[:MOST_CHUNKS]) if line]


def _is_menu(element: etree._Element) -> bool:
    """Nothing to say: a script, or links."""
    if not isinstance(element.tag, str) or element.tag in SKIP:
        return True
    return next(islice(element.iter("a"), MOST_LINKS, None), None) is not None


def _lines(element: etree._Element, *, tail: bool = True) -> list[str]:
    """The text of an element and its tail, a line for each block."""
    runs: list[list[str]] = [[]]
    for node in element.iter():
        tag = node.tag
        seen = isinstance(tag, str) and tag not in SKIP
        if seen and (tag in BREAK or tag in PARTS):
            runs.append([])
        if seen and node.text and not node.text.isspace():
            runs[-1].append(node.text)
        if node.tail and node is not element and not node.tail.isspace():
            if tag in BREAK:
                runs.append([])
            runs[-1].append(node.tail)
    runs.append([element.tail or ""] if tail else [])
    return [line for run in runs if run and (line := clean("".join(run)))]


def _address(url: str) -> Iterator[Stated]:
    match = ADDRESS_DAY.search(url)
    if match:
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        value = f"{year}-{month}-{day}"
        if iso_time(value):
            yield Stated(field="published_date", value=value, origin="url", where=match[0])


def title_of(page: Page, stated: Sequence[Stated], window: str) -> str | None:
    """The title of the detail page: its meta tag, its 信息公开 table, its headline, at last the window's title without the site's name."""
    for field, origin in (("title", "meta"), ("title", "table")):
        found = next((s.value for s in stated if s.field == field and s.origin == origin), None)
        if found:
            return clean(found)
    headline = _headline(page, window)
    shared = next((s.value for s in stated if s.field == "og_title"), None)
    return headline or (clean(shared) if shared else None) or (name if (name := _without_site(window)) and len(name) >= LEAST_HEADLINE else None)


def is_headed(page: Page, window: str) -> bool:
    """A headline of some length that the window's title repeats: a page about one thing."""
    whole = squeezed(window)
    return any(len(h) >= LEAST_HEADLINE and h in whole for h in (squeezed(clean(text_of(e))) for e in page.every("h1", "h2")))


def _headline(page: Page, window: str) -> str | None:
    """The heading that the window's title repeats; else the only h1."""
    whole = squeezed(window)
    headings = [clean(text_of(h)) for h in page.every("h1", "h2")]
    found = [h for h in headings if len(h) >= LEAST_TITLE and squeezed(h) in whole]
    if found:
        return max(found, key=len)
    titled = [clean(text_of(e)) for e in cast(list[etree._Element], TITLED(page.root))]
    found = [t for t in titled if LEAST_HEADLINE <= len(t) <= LONGEST_CHUNK and squeezed(t) in whole]
    if found:
        return max(found, key=len)
    first = [clean(text_of(h)) for h in page.every("h1")]
    return first[0] if len(first) == 1 and len(first[0]) >= LEAST_TITLE and not re.search(r"位置|[>＞]", first[0]) else None


def _without_site(window: str) -> str | None:
    parts = [p for p in SITE_SUFFIX.split(window) if p.strip()]
    return parts[0].strip() if parts and len(parts[0].strip()) >= LEAST_TITLE else None
