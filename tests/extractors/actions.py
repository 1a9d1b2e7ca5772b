"""The actions of an invented text."""

from dataclasses import replace

from extractors.article import from_text
from extractors.record import Action
from extractors.records import extract


def actions(text: str, **fields: object) -> list[Action]:
    """`fields`: of its article."""
    article = replace(from_text(text), **fields)  # type: ignore[arg-type]
    return [r for r in extract(article) if isinstance(r, Action)]


def pairs(text: str) -> list[tuple[str, str | None]]:
    return [(a.trigger, a.object) for a in actions(text)]
