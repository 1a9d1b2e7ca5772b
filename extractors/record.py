"""What an extractor emits: one fact with its evidence."""

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import Literal, TypeVar

from extractors.article import Article, Note, Span

RecordKind = Literal["organisation", "metric", "action", "task", "reference", "person"]
OrganisationType = Literal["government", "university", "institute", "company", "finance", "platform", "institution", "association", "media", "other"]
Bound = Literal["=", "~", ">=", "<=", ">", "<"]
Status = Literal["actual", "target", "rule"]
ActionType = Literal[
    "issue", "establish", "hold", "cooperate", "fund", "recognise", "talent", "transfer", "evaluate", "launch", "research", "serve", "other"
]
Tense = Literal["done", "ongoing", "planned"]
Relation = Literal["cites", "basis", "implements", "issues", "forwards", "repeals", "amends", "extends", "interprets"]
UnitRole = Literal["lead", "support", "joint"]
Measure = Literal["stock", "flow", "cumulative", "rate", "rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One fact. `start`/`end` are half open offsets into the article's text, `quote` is what stands there."""

    kind: RecordKind
    article: str  # Article.id
    start: int
    end: int
    quote: str
    rule: str  # the rule or model that found it
    version: int = 1  # of that rule
    confidence: float = 1.0  # 0..1
    id: str = ""  # given by `identify`
    spans: dict[str, Span] = field(default_factory=dict)  # evidence of single fields
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    kind: Literal["organisation"] = "organisation"
    text: str
    type: OrganisationType
    canonical: str
    entity: str | None = None  # id in the authority file
    region: str | None = None  # GB/T 2260 code


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricChange:
    basis: Literal["yoy", "ytd", "period", "none"]
    direction: Literal["+", "-"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Record):
    """A stated quantity. `value` has 万/亿 multiplied out; money is always in `unit` 元 unless another currency is named."""

    kind: Literal["metric"] = "metric"
    text: str
    value: float
    value_max: float | None = None
    unit: str
    bound: Bound = "="
    indicator: str | None = None
    within: str | None = None  # the parent indicator of 其中…
    change: MetricChange | None = None
    status: Status = "actual"
    period: str | None = None  # as written
    period_start: str | None = None  # ISO day
    period_end: str | None = None  # ISO day, inclusive
    subject: str | None = None
    subject_region: str | None = None  # GB/T 2260 code
    base: str | None = None  # id of the record that states the base value
    indicator_key: str | None = None
    measure: Measure | None = None
    year: int | None = None
    unit_key: str | None = None
    scaled: float | None = None  # value in unit_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    kind: Literal["action"] = "action"
    trigger: str
    type: ActionType
    actor: str | None = None
    object: str | None = None
    date: str | None = None
    tense: Tense = "done"
    stage: Literal["proposed", "final"] | None = None  # 拟 | 认定, of published lists
    batch: str | None = None  # 2031年第二批
    publicity: str | None = None  # 公示期 as written; of rows that are proposed
    publicity_start: str | None = None  # ISO day
    publicity_end: str | None = None  # ISO day, inclusive
    metrics: tuple[str, ...] = ()  # ids of records inside the object
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleUnit:
    name: str  # canonical; groups (各盟市政府) as written
    role: UnitRole
    text: str
    span: Span | None = None
    group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    kind: Literal["task"] = "task"
    number: str | None  # 3, 三, 13.1; None for a titled part without a number
    title: str
    units: tuple[str, ...] = ()  # names of `responsible`, lead first
    responsible: tuple[ResponsibleUnit, ...] = ()
    deadline: str | None = None
    targets: tuple[str, ...] = ()  # ids of metrics inside the task's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A cited document: each distinct one once an article; its span is the first citation."""

    kind: Literal["reference"] = "reference"
    title: str
    doc_number: str | None = None
    relation: Relation = "cites"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person in a professional role. Nothing private is kept."""

    kind: Literal["person"] = "person"
    name: str
    title: str | None = None
    organisation: str | None = None
    field: str | None = None  # field of work


AnyRecord = Organisation | Metric | Action | Task | Reference | Person
R = TypeVar("R", bound=Record)

# What `store.put` does not count as a change (design, Walls: What is a change).
UNTRACKED_FIELDS = frozenset({"start", "end", "spans", "rule", "version", "confidence"})
# Fields that came after a store may have been filled: where they say nothing, its records have not changed.
LATER_FIELDS = frozenset({"publicity", "publicity_start", "publicity_end"})

_SENTENCE_MARKS = "。！？；!?;\n"
_SENTENCE_END = re.compile(f"[{_SENTENCE_MARKS}]")
_LONGEST_SENTENCE = 400  # characters kept on each side of a span where no sentence end stands


def sentence_span(text: str, start: int, end: int) -> Span:
    """The sentence around a span: from after the last 。！？； or line end to the next one, inclusive."""
    first = max(0, start - _LONGEST_SENTENCE)
    first = max(first, *(text.rfind(mark, first, start) + 1 for mark in _SENTENCE_MARKS))
    last = _SENTENCE_END.search(text, end, end + _LONGEST_SENTENCE)
    return Span(first, last.end() if last else min(len(text), end + _LONGEST_SENTENCE))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def identify(article: Article, records: Iterable[R]) -> list[R]:
    """Give records of one kind their ids, in text order.

    id = hash(article, kind, quote, sentence, n-th such quote in equal sentences): white space and what is inserted
    above or below leave it as it is (docs/decisions.md, Record identity).
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    out = []
    for record in sorted(records, key=lambda r: (r.start, r.end)):
        kind = record.kind
        sentence = _squeezed(article.quote(sentence_span(article.text, record.start, record.end)))
        key = (kind, _squeezed(record.quote), sentence)
        parts = (article.id, *key, str(seen[key]))
        seen[key] += 1
        name = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
        out.append(record if record.id == name else replace(record, id=name))
    return out


def inside(records: Sequence[R], span: tuple[int, int]) -> list[R]:
    """The records that lie wholly inside a span, of records in text order."""
    first = bisect_left(records, span[0], key=lambda r: r.start)
    return [r for r in takewhile(lambda r: r.start < span[1], islice(records, first, None)) if r.end <= span[1]]
