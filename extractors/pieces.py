"""Cut an article into pieces: texts of chosen blocks, with every offset moved along."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from crawler.capture import Capture
from extractors.article import Article, Block, Metadata, Note, Role, article_id
from extractors.joints import glue


def taken(article: Article, indices: Sequence[int], continuing: Collection[int] = ()) -> tuple[str, tuple[Block, ...]]:
    """(text, blocks) of some blocks in the order given. Neighbours keep what stood between them; the others start a new line,
    those in `continuing` go on in the line before."""
    parts: list[str] = []
    blocks: list[Block] = []
    length, before = 0, -2
    for i in indices:
        block = article.blocks[i]
        gap = _between(article, before, i, continuing) if blocks else ""
        body = article.text[block.start : block.end]
        shift = length + len(gap) - block.start
        blocks.append(replace(block, start=block.start + shift, end=block.end + shift))
        parts += [gap, body]
        length += len(gap) + len(body)
        before = i
    return "".join(parts), tuple(blocks)


def _between(article: Article, before: int, i: int, continuing: Collection[int]) -> str:
    last, block = article.blocks[before], article.blocks[i]
    if i in continuing:
        return glue(article.text[last.start : last.end], article.text[block.start : block.end])
    return article.text[last.end : block.start] if i == before + 1 and last.end <= block.start else "\n"


def repeats(titles: Iterable[str | None]) -> list[int]:
    """For each title how many equal ones stand before it: two pieces of one name need two keys."""
    seen: Counter[str] = Counter()
    out = []
    for title in titles:
        bare = re.sub(r"\s", "", title or "")
        out.append(seen[bare])
        seen[bare] += 1
    return out


def child(
    article: Article,
    capture: Capture,
    indices: Sequence[int],
    *,
    role: Role,
    ordinal: int,
    title: str | None,
    again: int,
    continuing: Collection[int] = (),
) -> Article:
    """A piece of `article`, with nothing stated yet. Its key is of its role and title (`again`: the how-manieth of that title, from 0),
    so that a piece put in before it changes nothing."""
    text, blocks = taken(article, indices, continuing)
    named = hashlib.sha256(re.sub(r"\s", "", title or "").encode()).hexdigest()[:8]
    key = ".".join(k for k in (article.piece, f"{role}-{named}" + (f"-{again + 1}" if again else "")) if k)
    return replace(
        article,
        id=article_id(capture.source, capture.canonical_url, key),
        piece=key,
        parent=article.id,
        ordinal=ordinal,
        role=role,
        title=title,
        text=text,
        blocks=blocks,
        metadata=Metadata(),
        stated=(),
        notes=(),
    )


def rest(article: Article, indices: Sequence[int], notes: Sequence[Note] = ()) -> Article:
    """The page without what its children say."""
    text, blocks = taken(article, indices)
    return replace(article, text=text, blocks=blocks, notes=(*article.notes, *notes))
