"""Texts as numbers: hashes of their 5-grams, by which containment is counted, and fingerprints that copies share.

Many texts are worked through as one array: three times as fast as with strings (measured: 14,000 texts of 900 characters a second of one core).
"""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

Hashes = NDArray[np.uint64]
Grams = NDArray[np.uint32]
Keys = NDArray[np.int64]
Places = NDArray[np.int64]
T = TypeVar("T", np.uint32, np.int64)

GRAM: Final = 5  # characters
SHORTEST: Final = 50  # characters of a text that can be a copy
BANDS: Final = 8  # of ROWS minima each: texts of Jaccard 0.8 share a band with 98 %, of 0.9 with 99.98 %, of 0.3 with 6 %
ROWS: Final = 4
STOPS: Final = "。；！？;!?\n"
SENTENCE: Final = 12  # characters, from which a sentence is a fingerprint
_AT_ONCE: Final = 50_000  # characters: what is worked on stays in the processor's cache
_DROPPED, _STOP = 0, 1
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, from the golden ratio
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)  # of splitmix64
_NO_KEYS: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Print:
    """`grams`: hashes of the 5-grams; `keys`: fingerprints, below 2^63. Both ascending, each once."""

    grams: Grams
    keys: Keys


@cache
def _table() -> Grams:
    """What each character counts as: itself in normal width; white space and punctuation nothing. Beyond the basic plane, where characters
    are rare, all count."""
    found = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    found[:0x10000] = _DROPPED
    for char in filter(str.isalnum, map(chr, range(0x10000))):
        found[ord(char)] = ord(unicodedata.normalize("NFKC", char)[0])
    found[[ord(stop) for stop in STOPS]] = _STOP
    return found


def prints(texts: Sequence[str]) -> Iterator[Print]:
    """One for each text, in order."""
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size > _AT_ONCE:
            yield from _prints(some)
            some, size = [], 0
    if some:
        yield from _prints(some)


def _prints(texts: Sequence[str]) -> Iterator[Print]:
    folded = _table()[np.frombuffer("".join(text + "\n" for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)]
    kept = folded > _STOP
    before = np.cumsum(kept)  # characters that count, up to each place
    ends = before[np.cumsum([len(text) + 1 for text in texts]) - 1]
    codes = folded[kept].astype(np.uint64)
    hashes, bounds = _grams(codes, ends)
    bands = _bands(hashes, bounds)
    short = (hashes >> np.uint64(32)).astype(np.uint32)  # one in five million is taken for another of 900: nothing beside a share
    grams = _ascending(short, bounds)
    keys = _ascending(*_joined(bands, *_sentences(codes, before[folded == _STOP], ends)))
    for own, some, size in zip(grams, keys, np.diff(ends, prepend=0).tolist(), strict=True):
        yield Print(own, some if size >= SHORTEST else _NO_KEYS)


def _joined(bands: Keys, sentences: Keys, of: Places) -> tuple[Keys, Places]:
    """The keys of bands and of sentences, those of one text together, and where each text's begin, with the end of the last."""
    owner = np.concatenate((np.repeat(np.arange(len(bands)), BANDS), of))
    keys = np.concatenate((bands.reshape(-1), sentences))[np.argsort(owner, kind="stable")]
    return keys, np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(bands)))))


def _ascending(hashes: NDArray[T], bounds: Places) -> Iterator[NDArray[T]]:
    """The hashes of each text in order, each once. numpy.unique takes five times as long."""
    for start, end in pairwise(bounds.tolist()):
        hashes[start:end].sort()
    first = np.ones(len(hashes), np.bool_)
    first[1:] = hashes[1:] != hashes[:-1]
    first[bounds[:-1][bounds[:-1] < len(hashes)]] = True  # of each text its own
    once = hashes[first]
    for start, end in pairwise(np.concatenate(([0], np.cumsum(first)))[bounds].tolist()):
        yield once[start:end].copy()  # a view would keep those of all texts


def _mixed(hashes: Hashes) -> Hashes:
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _MIX
    return hashes ^ (hashes >> np.uint64(29))


def _grams(codes: Hashes, ends: Places) -> tuple[Hashes, Places]:
    """Hashes of the grams of all texts, none across two of them, and where each text's begin, with the end of the last."""
    size = max(0, len(codes) - GRAM + 1)
    found = codes[:size].copy()
    for n in range(1, GRAM):
        found *= _BASE
        found += codes[n : n + size]
    within = np.ones(size, np.bool_)
    across = (ends[:, np.newaxis] - np.arange(1, GRAM)).reshape(-1)
    within[across[(across >= 0) & (across < size)]] = False
    return _mixed(found[within]), np.concatenate(([0], np.cumsum(np.maximum(np.diff(ends, prepend=0) - GRAM + 1, 0))))


def _bands(grams: Hashes, bounds: Places) -> Keys:
    """A key of each band of each text's MinHash."""
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(grams, bounds.astype(np.uint64), BANDS * ROWS, 1)
    minima = np.array(matrix.to_rows(), np.uint64).reshape(-1, BANDS, ROWS)
    found = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), minima.shape[:2])
    for n in range(ROWS):
        found = found * _BASE + minima[:, :, n]
    return _keys(found)


def _keys(hashes: Hashes) -> Keys:
    return (_mixed(hashes) >> np.uint64(1)).astype(np.int64)  # SQLite's integers are signed


def _sentences(codes: Hashes, stops: Places, ends: Places) -> tuple[Keys, Places]:
    """Keys of the long sentences of all texts, and the number of the text of each. `stops`: places where one ends, ascending."""
    stops = stops[np.diff(stops, prepend=0) > 0]
    if not len(stops):
        return _keys(codes[:0]), stops
    starts = np.concatenate(([0], stops[:-1]))
    place = np.arange(stops[-1]) - np.repeat(starts, stops - starts)
    hashes = np.add.reduceat(_mixed(codes + (place.astype(np.uint64) << np.uint64(32))), starts)
    long = stops - starts >= SENTENCE
    return _keys(hashes[long]), np.searchsorted(ends, starts[long], side="right")
