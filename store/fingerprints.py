"""The index of fingerprints: which texts share them, and are therefore worth comparing.

What a batch of articles asks is worked out as arrays: with dictionaries it takes five times as long, nearly all of it waiting for memory.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from store.database import fetch, insert, slices
from store.tables import texts

Numbers = NDArray[np.int64]

COMMON: Final = 50  # texts that a fingerprint leads to: the first ones
LIKELY: Final = 30  # candidates judged an article, those with most fingerprints in common first
_STORED: Final = np.dtype("<i8")
_AT_ONCE: Final = 1 << 20  # places at which texts meet, counted together: 8 MB an array


@dataclass(frozen=True, slots=True)
class _Holders:
    """Fingerprints asked for and the texts that have them, by fingerprint; the first COMMON of each and no more."""

    starts: Numbers  # where the texts of each fingerprint begin in `texts`
    sizes: Numbers  # how many they are
    texts: Numbers


def drop(connection: Connection, articles: str) -> None:
    """Take articles out of the index. `articles`: ids, as JSON."""
    rows = fetch(connection, "SELECT n, keys FROM texts WHERE article IN (SELECT value FROM json_each(?))", articles)
    if gone := [(key, n) for n, keys in rows for key in np.frombuffer(keys, _STORED).tolist()]:
        connection.exec_driver_sql("DELETE FROM fingerprints WHERE key = ? AND text = ?", gone)
    connection.exec_driver_sql("DELETE FROM texts WHERE article IN (SELECT value FROM json_each(?))", (articles,))


def add(connection: Connection, keys: Mapping[str, Numbers]) -> set[tuple[str, str]]:
    """Put articles into the index by their fingerprints; the pairs with one of them that share some, at most LIKELY an article, each in order."""
    known = {id_: own for id_, own in keys.items() if len(own)}
    if not known:
        return set()
    insert(connection, texts, ("article", "keys"), [(id_, own.astype(_STORED).tobytes()) for id_, own in known.items()])
    numbered = "SELECT article, n FROM texts WHERE article IN (SELECT value FROM json_each(?))"
    numbers = dict(fetch(connection, numbered, _json(list(known))))
    of = np.repeat(np.array([numbers[id_] for id_ in known], np.int64), [len(own) for own in known.values()])
    holders, met = _indexed(connection, np.concatenate(list(known.values())), of)
    return _likely(connection, of, met, holders)


# A key is kept for the first COMMON texts that have it: a stock phrase costs no more than that, and of a text that is reprinted more
# often the later copies are still compared with the first ones.
_HOLDERS: Final = "SELECT f.key, f.text FROM json_each(?) AS asked CROSS JOIN fingerprints AS f ON f.key = asked.value"


def _indexed(connection: Connection, keys: Numbers, of: Numbers) -> tuple[_Holders, Numbers]:
    """Store the fingerprints `keys` of the texts `of`; who has them, these included, and the place of each among the holders' fingerprints."""
    rows = fetch(connection, _HOLDERS, _json(np.unique(keys).tolist()))
    stored = np.fromiter(chain.from_iterable(rows), np.int64, 2 * len(rows)).reshape(-1, 2)
    order = np.argsort(np.concatenate((stored[:, 0], keys)), kind="stable")  # of one key those stored first, then as they come
    key = np.concatenate((stored[:, 0], keys))[order]
    text = np.concatenate((stored[:, 1], of))[order]
    first = np.ones(len(key), np.bool_)
    first[1:] = key[1:] != key[:-1]
    starts, group = np.flatnonzero(first), np.cumsum(first) - 1
    new = order >= len(stored)
    kept = new & (np.arange(len(key)) - starts[group] < COMMON)
    _keep(connection, key[kept], text[kept])
    met = np.empty_like(of)
    met[order[new] - len(stored)] = group[new]
    return _Holders(starts, np.minimum(np.diff(starts, append=len(key)), COMMON), text), met


def _keep(connection: Connection, keys: Numbers, of: Numbers) -> None:
    """Many rows a statement take two thirds of the time of one each. OR FAIL: what goes wrong is undone with the transaction, so that SQLite
    need not copy every page before."""
    for some in slices(np.column_stack((keys, of)).reshape(-1).tolist()):
        rows = ", ".join(["(?, ?)"] * (len(some) // 2))
        connection.exec_driver_sql(f"INSERT OR FAIL INTO fingerprints (key, text) VALUES {rows}", tuple(some))


def _likely(connection: Connection, of: Numbers, met: Numbers, holders: _Holders) -> set[tuple[str, str]]:
    names = dict(
        fetch(connection, "SELECT n, article FROM texts WHERE n IN (SELECT value FROM json_each(?))", _json(np.unique(holders.texts).tolist()))
    )
    shared: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for one, other, count in _counted(of, met, holders):
        shared[one].append((-count, names[other]))
    pairs = ((names[one], other) for one, others in shared.items() for _, other in sorted(others)[:LIKELY])
    return {(one, other) if one < other else (other, one) for one, other in pairs}


def _counted(of: Numbers, met: Numbers, holders: _Holders) -> Iterator[tuple[int, int, int]]:
    """Each text of `of` with each other that shares fingerprints with it, and how many."""
    numbers, places = np.unique(holders.texts, return_inverse=True)  # numbers of texts may be large, places fit half a key
    sizes = holders.sizes[met]
    bounds = np.flatnonzero(np.diff(of, prepend=-1, append=-1))  # no text is cut in two
    slice_of = np.concatenate(([0], np.cumsum(sizes)))[bounds] // _AT_ONCE
    for start, end in pairwise(bounds[np.flatnonzero(np.diff(slice_of[:-1], prepend=-1, append=-1))].tolist()):
        size = sizes[start:end]
        ends = np.cumsum(size)
        at = np.repeat(holders.starts[met[start:end]] - ends + size, size) + np.arange(size.sum())
        one = np.repeat(of[start:end], size)
        away = one != holders.texts[at]
        both, counts = np.unique(np.searchsorted(numbers, one[away]) << 32 | places[at[away]], return_counts=True)
        yield from zip(numbers[both >> 32].tolist(), numbers[both & 0xFFFFFFFF].tolist(), counts.tolist(), strict=True)


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()
