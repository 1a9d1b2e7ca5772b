"""Stories of a page whose blocks have places: a text belongs to the nearest headline above it that spans its column."""

from collections.abc import Sequence

from extractors.article import Article, Box

OVERLAP = 0.5  # of a block's width that lies under the headline
TOUCH = 0.5  # line heights that a block may begin above the headline's end


def placed_stories(article: Article, headlines: Sequence[int], others: Sequence[int]) -> list[tuple[tuple[int, ...], list[int]]] | None:
    """(headline blocks, blocks below in the order read), in the order of the headlines; None where blocks have no places."""
    groups = _groups(article, headlines)
    if groups is None or any(article.blocks[i].box is None for i in others):
        return None
    below: list[list[int]] = [[] for _ in groups]
    last = 0
    for i in others:
        found = _above(article, i, groups)
        last = last if found is None else found
        below[last].append(i)
    return [(group, blocks) for group, blocks in zip(groups, below, strict=True) if blocks]


def _groups(article: Article, headlines: Sequence[int]) -> list[tuple[int, ...]] | None:
    """Headlines of several lines together: one below the other, close, over the same columns."""
    groups: list[list[int]] = []
    for i in headlines:
        box = article.blocks[i].box
        if box is None:
            return None
        before = article.blocks[groups[-1][-1]].box if groups and groups[-1][-1] == i - 1 else None
        if before is not None and _shared(box, before) >= OVERLAP and 0 <= box.top - before.bottom <= (box.bottom - box.top):
            groups[-1].append(i)
        else:
            groups.append([i])
    return [tuple(g) for g in groups] or None


def _above(article: Article, i: int, groups: Sequence[tuple[int, ...]]) -> int | None:
    block = article.blocks[i]
    nearest, bottom = None, 0.0
    for n, group in enumerate(groups):
        head = article.blocks[group[-1]]
        if head.box is None or block.box is None or head.page != block.page:
            continue
        reach = head.box.bottom - TOUCH * (head.box.bottom - head.box.top)
        if reach <= block.box.top and _shared(block.box, head.box) >= OVERLAP and (nearest is None or head.box.bottom > bottom):
            nearest, bottom = n, head.box.bottom
    return nearest


def _shared(box: Box, other: Box) -> float:
    """Share of a box's width that another one covers."""
    return max(0.0, min(box.right, other.right) - max(box.left, other.left)) / max(1.0, box.right - box.left)
