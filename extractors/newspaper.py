"""Newspaper pages: headlines, bylines and captions told apart, sentences that a column cut rejoined by how well the ends fit.

Nothing is invented: blocks move, their characters stay. What fits nowhere with confidence is left as its own block and noted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.article import Article, Note, Span
from extractors.head import line, squeezed, unclosed
from extractors.joints import fits, is_open
from extractors.numbering import number_of

Role = Literal["headline", "label", "caption", "byline", "body"]
LONGEST_HEADLINE = 40
LONGEST_LABEL = 5
SHORTEST_LINE = 4
LONGEST_CAPTION = 90
LONG = 15  # characters of a paragraph that a column may have cut
SURE = 0.7  # of `fits`: a word of the dictionary is cut in two, or a quotation is
CREDIT = re.compile(r"(?:\s摄|[\u4e00-\u9fff]\s*摄|供图|图片由.{1,20}提供)\s*[）)]?$")
BYLINE = re.compile(
    r"^(?:□|■|●|◎|\[|【)?\s*(?:本报|本刊|[\u4e00-\u9fff]{2,6}(?:日报|晚报|时报))?\s*(?:首席|见习|实习|全媒体)?(?:记者|通讯员|特约记者)[\s:：/]*[\u4e00-\u9fff·、\s]{2,24}$"
)
PAPER = re.compile(r"本报(?:讯|记者|通讯员|评论员)|责编|责任编辑|版面|第\s?\d{1,2}\s?版|星期[一二三四五六日]")
QUOTED = re.compile(r"[“「《][^”」》]*[”」》]")
ENDING = re.compile(r"[。！？；：，、…]$")


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the page: its blocks in reading order; those in `continuing` go on in the sentence before."""

    title: str | None
    blocks: tuple[int, ...]
    continuing: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sheet:
    stories: tuple[Story, ...]
    furniture: tuple[int, ...]  # the page's own: column names, headlines printed twice
    headings: tuple[int, ...]
    captions: tuple[int, ...]
    bylines: tuple[int, ...]
    notes: tuple[Note, ...]


def parse(article: Article) -> Sheet | None:
    """The page's stories, None where the article is no newspaper page."""
    roles = _roles(article)
    if article.title or roles.count("headline") < 3 or roles.count("body") < 3:
        return None
    links = _links(article, roles)
    jumps = [i for i, j in links.items() if any(roles[k] == "body" for k in range(i + 1, j))]
    captioned = sum(bool(CREDIT.search(line(article, i))) for i in range(len(roles)))
    printed = bool(PAPER.search(article.text)) + (captioned >= 2)
    if not jumps and printed < 2:
        return None
    return _Page(article, roles, links).sheet()


def _roles(article: Article) -> list[Role]:
    roles: list[Role] = []
    for i in range(len(article.blocks)):
        roles.append(_role(article, i, roles[-1] if roles else None))
    for i in reversed(range(len(roles) - 1)):
        # a short line of a headline; a column's name is shorter, or quoted whole
        text = line(article, i).strip()
        beside = "headline" in (roles[i + 1], roles[i - 1] if i else None)
        if roles[i] == "label" and beside and len(squeezed(text)) >= SHORTEST_LINE and not QUOTED.fullmatch(text):
            roles[i] = "headline"
    return roles


def _role(article: Article, i: int, before: Role | None) -> Role:
    block, text = article.blocks[i], line(article, i).strip()
    beside = _after_gap(article, i) or (before == "caption" and text.count("。") == 1 and not _continues(article, i))
    if block.kind == "caption" or CREDIT.search(text) or (beside and 10 <= len(text) <= LONGEST_CAPTION and text.endswith("。")):
        return "caption"
    if block.kind == "byline" or BYLINE.match(text):
        return "byline"
    if block.cell or ENDING.search(text) or number_of(text) or len(text) > LONGEST_HEADLINE or "。" in text or text.count("，") > 1:
        return "body"
    if unclosed(text):
        return "body"
    return "label" if len(squeezed(text)) <= LONGEST_LABEL else "headline"


def _after_gap(article: Article, i: int) -> bool:
    """A picture stood above: the text leaves more room than between paragraphs."""
    return i > 0 and article.text[article.blocks[i - 1].end : article.blocks[i].start].count("\n") >= 2


def _continues(article: Article, i: int) -> bool:
    """Some paragraph above is open, and this one fits its end."""
    head = line(article, i)
    return any(b.end - b.start >= LONG and fits(article.text[b.start : b.end], head) >= SURE for b in article.blocks[:i])


def _links(article: Article, roles: Sequence[Role]) -> dict[int, int]:
    """Open end -> the block that continues it, each once, the surest first and then the nearest."""
    bodies = [i for i, role in enumerate(roles) if role == "body"]
    scored = []
    for n, i in enumerate(bodies):
        text = line(article, i)
        if len(text) < LONG or not is_open(text):
            continue
        for m, j in enumerate(bodies[n + 1 :]):
            if m and not _may_continue(article, roles, j):
                continue
            score = _joint(text, line(article, j))
            if score >= SURE or (m == 0 and score > 0.5):
                scored.append((-score, j - i, i, j))
    links: dict[int, int] = {}
    for _, _, i, j in sorted(scored):
        if i not in links and j not in links.values():
            links[i] = j
    return links


def _joint(tail: str, head: str) -> float:
    """`fits`, or a quotation that the tail opens and the head closes."""
    opened = tail.count("“") > tail.count("”") and head.count("”") > head.count("“")
    return max(fits(tail, head), SURE if opened else 0.0)


def _may_continue(article: Article, roles: Sequence[Role], j: int) -> bool:
    """Something interrupts the text above a block: a heading, a picture, another open end."""
    return roles[j - 1] != "body" or is_open(line(article, j - 1))


class _Page:
    """Puts the blocks of a page into stories."""

    def __init__(self, article: Article, roles: Sequence[Role], links: Mapping[int, int]) -> None:
        self.article, self.roles, self.links = article, list(roles), links
        self.continued = frozenset(links.values())
        self.announced = self._announced()
        self.index = self._index_end()

    def sheet(self) -> Sheet:
        stories, used = self._stories(), set[int]()
        for story in stories:
            used.update(story.blocks)
        furniture = tuple(i for i in range(len(self.roles)) if i not in used)
        open_ends = [i for i in range(len(self.roles)) if self.roles[i] == "body" and len(line(self.article, i)) >= LONG and self._left_open(i)]
        notes = tuple(Note(code="open-end", text=f"此段未完，未找到接续：…{line(self.article, i)[-12:]}", span=self._span(i)) for i in open_ends)
        return Sheet(tuple(stories), furniture, self._all("headline"), self._all("caption"), self._all("byline"), notes)

    def _left_open(self, i: int) -> bool:
        return i not in self.links and is_open(line(self.article, i))

    def _span(self, i: int) -> Span:
        return Span(self.article.blocks[i].start, self.article.blocks[i].end)

    def _all(self, role: Role) -> tuple[int, ...]:
        return tuple(i for i, r in enumerate(self.roles) if r == role)

    def _announced(self) -> dict[int, tuple[int, ...]]:
        """Heading -> the lines above that print it too (a page's headlines stand together in its text layer)."""
        found = {}
        for i in self._all("headline"):
            for first in range(i - 1):
                for last in range(first + 1, min(first + 4, i)):
                    if squeezed("".join(line(self.article, k) for k in range(first, last))) == squeezed(line(self.article, i)):
                        found[i] = tuple(range(first, last))
        return found

    def _index_end(self) -> int:
        """The first block of text: what stands above is headlines and labels only."""
        return next((i for i, role in enumerate(self.roles) if role in ("body", "caption")), len(self.roles))

    def _stories(self) -> list[Story]:
        spare = self._spare_headlines()
        stories = []
        for titles, blocks in self._stretches():
            heads = titles or self._headline_for(blocks, spare)
            if not titles:
                spare = [g for g in spare if g != heads]
            title = " ".join(line(self.article, i).strip() for i in heads) or None
            stories.append(Story(title, (*heads, *self._ordered(blocks)), self.continued))
        return sorted(stories, key=lambda s: s.blocks[0])

    def _spare_headlines(self) -> list[tuple[int, ...]]:
        """Groups of headlines in the index that are not printed again above their text."""
        doubled = {k for lines in self.announced.values() for k in lines}
        groups: list[list[int]] = [[]]
        for i in range(self.index):
            if self.roles[i] == "headline" and i not in doubled and not self._is_last_title(i):
                groups[-1].append(i)
            else:
                groups.append([])
        return [tuple(g) for g in groups if g]

    def _is_last_title(self, i: int) -> bool:
        """The headline right above the first text is that text's own."""
        return i == self.index - 1

    def _stretches(self) -> list[tuple[tuple[int, ...], list[int]]]:
        """(title blocks, the blocks below), for each story whose text stands in one stretch of the page."""
        out: list[tuple[tuple[int, ...], list[int]]] = []
        title: list[int] = []
        for i in range(self.index - (self._is_last_title(self.index - 1) and self.roles[self.index - 1] == "headline"), len(self.roles)):
            role = self.roles[i]
            if role == "headline" and not self._is_section(i):
                title = [*title, i] if title and title[-1] == i - 1 else [i]
                continue
            if role == "label":
                continue
            if title or not out or (role == "byline" and self._opens(i)):
                out.append((tuple(title), []))
                title = []
            out[-1][1].append(i)
        return [s for s in out if any(self.roles[i] == "body" for i in s[1])]

    def _is_section(self, i: int) -> bool:
        """A heading inside a story: announced above with the others, or between a sentence and its end."""
        return i in self.announced or (i + 1) in self.continued

    def _opens(self, i: int) -> bool:
        """A byline that begins a story: a section heading follows, or text after another story's end."""
        return i + 1 < len(self.roles) and self.roles[i + 1] == "headline"

    def _headline_for(self, blocks: Sequence[int], spare: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """The spare headline of a text without one: the one that carries the same label, else the last."""
        label = self._label_above(blocks[0])
        for group in spare:
            if label and group[-1] + 1 < len(self.roles) and line(self.article, group[-1] + 1).strip() == label:
                return group
        return spare[-1] if spare else ()

    def _label_above(self, i: int) -> str | None:
        return line(self.article, i - 1).strip() if i and self.roles[i - 1] == "label" else None

    def _ordered(self, blocks: Sequence[int]) -> list[int]:
        """Reading order: each open end is followed by what continues it; a heading that stood in between comes before them; captions last."""
        texts = [i for i in blocks if self.roles[i] != "caption"]
        runs = self._runs(texts)
        out: list[int] = []
        for run in runs:
            if run[0] in out:
                continue
            out += self._chain(run, runs, out)
        return out + [i for i in blocks if self.roles[i] == "caption"]

    def _runs(self, texts: Sequence[int]) -> list[list[int]]:
        """Stretches in which one block follows the other; a run breaks where an end stays open or a distant sentence goes on."""
        runs: list[list[int]] = []
        for n, i in enumerate(texts):
            before = texts[n - 1] if n else None
            follows = before is not None and (
                self.links.get(before) == i or (before not in self.links and i not in self.continued and not self._heads_run(texts, n))
            )
            if follows:
                runs[-1].append(i)
            else:
                runs.append([i])
        return runs

    def _heads_run(self, texts: Sequence[int], n: int) -> bool:
        """A heading whose text began elsewhere."""
        following = texts[n + 1] if n + 1 < len(texts) else None
        return self.roles[texts[n]] == "headline" and following in self.continued

    def _chain(self, run: list[int], runs: Sequence[list[int]], done: Sequence[int]) -> list[int]:
        chain = list(run)
        lead: list[int] = []
        while (target := self.links.get(chain[-1])) is not None:
            at = next((n for n, r in enumerate(runs) if r[0] == target), None)
            if at is None or target in done:
                break
            if at and self.roles[runs[at - 1][-1]] == "headline" and runs[at - 1] is not run:
                lead += runs[at - 1]
            chain += runs[at]
        return lead + chain if not (lead and lead[0] in done) else chain
