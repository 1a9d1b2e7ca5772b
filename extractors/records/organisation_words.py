"""The words of organisation.yml: heads of names, and what a name may not hold."""

from dataclasses import dataclass
from functools import cache
from typing import cast

import daachorse

from extractors.record import OrganisationType
from extractors.rules import load


@dataclass(frozen=True, slots=True)
class Head:
    """A last word of names. `firm`: any body makes a name; `single`: a region has one; `many`: a place and common words make none."""

    text: str
    type: OrganisationType
    firm: bool
    single: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Words:
    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    heads: list[Head]
    generic: frozenset[str]
    stops: frozenset[str]
    leads: frozenset[str]
    nominal: frozenset[str]
    subjects: frozenset[str]  # heads for which a specific common noun is enough

    def is_head(self, text: str) -> bool:
        return any(text.endswith(h.text) for h in self.heads)

    def ends_name(self, text: str, tag: str, *, known: bool) -> bool:
        """Whether a name cannot hold a word: a verb that is no noun as well, or a stop word (alone, or at an end of a guessed word)."""
        if text in self.stops:
            return True
        if text in self.generic or text in self.nominal:
            return False
        if not known and any(text.startswith(s) or text.endswith(s) for s in self.stops if len(s) > 1):
            return True
        return tag in ("v", "vd", "vi", "vq")


@cache
def words() -> Words:
    tables = load("organisation").tables
    lists = {name: frozenset(tables[name].split()) for name in ("generic", "stops", "leads", "nominal", "single", "many", "subjects")}
    heads = [
        Head(text, cast(OrganisationType, kind), group == "firm", text in lists["single"], text in lists["many"])
        for kind, groups in tables["heads"].items()
        for group, texts in groups.items()
        for text in texts
    ]
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick([h.text for h in heads], daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    return Words(automaton, heads, lists["generic"], lists["stops"], lists["leads"], lists["nominal"], lists["subjects"])
