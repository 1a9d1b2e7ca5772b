"""A consumer that knows the log only, and what the tables say: the two must agree."""

from collections.abc import Iterable
from typing import Any

import msgspec

from extractors.record import UNTRACKED_FIELDS
from store import Change, Store

Mirror = dict[tuple[str, str], dict[str, Any]]  # (kind, id) -> payload


def follow(store: Store, mirror: Mirror, after: int = 0, limit: int = 100) -> int:
    """Read the log to its end; the last seq. Asserts that each line fits what came before."""
    while lines := store.changes(after, limit):
        assert [line.seq for line in lines] == sorted({line.seq for line in lines})
        apply(mirror, lines)
        after = lines[-1].seq
    return after


def apply(mirror: Mirror, lines: Iterable[Change]) -> None:
    for line in lines:
        key = (line.kind, line.id)
        assert (key in mirror) is (line.op != "ADD"), f"{line.op} of {key} at {line.seq}"
        if line.op == "DEL":
            del mirror[key]
        else:
            mirror[key] = line.payload


def tables(store: Store) -> Mirror:
    """The same, from the tables."""
    found: Mirror = {}
    for article, records in store.snapshot()[1]:
        found["article", article.id] = _plain(article)
        found |= {(r.kind, r.id): _plain(r) for r in records}
    return found


def tracked(mirror: Mirror) -> Mirror:
    """Without what is updated silently."""
    silent = UNTRACKED_FIELDS | {"notes", "capture", "reader", "stated", "url", "blocks"}
    return {key: {k: v for k, v in payload.items() if k not in silent} for key, payload in mirror.items()}


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
