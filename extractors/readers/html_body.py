"""The element that holds the body of a page: by CMS family, else by what reads like text."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, cast

import msgspec
from lxml import etree

from extractors.readers.html_score import LEAST, Body, bare, by_score
from extractors.readers.html_tree import Elements, Page, text_of

MOST_LINKED = 0.6  # share of link text in a body
SHOWN = etree.XPath("descendant::text()[not(parent::script or parent::style or parent::noscript)]", smart_strings=False)
PART: Final = "[class*="


class Family(msgspec.Struct, frozen=True):
    name: str
    body: tuple[str, ...]
    source: str = ""  # what the page's source must hold too


class _Table(msgspec.Struct):
    families: tuple[Family, ...]


@cache
def families() -> tuple[Family, ...]:
    """The table of families.yml."""
    text = files("extractors.readers").joinpath("families.yml").read_bytes()
    return msgspec.yaml.decode(text, type=_Table).families


def find_body(page: Page, source: str, table: Sequence[Family]) -> Body | None:
    """The body by the first family that matches with text in it, else by score. `source` is the page's HTML."""
    named = _named(page) if table else {}
    for family in table:
        found = [e for selector in family.body for e in _selected(selector, named)]
        if found and family.source in source and (element := _longest(found)) is not None:
            return Body(element, family.name, 0.0)
    return by_score(page.root)


def _named(page: Page) -> Elements:
    """The elements that may hold a body, by #id and .class."""
    named: dict[str, list[etree._Element]] = {f"#{name}": list(elements) for name, elements in page.ids.items()}
    for names, elements in page.classes.items():
        for name in names.split():
            named.setdefault(f".{name}", []).extend(elements)
    return named


def _selected(selector: str, named: Elements) -> Iterator[etree._Element]:
    """The elements of one selector of the three forms in families.yml."""
    if selector[0] in "#.":
        yield from named.get(selector, ())
    elif selector.startswith(PART):
        part = selector.removeprefix(PART).rstrip("]")
        yield from (e for name, elements in named.items() if name[0] == "." and part in name for e in elements)
    else:
        raise ValueError(f"families.yml: no selector of a known form: {selector}")


def _longest(elements: Sequence[etree._Element]) -> etree._Element | None:
    """The element with most text that is no list of links."""
    usable = [(n, e) for e in elements if (n := bare("".join(cast(list[str], SHOWN(e))))) >= LEAST or next(e.iter("img"), None) is not None]
    good = [(n, e) for n, e in usable if n == 0 or sum(bare(text_of(a)) for a in e.iter("a")) <= MOST_LINKED * n]
    return max(good, key=lambda pair: pair[0])[1] if good else None
