"""Whose number it is: an organisation or region before it in its clause or sentence, else the region the piece speaks for."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.article import Article, Span
from extractors.names.home import home_region
from extractors.names.regions import Region, find_regions, region_by_code, region_by_name
from extractors.periods import PHRASE
from extractors.record import Organisation
from extractors.records.metric_place import CLAUSE_END, Place

LEADING: Final = re.compile(
    r"(?:[ 　“]|[（(][^）)\n]*[）)]|力争|确保|争取|预计|推动|支持|指导|鼓励|引导|帮助|推进|如|其中|特别是|同时"
    rf"|在|据悉|由|例如|比如|另外|此外|，|{PHRASE.pattern})*"
)
HOME: Final = re.compile(r"全[市省区县州盟旗]|[我本][市省区县州盟旗]|自治区(?![级内])|[市省区]内")
JOINT: Final = re.compile(r"[与和同]|联合|会同|携手")
LISTED: Final = re.compile(r"[一-鿿]{0,6}等|、")
# 公司年产值…: what stands for a body named before, and the types that it can stand for.
ANAPHOR: Final = re.compile(r"(?:[该本]?(?P<firm>公司|企业|集团)|[该全](?P<bank>行)|该(?:校|院|所|中心|平台|园区))(?![类数家业]|研发|创新|孵化)")
FIRMS: Final = ("company", "finance")
HEADING: Final = re.compile(r"[^\n，。；：:]{6,60}$")


@dataclass(frozen=True, slots=True)
class Named:
    """A region or organisation where the text names it."""

    start: int
    end: int
    name: str
    region: str | None  # GB/T 2260
    kind: str | None = None  # of an organisation


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    region: str | None
    span: Span | None
    rule: str


class Subjects:
    """The names of an article in text order, its home region, and the regions that its pieces' headings name."""

    def __init__(self, article: Article, organisations: Sequence[Organisation]) -> None:
        self.text = article.text
        regions = find_regions(article.text)
        self.named = _merge(article, organisations, regions)
        self.starts = [n.start for n in self.named]
        stated = article.metadata.region
        home = region_by_code(article.metadata.region_code or "") or (region_by_name(stated) if stated else None) or home_region(article)
        self.home = _as_subject(home, "home") if home else Subject(stated, None, None, "home") if stated else None
        self.pieces = _pieces(article, regions) if article.parent is None else []

    def of(self, place: Place) -> Subject | None:
        """The subject of a quantity."""
        return self._named(place.clause, place, "clause") or self._meant(place) or self._named(place.sentence, place, "sentence") or self._home(place)

    def _meant(self, place: Place) -> Subject | None:
        """公司年产值…: the body that the paragraph named last."""
        match = LEADING.match(self.text, place.clause.start, place.quantity.start)
        word = ANAPHOR.match(self.text, match.end() if match else place.clause.start, place.quantity.start)
        if not word:
            return None
        n = bisect_left(self.starts, place.clause.start) - 1
        while n >= 0 and self.named[n].start >= place.paragraph.start:
            kind = self.named[n].kind
            if kind in FIRMS if word["firm"] or word["bank"] else kind and kind not in FIRMS:
                found = self.named[n]
                return Subject(found.name, found.region, Span(found.start, found.end), "meant")
            n -= 1
        return None

    def _named(self, span: Span, place: Place, rule: str) -> Subject | None:
        """The name that heads a clause or sentence; 全市 and its like are the home region."""
        found = self._leading(span, place.quantity.start)
        if found and JOINT.match(self.text, found.end, place.quantity.start):
            found, rule = self._last(span, place.quantity.start), "partner"
        if found and not LISTED.match(self.text, found.end) and not (rule == "sentence" and self._others(found, place)):
            return Subject(found.name, found.region, Span(found.start, found.end), rule)
        return self._home(place) if HOME.search(self.text, span.start, place.quantity.start) else None

    def _leading(self, span: Span, before: int) -> Named | None:
        """The name that a clause or sentence begins with."""
        match = LEADING.match(self.text, span.start, before)
        at = match.end() if match else span.start
        n = bisect_left(self.starts, at)
        if n == len(self.named) or self.named[n].start != at or self.named[n].end > before:
            return None
        return self.named[n]

    def _last(self, span: Span, before: int) -> Named | None:
        """甲与乙共建丙，现已…: the name nearest before the number."""
        n = bisect_left(self.starts, before) - 1
        return self.named[n] if n >= 0 and self.named[n].start >= span.start else None

    def _others(self, found: Named, place: Place) -> bool:
        """Whether another name heads a clause between the sentence's subject and the number: then it is nobody's surely."""
        for match in CLAUSE_END.finditer(self.text, found.end, place.clause.start):
            other = self._leading(Span(match.end(), place.quantity.start), place.quantity.start)
            if other and other.name != found.name:
                return True
        return False

    def _home(self, place: Place) -> Subject | None:
        n = bisect_left(self.pieces, (place.quantity.start,)) - 1
        return self.pieces[n][1] if n >= 0 else self.home


def _as_subject(region: Region, rule: str, span: Span | None = None) -> Subject:
    """A region under the name that people use: 宁夏, not 宁夏回族自治区."""
    name = region.short if region.level == "province" and len(region.name) > 5 else region.name
    return Subject(name, region.code, span, rule)


def _merge(article: Article, organisations: Sequence[Organisation], regions: Sequence[tuple[int, int, Region]]) -> list[Named]:
    """Organisations, and the regions that are not part of one; adjoining regions (湖南省岳阳市) are the last of them."""
    named = [Named(o.start, o.end, o.text, o.region, o.type) for o in organisations]
    covered = sorted((o.start, o.end) for o in organisations)
    for start, end, region in regions:
        n = bisect_left(covered, (start + 1,))
        if n and covered[n - 1][1] >= end:
            continue
        if named and named[-1].end == start and named[-1].region and named[-1].region[:2] == region.code[:2]:
            named[-1] = Named(named[-1].start, end, region.name, region.code)
        else:
            named.append(Named(start, end, article.text[start:end], region.code))
    return sorted(named, key=lambda n: n.start)


def _pieces(article: Article, regions: Sequence[tuple[int, int, Region]]) -> list[tuple[int, Subject]]:
    """(offset, region) of unnumbered headings that begin with a region: the pieces of a bulletin read as one text."""
    out = []
    for start, end, region in regions:
        line_start = article.text.rfind("\n", 0, start) + 1
        line_end = article.text.find("\n", start)
        line = article.text[line_start : line_end if line_end >= 0 else len(article.text)].strip()
        if start - line_start <= 3 and HEADING.fullmatch(line.partition("：")[2] or line) and not re.search("（|人民政府|厅$|局$|通知$", line):
            out.append((line_end, _as_subject(region, "heading", Span(start, end))))
    return out
