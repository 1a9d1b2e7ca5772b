"""Whether two texts are copies of one: fingerprints to find candidates, exact containment to judge, and what tells twins apart.

Two notices made from one template may share 85 % of their text and are two documents (research: near-duplicates), so that 文号,
year, number in the title, region, issuer and the figures are compared before texts are called the same.
"""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from rensa import RMinHash

from extractors.names.regions import find_regions
from store.cards import Card

GRAM: Final = 5  # characters
SHORTEST: Final = 50  # characters of a text that can be a copy
SHORTEST_TITLE: Final = 8  # characters of a title by which an item of a collection is known
CONTAINED: Final = 0.6  # share of the shorter text's grams that the longer must have
EXCERPT: Final = 0.25  # share of the longer text, below which the shorter is an excerpt and not an abridged copy
MISSING: Final = 0.2  # share of the shorter text's figures that the longer may lack
WHOLE: Final = 0.995  # contained so far, a text has no figures of its own
STRANGE: Final = 0.5  # share of its regions
BANDS: Final = 20  # of ROWS minima each: texts of Jaccard 0.8 share a band with 99.8 %, of 0.3 with 1.4 %
ROWS: Final = 6
_STOP: Final = re.compile(r"[。；！？;!?\n]+")
_SENTENCE_SIZE: Final = 12  # characters, from which a sentence is a fingerprint
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|[-—－–~至]|\D|$)")
_ORDINAL: Final = re.compile(r"第?([一二三四五六七八九十百\d]+)(?:批|期|届|次|季度|号|轮)")
_NOT_TEXT: Final = re.compile(r"[\W_]+")


class Overlap(NamedTuple):
    """How much of each text the other has, 0..1, and what tells them apart all the same (empty: they are copies)."""

    share_a: float
    share_b: float
    twins: str = ""


def bare(text: str) -> str:
    """Letters, digits and characters in normal width: what copies keep when they change the layout."""
    plain = _NOT_TEXT.sub("", text)
    return plain if unicodedata.is_normalized("NFKC", plain) else unicodedata.normalize("NFKC", plain)


def grams(plain: str) -> list[str]:
    return [plain[i : i + GRAM] for i in range(len(plain) - GRAM + 1)]


def _key(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1  # SQLite integers are signed


@dataclass
class Copy:
    """A text under judgement, with what it takes to compare it, worked out once."""

    card: Card

    @cached_property
    def sentences(self) -> list[str]:
        return [bare(sentence) for sentence in _STOP.split(self.card.text)]

    @cached_property
    def plain(self) -> str:
        return "".join(self.sentences)

    @cached_property
    def grams(self) -> set[str]:
        return set(grams(self.plain))

    @cached_property
    def numbers(self) -> set[str]:
        return set(_NUMBER.findall(unicodedata.normalize("NFKC", self.card.text)))

    @cached_property
    def years(self) -> set[str]:
        return set(_YEAR.findall(self.card.title or ""))

    @cached_property
    def ordinals(self) -> set[str]:
        return set(_ORDINAL.findall(self.card.title or ""))

    @cached_property
    def title_regions(self) -> set[str]:
        return {region.code for _, _, region in find_regions(self.card.title or "")}

    @cached_property
    def regions(self) -> set[str]:
        return {region.code for _, _, region in find_regions(self.card.text)}


def fingerprints(copy: Copy) -> list[int]:
    """Keys that copies share: the long sentences, and bands of a MinHash over 5-grams for copies with changes everywhere."""
    if len(copy.plain) < SHORTEST:
        return []
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=1)
    sketch.update(grams(copy.plain))
    digest = struct.pack(f"<{BANDS * ROWS}I", *sketch.digest())
    bands = [bytes((band,)) + digest[band * ROWS * 4 : (band + 1) * ROWS * 4] for band in range(BANDS)]
    return sorted({_key(data) for data in (*bands, *(s.encode() for s in copy.sentences if len(s) >= _SENTENCE_SIZE))})


def judge(a: Copy, b: Copy) -> Overlap | None:
    """How much two texts share, where most of the shorter stands in the longer."""
    shared = len(a.grams & b.grams)
    small, large = (a, b) if len(a.grams) <= len(b.grams) else (b, a)
    if not small.grams or shared < CONTAINED * len(small.grams):
        return None
    if shared < CONTAINED * len(large.grams) and _carries(large, small):
        return None
    return Overlap(shared / len(a.grams), shared / len(b.grams), twins(small, large, shared / len(small.grams)) or "")


def _carries(large: Copy, small: Copy) -> bool:
    """Whether a text is a collection that carries another as one of its items, under its title: a number of a bulletin, a digest of news."""
    title = bare(small.card.title or "")
    other = len(title) >= SHORTEST_TITLE and title != bare(large.card.title or "")
    return large.card.kind in ("bulletin", "newspaper") or (other and title in large.plain)


def twins(small: Copy, large: Copy, contained: float) -> str | None:
    """What tells two documents of one template apart; None where nothing does. `contained`: share of the shorter in the longer.

    Of the part that is not contained, figures and regions may be missing; of a template's twin they are missing from the rest.
    """
    a, b = small.card, large.card
    if a.number and b.number and a.number != b.number:
        return "文号"
    for name, one, other in (
        ("年份", small.years, large.years),
        ("期次", small.ordinals, large.ordinals),
        ("地区", small.title_regions, large.title_regions),
    ):
        if one and other and not one & other:
            return name
    if _official(a) and _official(b) and not set(a.metadata.issuers) & set(b.metadata.issuers):
        return "发文机关"
    return None if contained > WHOLE else _strange(small, large, 1 - contained)


def _strange(small: Copy, large: Copy, beyond: float) -> str | None:
    if _lacking(small.numbers, large.numbers) > MISSING + beyond:
        return "数字"
    if _lacking(small.regions, large.regions) > STRANGE + beyond and len(small.regions - large.regions) > 1:
        return "地区"
    return None


def _official(card: Card) -> bool:
    return card.kind in ("policy", "call", "announcement") and bool(card.metadata.issuers)


def _lacking(some: set[str], others: set[str]) -> float:
    return len(some - others) / len(some) if some else 0.0


def how(share_first: float, share_own: float) -> Literal["same", "abridged", "excerpt", "longer"]:
    """What a copy is of the first text: `share_first` of the first's text is in it, `share_own` of its own is in the first."""
    if share_own >= CONTAINED and share_first >= CONTAINED:
        return "same"
    if share_own >= CONTAINED:
        return "abridged" if share_first >= EXCERPT else "excerpt"
    return "longer"


def first_of(cards: Iterable[Card]) -> Card:
    """The first publisher's: the earliest dated; of one day the longest."""
    return min(cards, key=lambda c: (c.metadata.published_date or c.metadata.written_date or "9999", -len(c.text), c.id))
