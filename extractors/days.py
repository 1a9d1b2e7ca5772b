"""Days and times as pages write them -> ISO 8601: 2023年4月10日, 二〇〇四年三月一日, RFC 2822 in GMT, 04-10."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

BEIJING = timezone(timedelta(hours=8))
HAN_DIGITS = {c: str(n) for n, group in enumerate(("〇○零Ｏ0O", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for c in group}
WIDTH = {c: c - 0xFEE0 for c in range(0xFF10, 0xFF5B)} | {0x3000: 32}
CLOCK = r"(?:[T\s日]*(?P<hour>\d{1,2})[:：时](?P<minute>\d{2})(?:[:：分](?P<second>\d{2})(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
FORMS = (
    re.compile(r"(?P<year>(?:19|20)\d{2})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日?\s*" + CLOCK),
    re.compile(r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + CLOCK),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)
HAN = re.compile(
    r"(?P<year>[一二三四五六七八九〇○零ＯO]{4})年(?P<month>元|十[一二]?|[一二三四五六七八九])月"
    r"(?P<day>初[一二三四五六七八九十]|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])日"
)
MONTH_DAY = re.compile(r"^(?P<month>\d{1,2})\s?(?:月|[-/])\s?(?P<day>\d{1,2})日?$")
HAN_DAY = (
    r"(?:[12]\d{3}|[一二三四五六七八九〇○零ＯO]{4})\s?年\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|元)\s?月\s?"
    r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?日"
)
EARLIEST, LATEST = 1949, 2100


def iso_day(text: str) -> str | None:
    """The first day that a text names, YYYY-MM-DD; its clock is dropped, an own zone is brought to Beijing time first."""
    found = iso_time(text)
    return found[:10] if found else None


def iso_time(text: str) -> str | None:
    """The first day or time that a text names: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss+08:00 where a clock stands; --MM-DD where the year is missing."""
    text = text.translate(WIDTH).strip()
    if re.match(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),", text):
        return _internet(text)
    for form in FORMS:
        if match := form.search(text):
            return _iso(match.groupdict())
    if match := HAN.search(text):
        return _iso(
            {"year": "".join(HAN_DIGITS[c] for c in match["year"]), "month": str(han_number(match["month"])), "day": str(han_number(match["day"]))}
        )
    if match := MONTH_DAY.match(text):
        return f"--{int(match['month']):02d}-{int(match['day']):02d}"
    return None


def han_number(text: str) -> int:
    """一 to 三十一, 元 (the first), 廿 (twenty), 初一."""
    text = text.removeprefix("初").replace("元", "一").replace("廿", "二十")
    tens, _, ones = text.rpartition("十")
    ten = (int(HAN_DIGITS[tens]) if tens else 1) * 10 if "十" in text else 0
    return ten + (int(HAN_DIGITS[ones]) if ones else 0)


def _internet(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(BEIJING).isoformat()
    except (ValueError, TypeError, OverflowError):  # the last: a server's “never”, 31 Dec 9999
        return None


def _iso(found: dict[str, str | None]) -> str | None:
    year, month, day = (int(found[k] or 0) for k in ("year", "month", "day"))
    try:
        if not EARLIEST <= year <= LATEST:
            return None
        if found.get("hour") is None:
            return date(year, month, day).isoformat()
        hour, minute, second = (int(found.get(k) or 0) for k in ("hour", "minute", "second"))
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found.get("zone")))
    except ValueError:
        return None
    return moment.astimezone(BEIJING).isoformat()


def _zone(text: str | None) -> timezone:
    if text is None:
        return BEIJING
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
