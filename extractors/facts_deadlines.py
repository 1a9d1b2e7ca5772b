"""The times of a call: until when whom to send what."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from extractors.article import Article, Span
from extractors.days import iso_time

Step = Literal["recommend", "paper", "online", "register", "defend", "publicise", "apply"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One time of a call. `due` is an ISO day or an ISO time of Beijing; None where it is open all year (`standing`)."""

    role: str  # applicant | recommender
    step: Step
    due: str | None
    standing: bool
    text: str
    span: Span


@cache
def table() -> dict[str, Any]:
    """The vocabularies of facts.yml."""
    data: dict[str, Any] = msgspec.yaml.decode((files("extractors") / "facts.yml").read_bytes())
    return data


_CLOCK = r"(?:\s*(?:上午|下午|晚上?|中午)?\s*\d{1,2}\s*(?:[:：]\d{2}|[时点](?:\d{1,2}分|半|整)?))?"
_MONTH_DAY = r"(?:\d{1,2}\s?(?:[月\-./]\s?\d{1,2}\s?日?|月底)|本月\s?(?:\d{1,2}\s?日|底))"
_DAY = rf"(?:(?:20\d\d)\s?[年\-./]\s?)?{_MONTH_DAY}(?:（[^）]{{1,6}}）|\([^)]{{1,6}}\))?{_CLOCK}"
_TO = r"(?:至|到|—+|-+|－+|–+|～|~)"
_FROM = rf"(?:(?P<first>{_DAY})\s?(?:起)?|(?:即日|之日)(?:起|开始)?)\s?{_TO}\s?"
_TIMED = re.compile(rf"(?P<from>{_FROM})?(?P<until>{_DAY}|(?(first)\d{{1,2}}\s?日{_CLOCK}|(?!)))(?P<end>\s?(?:之?前|止|截止|（含）|结束|为止|关闭))?")
_SAYS = re.compile(
    r"截止|截至|之?前(?:，|将|报|提|完|登|寄|通|在|送|向|以|揭|发)|逾期|为止"
    r"|(?:申报|申请|申领|提名|受理|报名|填报|征集|推荐|评审|答辩|公示|揭榜|报送|提交|登记)(?:材料)?(?:时间|期限|日期|截止)"
)
# What is done by a time; 7月底前完成资格审查 binds nobody who applies.
_DONE = re.compile(
    r"登录|揭榜|提名|初审|填写|填报|提交|申报|报名|受理|报送|寄送|送达|发送|上传|推荐|征集|申请|审核|评审|答辩|公示|截止|逾期|报[至到]|[报送寄]我"
)
# A range that says when something must have been or will be, not until when to apply.
_OTHER_RANGE = re.compile(r"(?:实施期|执行期|项目期|周期|有效期|建设期|研究期|统计期)|期间|年度|每年[^，。]{0,4}$")
_STANDING = re.compile(r"常年(?:受理|申报|征集|开放|接收|有效)|全年(?:受理|申报)|长期(?:受理|有效|征集)|随时申报|不设截止")
_SHORT = 20  # characters of a heading
_LINES = 5  # under one heading
_SENTENCE = re.compile(r"[^。；\n]+")


def deadlines(article: Article) -> Iterator[Deadline]:
    """The times of a call."""
    published = article.metadata.published_date or article.metadata.written_date
    for m in _SENTENCE.finditer(article.text):
        if standing := _STANDING.search(m[0]):
            yield _deadline(m, Span(*standing.span()), None)
        heading = _heading(article.text, m.start())
        if not (_SAYS.search(heading + m[0]) or _DONE.search(m[0])):
            continue
        for time in _TIMED.finditer(m[0]):
            due = _due(_whole(time), published or time["first"]) if _binds(m[0], time, heading) else None
            if due and not (published and due[:10] < (iso_time(published) or "")[:10]):
                yield _deadline(m, Span(*time.span("until")), due, heading)


def _heading(text: str, at: int) -> str:
    """The short line above that says what the times below it are: 三、申请时间; other lines with times may stand between."""
    for _ in range(_LINES):
        line = max(text.rfind("\n", 0, at), 0)
        at = text.rfind("\n", 0, line) + 1
        above = text[at:line].strip()
        if len(above) <= _SHORT and _SAYS.search(above):
            return above
        if not _TIMED.search(above):
            return ""
    return ""


def _whole(time: re.Match[str]) -> str:
    """The day on which a range ends, with the month of its first day where it has none of its own: 6月25日至27日."""
    until = time["until"]
    month = re.match(r"(?:20\d\d\s?[年\-./]\s?)?\d{1,2}\s?[月\-./]", time["first"] or "")
    return month[0] + until if month and re.fullmatch(rf"\d{{1,2}}\s?日{_CLOCK}", until) else until


def _binds(sentence: str, time: re.Match[str], heading: str) -> bool:
    """Whether a time ends something that an applicant or a recommender does."""
    before, behind = sentence[max(0, time.start() - 12) : time.start()], sentence[time.end() : time.end() + 6]
    if _OTHER_RANGE.search(before) or behind.startswith(("期间", "之间")):
        return False
    if time["from"]:
        return bool(_SAYS.search(heading + sentence) or _DONE.search(sentence))
    return bool(re.search(r"截止|截至", before)) or (bool(time["end"]) and bool(heading or _DONE.search(sentence)))


def _deadline(sentence: re.Match[str], place: Span, due: str | None, heading: str = "") -> Deadline:
    """`place`: in the sentence."""
    clause = _clause(sentence[0], place.start)
    step = _step(clause)
    if step == "apply" and (told := _step(sentence[0])) in ("paper", "online"):  # 一式两份，于…前报送; 登录系统填报，截止时间为…
        step = told
    if step == "apply" and heading:
        step = _step(heading)
    text = sentence[0][place.start : place.end]
    span = Span(sentence.start() + place.start, sentence.start() + place.end)
    return Deadline(role=_role(clause), step=step, due=due, standing=due is None, text=text, span=span)


def _clause(sentence: str, at: int) -> str:
    return sentence[sentence.rfind("，", 0, at) + 1 :].partition("，")[0]


def _step(text: str) -> Step:
    found: Step = next((step for step, words in table()["steps"].items() if any(w in text for w in words)), "apply")
    return found


def _role(text: str) -> str:
    return next((role for role, words in table()["roles"].items() if any(w in text for w in words)), "applicant")


def _due(text: str, near: str | None) -> str | None:
    """ISO day, or ISO time with +08:00 where an hour stands; a missing year is the next such day from `near` on."""
    clock = re.search(r"(上午|下午|晚上?|中午)?\s*(\d{1,2})\s*(?:[:：](\d{2})|[时点](?:(\d{1,2})分|(半)|整)?)\s*$", text)
    if text.startswith("本月"):
        text = text.replace("本月", f"{int((iso_time(near or '') or '')[5:7] or 0)}月")
    day = re.search(r"(?:(20\d\d)\s?[年\-./]\s?)?(\d{1,2})\s?(?:[月\-./]\s?(\d{1,2})|月底)", text)
    if not day:
        return None
    year, month = day[1], int(day[2])
    try:
        number = int(day[3]) if day[3] else calendar.monthrange(int(year or 2001), month)[1]
        due = date(int(year), month, number) if year else _next(month, number, near)
    except (ValueError, calendar.IllegalMonthError):
        return None
    if due is None or not clock:
        return due.isoformat() if due else None
    hour, minute = int(clock[2]), int(clock[3] or clock[4] or (30 if clock[5] else 0))
    hour += 12 if clock[1] in ("下午", "晚", "晚上") and hour < 12 else 0
    if (hour, minute) == (24, 0):  # RFC 3339 has no hour 24
        return f"{due.isoformat()}T23:59:59+08:00"
    return f"{due.isoformat()}T{hour:02d}:{minute:02d}:00+08:00" if hour < 24 and minute < 60 else due.isoformat()


def _next(month: int, day: int, near: str | None) -> date | None:
    stated = iso_time(near or "")
    if not stated or stated.startswith("--"):
        return None
    start = date.fromisoformat(stated[:10])
    this = date(start.year, month, day)
    return this if this >= start else date(start.year + 1, month, day)
