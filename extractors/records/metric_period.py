"""When a number holds: a phrase of its clause or sentence, else the frame that an earlier sentence opened."""

import re
from bisect import bisect_right
from typing import Final

from extractors.article import Article
from extractors.periods import Phrase, phrases
from extractors.record import Status
from extractors.records.metric_place import SENTENCE_END, Place

COMPARED: Final = re.compile(r"[较比与]$")  # 较2020年: a base, not the time of the number
WEAK: Final = re.compile(r"^(?:每月|至今|当年|次年|今|年度|年均|近期|近日|目前|至|年底前?|年末)$")
AIMED: Final = re.compile(r"^(?:到|至)|新的一年|未来|今后|明年|十四五|十五五")
SINCE: Final = re.compile(r"以来|来$|^近")
FRAME_REACH: Final = 14  # characters into a sentence where a phrase still frames what follows
TOP_HEADING: Final = re.compile(r"^[ 　]*(?:[一二三四五六七八九十]+、[^，。\n]{2,40}|[^\n，。；：:、（(一二三四五六七八九十\d—]{8,50})[ 　]*$", re.M)
STOCK: Final = re.compile(r"达到?$|总数|总量|建成|拥有|建有|共有|存量")


class Periods:
    """The phrases of time of an article, and the frames among them."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.all = [p for p in phrases(article.text) if not COMPARED.search(article.text[max(0, p.start - 1) : p.start])]
        self.starts = [p.start for p in self.all]
        self.frames = [p for p in self.all if self._frames(p)]
        self.frame_starts = [p.start for p in self.frames]
        self.breaks = [m.start() for m in TOP_HEADING.finditer(article.text)]

    def _frames(self, phrase: Phrase) -> bool:
        """Whether a phrase stands at the head of its sentence and names a year or a plan's end."""
        begin = 0
        for match in SENTENCE_END.finditer(self.text, max(0, phrase.start - FRAME_REACH - 2), phrase.start):
            begin = match.end()
        near = begin or phrase.start <= FRAME_REACH
        named = re.search(r"\d{4}年|以来|一年来|新的一年|近年来|今年|过去|“十[三四五]五”", phrase.text)
        return bool(near and named and not re.search(r"月.*日|截至|\d年底$", phrase.text))

    def of(self, place: Place, status: Status, indicator: str) -> Phrase | None:
        """The phrase that dates a quantity; None where nothing does."""
        if found := self._inside(place.clause.start, place.quantity.start):
            return found
        if status == "rule":
            return None
        if found := self._inside(place.sentence.start, place.quantity.start):
            return found
        return self._frame(place, status)

    def _inside(self, start: int, end: int) -> Phrase | None:
        n = bisect_right(self.starts, end) - 1
        while n >= 0 and self.all[n].start >= start:
            if not WEAK.match(self.all[n].text) or self.all[n].text.startswith("年底"):
                return self.all[n]
            n -= 1
        return None

    def _frame(self, place: Place, status: Status) -> Phrase | None:
        n = bisect_right(self.frame_starts, place.quantity.start) - 1
        b = bisect_right(self.breaks, place.quantity.start) - 1
        limit = self.breaks[b] if b >= 0 else -1
        while n >= 0 and self.frames[n].start > limit:
            phrase = self.frames[n]
            aimed = bool(AIMED.search(phrase.text))
            stock = SINCE.search(phrase.text) and STOCK.search(place.before[-8:] or place.lead)
            if aimed == (status == "target") and not stock:
                return phrase
            n -= 1
        return None
