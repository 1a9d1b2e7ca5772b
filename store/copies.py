"""Whether two texts are copies of one: fingerprints to find candidates, exact containment to judge, and what tells twins apart.

Two notices made from one template may share 85 % of their text and are two documents (research: near-duplicates), so that 文号,
year, number in the title, region, issuer and the figures are compared before texts are called the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final, Literal, NamedTuple

import numpy as np

from extractors.article import ArticleKind
from extractors.docnumber import DocNumber
from extractors.drafts import is_draft
from extractors.item import speaks_for_itself
from extractors.names.regions import find_regions, region_names
from store.cards import Card
from store.prints import Print, prints

SHORTEST_TITLE: Final = 8  # characters of a title by which an item of a collection is known
CONTAINED: Final = 0.6  # share of the shorter text's grams that the longer must have
REPRINT: Final = 0.85  # share of each text that the other has: one document, not a part of it
EXCERPT: Final = 0.25  # share of the longer text, below which the shorter is an excerpt and not an abridged copy
MISSING: Final = 0.2  # share of the shorter text's figures that the longer may lack
WHOLE: Final = 0.995  # contained so far, a text has no figures of its own
STRANGE: Final = 0.5  # share of its regions
COLLECTIONS: Final[tuple[ArticleKind, ...]] = ("bulletin", "newspaper")  # carry other texts
_NUMBER: Final = re.compile(
    r"[0-9０-９][0-9０-９]*(?:[.．][0-9０-９]+)?"
)  # not […]+: only what begins with one set of characters is searched at full speed
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|[-—－–~至]|\D|$)")
_ORDINAL: Final = re.compile(r"第?((?<![一二三四五六七八九十百\d])[一二三四五六七八九十百\d]+)(?:批|期|届|次|季度|号|轮)")
_PROPOSED: Final = re.compile("公示|拟")
_NOT_TEXT: Final = re.compile(r"[\W_]+")


class Overlap(NamedTuple):
    """How much of each text the other has, 0..1, and what tells them apart all the same (empty: they are copies)."""

    share_a: float
    share_b: float
    twins: str = ""


def bare(text: str) -> str:
    """Letters, digits and characters in normal width: what copies keep when they change the layout."""
    return unicodedata.normalize("NFKC", _NOT_TEXT.sub("", text))


class Text:
    """What it takes to compare a text, worked out once and only when asked for."""

    def __init__(self, text: str, found: Print) -> None:
        self.text = text
        self.grams = found.grams
        self.keys = found.keys

    @cached_property
    def plain(self) -> str:
        return bare(self.text)

    @cached_property
    def numbers(self) -> set[str]:
        found = set(_NUMBER.findall(self.text))
        return found if all(map(str.isascii, found)) else {unicodedata.normalize("NFKC", number) for number in found}

    @cached_property
    def names(self) -> set[str]:
        """What may name a region."""
        return region_names(self.text)

    @cached_property
    def regions(self) -> set[str]:
        return {region.code for _, _, region in find_regions(self.text)}


@dataclass
class Copy:
    """An article under judgement."""

    card: Card
    text: Text

    @cached_property
    def number(self) -> DocNumber | None:
        return self.card.number

    @cached_property
    def years(self) -> set[str]:
        return set(_YEAR.findall(self.card.title or ""))

    @cached_property
    def ordinals(self) -> set[str]:
        return set(_ORDINAL.findall(self.card.title or ""))

    @cached_property
    def title_regions(self) -> set[str]:
        return {region.code for _, _, region in find_regions(self.card.title or "")}


_IN_TITLES: Final[tuple[tuple[str, Callable[[Copy], set[str]]], ...]] = (
    ("年份", attrgetter("years")),
    ("期次", attrgetter("ordinals")),
    ("地区", attrgetter("title_regions")),
)


def copies(cards: Iterable[Card]) -> dict[str, Copy]:
    """By id."""
    some = list(cards)
    return {card.id: Copy(card, Text(card.text, found)) for card, found in zip(some, prints([card.text for card in some]), strict=True)}


def shared_grams(a: Text, b: Text) -> int:
    both = np.concatenate((a.grams, b.grams))
    both.sort(kind="stable")  # of two ascending runs a merge: half the time of a search
    return int(np.count_nonzero(both[1:] == both[:-1]))


def overlap_of(a: Copy, b: Copy) -> Overlap:
    """How much two texts share, whatever they are to each other."""
    shared = shared_grams(a.text, b.text)
    return Overlap(shared / max(1, len(a.text.grams)), shared / max(1, len(b.text.grams)))


def judge(a: Copy, b: Copy) -> Overlap | None:
    """How much two texts share, where most of the shorter stands in the longer."""
    small, large = (a, b) if len(a.text.grams) <= len(b.text.grams) else (b, a)
    size, other = len(small.text.grams), len(large.text.grams)
    if not size or (size < CONTAINED * other and large.card.kind in COLLECTIONS):
        return None
    shared = shared_grams(a.text, b.text)
    if shared < CONTAINED * size or (shared < CONTAINED * other and _carries(large, small)):
        return None
    told = twins(small, large, shared / size) or ""
    return Overlap(shared / len(a.text.grams), shared / len(b.text.grams), told)


def _carries(large: Copy, small: Copy) -> bool:
    """Whether a text is a collection that carries another as one of its items, under its title: a number of a bulletin, a digest of news."""
    title = bare(small.card.title or "")
    other = len(title) >= SHORTEST_TITLE and title != bare(large.card.title or "")
    return large.card.kind in COLLECTIONS or (other and title in large.text.plain)


def twins(small: Copy, large: Copy, contained: float) -> str | None:
    """What tells two documents of one template apart; None where nothing does. `contained`: share of the shorter in the longer.

    Of the part that is not contained, figures and regions may be missing; of a template's twin they are missing from the rest.
    """
    a, b = small.card, large.card
    if small.number and large.number and small.number != large.number:
        return "文号"
    if a.title and b.title and a.title != b.title and (told := _by_title(small, large)):
        return told
    if speaks_for_itself(a.kind) and speaks_for_itself(b.kind) and (told := _by_stage(a.title, b.title)):
        return told
    if _official(a) and _official(b) and not set(a.metadata.issuers) & set(b.metadata.issuers):
        return "发文机关"
    return None if contained > WHOLE else _strange(small.text, large.text, 1 - contained)


def _by_stage(one: str | None, other: str | None) -> str | None:
    """A draft and its final text, a list that is proposed and the final one, share nearly all and are two documents."""
    if is_draft(one) != is_draft(other):
        return "征求意见稿"
    if one and other and bool(_PROPOSED.search(one)) != bool(_PROPOSED.search(other)):
        return "公示"
    return None


def _by_title(small: Copy, large: Copy) -> str | None:
    for name, of in _IN_TITLES:
        one, other = of(small), of(large)
        if one and other and not one & other:
            return name
    return None


def _strange(small: Text, large: Text, beyond: float) -> str | None:
    if _lacking(small.numbers, large.numbers) > MISSING + beyond:
        return "数字"
    if sum(name not in large.text for name in small.names) < 2:  # cheaper than to read the regions of both
        return None
    if _lacking(small.regions, large.regions) > STRANGE + beyond and len(small.regions - large.regions) > 1:
        return "地区"
    return None


def _official(card: Card) -> bool:
    return speaks_for_itself(card.kind) and bool(card.metadata.issuers)


def _lacking(some: set[str], others: set[str]) -> float:
    return len(some - others) / len(some) if some else 0.0


def how(share_first: float, share_own: float) -> Literal["same", "abridged", "excerpt", "longer"]:
    """What a copy is of the first text: `share_first` of the first's text is in it, `share_own` of its own is in the first."""
    if min(share_own, share_first) >= REPRINT:
        return "same"
    if share_own < share_first:
        return "longer"
    return "abridged" if share_first >= EXCERPT else "excerpt"


def first_of(cards: Iterable[Card]) -> Card:
    """The first publisher's: the earliest dated; of one day the longest."""
    return min(cards, key=lambda c: (c.metadata.published_date or c.metadata.written_date or "9999", -len(c.text), c.id))
