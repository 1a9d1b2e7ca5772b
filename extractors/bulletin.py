"""Bulletins: masthead, contents, articles matched to their contents entries, imprint; without contents, headings by form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.article import Article, Span, Stated
from extractors.foot import EDITED, ORIGIN, SIGNED_DATE, tail_of
from extractors.head import line, squeezed, titular
from extractors.issuers import ORGANISATION
from extractors.joints import glue
from extractors.names.regions import find_regions
from extractors.numbering import number_of

# ★ title……3 · 1. title ...... 12 · title\t3
ENTRY = re.compile(
    r"^[-•·\s]{0,20}(?P<mark>[★☆●○■□◆◇▲△▪►※✦*]|[（(]?\d{1,2}[)）.、．])?\s*(?P<title>\S.{3,80}?)\s*(?P<leader>[…⋯]++[…⋯.·\s]*+|[.．·•]{3,}+[.．·•\s]*+|\t++|\s{3,}+)[（(]?(?P<page>\d{1,3})[)）]?$"
)
PAGE_LAST = re.compile(r"\d[)）]?$")  # tells most lines at one look
MARKS = frozenset("-•·★☆●○■□◆◇▲△▪►※✦")
MARKED = re.compile(r"^[-•·\s]*[★☆●○■□◆◇▲△▪►※✦]\s*(?P<title>\S.{3,80})$")
CONTENTS = re.compile(r"^[【\[]?\s*(?:本期)?\s*(?:目\s*录|要\s*目|导\s*读|内容提要|本期要目)\s*[】\]]?$")
LABEL = re.compile(r"^【\s*([^【】]{2,12}?)\s*】$")  # a column of the bulletin, above its articles
NUMBER = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年\s*第?\s*(?P<number>\d{1,3})\s*期|第\s*(?P<alone>\d{1,4})\s*期")
NAME = re.compile(r"(?:参考|简报|动态|专报|快报|内参|信息|通讯|要情|摘要|专刊|月报|周报|旬报|文摘|资讯|观察|导刊|情报|简讯|决策|研究)$")
LONGEST_HEADING = 60
SHORTEST_ENTRY = 4  # words' characters: rows of marks are ornament
WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
LONGEST_ENTRY = 200  # characters with the leader
FEWEST = 3  # articles without contents that make a bulletin
LEAST_TEXT = 120  # characters below such a heading
SAME_ENTRY = 0.8

Head = tuple[int, int, str, str]  # first block, blocks, title, contents entry


@dataclass(frozen=True, slots=True)
class Item:
    """One article: its heading blocks and its blocks up to the next."""

    title: str
    first: int
    last: int  # exclusive
    entry: str | None = None  # as the contents print it
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Block indices of the parts of one number of a bulletin."""

    masthead: tuple[int, ...]
    contents: tuple[int, ...]
    items: tuple[Item, ...]
    imprint: tuple[int, ...]
    missing: tuple[str, ...] = ()  # contents entries without an article


@dataclass(frozen=True, slots=True)
class Masthead:
    title: str | None
    stated: tuple[Stated, ...]


def parse(article: Article) -> Issue | None:
    """The issue that an article is, None if it is none."""
    entries = list(_entries(article)) or list(_listed(article))
    return _by_contents(article, entries) if len(entries) >= 2 else _by_headings(article)


def _entries(article: Article) -> Iterator[tuple[int, str]]:
    """Contents entries: a run of lines with leaders and page numbers, or with the same mark; (block, title)."""
    found: list[tuple[int, str]] = []
    for i in range(min(len(article.blocks), 120)):
        text = line(article, i).strip()
        match = _entry(text)
        if match and not text.endswith("。") and len(WORDS.findall(match["title"])) >= SHORTEST_ENTRY:
            found.append((i, match["title"].strip(" .·…")))
        elif found and len(found) >= 2 and len(text) > LONGEST_HEADING:
            break
    return iter(found)


def _entry(text: str) -> re.Match[str] | None:
    if len(text) <= LONGEST_ENTRY and PAGE_LAST.search(text[-2:]) and (match := ENTRY.match(text)):
        return match
    return MARKED.match(text) if text[:1] in MARKS and len(text) <= LONGEST_HEADING + 10 else None


def _listed(article: Article) -> Iterator[tuple[int, str]]:
    """Contents entries without marks and pages: below the number of an issue and 目录, lines up to the first that stands there again."""
    masthead = len(_masthead(article))
    top = range(masthead, min(len(article.blocks), 20)) if masthead else range(0)
    begin = next((i + 1 for i in top if CONTENTS.match(line(article, i).strip())), len(article.blocks))
    first = ""
    for i in range(begin, len(article.blocks)):
        text = line(article, i).strip()
        if LABEL.match(text):
            continue
        if squeezed(text) == first or not titular(text) or len(text) > LONGEST_HEADING:
            break
        first = first or squeezed(text)
        yield i, text


def _by_contents(article: Article, entries: Sequence[tuple[int, str]]) -> Issue | None:
    start = entries[-1][0] + 1
    heads: list[Head] = []
    missing = []
    for _, entry in entries:
        found = _find(article, entry, heads[-1][0] + heads[-1][1] if heads else start)
        if found:
            heads.append((*found, entry))
        else:
            missing.append(entry)
    if len(heads) < 2 or len(heads) < len(entries) / 2:
        return None
    imprint = _imprint(article, heads)
    items, labels = _items(article, heads, imprint[0] if imprint else len(article.blocks))
    top = entries[0][0]
    while top and (LABEL.match(line(article, top - 1).strip()) or CONTENTS.match(line(article, top - 1).strip())):
        top -= 1
    return Issue(tuple(range(top)), (*range(top, heads[0][0]), *labels), items, imprint, tuple(missing))


def _find(article: Article, entry: str, start: int) -> tuple[int, int, str] | None:
    """(block, how many, title) of the heading that an entry names: differing by spaces, a missing word or a wrapped line."""
    best: tuple[float, int, int, str] = (SAME_ENTRY - 1e-9, 0, 0, "")
    wanted = squeezed(entry)
    for i in range(start, len(article.blocks)):
        text = line(article, i).strip()
        if len(text) > LONGEST_HEADING + 20 or not set(squeezed(text)[:4]) & set(wanted):
            continue
        joined = text
        for count in (1, 2, 3):
            score = _same(squeezed(joined), wanted)
            if score > best[0]:
                best = (score, i, count, joined)
            if i + count >= len(article.blocks) or len(squeezed(joined)) >= len(wanted):
                break
            following = line(article, i + count).strip()
            joined += glue(joined, following) + following
        if best[0] == 1.0:
            break
    return best[1:] if best[3] else None


def _same(text: str, wanted: str) -> float:
    from difflib import SequenceMatcher

    if not text or not 0.6 <= len(text) / max(1, len(wanted)) <= 1.7:
        return 0.0
    return 1.0 if text == wanted else SequenceMatcher(None, text, wanted, autojunk=False).ratio()


def _items(article: Article, heads: Sequence[Head], end: int) -> tuple[tuple[Item, ...], list[int]]:
    """The articles, and the labels of columns between them, which are of none."""
    items: list[Item] = []
    labels: list[int] = []
    for (first, _, title, entry), following in zip(heads, [*(h[0] for h in heads[1:]), end], strict=True):
        label = LABEL.match(line(article, first - 1).strip()) if first else None
        column = label[1] if label else items[-1].column if items else None
        last = following
        if last < end and last - 1 > first and LABEL.match(line(article, last - 1).strip()):
            last -= 1
            labels.append(last)
        items.append(Item(title, first, last, entry or None, column))
    return tuple(items), labels


def _imprint(article: Article, heads: Sequence[Head]) -> tuple[int, ...]:
    """Editors, telephone, 印发 line below the last article; a line such as X编辑 above them is theirs.

    The source above them is the last article's where another article ends with its own.
    """
    start = heads[-1][0] + 1
    tail = tail_of(article, start)
    first = tail[0] if tail else len(article.blocks)
    while first - 1 > start and EDITED.match(line(article, first - 1).strip()):
        first -= 1
    if any(ORIGIN.match(line(article, i).strip()) for head in heads[1:] for i in (head[0] - 1, head[0] - 2)):
        while first < len(article.blocks) and ORIGIN.match(line(article, first).strip()):
            first += 1
    return tuple(range(first, len(article.blocks)))


def _by_headings(article: Article) -> Issue | None:
    """Articles without contents: at least three headings of the form of a news title, most of them naming a place at their beginning."""
    top = _masthead(article)
    if len(top) >= len(article.blocks) or not _is_heading(article, len(top)):
        return None
    heads = [i for i in range(len(top), len(article.blocks)) if _is_heading(article, i)]
    heads = [i for n, i in enumerate(heads) if _text_below(article, i, heads[n + 1] if n + 1 < len(heads) else len(article.blocks)) >= LEAST_TEXT]
    if len(heads) < FEWEST or heads[0] != len(top):
        return None
    placed = [i for i in heads if _place_first(line(article, i))]
    if not top and (len(placed) < 0.7 * len(heads) or len({_place_first(line(article, i)) for i in placed}) < 2):
        return None
    lengths = [_text_below(article, i, j) for i, j in zip(heads, [*heads[1:], len(article.blocks)], strict=True)]
    if median(lengths) < 2 * LEAST_TEXT:
        return None
    spans: list[Head] = [(i, 1, line(article, i).strip(), "") for i in heads]
    imprint = _imprint(article, spans)
    items, labels = _items(article, spans, imprint[0] if imprint else len(article.blocks))
    return Issue(top, tuple(labels), items, imprint)


def _masthead(article: Article) -> tuple[int, ...]:
    """Blocks at the top up to the issue number and the editing body below it."""
    for i in range(min(6, len(article.blocks))):
        if NUMBER.search(line(article, i)) and len(line(article, i)) <= 40:
            end = i + 1
            while end < len(article.blocks) and any(form.match(line(article, end).strip()) for form in (EDITED, ORGANISATION, SIGNED_DATE)):
                end += 1
            return tuple(range(end))
    return ()


def _is_heading(article: Article, i: int) -> bool:
    block, text = article.blocks[i], line(article, i).strip()
    if block.cell or block.kind in ("caption", "attachment", "note") or not 8 <= len(text) <= LONGEST_HEADING:
        return False
    return titular(text) and number_of(text) is None and i + 1 < len(article.blocks)


def _text_below(article: Article, i: int, following: int) -> int:
    return sum(b.end - b.start for b in article.blocks[i + 1 : following])


def _place_first(text: str) -> str | None:
    """The place that a heading begins with."""
    found = next((f for f in find_regions(text) if f[0] <= 1), None)
    return found[2].code if found else None


def masthead_of(article: Article, count: int) -> Masthead:
    """What the first `count` blocks say: the bulletin's name and number, and the body that edits it."""
    name, number, stated = None, None, []
    for i in range(count):
        block, text = article.blocks[i], line(article, i).strip()
        if match := NUMBER.search(text):
            number = f"{match['year']}年第{match['number']}期" if match["year"] else f"第{match['alone']}期"
            name = name or text[: match.start()].strip(" （(　") or None
        elif match := EDITED.match(text):
            stated.append(
                Stated(field="publisher", value=match[1], origin="imprint", where="刊头", span=Span(block.start, block.start + len(match[1])))
            )
        elif (match := SIGNED_DATE.match(text)) and ORGANISATION.match(match["names"].strip()):
            at = block.start + line(article, i).index(text)
            for name_of, group in (("publisher", "names"), ("published_date", "day")):
                value = match[group].strip()
                start = at + match.start(group)
                stated.append(Stated(field=name_of, value=value, origin="imprint", where="刊头", span=Span(start, start + len(value))))
        elif name is None and (NAME.search(text) or titular(text)):
            name = text
    return Masthead(" ".join(p for p in (name, number) if p) or None, tuple(stated))
