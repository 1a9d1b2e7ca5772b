"""The element that holds the body of a page: by CMS family, else by what reads like text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import msgspec
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from extractors.readers.html_fragment import BREAK, HIDDEN, SKIP

LEAST = 15  # characters of a body
MOST_LINKED = 0.6  # share of link text in a body
NEAR = 0.985  # a child that holds so much of the score is the body itself
DOMINANT = 0.75  # … or so much, where hardly any prose stands before it: what follows a body is disclaimers, comments, more to read
LEAD = 60  # characters of prose
LEAD_OF_NAMED = 150  # the same where the child is called a body
DISCOUNT = 0.1  # of what stands in furniture (by its class)
SENTENCE = 10  # characters of a block that may be prose
# Weights of characters: prose counts, link text counts against, words without a sentence mark (menus, labels) a little.
LINK, LABEL = -1.0, -0.15
LINES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre"])  # never the body where a block around them holds more
AWAY = frozenset(["nav", "footer", "aside"])
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|header|nav(?:bar)?|side(?:bar)?|comments?|tie|recommend\w*|related\w*|copyright|breadcrumbs?|crumbs?|menu|log-?in|register|search|tool(?:bar|s)?|"
    r"hot|rank\w*|disclaimer|statement|most|share\w*|bshare\w*|qr(?:code)?|ewm|wx|weixin|feedback|advert\w*|ads?|tags?|keywords?|pop(?:up)?|guide|subscribe)(?:$|[\s_-])",
    re.I,
)
BODYISH = re.compile(
    r"(?:^|[\s_-])(?:arti(?:cle)?[_-]?(?:body|content|text|con)|(?:news|post|main|detail|page)[_-]?(?:body|content|text|txt|con)|zoom\w*|zhengwen)",
    re.I,
)
NAMES = tuple(etree.XPath(path, smart_strings=False) for path in ("//@class", "//@id"))
PUNCTUATION = re.compile(r"[，。；！？、,;!?]")  # a colon stands behind labels too
BLANK = re.compile(r"\s+")


class Family(msgspec.Struct, frozen=True):
    name: str
    token: str
    body: str
    named: bool = True  # the token is a class or an id


class _Table(msgspec.Struct):
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Body:
    element: HtmlElement
    family: str | None  # None: found by score
    score: float


@cache
def families() -> tuple[Family, ...]:
    """The table of families.yml."""
    text = files("extractors.readers").joinpath("families.yml").read_bytes()
    return msgspec.yaml.decode(text, type=_Table).families


@cache
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def find_body(root: HtmlElement, source: str, table: Sequence[Family] | None = None) -> Body | None:
    """The body by the first family that matches with text in it, else by score. `source` is the page's HTML."""
    names = " ".join(name for path in NAMES for name in cast(list[str], path(root)))
    for family in families() if table is None else table:
        if family.token in (names if family.named else source):
            found = _longest(cast(list[HtmlElement], _selector(family.body)(root)))
            if found is not None:
                return Body(found, family.name, 0.0)
    return by_score(root)


def _longest(elements: Sequence[HtmlElement]) -> HtmlElement | None:
    """The element with most text that is no list of links."""
    usable = [(n, e) for e in elements if (n := _length(e)) >= LEAST or e.find(".//img") is not None]
    good = [(n, e) for n, e in usable if n == 0 or _linked(e) <= MOST_LINKED * n]
    return max(good, key=lambda pair: pair[0])[1] if good else None


def _length(element: HtmlElement) -> int:
    return sum(len(BLANK.sub("", t)) for t in _texts(element))


def _linked(element: HtmlElement) -> int:
    return sum(len(BLANK.sub("", str(a.text_content()))) for a in element.iter("a"))


def _texts(element: HtmlElement) -> Iterator[str]:
    for e in element.iter():
        if e.text and isinstance(e.tag, str) and e.tag not in SKIP:
            yield e.text
        if e.tail and e is not element:
            yield e.tail


@dataclass(slots=True)
class _Run:
    """The inline text of one block so far."""

    plain: int = 0
    link: int = 0
    marks: int = 0
    cell: bool = False

    def worth(self) -> float:
        if self.plain >= SENTENCE and self.marks and self.plain >= self.link:
            return self.plain + self.link * LINK / 2
        if self.cell and not self.link:
            return 0.0  # figures and names of a table
        return self.plain * LABEL + self.link * LINK


def by_score(root: HtmlElement) -> Body | None:
    """The block element whose text sums up best: prose minus link text and labels. None where nothing reads like text."""
    scores = _scores(root)
    if not scores:
        return None
    best = max(scores, key=lambda e: scores[e])
    if scores[best] < LEAST:
        return None
    while (child := _heir(best, scores)) is not None:
        best = child
    return Body(best, None, scores[best])


def _heir(element: HtmlElement, scores: dict[HtmlElement, float]) -> HtmlElement | None:
    """The child that holds nearly all of the score, or most of it with hardly any prose before."""
    before, least = 0.0, DOMINANT * scores[element]
    for child in _blocks(element, scores):
        if scores[child] >= NEAR * scores[element] or (
            scores[child] >= least and before < (LEAD_OF_NAMED if _is_named(child) else LEAD) and child.tag not in LINES
        ):
            return child
        before += max(0.0, scores[child])
    return None


def _is_named(element: HtmlElement) -> bool:
    return bool(BODYISH.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _blocks(element: HtmlElement, scores: dict[HtmlElement, float]) -> Iterator[HtmlElement]:
    """The nearest scored elements below an element, through inline ones."""
    for child in element:
        if child in scores:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIP:
            yield from _blocks(child, scores)


def _scores(root: HtmlElement) -> dict[HtmlElement, float]:
    """Score of each block element that is not away: its own runs and its blocks'."""
    scores: dict[HtmlElement, float] = {}
    stack: list[tuple[HtmlElement, list[float], _Run]] = []
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in SKIP or tag in AWAY or _hidden(element):
                walk.skip_subtree()
                continue
            _open(stack, element)
            links += tag == "a"
            _add(stack, element.text, links)
            continue
        links -= tag == "a" and links > 0
        if stack and stack[-1][0] is element:
            scores[element] = _closed(stack)
        _add(stack, element.tail, links)
    return scores


def _open(stack: list[tuple[HtmlElement, list[float], _Run]], element: HtmlElement) -> None:
    """A block begins, or a line ends."""
    if element.tag in BREAK and stack:
        _close(stack)
    if element.tag in BREAK and element.tag != "br":
        stack.append((element, [0.0], _Run(cell=element.tag in ("td", "th"))))


def _closed(stack: list[tuple[HtmlElement, list[float], _Run]]) -> float:
    """The score of the block that ends; the one around it gets it too, less where it is furniture."""
    _close(stack)
    element, total, _ = stack.pop()
    if stack:
        stack[-1][1][0] += total[0] * DISCOUNT if total[0] > 0 and _is_furniture(element) else total[0]
    return total[0]


def _close(stack: list[tuple[HtmlElement, list[float], _Run]]) -> None:
    """End the running line of the innermost block."""
    element, total, run = stack[-1]
    total[0] += run.worth()
    stack[-1] = (element, total, _Run(cell=run.cell))


def _add(stack: list[tuple[HtmlElement, list[float], _Run]], text: str | None, links: int) -> None:
    if not text or not stack:
        return
    bare = BLANK.sub("", text)
    if not bare:
        return
    run = stack[-1][2]
    if links:
        run.link += len(bare)
    else:
        run.plain += len(bare)
        run.marks += len(PUNCTUATION.findall(bare))


def _hidden(element: HtmlElement) -> bool:
    """Not shown; pages that hide their whole body until a script runs are shown in the end."""
    style = element.get("style")
    return bool(style and HIDDEN.search(style)) and element.tag not in ("html", "body")


def _is_furniture(element: HtmlElement) -> bool:
    return bool(FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}"))
