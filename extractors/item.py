"""What a library item is (docs/library-items.md).

An item's identity is the original document and the clause: a reprint adds evidence to an item, not another item.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from extractors.article import Article, Span
from extractors.facts import Deadline
from extractors.names.regions import home_region, region_by_name
from extractors.record import AnyRecord, Reference

Library = Literal["policy", "supply", "demand", "talent", "opportunity"]
LIBRARIES: Final[tuple[Library, ...]] = get_args(Library)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where an item is stated: half open offsets into the article's text."""

    article: str
    url: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of an entitlement: field operator value, with the words that state it."""

    field: str  # registration_region | age_years | revenue | rd_share | staff | investment | industry | qualification | event
    operator: Literal["=", ">=", "<=", "in"]
    value: str | float
    unit: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is granted: a fixed sum, a share of something, a ceiling; as text and in figures (money in 元)."""

    text: str
    fixed: float | None = None  # the first of several
    tiers: tuple[float, ...] = ()  # 分别给予…: one sum for each of several classes, in the order of the text
    share: float | None = None  # per cent
    ceiling: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDetail:
    """One entitlement (事项)."""

    benefit: Literal["减免", "奖补", "权益", "资质"]
    target: str
    conditions: tuple[Condition, ...] = ()
    amount: Amount | None = None
    materials: tuple[str, ...] = ()
    channel: str | None = None  # 免申即享, 网上办理 …
    office: str | None = None
    until: str | None = None  # ISO day
    parent: str | None = None  # title of the policy


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyDetail:
    """A result, platform, instrument or service on offer."""

    offer: Literal["result", "platform", "instrument", "service"]
    holder: str | None
    maturity: str | None = None
    ip_number: str | None = None
    transfer: str | None = None  # 转让 · 许可 · 作价入股 …
    price: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandDetail:
    """A row of a 榜单 or a list of needs."""

    problem: str
    figures: str | None = None
    budget: str | None = None
    cooperation: str | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentDetail:
    """A person, a team, or a post that is open."""

    form: Literal["person", "team", "post"]
    role: str | None = None
    organisation: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityDetail:
    """A call."""

    deadlines: tuple[Deadline, ...] = ()
    applicants: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    office: str | None = None
    phones: tuple[str, ...] = ()


Detail = PolicyDetail | SupplyDetail | DemandDetail | TalentDetail | OpportunityDetail


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a library. `authority`: whether its own document states it, or another document reports it."""

    id: str
    library: Library
    title: str
    authority: Literal["original", "secondary"]
    applicable_region: str | None
    region_code: str | None
    document: str | None  # title of the document that states it first hand, where known
    doc_number: str | None
    evidence: tuple[Evidence, ...]
    records: tuple[str, ...] = ()
    # exactly one of these, the one named like the library
    policy: PolicyDetail | None = None
    supply: SupplyDetail | None = None
    demand: DemandDetail | None = None
    talent: TalentDetail | None = None
    opportunity: OpportunityDetail | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An article with its records, and what all its items share."""

    article: Article
    records: Sequence[AnyRecord]
    authority: Literal["original", "secondary"]
    region: str | None
    region_code: str | None
    document: str | None
    doc_number: str | None


def source_of(article: Article, records: Sequence[AnyRecord]) -> Source:
    """Policies, calls and announcements speak for themselves; others report, of the document that they cite as issued if they cite one only."""
    original = article.kind in ("policy", "call", "announcement")
    m = article.metadata
    region = region_by_name(m.region) if m.region else home_region(article)
    document, number = (article.title, m.doc_number) if original else _reported(records)
    return Source(
        article=article,
        records=records,
        authority="original" if original else "secondary",
        region=region.name if region else m.region,
        region_code=region.code if region else m.region_code,
        document=document,
        doc_number=number,
    )


def _reported(records: Sequence[AnyRecord]) -> tuple[str | None, str | None]:
    issued = [r for r in records if isinstance(r, Reference) and r.relation in ("issues", "interprets")]
    return (issued[0].title, issued[0].doc_number) if len(issued) == 1 else (None, None)


def make(source: Source, library: Library, title: str, detail: Detail, span: Span, records: tuple[str, ...] = (), region: str | None = None) -> Item:
    """An item with its identity and evidence. `region` overrides the document's, where the clause names another."""
    found = region_by_name(region) if region else None
    quote = source.article.quote(span)
    return Item(
        id=identity(source, library, f"{title}\x1f{quote}"),
        library=library,
        title=title,
        authority=source.authority,
        applicable_region=found.name if found else source.region,
        region_code=found.code if found else source.region_code,
        document=source.document,
        doc_number=source.doc_number,
        evidence=(Evidence(article=source.article.id, url=source.article.url, start=span.start, end=span.end, quote=quote),),
        records=records,
        policy=detail if isinstance(detail, PolicyDetail) else None,
        supply=detail if isinstance(detail, SupplyDetail) else None,
        demand=detail if isinstance(detail, DemandDetail) else None,
        talent=detail if isinstance(detail, TalentDetail) else None,
        opportunity=detail if isinstance(detail, OpportunityDetail) else None,
    )


def identity(source: Source, library: Library, clause: str) -> str:
    """hash(library, original document, title and clause): a sentence may state several items.

    The document is its 文号, else its title; a second-hand report without a known document counts by its region.
    """
    document = source.doc_number or source.document or source.region or source.article.id
    parts = (library, re.sub(r"[\s《》“”\"]", "", document), re.sub(r"[\s，。、；：,;:]", "", clause))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
