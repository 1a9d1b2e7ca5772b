"""When a number holds: a phrase of its clause or sentence, else the frame that an earlier sentence opened."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from extractors.article import Article
from extractors.periods import YEAR, Phrase, phrases
from extractors.record import Status
from extractors.records.metric_place import CLAUSE_END, SENTENCE_END, Place

COMPARED: Final = re.compile(r"[较比与]$")  # 较2020年: a base, not the time of the number
NAMED: Final = re.compile(r"《$|(?:成立|创办|创立|创建|始建|设立|组建|诞生|建|生|始)于$")  # 《每日商讯》; 成立于2019年: an attribute
BEST_SINCE: Final = re.compile(r"[^，。；\n]{0,30}以来的?最")  # 为2011年改革以来最好位次
NEAR_ONLY: Final = re.compile(r"^(?:每[年月季]|至今|当年|次年|年度|年均|至|年内|原来|此前|上年|前年|第[一二三四五]年|首年|[前后][两二三四五]年)")
AIMED: Final = re.compile(r"^(?:到|至)|新的一年|未来|今后|明年|十五五")
SINCE: Final = re.compile(r"以来|来$|^近")
LOOSE: Final = re.compile(r"^(?:一年来|过去.*)$")
FRAME: Final = re.compile(
    r"^(?:到|至|截至)?(?:20|19)\d\d年(?:度|底|末)?(?:以来)?$|^今年$|^(?:近[\d一二三两四五]?年|去年|五年|5年)(?:以)?来?$|^一年来|^过去|^新的一年$|^今后|^未来|“十[三四五]五”"
)
NOW: Final = re.compile(r"截至|截止|目前|现已")
FAR: Final = 200  # phrases that are looked back over at most
FORETOLD: Final = re.compile(r"(?:将|预计|计划|有望|拟)[在于]?$")  # 将在2031年…: says when that one thing will be
FRAME_REACH: Final = 14  # characters into a sentence where a phrase still frames what follows
YEAR_REACH: Final = 240  # characters that a bare year frames in a plan
TOP_HEADING: Final = re.compile(r"^[ 　]*(?:[一二三四五六七八九十]+、[^，。\n]{2,40}|[^\n，。；：:、（(一二三四五六七八九十\d—]{8,50})[ 　]*$", re.M)
STOCK: Final = re.compile(r"达到?[ 　]*$|总数|总量|建成|拥有|建有|共有|存量")


@dataclass(frozen=True, slots=True)
class Dated:
    """The phrase that dates a quantity, and how it was found."""

    start: int
    end: int
    rule: str


class Periods:
    """The phrases of time of an article, and the frames among them."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.all = [p for p in phrases(article.text) if _dates(article.text, p)]
        self.starts = [p.start for p in self.all]
        self.frames = [p for p in self.all if self._frames(p)]
        self.frame_starts = [p.start for p in self.frames]
        headings = list(TOP_HEADING.finditer(article.text))
        self.breaks = [m.start() for m in headings]
        self.titled = {
            p.start for m in headings for p in self.frames[bisect_left(self.frame_starts, m.start()) : bisect_right(self.frame_starts, m.end())]
        }

    def _frames(self, phrase: Phrase) -> bool:
        """Whether a phrase stands at the head of its sentence and names a year or a plan's end."""
        begin = 0
        for match in SENTENCE_END.finditer(self.text, max(0, phrase.start - FRAME_REACH - 2), phrase.start):
            begin = match.end()
        near = begin or phrase.start <= FRAME_REACH
        return bool(near and FRAME.search(phrase.text) and not FORETOLD.search(self.text, max(0, phrase.start - 3), phrase.start))

    def of(self, place: Place, status: Status) -> Dated | None:
        """The phrase that dates a quantity; None where nothing does."""
        if found := self._inside(place.clause.start, place.quantity.start, near=True):
            return Dated(found.start, found.end, "clause")
        if status == "rule":
            found = self._repeated(place)
            return Dated(found.start, found.end, "norm") if found else None
        if found := self._inside(place.period.start, place.quantity.start, near=False):
            return Dated(found.start, found.end, "sentence")
        found = self._now(place, status) or self._frame(place, status)
        return Dated(found.start, found.end, "frame") if found else None

    def year_at(self, place: Place) -> int | None:
        """The year that the text last named before a quantity, in its paragraph or as a frame; for 1-9月 and 全年."""
        last = bisect_right(self.starts, place.quantity.start)
        b = bisect_right(self.breaks, place.quantity.start) - 1
        limit = self.breaks[b] if b >= 0 else -1
        framed: int | None = None
        for phrase in reversed(self.all[max(0, last - FAR) : last]):
            if phrase.start <= limit:
                break
            stated = re.match(rf"(?:截至|自|到)?({YEAR})", phrase.text)
            if stated and (phrase.start >= place.paragraph.start or phrase.start in self.titled):
                return int(stated[1])
            if stated and framed is None and FRAME.search(phrase.text):
                framed = int(stated[1])  # 到2035年 of a paragraph before gives way to the heading's year
        return framed

    def _inside(self, start: int, end: int, *, near: bool) -> Phrase | None:
        n = bisect_right(self.starts, end) - 1
        while n >= 0 and self.all[n].start >= start:
            if near or not NEAR_ONLY.match(self.all[n].text):
                return self._stated(n, start)
            n -= 1
        return None

    def _stated(self, n: int, start: int) -> Phrase:
        """2031年渔港全年的吞吐量: the year, where the clause names it before 全年."""
        named = self.all[n].text == "全年" and n > 0 and self.all[n - 1].start >= start and re.match(YEAR, self.all[n - 1].text)
        return self.all[n - 1] if named else self.all[n]

    def _repeated(self, place: Place) -> Phrase | None:
        """每年支持…，给予…: a norm keeps the 每年 of its sentence."""
        n = bisect_right(self.starts, place.quantity.start) - 1
        if n >= 0 and self.all[n].start >= place.sentence.start and self.all[n].text == "每年":
            return self.all[n]
        return None

    def _now(self, place: Place, status: Status) -> Phrase | None:
        """截至目前 and the like date what the paragraph goes on to report."""
        n = bisect_right(self.starts, place.quantity.start) - 1
        while n >= 0 and self.all[n].start >= place.paragraph.start:
            if status == "actual" and NOW.match(self.all[n].text):
                return self.all[n]
            if FRAME.search(self.all[n].text):
                return None
            n -= 1
        return None

    def _frame(self, place: Place, status: Status) -> Phrase | None:
        """The nearest frame that fits the status; 一年来 gives way to the year that the piece named before."""
        n = bisect_right(self.frame_starts, place.quantity.start) - 1
        b = bisect_right(self.breaks, place.quantity.start) - 1
        limit = self.breaks[b] if b >= 0 else -1
        loose: Phrase | None = None
        for phrase in reversed(self.frames[max(0, n + 1 - FAR) : n + 1]):
            if phrase.start <= limit:
                break
            if not _fits(phrase, place, status, titled=phrase.start in self.titled):
                continue
            if not LOOSE.match(phrase.text):
                return loose if loose and SINCE.search(phrase.text) else phrase
            loose = loose or phrase
        return loose


def _dates(text: str, phrase: Phrase) -> bool:
    """Not a base (较2020年), and not an attribute (由上年度水平…)."""
    if COMPARED.search(text[max(0, phrase.start - 1) : phrase.start]) or BEST_SINCE.match(text, phrase.start):
        return False
    if NAMED.search(text, max(0, phrase.start - 3), phrase.start):
        return False
    return not (phrase.text[:2] in ("上年", "前年", "年度") and not CLAUSE_END.match(text, phrase.start - 1))


def _fits(phrase: Phrase, place: Place, status: Status, *, titled: bool) -> bool:
    """`titled`: the year stands in the heading (二、2030年工作安排) and holds for all below it."""
    aimed = bool(AIMED.search(phrase.text))
    if status == "target":
        return aimed or titled or (not SINCE.search(phrase.text) and place.quantity.start - phrase.end < YEAR_REACH)
    return not aimed and not (SINCE.search(phrase.text) and STOCK.search(place.lead))
