"""What a document is about and, for calls, until when who may apply for what: facets and facts inferred from its words, each with evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import daachorse
import msgspec

from extractors.article import Article, Span
from extractors.days import iso_time
from extractors.private import private_numbers
from extractors.record import AnyRecord, Metric, Organisation

Step = Literal["recommend", "paper", "online", "register", "defend", "publicise", "apply"]
FACET_KINDS = ("themes", "chains", "instruments")
LEAST = 2  # mentions that make a facet, unless the title has one
MOST = 5  # facets of one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A theme, an industry chain or a policy instrument, with the words that say so."""

    name: str
    count: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One time of a call. `due` is an ISO day or an ISO time of Beijing; None where it is open all year (`standing`)."""

    role: str  # applicant | recommender
    step: Step
    due: str | None
    standing: bool
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A phrase of the text with its place."""

    text: str
    span: Span


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
def table() -> dict[str, Any]:
    data: dict[str, Any] = msgspec.yaml.decode((files("extractors") / "facts.yml").read_bytes())
    return data


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
        applicants=tuple(_applicants(article)),
        amounts=tuple(_amounts(records)),
        offices=tuple(_offices(article, records)),
        phones=tuple(_phones(article)),
    )


def facets(article: Article) -> Facts:
    """Themes, chains and instruments alone."""
    automaton, meaning = _facet_words()
    spans: dict[tuple[str, str], list[Span]] = {}
    for start, end, n in automaton.find(article.text):
        for key in meaning[n]:
            spans.setdefault(key, []).append(Span(start, end))
    titled = {key for _, _, n in automaton.find(article.title or "") for key in meaning[n]}
    out: dict[str, Any] = {}
    for kind in FACET_KINDS:
        found = [(key, s) for key, s in spans.items() if key[0] == kind and (len(s) >= LEAST or key in titled)]
        found.sort(key=lambda f: (f[0] not in titled, -len(f[1]), f[1][0]))
        out[kind] = tuple(Facet(name=key[1], count=len(s), spans=tuple(s[:MOST])) for key, s in found[:MOST])
    return Facts(**out)


_CLOCK = r"(?:\s*(?:上午|下午|晚上?|中午)?\s*\d{1,2}\s*(?:[:：]\d{2}|[时点](?:\d{1,2}分|半|整)?))?"
_DAY = rf"(?:(?:20\d\d)\s?[年\-./]\s?)?\d{{1,2}}\s?[月\-./]\s?\d{{1,2}}\s?日?(?:（[^）]{{1,6}}）|\([^)]{{1,6}}\))?{_CLOCK}"
_TIMED = re.compile(rf"(?P<from>{_DAY}\s?(?:起)?(?:至|到|—+|-+|～|~)\s?)?(?P<until>{_DAY})(?P<end>\s?(?:之?前|止|截止|（含）|结束|为止))?")
_SAYS = re.compile(
    r"截止|截至|之?前(?:，|将|报|提|完|登|寄|通|在|送|向|以)|逾期|为止"
    r"|(?:申报|受理|报名|填报|征集|推荐|评审|答辩|公示)(?:材料)?(?:时间|期限|日期|截止)"
)
_STANDING = re.compile(r"常年(?:受理|申报|征集|开放|接收|有效)|全年(?:受理|申报)|长期(?:受理|有效|征集)|随时申报|不设截止")
_SENTENCE = re.compile(r"[^。；\n]+")


def deadlines(article: Article) -> Iterator[Deadline]:
    """The times of a call, in text order."""
    published = article.metadata.published_date or article.metadata.written_date
    for m in _SENTENCE.finditer(article.text):
        if standing := _STANDING.search(m[0]):
            span = Span(m.start() + standing.start(), m.start() + standing.end())
            clause = _clause(m[0], standing.start())
            yield Deadline(role=_role(clause), step=_step(clause), due=None, standing=True, text=standing[0], span=span)
        if not _SAYS.search(m[0]):
            continue
        for time in _TIMED.finditer(m[0]):
            due = _due(time["until"], published)
            if due and (time["end"] or time["from"] or re.search(r"截止|截至", m[0][max(0, time.start() - 12) : time.start()])):
                clause = _clause(m[0], time.start())
                span = Span(m.start() + time.start("until"), m.start() + time.end("until"))
                yield Deadline(role=_role(clause), step=_step(clause), due=due, standing=False, text=article.quote(span), span=span)


def _clause(sentence: str, at: int) -> str:
    return sentence[sentence.rfind("，", 0, at) + 1 :].partition("，")[0]


def _step(text: str) -> Step:
    found: Step = next((step for step, words in table()["steps"].items() if any(w in text for w in words)), "apply")
    return found


def _role(text: str) -> str:
    return next((role for role, words in table()["roles"].items() if any(w in text for w in words)), "applicant")


def _due(text: str, published: str | None) -> str | None:
    """ISO day, or ISO time with +08:00 where an hour stands; a missing year is the next such day from the publication on."""
    clock = re.search(r"(上午|下午|晚上?|中午)?\s*(\d{1,2})\s*(?:[:：](\d{2})|[时点](?:(\d{1,2})分|(半)|整)?)\s*$", text)
    day = re.search(r"(?:(20\d\d)\s?[年\-./]\s?)?(\d{1,2})\s?[月\-./]\s?(\d{1,2})", text)
    if not day:
        return None
    year, month, number = day[1], int(day[2]), int(day[3])
    try:
        due = date(int(year), month, number) if year else _next(month, number, published)
    except ValueError:
        return None
    if due is None or not clock:
        return due.isoformat() if due else None
    hour, minute = int(clock[2]), int(clock[3] or clock[4] or (30 if clock[5] else 0))
    hour += 12 if clock[1] in ("下午", "晚", "晚上") and hour < 12 else 0
    return f"{due.isoformat()}T{hour:02d}:{minute:02d}:00+08:00" if hour <= 24 and minute < 60 else due.isoformat()


def _next(month: int, day: int, published: str | None) -> date | None:
    stated = iso_time(published or "")
    if not stated or stated.startswith("--"):
        return None
    start = date.fromisoformat(stated[:10])
    this = date(start.year, month, day)
    return this if this >= start else date(start.year + 1, month, day)


_WHO = re.compile(
    r"(?:^|\n)[ \t\u3000]*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)?(?:申报|申请|支持|适用|奖补|补贴|征集|推荐)(?:的)?"
    r"(?:对象|主体|条件|范围|资格|要求|单位)(?:及条件|和条件)?(?:[。：:][ \t]*\n?|[ \t]*\n)[ \t\u3000]*([^\n]{4,300})"
)
_MUST_BE = re.compile(r"(?:申报单位|申请人|申报主体|申报企业|申报人|申请单位)(?:应当|应|须|需|必须)(?:为|是|具备|具有|符合)?([^。；\n]{4,120})")


def _applicants(article: Article) -> Iterator[Stated]:
    """Who may apply: the first line under a heading such as 申报条件, and 申报单位应为…"""
    seen: list[tuple[int, int]] = []
    for form in (_WHO, _MUST_BE):
        for m in form.finditer(article.text):
            if any(start <= m.start(1) and m.end(1) <= end for start, end in seen):
                continue
            seen.append(m.span(1))
            yield Stated(text=m[1].strip(), span=Span(*m.span(1)))


def _amounts(records: Sequence[AnyRecord]) -> Iterator[Stated]:
    """The sums and shares that a policy sets."""
    for r in records:
        if isinstance(r, Metric) and r.status == "rule" and r.unit in ("元", "%"):
            yield Stated(text=r.quote, span=Span(r.start, r.end))


_HANDLES = "受理|审核|初审|申报|办理|经办|咨询|评审|兑现|发放|组织实施|具体实施|日常管理|具体工作"
_BODY = r"([^，。；：:\n由]{3,30}?)(?:统一|具体|牵头|共同)*"
# Who handles a call or an entitlement: behind a label, as who is charged with it, as who gets the papers.
_OFFICES = (
    re.compile(r"(?:受理|责任|主管|承办|经办|联系|咨询|业务|牵头)(?:部门|处室|单位|科室|窗口|机构)\s*[：:]\s*([^，。；：:\n]{3,40})"),
    re.compile(rf"(?:由|委托){_BODY}(?:负责|承担)[^，。；\n]{{0,6}}?(?:{_HANDLES})"),
    re.compile(rf"(?:{_HANDLES})[^，。；\n]{{0,8}}?由{_BODY}(?:负责(?!解释)|承担|办理|受理|承办)"),
    re.compile(rf"由{_BODY}(?:受理|组织申报|初审|审核)"),
    re.compile(r"(?:材料|申请表?|申报书|推荐函)[^，。；：:\n]{0,10}?(?:报送|提交|寄送|送达|报|寄|送)(?:至|到)?([^，。；：:\n]{3,30})"),
)
_PHONE = re.compile(r"(?<![\d-])(?:0\d{2,3}[\s\-－—]?)?[2-9]\d{6,7}(?:(?:[\-－—转]|/)\d{1,6})*(?![\d%])")
_CALLS = re.compile(r"(?:电话|热线|传真|咨询|联系方式|联系人)[^。\n]{0,60}")


_UNIT = 6  # characters of a sub-unit's name that may follow a body's


def _offices(article: Article, records: Sequence[AnyRecord]) -> Iterator[Stated]:
    """Each office once, at its first place; a phrase that holds no known body counts only behind a label."""
    bodies = [r for r in records if isinstance(r, Organisation)]
    found: dict[str, Stated] = {}
    for m in sorted((m for form in _OFFICES for m in form.finditer(article.text)), key=lambda m: m.span(1)):
        inside = [r for r in bodies if r.start >= m.start(1) and r.end <= m.end(1)]
        label = m.re is _OFFICES[0]
        if inside and (label or m.end(1) - inside[-1].end <= _UNIT):
            found.setdefault(inside[0].canonical, Stated(text=inside[0].canonical, span=Span(inside[0].start, inside[0].end)))
        elif label:
            found.setdefault(m[1].strip(), Stated(text=m[1].strip(), span=Span(*m.span(1))))
    return iter(found.values())


def _phones(article: Article) -> Iterator[Stated]:
    """Office numbers behind 电话 and the like; numbers of private persons are left out."""
    private = [note.span for note in private_numbers(article.text) if note.span]
    for label in _CALLS.finditer(article.text):
        for m in _PHONE.finditer(article.text, *label.span()):
            if not any(s <= m.start() < e for s, e in private):
                yield Stated(text=m[0], span=Span(*m.span()))
