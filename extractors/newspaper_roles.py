"""What the blocks of a newspaper page are, and which open end each interrupted sentence goes on from."""

import re
from collections.abc import Sequence
from typing import Literal

from extractors.article import Article, Block
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
QUOTED = re.compile(r"[“「《][^”」》]*[”」》]")
ENDING = re.compile(r"[。！？；：，、…]$")


def roles_of(article: Article) -> list[Role]:
    """What each block of the page is."""
    roles: list[Role] = []
    for i in range(len(article.blocks)):
        roles.append(_role(article, i, roles[-1] if roles else None))
    for i in reversed(range(len(roles) - 1)):
        if roles[i] == "label" and "headline" in (roles[i + 1], roles[i - 1] if i else None) and _is_line(article, i):
            roles[i] = "headline"
    return roles


def _is_line(article: Article, i: int) -> bool:
    """A short line of a headline; a column's name is shorter, or quoted whole."""
    text = line(article, i).strip()
    return article.blocks[i].kind != "masthead" and len(squeezed(text)) >= SHORTEST_LINE and not QUOTED.fullmatch(text)


def _role(article: Article, i: int, before: Role | None) -> Role:
    block, text = article.blocks[i], line(article, i).strip()
    beside = _after_gap(article, i) or (before == "caption" and text.count("。") == 1 and not _continues(article, i))
    if block.kind == "caption" or CREDIT.search(text) or (beside and 10 <= len(text) <= LONGEST_CAPTION and text.endswith("。")):
        return "caption"
    if block.kind == "byline" or BYLINE.match(text):
        return "byline"
    return _line_role(block, text)


def _line_role(block: Block, text: str) -> Role:
    """Headline, label or body, of what is neither caption nor byline."""
    if block.kind == "masthead":
        return "label"
    if block.kind == "heading" and block.level and number_of(text) is None:
        return "headline"
    if (
        block.cell
        or ENDING.search(text)
        or number_of(text)
        or len(text) > LONGEST_HEADLINE
        or "。" in text
        or text.count("，") > 1
        or text.count("、") > 1
    ):
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


def links_of(article: Article, roles: Sequence[Role]) -> dict[int, int]:
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
