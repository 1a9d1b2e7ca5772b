"""What a library item is (docs/library-items.md).

An item's identity is the original document and the clause: a reprint adds evidence to an item, not another item.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from extractors.article import Article, Span
from extractors.facts import Deadline
from extractors.names.home import home_region
from extractors.names.regions import find_regions, is_within, region_by_code, region_by_name
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

    field: str  # registration_region | age_years | revenue | rd_share | staff | investment | area | count | industry | qualification | event
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
class Document:
    """A document that states something first hand, and for whom it speaks."""

    title: str | None
    number: str | None = None  # 文号
    region: str | None = None
    region_code: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An article with its records, and what all its items share."""

    article: Article
    records: Sequence[AnyRecord]
    authority: Literal["original", "secondary"]
    document: Document


def speaks_for_itself(kind: str) -> bool:
    """Policies, calls and announcements state what they say first hand; others report."""
    return kind in ("policy", "call", "announcement")


def document_of(article: Article) -> Document:
    """An article as the document that it is."""
    m = article.metadata
    region = region_by_name(m.region) if m.region else home_region(article)
    for _, _, named in find_regions(article.title or ""):
        region = named if region and is_within(named, region) else region  # 某省 of the site, 某区 of the title
    title, number = (article.title, m.doc_number) if speaks_for_itself(article.kind) else (None, None)
    return Document(title, number, region.name if region else m.region, region.code if region else m.region_code)


def source_of(
    article: Article, records: Sequence[AnyRecord], original: Document | None = None, cited: Mapping[str, Document] | None = None
) -> Source:
    """`original`: the document that the article reprints. `cited`: documents held, by the reference that means them.

    A report is of the document that it cites as issued or interpreted, if that is one only.
    """
    own = document_of(article)
    if speaks_for_itself(article.kind):
        return Source(article, records, "original", original or own)
    reported = original or _reported(records, own, cited or {}) or own
    if reported.region is None:
        reported = replace(reported, region=own.region, region_code=own.region_code)
    return Source(article, records, "secondary", reported)


def _reported(records: Sequence[AnyRecord], own: Document, cited: Mapping[str, Document]) -> Document | None:
    """The one document that is reported on. One of another region, mostly a higher one, is what the report's own region follows."""
    issued = [r for r in records if isinstance(r, Reference) and r.relation in ("issues", "interprets")]
    if len(issued) != 1:
        return None
    named = find_regions(issued[0].title)
    home = region_by_code(own.region_code or "")
    if named and named[0][0] == 0 and home and not is_within(named[0][2], home):
        return None
    return cited.get(issued[0].id) or Document(issued[0].title, issued[0].doc_number)


def make(source: Source, library: Library, title: str, detail: Detail, span: Span, records: tuple[str, ...] = (), region: str | None = None) -> Item:
    """An item with its identity and evidence. `region` overrides the document's, where the clause names another."""
    found = region_by_name(region) if region else None
    quote = source.article.quote(span)
    return Item(
        id=identity(source, library, f"{title}\x1f{quote}"),
        library=library,
        title=title,
        authority=source.authority,
        applicable_region=found.name if found else source.document.region,
        region_code=found.code if found else source.document.region_code,
        document=source.document.title,
        doc_number=source.document.number,
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

    The document is its 文号, else its title and region; a second-hand report without a known document counts by its region.
    """
    d = source.document
    document = d.number or f"{d.title or ''}{d.region or ''}" or source.article.id
    parts = (library, re.sub(r"[\s《》“”\"]", "", document), re.sub(r"[\s，。、；：,;:]", "", clause))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
