"""What stands in the two indices: one row an article, one row a record with its article's fields beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Fields of both indices. Dates are ISO days; regions are GB/T 2260 codes from the province down."""

    id: str
    title: str = ""  # of the article
    text: str = ""
    article: str
    parent: str | None = None
    parent_title: str | None = None
    source: str
    url: str = ""
    article_kind: str
    doc_number: str | None = None
    doc_key: str | None = None  # code|year|number
    doc_code: str | None = None
    doc_year: int | None = None
    doc_seq: int | None = None
    issuers: tuple[str, ...] = ()
    lead_issuer: str | None = None
    publisher: str | None = None
    origin: str | None = None
    theme: str | None = None
    themes: tuple[str, ...] = ()  # the page's own theme, else those that its words tell
    chains: tuple[str, ...] = ()  # industry chains
    instruments: tuple[str, ...] = ()  # of policy
    region: str | None = None  # name, as the document's metadata says
    regions: tuple[str, ...] = ()
    published: str | None = None
    written: str | None = None
    date: str | None = None  # published, else written, else printed
    month: str | None = None  # 2023-05, of `date`
    article_year: str | None = None
    status: str | None = None
    cluster: str | None = None
    first: bool = True  # the first publisher of its cluster of reprints
    keys: tuple[str, ...] = ()  # completion: characters, 拼音, initials of `label`
    label: str | None = None  # what completion shows


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow(Row):
    ordinal: int = 0
    role: str = "page"
    index_number: str | None = None
    addressees: tuple[str, ...] = ()
    effective: str | None = None
    expiry: str | None = None
    validity: str | None = None
    column: str | None = None
    keywords: tuple[str, ...] = ()
    title_key: str | None = None  # the folded title's letters and digits: a pasted title finds it whatever its signs
    nicknames: tuple[str, ...] = ()  # short names that the text defines for itself
    organisations: tuple[str, ...] = ()
    record_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow(Row):
    """`text` is the sentence (for tasks the whole item), `offset` where it begins in the article, `start`/`end` the evidence in the article."""

    kind: str
    offset: int = 0
    start: int
    end: int
    quote: str
    name: str = ""  # indicator, canonical name, object, task title, cited title
    indicator: str | None = None
    indicator_key: str | None = None
    within: str | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    unit_key: str | None = None
    scaled: float | None = None
    bound: str | None = None
    change: str | None = None  # yoy+, none-
    direction: str | None = None
    measure: str | None = None
    state: str | None = None  # of a metric: actual, target, rule
    tense: str | None = None
    period: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    year: int | None = None
    subject: str | None = None
    subject_regions: tuple[str, ...] = ()
    place: tuple[str, ...] = ()  # regions that the record is about: its subject's, else its article's
    type: str | None = None  # of an action or organisation
    trigger: str | None = None
    actor: str | None = None
    object: str | None = None
    units: tuple[str, ...] = ()
    deadline: str | None = None
    cited_number: str | None = None
    cited_key: str | None = None
    relation: str | None = None
    organisations: tuple[str, ...] = ()
    entity: str | None = None
    confidence: float = 1.0
