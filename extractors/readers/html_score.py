"""The body of a page of no known family: the block whose text sums up best."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.readers.html_fragment import HIDDEN
from extractors.readers.html_soup import BREAK, SKIP
from extractors.readers.html_tree import text_of

LEAST = 15  # characters of a body
NEAR = 0.985  # a child that holds so much of the score is the body itself
DOMINANT = 0.75  # … or so much, where hardly any prose stands before it: what follows a body is disclaimers, comments, more to read
HELD = 0.4  # of the score of a line, at least, is that of the block that holds it: more is lost to menus than a body has
CELLS = frozenset(["td", "th", "tr", "tbody"])
WRAPPED = 2  # blocks around a body, at most, in which its table may stand
FEWEST_CELLS, LONGEST_CELL = 6, 40  # of a table of data; characters, on average
HAN = re.compile("[\u4e00-\u9fff]")
LEAD = 60  # characters of prose
LEAD_OF_NAMED = 150  # the same where the child is called a body
DISCOUNT = 0.1  # of what stands in furniture (by its class)
SENTENCE = 10  # characters of a block that may be prose
VALUE = 18  # characters between two colons: less is a line of labels and values
# Weights of characters: prose counts, link text counts against, words without a sentence mark (menus, labels) a little.
LINK, LABEL = -1.0, -0.15
LINES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre"])  # never the body where a block around them holds more
AWAY = SKIP | {"nav", "footer", "aside"}
SHOWN_LATER = frozenset(["html", "body"])  # pages that hide themselves until a script has run
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|header|nav(?:bar)?|side(?:bar)?|comments?|tie|recommend\w*|related\w*|copyright|breadcrumbs?|crumbs?|menu|log-?in|register|search|tool(?:bar|s)?|"
    r"hot|rank\w*|disclaimer|statement|most|share\w*|bshare\w*|qr(?:code)?|ewm|wx|weixin|feedback|advert\w*|ads?|tags?|keywords?|pop(?:up)?|guide|subscribe)(?:$|[\s_-])",
    re.I,
)
BODYISH = re.compile(
    r"(?:^|[\s_-])(?:arti(?:cle)?[_-]?(?:body|content|text|con)|(?:news|post|main|detail|page)[_-]?(?:body|content|text|txt|con)|zoom\w*|zhengwen)",
    re.I,
)
PUNCTUATION = re.compile(r"[，。；！？、,;!?]")  # a colon stands behind labels too

Scores = dict[etree._Element, float]


@dataclass(frozen=True, slots=True)
class Body:
    element: etree._Element
    family: str | None  # None: found by score
    score: float


@dataclass(slots=True)
class _Block:
    """A block element that is open: its score so far, and its running line."""

    element: etree._Element
    cell: bool
    score: float = 0.0
    plain: int = 0  # characters of the line
    link: int = 0
    mark: bool = False  # of a sentence
    colons: int = 0

    def add(self, text: str, *, linked: bool) -> None:
        if linked:
            self.link += bare(text)
        else:
            self.plain += bare(text)
            self.mark = self.mark or PUNCTUATION.search(text) is not None
            self.colons += text.count("：")

    def end_line(self) -> None:
        if self.plain >= max(SENTENCE, self.colons * VALUE) and self.mark and self.plain >= self.link:
            self.score += self.plain + self.link * LINK / 2
        elif self.link or not self.cell:  # figures and names of a table are worth nothing, for or against
            self.score += self.plain * LABEL + self.link * LINK
        self.plain, self.link, self.mark, self.colons = 0, 0, False, 0


def bare(text: str) -> int:
    """Characters without white space."""
    return len("".join(text.split()))


def by_score(root: etree._Element) -> Body | None:
    """The block element whose text sums up best: prose minus link text and labels. None where nothing reads like text."""
    scores = _scores(root)
    if not scores:
        return None
    best = max(scores, key=lambda e: scores[e])
    if scores[best] < LEAST:
        return None
    best = _holder(best, scores) if best.tag in LINES else best
    while (child := _heir(best, scores)) is not None:
        best = child
    if (listed := _list_of(best, scores)) is not None:
        return listed
    best = _with_table(best, scores)
    return Body(best, None, scores[best])


def _holder(line: etree._Element, scores: Scores) -> etree._Element:
    """The block that holds a line which outweighs it: of a short notice, with its signature, contacts and list."""
    around = next((e for e in line.iterancestors() if e in scores and e.tag not in LINES), None)
    return around if around is not None and scores[around] >= HELD * scores[line] else line


def _list_of(cell: etree._Element, scores: Scores) -> Body | None:
    """The block around a table of data, or the table, where a cell has the only prose of the page: a list of needs or results. All of it counts."""
    table = next(cell.iterancestors("table"), None) if cell.tag in CELLS else None
    if table is None or not _is_data(table):
        return None
    around = table.getparent()
    element = around if around is not None and scores.get(around, 0.0) >= HELD * scores[cell] else table
    return Body(element, None, float(bare(text_of(table))))


def _with_table(body: etree._Element, scores: Scores) -> etree._Element:
    """The body, or the block around it where a table of data stands right behind it: a notice's list is part of it."""
    child = body
    for _ in range(WRAPPED):
        around = child.getparent()
        if around is None or around not in scores:
            return body
        behind = (e for e in child.itersiblings() if e.tag not in AWAY)
        if any(_is_data(table) for e in behind for table in (e, *e.iterchildren("table")) if table.tag == "table"):
            return around
        child = around
    return body


def _is_data(table: etree._Element) -> bool:
    """A table of short cells, most of which have words and no links: no layout, no calendar, no menu."""
    cells = [text_of(cell) for cell in table.iter("td", "th")]
    linked = sum(bare(text_of(a)) for a in table.iter("a"))
    long = sum(map(bare, cells))
    worded = sum(HAN.search(cell) is not None for cell in cells)
    return len(cells) >= FEWEST_CELLS and long <= LONGEST_CELL * len(cells) and 3 * worded >= len(cells) and 5 * linked <= long


def _heir(element: etree._Element, scores: Scores) -> etree._Element | None:
    """The child that holds nearly all of the score, or most of it with hardly any prose before."""
    before, least = 0.0, DOMINANT * scores[element]
    for child in _blocks(element, scores):
        near = scores[child] >= NEAR * scores[element]
        if child.tag not in LINES and (near or (scores[child] >= least and before < (LEAD_OF_NAMED if BODYISH.search(_names(child)) else LEAD))):
            return child
        before += max(0.0, scores[child])
    return None


def _blocks(element: etree._Element, scores: Scores) -> Iterator[etree._Element]:
    """The nearest scored elements below an element, through inline ones, in order. Without recursion: they nest deeper than Python's stack."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            if child in scores:
                yield child
            elif child.tag not in SKIP:
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _scores(root: etree._Element) -> Scores:
    """Score of each block element that is not away: its own lines and its blocks'."""
    scores: Scores = {}
    stack = [_Block(root, cell=False)]  # lines outside of all blocks end here
    links: list[etree._Element] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            text = element.tail
            if stack[-1].element is element:
                scores[element] = _closed(stack)
            elif links and links[-1] is element:
                links.pop()
        elif (tag := element.tag) in AWAY or ((style := element.get("style")) and HIDDEN.search(style) and tag not in SHOWN_LATER):
            text = element.tail
            walk.skip_subtree()
            next(walk)
        else:
            text = element.text
            if tag in BREAK:
                stack[-1].end_line()
                if tag != "br":
                    stack.append(_Block(element, cell=tag in ("td", "th")))
            elif tag == "a":
                links.append(element)
        if text and not text.isspace():
            stack[-1].add(text, linked=bool(links))
    return scores


def _closed(stack: list[_Block]) -> float:
    """The score of the block that ends; the one around it gets it too, less where it is furniture."""
    block = stack.pop()
    block.end_line()
    stack[-1].score += block.score * DISCOUNT if block.score > 0 and FURNITURE.search(_names(block.element)) else block.score
    return block.score


def _names(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"
