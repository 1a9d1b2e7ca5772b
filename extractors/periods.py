"""Phrases of time in Chinese text, and the days that they mean against an article's own date."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from extractors.numerals import number_value

YEAR: Final = r"(?:19|20|１９|２０)[\d０-９]{2}"
TO: Final = r"[ 　]?(?:——?|[-－–~～至到])[ 　]?"
MONTH: Final = r"(?:1[0-2]|0?[1-9])[ 　]?月"
DAY: Final = r"\d{1,2}[ 　]?日(?:\d{1,2}时)?"
HAN: Final = "一二三四五六七八九十"
HAN_NUMBER: Final = {c: i + 1 for i, c in enumerate(HAN)} | {"两": 2}

# Alternatives in order: the first that fits at a place wins. Names are the readings of `resolve`.
FORMS: Final[tuple[tuple[str, str], ...]] = (
    ("han", rf"[一二][〇零○一二三四五六七八九]{{3}}年(?:[{HAN}]{{1,3}}月(?:[{HAN}]{{1,3}}日)?)?"),
    ("iso", r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:3[01]|[12]\d|0?[1-9])(?!\d)"),
    ("days", rf"(?:{YEAR}[ 　]?年[ 　]?)?{MONTH}{DAY}{TO}(?:{MONTH})?{DAY}"),
    ("plan", r"[“‘「]?十[二三四五六]五[”’」]?(?:(?:时期|期间|以来|末)|(?=[，、]))"),
    ("years", rf"{YEAR}[ 　]?年?{TO}{YEAR}[ 　]?年"),
    ("months", rf"(?:{YEAR}[ 　]?年[ 　]?|今年|去年)?(?:1[0-2]|[1-9])[ 　]?月?{TO}(?:1[0-2]|[1-9])[ 　]?月份?"),
    (
        "quarter",
        rf"(?:{YEAR}[ 　]?年度?[ 　]?|[今去明]年)?(?:(?:前[一二三1-3]|第?[一二三四1-4])[ 　]?季度末?|[上下]半年末?"
        rf"|前(?:[{HAN}]{{1,2}}|\d{{1,2}})个?月)",
    ),
    ("day", rf"(?:{YEAR}[ 　]?年[ 　]?|今年|去年|当年)?{MONTH}(?:份|底|末|初|[上中下]旬)?{DAY}"),
    ("month", rf"(?:{YEAR}[ 　]?年[ 　]?|今年|去年|当年|次年|明年)?{MONTH}(?:份|底|末|初|[上中下]旬)?"),
    ("year", rf"{YEAR}[ 　]?年(?:度|底|末|初|全年)?"),
    ("since", r"(?:今年|本年|去年|近年)以?来"),
    ("last", rf"近[{HAN}两\d]年来?|(?:过去|近|最近)(?:的)?[{HAN}两\d]+年|(?<![\d{HAN}])[{HAN}两1-9]年来|过去一年"),
    ("next", rf"(?:未来|今后)(?:的)?[{HAN}两\d]+年"),
    ("relative", r"今年|去年|明年|上年|当年|次年|前年|本年度?|新的一年|全年|年底前?|年末|年初|年内"),
    ("now", r"截至目前|目前|至今|现已|近日|近期"),
    ("during", r"(?:在)?(?:疫情|防控|汛期|春节|国庆|活动|会议|试点|展会|[一-鿿]{2}防控)期间|原来|此前|以往"),
    (
        "each",
        rf"(?:[{HAN}两]|\d{{1,2}})年内|每年度?|每月|每季度?|每周|每日|年均|年度|首年|[前后][两二三四五]年|第[一二三四五]年|[获批认定次]{{2}}次年",
    ),
)
PHRASE: Final = re.compile(
    # Only these characters begin a phrase: the class spares the alternatives at all others.
    r"(?=[\d“‘「十一二两三四六七八九今本去近过最未年上下前当次明新全目至现每首后第获批认定在疫防汛春国活会试展原此以截到自从一五][^，。；])"
    "(?:截至到?[ 　]?|截止到?[ 　]?|(?:到|至|自|从)(?![每首第目])[ 　]?)?(?:"
    + "|".join(p for _, p in FORMS)
    + ")(?:以来|期间|之前|以前|之后|以后|前|起|内|底)?(?:(?<=目前)，20[0-9]{2}年)?"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of time as written."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Days:
    """ISO days, inclusive; None where the phrase leaves an end open (到2027年 has no start)."""

    start: str | None
    end: str | None


def phrases(text: str, start: int = 0, end: int | None = None) -> Iterator[Phrase]:
    """Every phrase of time between two offsets, in order."""
    stop = len(text) if end is None else end
    found = [Phrase(m.start(), m.end(), m.group()) for m in PHRASE.finditer(text, start, stop)]
    if events := list(_events(text, start, stop)):
        kept = [p for p in found if not any(e.start <= p.start < e.end for e in events)]
        found = sorted([*kept, *events], key=lambda p: p.start)
    yield from found


EVENT: Final = re.compile(r"(?:自[^，。；：\n]{2,24}|(?:今年|去年)?\d{1,2}月[一-鿿]{2,8}|(?<![一-鿿\d])[一-鿿]{2,8})以来$")


def _events(text: str, start: int, end: int) -> Iterator[Phrase]:
    """集中整治以来, 自试点启动以来: since something that is no date. Found from 以来 backwards, for speed."""
    at = text.find("以来", start, end)
    while at >= 0:
        match = EVENT.search(text, max(start, at - 26), at + 2)
        if match and not PHRASE.fullmatch(match.group()):
            yield Phrase(match.start(), match.end(), match.group())
        at = text.find("以来", at + 2, end)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in FORMS)


@lru_cache(maxsize=4096)
def resolve(phrase: str, written: date | None, year: int | None = None) -> Days | None:
    """The days of a phrase. `written`: the article's own date, for 今年 and 目前; `year`: the year that the text speaks of, for 1-9月.
    None where neither the phrase nor the article says (每年, 近年来 without a date)."""
    text = re.sub(r"\s", "", phrase.rsplit("，", maxsplit=1)[-1] if re.search(r"，20\d\d", phrase) else phrase)
    core = re.sub(r"^(?:截至到?|截止到?|到(?=\d|[“十])|至|自|从)", "", text)
    for name, form in _forms():
        if match := form.match(core):
            days = _read(name, match.group(), written, year)
            return _opened(days, phrase, text, written) if days else None
    return None


def _opened(days: tuple[date, date], phrase: str, text: str, written: date | None) -> Days:
    """Open or move the ends: 到2027年 and 截至… have no start, …以来 ends on the article's day."""
    start, end = days
    if re.search(r"起$|(?:之|以)后$|开始$", text):
        return Days(start.isoformat(), None)
    if re.search(r"以来|年来$|^自", text) and not text.startswith("近"):
        return Days(start.isoformat(), written.isoformat() if written and written >= start else None)
    if "目前" in phrase and written and start <= written <= end:
        return Days(None, written.isoformat())
    if re.match(r"截至|截止|到|至", phrase) or re.search(r"目前|至今|现已|年底前|[底末前]$", text):
        return Days(None, end.isoformat())
    return Days(start.isoformat(), end.isoformat())


def _read(name: str, text: str, written: date | None, year: int | None) -> tuple[date, date] | None:
    """First and last day of a phrase of one form."""
    if name == "han":
        return _within_year("year" if "月" not in text else "day" if "日" in text else "month", *_arabic(text))
    if name in ("plan", "years"):
        return _plan(text) if name == "plan" else _years(text)
    if name in ("each", "during"):
        return None
    if name == "now":
        return (written, written) if written else None
    if name in ("last", "next"):
        return _stretch(name, text, written, year)
    stated = re.search(YEAR, text)
    own = int(stated.group()) if stated else _relative_year(text, written, year)
    return _within_year(name, text, own) if own is not None else None


def _arabic(text: str) -> tuple[str, int]:
    """二〇二三年十二月 -> (2023年12月, 2023)."""
    parts = re.split(r"[年月日]", text)
    numbers = [str(int(number_value(part.replace("○", "〇")))) for part in parts if part]
    return "".join(n + unit for n, unit in zip(numbers, "年月日", strict=False)), int(numbers[0])


def _plan(text: str) -> tuple[date, date]:
    """The five years of a plan: 十二五 is 2011 to 2015."""
    first = 1956 + 5 * (HAN_NUMBER[text[text.index("五") - 1]] + 9)
    return date(first, 1, 1), date(first + 4, 12, 31)


def _years(text: str) -> tuple[date, date] | None:
    first, last = (int(y) for y in re.findall(YEAR, text))
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _relative_year(text: str, written: date | None, year: int | None) -> int | None:
    """去年, 今年, 明年 against the article's date; a phrase without a year takes the year that the text speaks of."""
    if written is None:
        return year if not re.match(r"去年|上年|明年|次年|前年", text) else None
    shift = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "次年": 1}.get(text[:2])
    if shift is not None:
        return written.year + shift
    if text[:2] in ("今年", "本年") or text.startswith("新的一年"):
        return written.year
    return year or written.year


def _stretch(name: str, text: str, written: date | None, year: int | None) -> tuple[date, date] | None:
    """近三年, 未来五年: whole years up to, or from, the article's day. Without one, 过去一年 is the year that the text speaks of."""
    if written is None:
        return (date(year, 1, 1), date(year, 12, 31)) if year and re.fullmatch("(?:过去的?)?一年来?", text) else None
    digits = re.search(rf"[{HAN}两\d]+(?=年)", text)
    if digits is None:
        return None
    count = int(digits.group()) if digits.group().isdigit() else HAN_NUMBER.get(digits.group(), 1)
    moved = written.year + (count if name == "next" else -count)
    other = date(moved, written.month, min(written.day, calendar.monthrange(moved, written.month)[1]))
    return (written, other) if name == "next" else (other, written)


def _within_year(name: str, text: str, year: int) -> tuple[date, date] | None:
    if name in ("year", "relative", "since"):
        if text.endswith("初"):
            return date(year, 1, 1), date(year, 1, 1)
        return (date(year, 1, 1), date(year, 12, 31)) if not (name == "since" and not re.match("今年|本年|去年", text)) else None
    bare = re.sub(rf"{YEAR}[年/.-]?", "", text)
    if name == "quarter":
        return _quarter(bare, year)
    numbers = [int(n) for n in re.findall(r"\d{1,2}", bare)]
    if name == "months":
        return (date(year, numbers[0], 1), _last(year, numbers[1])) if numbers[0] <= numbers[1] else None
    if name == "month":
        return date(year, numbers[0], 1), _last(year, numbers[0])
    if name in ("day", "iso", "days"):
        return _day_or_days(name, numbers, year)
    raise ValueError(f"no reading for the form {name!r} ({text!r})")


def _day_or_days(name: str, numbers: list[int], year: int) -> tuple[date, date] | None:
    """6月1日, 2020-06-01 or 6月1日至30日; None where the calendar has no such day."""
    month, day, *more = numbers if name != "days" else [n for n in numbers if n]
    first = _day(year, month, day)
    last = (_day(year, more[0], more[1]) if len(more) > 1 else _day(year, month, more[0])) if name == "days" and more else first
    return (first, last) if first and last and first <= last else None


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= _last(year, month).day else None


def _quarter(text: str, year: int) -> tuple[date, date]:
    """前三季度, 二季度, 上半年, 前5个月."""
    if "半年" in text:
        return (date(year, 1, 1), _last(year, 6)) if "上" in text else (date(year, 7, 1), _last(year, 12))
    digits = re.search(rf"\d{{1,2}}|[{HAN}]{{1,2}}", text)
    assert digits
    number = int(digits.group()) if digits.group().isdigit() else sum(HAN_NUMBER[c] for c in digits.group())
    if "季度" not in text:
        return date(year, 1, 1), _last(year, min(number, 12))
    first = 1 if "前" in text else 3 * number - 2
    return date(year, first, 1), _last(year, 3 * number)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def own_date(iso: str | None) -> date | None:
    """The day of an ISO day or time; None where there is none or it is no day."""
    if not iso:
        return None
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
