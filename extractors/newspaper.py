"""Newspaper pages: headlines, bylines and captions told apart, sentences that a column cut rejoined by how well the ends fit.

Nothing is invented: blocks move, their characters stay. What fits nowhere with confidence is left as its own block and noted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.article import Article, Note, Span, Stated
from extractors.days import HAN_DAY
from extractors.head import line, squeezed
from extractors.joints import is_open
from extractors.newspaper_layout import placed_stories
from extractors.newspaper_roles import CREDIT, LONG, Role, links_of, roles_of

MOST_BLOCKS = 500  # of a page; a broadsheet of ten articles has 200
PAPER = re.compile(r"本报(?:讯|记者|通讯员|评论员)|责编|责任编辑|版面|第\s?\d{1,2}\s?版|星期[一二三四五六日]")


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
    if article.title or len(article.blocks) > MOST_BLOCKS:
        return None
    roles = roles_of(article)
    if roles.count("headline") < 3 or roles.count("body") < 3:
        return None
    links = links_of(article, roles)
    jumps = [i for i, j in links.items() if any(roles[k] == "body" for k in range(i + 1, j))]
    if not jumps and _signs(article) < 2:
        return None
    return _Page(article, roles, links).sheet()


def masthead_of(page: Article) -> tuple[str | None, tuple[Stated, ...]]:
    """(the paper's or its section's name, the day) from the masthead blocks of a page."""
    name, stated = None, []
    for block in page.blocks:
        text = page.text[block.start : block.end].strip()
        if block.kind != "masthead":
            continue
        if match := re.search(HAN_DAY, text):
            at = block.start + page.text[block.start : block.end].index(match[0])
            stated.append(Stated(field="published_date", value=match[0], origin="imprint", where="报头", span=Span(at, at + len(match[0]))))
        elif name is None and not re.search(r"\d", text):
            name = text
    return name, tuple(stated)


def _signs(article: Article) -> int:
    """Different signs of a printed page: its number, the weekday, reporters of its own, photographers."""
    credits = sum(bool(CREDIT.search(line(article, i))) for i in range(len(article.blocks)))
    return len({re.sub(r"[\s\d]", "", m[0]) for m in PAPER.finditer(article.text)}) + (credits >= 2)


class _Page:
    """Puts the blocks of a page into stories."""

    def __init__(self, article: Article, roles: Sequence[Role], links: Mapping[int, int]) -> None:
        self.article, self.roles, self.links = article, list(roles), links
        self.continued = frozenset(links.values())
        self.announced = self._announced()
        self.index = self._index_end()

    def sheet(self) -> Sheet:
        stories, used = [], set[int]()
        for story in self._stories():
            own = tuple(i for i in dict.fromkeys(story.blocks) if i not in used)
            used.update(own)
            stories.append(replace(story, blocks=own))
        furniture = tuple(i for i in range(len(self.roles)) if i not in used)
        open_ends = [i for i in range(len(self.roles)) if self.roles[i] == "body" and len(line(self.article, i)) >= LONG and self._left_open(i)]
        notes = tuple(Note(code="open-end", text=f"此段未完，未找到接续：…{line(self.article, i)[-12:]}") for i in open_ends)
        return Sheet(tuple(stories), furniture, self._all("headline"), self._all("caption"), self._all("byline"), notes)

    def _left_open(self, i: int) -> bool:
        return i not in self.links and is_open(line(self.article, i))

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
        placed = placed_stories(self.article, self._all("headline"), [i for i, r in enumerate(self.roles) if r not in ("headline", "label")])
        if placed is not None:
            return [self._story(heads, blocks) for heads, blocks in placed]
        spare = self._spare_headlines()
        stories = []
        for titles, blocks in self._stretches():
            heads = titles or self._headline_for(blocks, spare)
            if not titles:
                spare = [g for g in spare if g != heads]
            stories.append(self._story(heads, blocks))
        return sorted(stories, key=lambda s: s.blocks[0])

    def _story(self, heads: Sequence[int], blocks: Sequence[int]) -> Story:
        title = " ".join(line(self.article, i).strip() for i in heads) or None
        return Story(title, (*heads, *self._ordered(blocks)), self.continued)

    def _spare_headlines(self) -> list[tuple[int, ...]]:
        """Groups of headlines in the index that are not printed again above their text."""
        doubled = {k for lines in self.announced.values() for k in lines}
        groups: list[list[int]] = [[]]
        for i in range(self.index):
            if self.roles[i] == "headline" and i not in doubled and i != self.index - 1:
                groups[-1].append(i)
            else:
                groups.append([])
        return [tuple(g) for g in groups if g]

    def _stretches(self) -> list[tuple[tuple[int, ...], list[int]]]:
        """(title blocks, the blocks below), for each story whose text stands in one stretch of the page."""
        out: list[tuple[tuple[int, ...], list[int]]] = []
        title: list[int] = []
        titled = self.index > 0 and self.roles[self.index - 1] == "headline"  # right above the first text: its own
        for i in range(self.index - titled, len(self.roles)):
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
        return list(dict.fromkeys([*out, *(i for i in blocks if self.roles[i] == "caption")]))

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
