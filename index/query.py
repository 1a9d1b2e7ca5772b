"""What people ask (Request) and what they get (Page), in our own words: no engine's syntax crosses this seam."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Literal

from extractors.article import Span
from index.rows import Row

IndexName = Literal["articles", "records"]
Scalar = str | int | float


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word: stands literally in one of the text fields; its segmented parts rank too.

    `loose`: any pair or part of it is enough (questions). `literal`: 简繁, width and 〇/○ are told apart.
    """

    text: str
    loose: bool = False
    literal: bool = False
    fields: tuple[str, ...] = ()  # text fields; () = all of the index


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stands literally in one of the text fields; nothing else ranks."""

    text: str
    literal: bool = False
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefix:
    """`field` None: a word of the text that begins so; else a keyword that begins so."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """All words within `distance` characters of one text field, in any order."""

    words: tuple[str, ...]
    distance: int = 20
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A keyword or number equal to one of the values; adds `boost` to the score."""

    field: str
    values: tuple[Scalar, ...]
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Range:
    """Ends are included unless `open_start`/`open_end`. Days may be cut short: 2023 … 2023-05 means to the end of May."""

    field: str
    start: Scalar | None = None
    end: Scalar | None = None
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


Node = All | Word | Phrase | Prefix | Near | Term | Range | And | Or | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Buckets by the values of a keyword or whole number, most documents first (`by_key`: by value)."""

    field: str
    size: int = 20
    by_key: bool = False
    aggs: Mapping[str, "Agg"] = _field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stats:
    """count, min, max, avg, sum of a number."""

    field: str


@dataclass(frozen=True, slots=True)
class Percentiles:
    field: str
    percents: tuple[float, ...] = (25.0, 50.0, 75.0)


@dataclass(frozen=True, slots=True)
class Cardinality:
    """How many different values; approximate above some thousand."""

    field: str


Agg = Terms | Stats | Percentiles | Cardinality


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    key: Scalar
    count: int
    aggs: Mapping[str, "Result"] = _field(default_factory=dict)


Result = tuple[Bucket, ...] | Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Sort:
    """By relevance (`field` None, freshness counts a little) or by a day or number; documents without it come last; equals by id."""

    field: str | None = None
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`filters` restrict and do not rank. `snapshot`: the cursor goes on in the index as it is now."""

    index: IndexName = "articles"
    where: Node = All()
    filters: tuple[Node, ...] = ()
    aggs: Mapping[str, Agg] = _field(default_factory=dict)
    sort: Sort = Sort()
    size: int = 10
    cursor: str | None = None
    snapshot: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text that shows why it was found; `marks` are offsets into the whole text."""

    start: int
    end: int
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Scores compare within one page only, never between engines."""

    id: str
    score: float | None
    row: Row
    title_marks: tuple[Span, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    hits: tuple[Hit, ...]
    total: int
    buckets: Mapping[str, Result] = _field(default_factory=dict)
    next: str | None = None  # cursor of the page after this one
    notices: tuple[str, ...] = ()  # what was done beyond the letter of the request, in Chinese
