"""The public notice period (公示期) of a list that is proposed: how long objections may be raised."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from extractors.article import Article, Span

# What a page states for the lists that it carries: fields of their `stated`.
PUBLICITY: Final = "publicity"
CARRIED_BY: Final = "carried_by"  # the page's title
_MARK = r"[年月日.\-/]"


def _day(of: str) -> str:
    """A day whose year and month may be missing, in groups y, m, d behind `of`."""
    return rf"(?:(?P<{of}y>20\d\d)\s?{_MARK}\s?)?(?:(?P<{of}m>\d{{1,2}})\s?{_MARK}\s?)?(?P<{of}d>\d{{1,2}})\s?日?(?:（[^）\d]{{1,6}}）)?"


# 2031年5月6日至12日, 自5月6日起至5月12日止, 2031.5.6—2031.5.12
_RANGE = re.compile(rf"(?:自|从)?(?<!\d){_day('f')}\s?起?\s?(?:至|到|[—–\-－~～]+)\s?{_day('l')}(?!\d|个|家|项|%|万|亿)(?:\s?止)?")
# 5个工作日, 自公布之日起7天
_LENGTH = re.compile(
    r"(?:自|从)?(?:本?公[示布告]|发布|即|今)?(?:之?日)?起?\s?(?:(?<![年月\d.])\d{1,2}|[一二三五七十]{1,2})\s?个?(?:工作日|自然日|日|天)(?![前期\d])"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_HOW_LONG = re.compile(r"公示(?:时间|期限?|日期|起止|[^，。\n]{0,4}(?:为期|共))|予以公示|进行公示|公示如下|公示(?=\d|自|从)")


@dataclass(frozen=True, slots=True)
class Publicity:
    """The period as written, and its ISO days, both inclusive; None where they are not stated (5个工作日: holidays are not counted here).
    `span` None: the page that carries the list says it."""

    text: str
    span: Span | None
    start: str | None = None
    end: str | None = None


def publicity(article: Article) -> Publicity | None:
    """The period that an article, or else the page that carries it, gives for objections: its days, else how long it lasts."""
    published = article.metadata.published_date or article.metadata.written_date
    said = [m.span() for m in _SENTENCE.finditer(article.text) if _HOW_LONG.search(m[0])]
    if own := next(iter((*_ranges(article.text, said, published), *_lengths(article.text, said))), None):
        return own
    words = next((s.value for s in article.stated if s.field == PUBLICITY), None)
    if words is None:
        return None
    return next((replace(found, span=None) for found in _ranges(words, [(0, len(words))], published)), Publicity(words, None))


def _ranges(text: str, sentences: list[tuple[int, int]], published: str | None) -> Iterator[Publicity]:
    for start, end in sentences:
        for m in _RANGE.finditer(text, start, end):
            if m["fm"] and (days := _days(m, published)):
                yield Publicity(m[0], Span(*m.span()), days[0].isoformat(), days[1].isoformat())


def _lengths(text: str, sentences: list[tuple[int, int]]) -> Iterator[Publicity]:
    for start, end in sentences:
        if (told := _HOW_LONG.search(text, start, end)) and (m := _LENGTH.search(text, told.start(), end)):
            yield Publicity(m[0], Span(*m.span()))


def _days(m: re.Match[str], published: str | None) -> tuple[date, date] | None:
    """First and last day; a year that is not written is that of the publication, the last day's month and year are the first's."""
    year = int(m["fy"] or (published or "")[:4] or 0)
    try:
        first = date(year, int(m["fm"]), int(m["fd"]))
        month = int(m["lm"] or first.month)
        last = date(int(m["ly"] or first.year + (month < first.month)), month, int(m["ld"]))
    except ValueError:
        return None
    return (first, last) if first <= last else None
