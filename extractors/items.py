"""Library items: what a matching engine can offer, from one article and its records (docs/library-items.md)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from extractors.article import Article, Span
from extractors.drafts import is_draft
from extractors.facts import facts
from extractors.item import Item, Library, OpportunityDetail, Source, make, source_of
from extractors.items_lists import listed_demand, listed_posts, listed_supply
from extractors.items_policy import entitlements
from extractors.items_rights import rights
from extractors.items_shared import shared
from extractors.items_supply import offers, talents
from extractors.record import AnyRecord

VERSION: Final = 11  # bump when the same records give other items: the store then makes its items anew

Collect = Callable[[Source], Iterator[Item]]


def opportunities(source: Source) -> Iterator[Item]:
    """A call is one opportunity."""
    article = source.article
    if article.kind != "call" or not article.text.strip():
        return
    known = facts(article, source.records)
    detail = OpportunityDetail(
        deadlines=known.deadlines,
        applicants=tuple(s.text for s in known.applicants),
        amounts=tuple(dict.fromkeys(s.text for s in known.amounts)),
        office=known.offices[0].text if known.offices else next(iter(article.metadata.issuers), None),  # who calls answers for the call
        phones=tuple(dict.fromkeys(s.text for s in known.phones)),
    )
    title = article.title or article.text.strip().splitlines()[0]
    start = max(article.text.find(title), 0)
    yield make(source, "opportunity", title, detail, Span(start, min(start + len(title), len(article.text))))


COLLECTORS: Final[tuple[tuple[Library, Collect], ...]] = (
    ("policy", entitlements),
    ("policy", rights),
    ("supply", offers),
    ("supply", listed_supply),
    ("supply", shared),
    ("demand", listed_demand),
    ("talent", talents),
    ("talent", listed_posts),
    ("opportunity", opportunities),
)


def items(article: Article, records: Sequence[AnyRecord], library: Library | None = None) -> list[Item]:
    """The items of an article, of one library or of all, each once."""
    return stated(source_of(article, records), library)


def stated(source: Source, library: Library | None = None) -> list[Item]:
    """The same, where other documents tell which one it is or reports. Nobody is entitled to what a draft, or a report of one, says."""
    drafted = is_draft(source.article.title) or is_draft(source.document.title)
    wanted = [(name, collect) for name, collect in COLLECTORS if library in (None, name) and not (drafted and name == "policy")]
    return merge(item for _, collect in wanted for item in collect(source))


def merge(found: Iterable[Item]) -> list[Item]:
    """Items of one identity become one, with the evidence of all; an original one speaks before a second-hand report."""
    kept: dict[str, Item] = {}
    for item in found:
        first = kept.get(item.id)
        if first is None:
            kept[item.id] = item
            continue
        speaks = item if (first.authority, item.authority) == ("secondary", "original") else first
        evidence = tuple(dict.fromkeys((*first.evidence, *item.evidence)))
        kept[item.id] = replace(speaks, evidence=evidence, records=tuple(dict.fromkeys((*first.records, *item.records))))
    return list(kept.values())
