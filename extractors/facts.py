"""What a document is about and, for calls, until when who may apply for what: facets and facts inferred from its words, each with evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import daachorse

from extractors.article import Article, Span
from extractors.facts_contacts import Stated, amounts, applicants, offices, phones
from extractors.facts_deadlines import Deadline, deadlines, table
from extractors.record import AnyRecord

__all__ = ["Deadline", "Facet", "Facts", "Stated", "facets", "facts", "table"]

FACET_KINDS = ("themes", "chains", "instruments")
_ASKED = re.compile(
    r"(?:重点支持|(?:支持|重点|征集|申报|研究)(?:方向|领域|范围)|聚焦|围绕|赛道)[^。；]{0,100}|[^，。；\n]{2,40}等(?:重点)?(?:领域|方向)"
)
LEAST = 2  # mentions that make a facet, unless the title has one
MOST = 5  # facets of one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A theme, an industry chain or a policy instrument, with the words that say so."""

    name: str
    count: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    themes: tuple[Facet, ...] = ()
    chains: tuple[Facet, ...] = ()
    instruments: tuple[Facet, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    applicants: tuple[Stated, ...] = ()
    amounts: tuple[Stated, ...] = ()
    offices: tuple[Stated, ...] = ()
    phones: tuple[Stated, ...] = ()  # mobile numbers are left out


@cache
def _facet_words() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, list[list[tuple[str, str]]]]:
    """The automaton over all facet words, and (kind, facet) of each: a word may serve several facets."""
    words: dict[str, list[tuple[str, str]]] = {}
    for kind in FACET_KINDS:
        for name, listed in table()[kind].items():
            for word in listed:
                words.setdefault(word, []).append((kind, name))
    return daachorse.CharwiseDoubleArrayAhoCorasick(list(words), daachorse.MATCH_KIND_LEFTMOST_LONGEST), list(words.values())


def facts(article: Article, records: Sequence[AnyRecord] = ()) -> Facts:
    """The facts of an article. Times, applicants, offices are read in calls and policies only."""
    found = facets(article)
    if article.kind not in ("call", "policy", "announcement"):
        return found
    return replace(
        found,
        deadlines=tuple(sorted(deadlines(article), key=lambda d: d.span)) if article.kind == "call" else (),
        applicants=tuple(applicants(article)),
        amounts=tuple(amounts(article, records)),
        offices=tuple(offices(article, records)),
        phones=tuple(phones(article)),
    )


def facets(article: Article) -> Facts:
    """Themes, chains and instruments alone."""
    automaton, meaning = _facet_words()
    spans: dict[tuple[str, str], list[Span]] = {}
    for start, end, n in automaton.find(article.text):
        for key in meaning[n]:
            spans.setdefault(key, []).append(Span(start, end))
    asked = [m.span() for m in _ASKED.finditer(article.text)] if article.kind == "call" else []
    titled = {key for _, _, n in automaton.find(article.title or "") for key in meaning[n]}
    out: dict[str, Any] = {}
    for kind in FACET_KINDS:
        found = [(key, s) for key, s in spans.items() if key[0] == kind and (len(s) >= LEAST or key in titled or _is_asked(kind, s, asked))]
        found.sort(key=lambda f: (f[0] not in titled, -len(f[1]), f[1][0]))
        out[kind] = tuple(Facet(name=key[1], count=len(s), spans=tuple(s[:MOST])) for key, s in found[:MOST])
    return Facts(**out)


def _is_asked(kind: str, spans: Sequence[Span], asked: Sequence[tuple[int, int]]) -> bool:
    """Whether a call names a chain among the fields that it is for: there one mention is enough."""
    return kind == "chains" and any(start <= s.start < end for s in spans for start, end in asked)
