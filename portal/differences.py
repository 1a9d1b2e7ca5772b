"""Where a reprint departs from the text that was published first: a page, and the same as JSON."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from extractors.article import Article
from extractors.private import masked
from portal import present
from portal.site import Site, answer, site_of
from portal.words import COPY_NAMES
from store.clusters import Difference, differences
from store.facts import Cluster, Member
from store.relate import facts_of

router = APIRouter()
Pieces = list[tuple[str, bool]]
LONGEST: Final = 4000  # characters of two stretches that are compared character by character
NAMES: Final = {"replace": "改动", "delete": "未收", "insert": "增添"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An article, the first publication of its text, and how it departs from that."""

    first: Article
    copy: Article
    member: Member
    found: Sequence[Difference]


@router.get("/articles/{article_id}/differences", include_in_schema=False)
def page(request: Request, article_id: str) -> Response:
    """Both texts' differing sentences, side by side."""
    site = site_of(request)
    pair = _pair(site, article_id)
    first, copy = masked(pair.first.text), masked(pair.copy.text)
    rows = [(NAMES[d.op], *_marked(first[slice(*d.first)], copy[slice(*d.copy)])) for d in pair.found]
    heads = [(article, present.headline(article)) for article in (pair.first, pair.copy)]
    return site.page("differences.html", pair=pair, how=COPY_NAMES[pair.member.how], heads=heads, rows=rows)


@router.get("/api/v1/articles/{article_id}/differences")
def listed(request: Request, article_id: str) -> Response:
    """Where an article departs from the first publication of its text: spans of both, sentence by sentence; white space does not count."""
    pair = _pair(site_of(request), article_id)
    return answer({"first": pair.first.id, "copy": pair.copy.id, "how": pair.member.how, "share": pair.member.share, "differences": pair.found})


def _marked(first: str, copy: str) -> tuple[Pieces, Pieces]:
    """Two sentences in pieces, those that differ marked. What has no counterpart, or is very long, is one plain piece."""
    if not first or not copy or len(first) + len(copy) > LONGEST:
        return [(first, False)], [(copy, False)]
    steps = difflib.SequenceMatcher(None, first, copy, autojunk=False).get_opcodes()
    return [(first[a:b], op != "equal") for op, a, b, _, _ in steps if a < b], [(copy[c:d], op != "equal") for op, _, _, c, d in steps if c < d]


def _pair(site: Site, article_id: str) -> Pair:
    """Raises HTTPException for an article that is not held, or is no reprint."""
    copy = site.store.article(article_id)
    if copy is None:
        raise HTTPException(404, f"没有这篇文章：{article_id}")
    cluster = next((f for f in facts_of(site.store, article_id, "cluster") if isinstance(f, Cluster)), None)
    first = site.store.article(cluster.article) if cluster and cluster.article != article_id else None
    if cluster is None or first is None:
        raise HTTPException(404, f"这篇文章不是转载，没有可对照的首发文本：{article_id}")
    member = next(m for m in cluster.members if m.article == article_id)
    return Pair(first=first, copy=copy, member=member, found=differences(first.text, copy.text))
