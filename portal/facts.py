"""The block 文件要点: what a document is about and, for calls, until when who may apply for what; each line leads to its evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from extractors.article import Article, Span
from extractors.facts import Deadline, Facet, Stated, facts
from extractors.record import AnyRecord, Metric
from portal.marking import Place
from portal.present import address, day
from portal.words import APPLICANT_NAMES, FACT_NAMES, STEP_NAMES

MOST: Final = 8  # lines under one name
_LONGEST: Final = 120  # characters of a line
_PARAMS: Final = {"themes": "theme", "instruments": "instrument", "chains": "chain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One line. `href` is its evidence on the page, or None; `alike` the search for articles with the same facet."""

    text: str
    how: str = ""
    href: str | None = None
    alike: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """Points under their names, in the order of FACT_NAMES; how many more a name has; the places that the points lead to."""

    groups: tuple[tuple[str, tuple[Point, ...], int], ...]
    places: tuple[Place, ...]


class _Places:
    """Anchors of evidence: those of a record with the same span, else new ones."""

    def __init__(self, records: Sequence[AnyRecord]) -> None:
        self.records = {(r.start, r.end): r for r in reversed(records)}
        self.made: dict[Span, Place] = {}
        self.number = count(1)

    def href(self, span: Span) -> str:
        if record := self.records.get(span):
            return f"#e-{record.id}"
        place = self.made.get(span) or Place(id=f"f-{next(self.number)}", start=span.start, end=span.end)
        return f"#{self.made.setdefault(span, place).id}"


def key_facts(article: Article, records: Sequence[AnyRecord]) -> KeyFacts:
    found, places = facts(article, records), _Places(records)
    groups = []
    for field, name in FACT_NAMES.items():
        theme = article.metadata.theme if field == "themes" else None
        points = [_stated_theme(theme)] if theme else list(_points(field, getattr(found, field), places))
        points = list({(p.text, p.how): p for p in reversed(points)}.values())[::-1]
        if points:
            groups.append((name, tuple(points[:MOST]), max(0, len(points) - MOST)))
    return KeyFacts(groups=tuple(groups), places=tuple(places.made.values()))


def _stated_theme(theme: str) -> Point:
    """The page's own theme wins over those that its words tell."""
    return Point(text=theme, how="页面标明", alike=_alike("themes", theme))


def _alike(field: str, value: str) -> str:
    return address("/", **{_PARAMS[field]: value})


def _points(field: str, found: Sequence[Facet | Deadline | Stated], places: _Places) -> Iterator[Point]:
    for one in found:
        match one:
            case Facet():
                mentions = f"{one.count} 处" if one.count else "标题"
                yield Point(text=one.name, how=mentions, href=places.href(one.spans[0]), alike=_alike(field, one.name))
            case Deadline():
                yield Point(text="常年受理" if one.standing else day(one.due) or one.text, how=_step(one), href=places.href(one.span))
            case Stated():
                yield Point(text=_short(one.text), how=_about(one, places), href=places.href(one.span))


def _step(deadline: Deadline) -> str:
    step = STEP_NAMES[deadline.step]
    return step if deadline.step == "publicise" else f"{APPLICANT_NAMES[deadline.role]} · {step}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _about(stated: Stated, places: _Places) -> str:
    """What an amount measures."""
    record = places.records.get(stated.span)
    return (record.indicator or "") if isinstance(record, Metric) else ""
