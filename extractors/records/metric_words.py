"""The words and patterns of metric.yml, compiled once."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extractors.record import Bound
from extractors.rules import load


def table(*path: str) -> Any:
    """A table of metric.yml by its path: table("bounds", "before", "~")."""
    node: Any = load("metric").tables
    for key in path:
        node = node[key]
    return node


@cache
def words(*path: str) -> tuple[str, ...]:
    """The words of a table, the longest first."""
    return tuple(sorted(str(table(*path)).split(), key=len, reverse=True))


@cache
def pattern(*path: str) -> str:
    """They as alternatives of a pattern."""
    return "|".join(re.escape(w) for w in words(*path))


def bound_words(where: str, kind: Bound) -> tuple[str, ...]:
    """The words of a bound `before` a number or `far` from it, the longest first; 不得低于 and its like among them."""
    denied = [no + less for no in words("bounds", "denied", "words") for less in words("bounds", "denied", kind)] if kind != "~" else []
    return tuple(sorted([*words("bounds", where, kind), *denied], key=len, reverse=True))


def standing(some: Sequence[str]) -> str:
    """Words as alternatives, of which a single character does not count behind one with which it makes another word (签约, 通过, 附近)."""
    behind = table("bounds", "behind")
    return "|".join(f"(?<![{behind[w]}]){w}" if w in behind else re.escape(w) for w in some)


@cache
def any_of(*path: str) -> re.Pattern[str]:
    """They as a compiled pattern."""
    return re.compile(pattern(*path))


@cache
def cue(name: str) -> re.Pattern[str]:
    """A pattern of the table `cues`; ^ and $ hold at lines."""
    return re.compile(table("cues", name), re.MULTILINE if name == "section" else 0)
