"""From when and until when a document says that it holds: 施行 and 有效期 clauses of its own text.

Measured forms: 自2031年3月1日起施行, 自发布之日起施行（30日后）, 有效期5年, 有效期至…, 试行期两年, 有效期延长至…, 延长有效期三年, 自…至…执行.
Only what the document says of itself: 本办法, 本通知 or a clause without a subject; 证书有效期为三年 is someone else's.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from extractors.article import Metadata, Span
from extractors.days import HAN_DAY, iso_day
from extractors.numerals import number_value

Kind = Literal["effective", "expiry", "extended"]

_N: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_ISSUE: Final = r"(?:发布|印发|公布|颁布|下发|发文|签发|公告|成文)之日"
_EFFECT: Final = r"(?:起?正式)?(?:起)?\s*(?:正式)?(?:施行|实施|执行|生效|试行|有效)"
_TERM: Final = r"(?:有效期限?|试行期限?|执行期限?|实施期限?|暂行期限?|有效时间|政策期限)"
_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("extended until", re.compile(rf"(?:延长|延续|延期|顺延|展期)(?:{_TERM})?至(?P<day>{HAN_DAY})")),
    ("extended by", re.compile(rf"(?:(?:{_TERM})(?:再)?(?:延长|延续|顺延)|(?:延长|延续|顺延)(?:{_TERM}))(?P<count>{_N})(?P<unit>年|个月)")),
    ("effective on", re.compile(rf"(?:自|从|于)(?P<day>{HAN_DAY})起?{_EFFECT}")),
    ("effective after", re.compile(rf"自{_ISSUE}起?(?P<count>{_N})(?P<unit>个?工作日|日|天|个月)后(?:起)?{_EFFECT}")),
    ("effective at once", re.compile(rf"(?:自|从)(?:{_ISSUE})起?{_EFFECT}")),
    (
        "until",
        re.compile(
            rf"(?:{_TERM}(?:截止|截至|为|暂定为|到|是|：)?(?:(?![延顺展])[^，。；\n]){{0,24}}?(?:至|到)|(?:施行|执行|有效|实施)至|(?:至|到)(?={HAN_DAY}(?:止|自行废止|失效|废止)))(?P<day>{HAN_DAY})"
        ),
    ),
    (
        "until the end of a range",
        re.compile(rf"(?:自|从){HAN_DAY}起?(?:施行|执行|实施)?至(?P<day>{HAN_DAY})止?(?:期间)?(?:施行|执行|实施|有效|试行)"),
    ),
    ("for", re.compile(rf"{_TERM}(?:暂定|限定|设定)?(?:为|是|：|:)?(?:自.{{0,16}}起)?\s?(?P<count>{_N})(?P<unit>年|个月)(?!以上|以内|内)")),
)
_SENTENCE: Final = re.compile(r"[。；\n]")
_CLAUSE: Final = re.compile(r"[，,：:。；\n]|第[一二三四五六七八九十百\d]+条")
# Whose term it is: 证书、合同、专利、资质 … have terms of their own.
_OTHERS: Final = re.compile(
    r"(?:证书?|证明|执照|资质|资格|合同|协议|专利权?|商标|称号|名单|入库|备案|许可|承诺书|报告|保函|凭证|签证|认定|编码|票据|身份)"
)
_OWN: Final = re.compile(
    r"本(?:办法|通知|意见|细则|规定|方案|措施|政策|条例|规划|计划|决定|规则|公告|通告|文件|指南|章程|制度|实施细则|若干措施|标准|指引|目录|清单|政策措施)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One clause. `day` is ISO; None where it depends on a day that the document does not state."""

    kind: Kind
    day: str | None  # effective: first day; expiry and extended: last day, inclusive
    months: int | None  # a length, counted from the effective day (extended: from the former end)
    span: Span


def terms(text: str, issued: str | None) -> list[Term]:
    """The clauses on when the document itself holds, in text order. `issued`: the ISO day from which 发布之日 counts."""
    found = [term for name, form in _FORMS for match in form.finditer(text) if (term := _term(text, issued, name, match))]
    return _resolved(sorted(_without_overlaps(found), key=lambda t: t.span))


def issued_on(metadata: Metadata) -> str | None:
    """The day on which a document was issued: 成文, else 印发, else 发布."""
    day = metadata.written_date or metadata.printed_date or metadata.published_date
    return day[:10] if day else None


def _term(text: str, issued: str | None, name: str, match: re.Match[str]) -> Term | None:
    if not _of_itself(text, match.start(), name):
        return None
    given = match.groupdict()
    day, length = iso_day(given["day"]) if given.get("day") else None, None
    if name in ("for", "extended by"):
        length = int(number_value(given["count"].replace("两", "二"))) * (12 if given["unit"] == "年" else 1)
    elif name == "effective at once":
        day = issued
    elif name == "effective after":
        day = _after(issued, int(number_value(given["count"].replace("两", "二"))), given["unit"])
    kind: Kind = "extended" if name.startswith("extended") else "effective" if name.startswith("effective") else "expiry"
    return Term(kind=kind, day=day, months=length, span=Span(*match.span()))


def _of_itself(text: str, at: int, name: str) -> bool:
    """Whether a clause speaks of the document: its subject is 本办法 or the like, or it has none and the sentence is of nothing else."""
    if name.startswith("extended"):
        return True
    before = _last(_SENTENCE, text, at)
    subject = _last(_CLAUSE, text, at).strip()
    if _OWN.search(before):
        return True
    if name.startswith("effective"):
        return len(subject) <= 8 and not subject.endswith("》")
    return not subject and not _OTHERS.search(before)


def _last(stop: re.Pattern[str], text: str, at: int) -> str:
    """What stands between the last stop and a place, at most 80 characters."""
    first = max(0, at - 80)
    return text[max((m.end() for m in stop.finditer(text, first, at)), default=first) : at]


def _without_overlaps(found: list[Term]) -> Iterator[Term]:
    for term in found:
        if not any(other is not term and other.span.start <= term.span.start < other.span.end and other.span != term.span for other in found):
            yield term


def _resolved(found: list[Term]) -> list[Term]:
    """Lengths of 有效期 counted from the effective day: 自2031年3月1日起施行，有效期5年 ends on 2036-02-29."""
    first = next((t.day for t in found if t.kind == "effective" and t.day), None)
    return [Term(kind=t.kind, day=last_day(first, t.months), months=t.months, span=t.span) if _open(t) and first else t for t in found]


def _open(term: Term) -> bool:
    return term.kind == "expiry" and term.day is None and term.months is not None


def last_day(first: str | None, months: int | None) -> str | None:
    """The last day of a term of so many months that begins on a day."""
    if first is None or months is None:
        return None
    return (_plus_months(date.fromisoformat(first), months) - timedelta(days=1)).isoformat()


def extended(last: str | None, months: int | None) -> str | None:
    """A last day put off by so many months."""
    if last is None or months is None:
        return None
    return (_plus_months(date.fromisoformat(last) + timedelta(days=1), months) - timedelta(days=1)).isoformat()


def _plus_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _after(day: str | None, count: int, unit: str) -> str | None:
    if day is None or "工作" in unit:  # working days need a calendar of holidays
        return None
    first = date.fromisoformat(day)
    return (_plus_months(first, count) if unit == "个月" else first + timedelta(days=count)).isoformat()
