"""The index of fingerprints against a model of it in dictionaries."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from store import Store, fingerprints
from store.database import fetch, reading, writing

Keys = Mapping[str, Sequence[int]]


class Model:
    def __init__(self, common: int, likely: int) -> None:
        self.common, self.likely = common, likely
        self.holders: dict[int, list[str]] = defaultdict(list)

    def add(self, articles: Keys) -> set[tuple[str, str]]:
        for id_, keys in articles.items():
            for key in keys:
                if len(self.holders[key]) < self.common:
                    self.holders[key].append(id_)
        pairs = set()
        for id_, keys in articles.items():
            shared = Counter(other for key in keys for other in self.holders[key] if other != id_)
            best = sorted(shared, key=lambda other: (-shared[other], other))[: self.likely]
            pairs |= {(min(id_, other), max(id_, other)) for other in best}
        return pairs

    def drop(self, articles: set[str]) -> None:
        for some in self.holders.values():
            some[:] = [id_ for id_ in some if id_ not in articles]

    def rows(self) -> list[tuple[int, str]]:
        return sorted((key, id_) for key, some in self.holders.items() for id_ in some)


def rows(store: Store) -> list[tuple[int, str]]:
    with reading(store.engine) as connection:
        return sorted(fetch(connection, "SELECT f.key, t.article FROM fingerprints AS f JOIN texts AS t ON t.n = f.text"))


def arrays(articles: Keys) -> dict[str, fingerprints.Numbers]:
    return {id_: np.array(keys, np.int64) for id_, keys in articles.items()}


@pytest.mark.parametrize("at_once", [1, 40, 1 << 20])
def test_pairs_and_rows_are_those_of_the_model(store: Store, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(fingerprints, "COMMON", 4)
    monkeypatch.setattr(fingerprints, "LIKELY", 3)
    monkeypatch.setattr(fingerprints, "_AT_ONCE", at_once)
    chance, model, held = random.Random(5), Model(4, 3), list[str]()
    for step in range(25):
        names = [f"{chance.randrange(10**6):06}-{step}-{n}" for n in range(chance.randrange(9))]
        batch = {name: sorted(chance.sample(range(60), chance.randrange(12))) for name in names}
        gone = set(chance.sample(held, min(len(held), chance.randrange(3))))
        with writing(store.engine) as connection:
            fingerprints.drop(connection, json.dumps(sorted(gone)))
            found = fingerprints.add(connection, arrays(batch))
        model.drop(gone)
        assert found == model.add(batch)
        assert rows(store) == model.rows()
        held = [id_ for id_ in held if id_ not in gone] + list(batch)


def test_large_keys_are_kept_whole(store: Store) -> None:
    keys = {"a": [3, 2**63 - 1], "b": [2**63 - 1], "c": []}
    with writing(store.engine) as connection:
        assert fingerprints.add(connection, arrays(keys)) == {("a", "b")}
    assert rows(store) == [(3, "a"), (2**63 - 1, "a"), (2**63 - 1, "b")]
    with writing(store.engine) as connection:
        fingerprints.drop(connection, '["a"]')
    assert rows(store) == [(2**63 - 1, "b")]
