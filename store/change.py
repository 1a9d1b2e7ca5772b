"""One line of the change log, and what one Article said at one capture."""

from dataclasses import dataclass
from typing import Any, Literal

Op = Literal["ADD", "MOD", "DEL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`payload` is the whole object (DEL: the last one). `seq` order is commit order."""

    seq: int
    op: Op
    kind: str  # article, organisation, metric, action, task, reference, person …
    id: str
    article: str  # the article it belongs to (itself, for kind article)
    revision: int
    payload: dict[str, Any]
    at: str  # ISO time, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one Article said at one capture, as one reader version read it."""

    id: int
    article: str
    capture: str  # digest
    reader: str
    text_digest: str
    at: str
