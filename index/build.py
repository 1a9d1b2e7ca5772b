"""Article and records → rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractors.article import Article
from extractors.docnumber import parse_doc_number
from extractors.facts import facets
from extractors.private import masked, shown
from extractors.record import Action, AnyRecord, Metric, Organisation, Person, Reference, Task, sentence_span
from index.analysis import fold, key_of
from index.rows import ArticleRow, RecordRow, Row
from index.spelling import completion_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What only other documents tell of an article (the follower `relate`); rows take it from here alone."""

    status: str | None = None  # draft, in force, amended, expired, repealed, unknown
    cluster: str | None = None  # id of its group of reprints
    first: bool = True  # the first publisher in that group


NO_FACTS: Final = Facts()
_NICKNAME: Final = re.compile(r"[（(]?(?:以下|下)(?:统一)?(?:简称|称)(?:为|作)?[：:]?\s*[《“\"「](?P<short>[^《》“”\"「」\n]{2,30})[》”\"」]")
_TITLE_BEFORE: Final = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》\s*$")
_TITLE_REACH: Final = 120  # characters before the short name


def rows(article: Article, records: Sequence[AnyRecord], parent: Article | None = None, facts: Facts = NO_FACTS) -> list[Row]:
    """The article's row, then one a record. Private numbers are masked in them: no search finds or shows one."""
    if _holds_private(article) or (parent and _holds_private(parent)):
        article, records, parent = shown((article, records, parent))
    both = _both(article, parent.title if parent else None, facts)
    return [_article(article, records, both, parent), *(_record(article, r, both) for r in records)]


def _holds_private(article: Article) -> bool:
    return any(masked(text) != text for text in (article.title or "", article.text))


def _day(value: str | None) -> str | None:
    return value[:10] if value and re.match(r"\d{4}-\d\d-\d\d", value) else None


def region_path(code: str | None) -> tuple[str, ...]:
    """A code and those above it, from the province down: 150102 → 150000, 150100, 150102."""
    if not code or not re.fullmatch(r"\d{6}", code):
        return ()
    return tuple(dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code)))


def _both(article: Article, parent_title: str | None, facts: Facts) -> dict[str, Any]:
    m = article.metadata
    number = parse_doc_number(m.doc_number) if m.doc_number else None
    published, written = _day(m.published_date), _day(m.written_date)
    date = published or written or _day(m.printed_date)
    told = facets(article)
    return {
        "title": article.title or "", "article": article.id, "parent": article.parent, "parent_title": parent_title, "source": article.source,
        "url": article.url, "article_kind": article.kind, "doc_number": m.doc_number, "issuers": m.issuers,
        "doc_key": number.key if number else None, "doc_code": number.code if number else None,
        "doc_year": number.year if number else None, "doc_seq": number.number if number else None,
        "lead_issuer": m.issuers[0] if m.issuers else None, "publisher": m.publisher, "origin": m.origin, "theme": m.theme,
        "themes": (m.theme,) if m.theme else tuple(f.name for f in told.themes),
        "chains": tuple(f.name for f in told.chains), "instruments": tuple(f.name for f in told.instruments),
        "region": m.region, "regions": region_path(m.region_code), "published": published, "written": written, "date": date,
        "month": date[:7] if date else None, "article_year": date[:4] if date else None,
        "status": facts.status, "cluster": facts.cluster, "first": facts.first,
    }  # fmt: skip


def nicknames(article: Article, parent: Article | None = None) -> tuple[str, ...]:
    """Short names of a document, folded: those that its text gives （以下简称《…》）, or its parent's text behind its title."""
    found = [fold(m["short"]) for m in _NICKNAME.finditer(article.text)]
    own = key_of(article.title or "")
    for m in _NICKNAME.finditer(parent.text) if parent and own else ():
        titled = _TITLE_BEFORE.search(parent.text, max(0, m.start() - _TITLE_REACH), m.start()) if parent else None
        if titled and key_of(titled[1]) == own:
            found.append(fold(m["short"]))
    return tuple(dict.fromkeys(found))


def _article(article: Article, records: Sequence[AnyRecord], both: dict[str, Any], parent: Article | None) -> ArticleRow:
    m = article.metadata
    organisations = dict.fromkeys(r.canonical for r in records if isinstance(r, Organisation))
    return ArticleRow(
        **both, id=article.id, text=article.text, ordinal=article.ordinal, role=article.role, index_number=m.index_number,
        addressees=m.addressees, effective=_day(m.effective_date), expiry=_day(m.expiry_date), validity=m.validity, column=m.column,
        keywords=m.keywords, title_key=key_of(article.title or "") or None,
        nicknames=nicknames(article, parent), organisations=tuple(organisations),
        record_kinds=tuple(dict.fromkeys(r.kind for r in records)),
        keys=completion_keys(article.title or ""), label=article.title or None,
    )  # fmt: skip


def _record(article: Article, record: AnyRecord, both: dict[str, Any]) -> RecordRow:
    own = _own(record)
    sentence = record.spans.get("text") if isinstance(record, Task) else None  # a task is found by all that it says
    sentence = sentence or sentence_span(article.text, record.start, record.end)
    label = own.pop("label", None)
    typed = (label or "", record.text if isinstance(record, Organisation) else "")
    keys = tuple(dict.fromkeys(key for name in typed for key in completion_keys(name)))
    own["place"] = own.get("subject_regions") or both["regions"]
    return RecordRow(
        **both, **own, id=record.id, kind=record.kind, text=article.quote(sentence), offset=sentence.start, start=record.start, end=record.end,
        quote=record.quote, confidence=record.confidence, label=label, keys=keys,
    )  # fmt: skip


def _own(record: AnyRecord) -> dict[str, Any]:
    match record:
        case Metric():
            return _metric(record)
        case Organisation():
            entity = {"entity": record.entity, "type": record.type, "subject_regions": region_path(record.region)}
            return {**entity, "name": record.canonical, "organisations": (record.canonical,), "label": record.canonical}
        case Action():
            date = _day(record.date)
            who = {"trigger": record.trigger, "type": record.type, "actor": record.actor, "object": record.object, "tense": record.tense}
            return {**who, "name": record.object or "", "period_start": date, "period_end": date, "organisations": record.organisations}
        case Task():
            return {"name": record.title, "units": record.units, "deadline": _day(record.deadline), "organisations": record.units}
        case Reference():
            number = parse_doc_number(record.doc_number) if record.doc_number else None
            key = number.key if number else None
            return {"name": record.title, "cited_number": record.doc_number, "cited_key": key, "relation": record.relation}
        case Person():
            organisations = (record.organisation,) if record.organisation else ()
            return {"name": record.name, "organisations": organisations, "type": record.title}
    raise AssertionError(record)


def _metric(m: Metric) -> dict[str, Any]:
    return {
        "name": m.indicator or "", "indicator": m.indicator, "indicator_key": m.indicator_key or m.indicator, "within": m.within,
        "value": m.value, "value_max": m.value_max, "unit": m.unit, "unit_key": m.unit_key or m.unit,
        "scaled": m.value if m.scaled is None else m.scaled, "bound": m.bound, "measure": m.measure, "state": m.status,
        "change": f"{m.change.basis}{m.change.direction}" if m.change else None, "direction": m.change.direction if m.change else None,
        "period": m.period, "period_start": _day(m.period_start), "period_end": _day(m.period_end), "year": m.year,
        "subject": m.subject, "subject_regions": region_path(m.subject_region), "label": m.indicator,
    }  # fmt: skip


__all__ = ["NO_FACTS", "Facts", "nicknames", "region_path", "rows"]
