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
    placed: bool  # a guessed word is not enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    heads: list[Head]
    generic: frozenset[str]
    stops: frozenset[str]
    leads: frozenset[str]
    nominal: frozenset[str]
    subjects: tuple[str, ...]  # heads for which a specific common noun is enough
    last_characters: dict[str, OrganisationType]  # what a model's name without a head is
    trades: frozenset[str]  # last words of companies' short names
    industries: frozenset[str]  # the same, which name an industry as often
    endings: tuple[str, ...]  # heads, and words that end other noun phrases (平台, 项目)

    def type_of(self, text: str) -> OrganisationType | None:
        """The type that a name's last word gives it."""
        fitting = [h for h in self.heads if text.endswith(h.text) and text != h.text]
        return max(fitting, key=lambda h: len(h.text)).type if fitting else None

    def is_head(self, text: str) -> bool:
        return any(h.text == text for h in self.heads)

    def ends_in_head(self, text: str) -> bool:
        return text.endswith(self.endings)

    def ends_name(self, text: str, tag: str, *, known: bool) -> bool:
        """Whether a name cannot hold a word: a verb that is no noun as well, or a stop word (alone, or at an end of a guessed word)."""
        if text in self.stops:
            return True
        if text in self.generic or text in self.nominal:
            return False
        if (not known or len(text) > 3) and (text[:2] in self.stops or text[-2:] in self.stops):
            return True
        return tag in ("v", "vd", "vi", "vq")


_LISTS = ("generic", "stops", "leads", "nominal", "single", "many", "placed", "subjects", "trades", "trades_of_industry")


@cache
def words() -> Words:
    tables = load("organisation").tables
    lists = {name: frozenset(tables[name].split()) for name in _LISTS}
    heads = [
        Head(text, cast(OrganisationType, kind), group == "firm", text in lists["single"], text in lists["many"], text in lists["placed"])
        for kind, groups in tables["heads"].items()
        for group, texts in groups.items()
        for text in texts
    ]
    return Words(
        automaton=daachorse.CharwiseDoubleArrayAhoCorasick([h.text for h in heads], daachorse.MATCH_KIND_LEFTMOST_LONGEST),
        heads=heads,
        generic=lists["generic"],
        stops=lists["stops"],
        leads=lists["leads"],
        nominal=lists["nominal"],
        subjects=tuple(sorted(lists["subjects"])),
        trades=lists["trades"],
        industries=lists["trades_of_industry"],
        last_characters=tables["last_characters"],
        endings=(*(h.text for h in heads), *tables["endings"].split()),
    )


def any_trade() -> str:
    """The last words of companies' short names as alternatives of a pattern, the longest first."""
    return "|".join(sorted(words().trades | words().industries, key=len, reverse=True))
