"""An article as the finders of organisations see it: words, regions, and the region that it speaks for."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import rjieba

from extractors.article import Article
from extractors.names.authority import LEVEL_WORDS, Authority
from extractors.names.home import home_region
from extractors.names.regions import Region, find_regions, gazetteer
from extractors.record import OrganisationType

# 各市、县（区）人民政府, 盟市科技局: groups, not organs.
_GROUP = re.compile(
    r"(设区的|较大的|各级?|各地|有关|相关|所在地?|当地|属地|所属|上级|同级|本级|两级|三级|该|每个|某|其他)[省市区县州盟旗自治直辖地、（）()和及或]*$"
)
_LEVELS = re.compile(r"[省市区县州盟旗辖地级本城园都][、（(]?$")
# Areas of several regions, as national plans name them.
_AREAS = re.compile(
    "长三角|长江三角洲|京津冀|粤港澳大湾区|粤港澳|大湾区|珠三角|黄三角|黄河三角洲|黄河流域|长江经济带|成渝(?:地区)?|长株潭|呼包鄂榆|呼包鄂|郑洛新|合芜蚌|苏锡常|苏南|浙东南|浙南"
    "|福厦泉|厦漳泉|杭绍甬|沪苏浙皖|沪苏|深莞惠|鄱阳湖|关中|胶东|山东半岛|辽东半岛|沈大|长吉图|哈大齐|兰白|乌昌石|河套|北部湾|环渤海|东北亚|中关村|首都|东部|西部|中部|东北|西北|西南|华东|华南|华北|华中"
)
# Parts of a province: 浙西南, 苏北; not 京东, 新中.
PARTS = re.compile("[冀晋蒙辽黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕](?:[东西][南北]|[东西南北中])")
_CHINA = re.compile("中国")
_IN_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,3}[〔［\[（(]\s*(19|20)\d\d\s*[〕］\]）)]")
# Glued to the next word by the segmentation: 由省.
_PREPOSITIONS = "等由与和对将为在会向从把被及请经报以至因"


SOON = 60  # characters from an organ to the first name of its region, where none stands before


class Token(NamedTuple):
    start: int
    end: int
    text: str
    tag: str  # jieba's part of speech

    @property
    def known(self) -> bool:
        """Whether jieba's dictionary has the word, rather than that it was guessed."""
        return bool(rjieba.has_word(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible mention. `rank` decides between candidates that overlap: the higher, then the longer."""

    start: int
    end: int
    type: OrganisationType
    rule: str
    rank: int = 0
    canonical: str | None = None
    entity: str | None = None
    region: str | None = None  # code
    confidence: float = 0.9


class Reading:
    """Text, tokens and regions of one article; offsets are the article's."""

    def __init__(self, article: Article, names: Authority) -> None:
        text = article.text
        self.text = text
        self.names = names
        self.home = home_region(article)
        self.day = article.metadata.written_date or article.metadata.published_date
        self.regions = find_regions(text)
        # Where a name may begin with a place: regions, and areas of several.
        self.places = {end: start for start, end, _ in self.regions} | {m.end(): m.start() for m in _AREAS.finditer(text)}
        inside = {at for start, end, _ in self.regions for at in range(start, end)}
        self.places |= {m.end(): m.start() for m in PARTS.finditer(text) if inside.isdisjoint(range(*m.span()))}
        self.place_starts = frozenset(self.places.values())
        # Without guessed words a boundary stands between 由 and 省 in 由省科技厅.
        self.bounds = _bounds(text)
        self.tokens = _tokens(text, self.bounds, self.place_starts | {m.start() for m in _CHINA.finditer(text)})
        self._token_starts = [token.start for token in self.tokens]
        self.starts = {token.start: n for n, token in enumerate(self.tokens)}
        self.ends = {token.end: n for n, token in enumerate(self.tokens)}
        self.bounds |= self.starts.keys() | {len(text)}
        self.region_starts = {start: (end, region) for start, end, region in self.regions}
        self.region_ends = {end: (start, region) for start, end, region in self.regions}
        self._region_ends = [end for _, end, _ in self.regions]

    def token_before(self, at: int) -> Token | None:
        n = self.ends.get(at)
        return self.tokens[n] if n is not None else None

    def token_ending(self, at: int) -> Token | None:
        """The token that ends at an offset, or else the one that holds the character before it."""
        n = bisect_right(self._token_starts, at - 1) - 1
        return self.tokens[n] if n >= 0 else None

    def tokens_between(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in a stretch."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def is_in_number(self, end: int) -> bool:
        """Whether a name's end is inside a document number: 国办函〔2018〕75号."""
        return bool(_IN_NUMBER.match(self.text, end))

    def is_group(self, at: int) -> bool:
        """Whether the words before an offset make what follows a group: 各(市), 有关(部门), 盟(市)."""
        return bool(_GROUP.search(self.text, max(0, at - 12), at) or _LEVELS.search(self.text, max(0, at - 2), at))

    def region_at(self, at: int, level: str | None) -> Region | None:
        """The region that a name at an offset means by 省 or 市: the article's own, else the nearest one named before."""
        found = _of_level(self.home, level)
        if found or (level is None and self.home):
            return found
        for n in range(bisect_right(self._region_ends, at) - 1, -1, -1):
            if near := self._near(n, level):
                return near
        behind = bisect_right(self._region_ends, at)  # 盟科技局 in a title, before the league is named
        soon = level is not None and behind < len(self.regions) and self.regions[behind][0] - at < SOON
        return self._near(behind, level) if soon else None

    def _near(self, n: int, level: str | None) -> Region | None:
        """The region of a level that the n-th one named lies in, where the article's own holds it."""
        near = _of_level(self.regions[n][2], level)
        return near if near and (self.home is None or self.home.code == "100000" or self.home.code in _line(near)) else None


def _line(region: Region) -> set[str]:
    return {region.code, *(above.code for above in gazetteer().ancestors(region))}


def _of_level(region: Region | None, level: str | None) -> Region | None:
    if region is None or level is None:
        return region if region and region.level != "nation" else None
    if level == "city" and region.level == "county" and region.name.endswith("市"):
        return region  # 市科技局 of 昆山市
    for above in (region, *gazetteer().ancestors(region)):
        if above.level == level or (level == "city" and above.level == "province" and above.name.endswith("市")):
            return above
    return None


def _tokens(text: str, bounds: set[int], places: frozenset[int]) -> list[Token]:
    """Words with their tags. A guessed word is cut where a place begins in it, and behind a preposition that it begins with."""
    tokens, at = [], 0
    for word, tag in rjieba.tag(text):
        end = at + len(word)
        cut = _cut(word, at, bounds, places) if end - at > 1 else None
        if cut:
            tokens.append(Token(at, cut, text[at:cut], "v" if cut - at == 1 else tag))
            at, word = cut, text[cut:end]  # noqa: PLW2901
        tokens.append(Token(at, end, word, tag))
        at = end
    return tokens


def _cut(word: str, at: int, bounds: set[int], places: frozenset[int]) -> int | None:
    between = range(at + 1, at + len(word))
    inside = None if places.isdisjoint(between) else next(k for k in between if k in places)
    if inside is None and len(word) > 3:  # a word that the dictionary has, and more: 做深|做实
        head = len(rjieba.cut(word, hmm=False)[0])
        inside = at + head if 1 < head < len(word) - 1 else None
    if inside is None and at + 1 in bounds and (word[0] in _PREPOSITIONS or word[1:] in LEVEL_WORDS):
        inside = at + 1
    return inside if inside and not rjieba.has_word(word) else None


def _bounds(text: str) -> set[int]:
    return set(accumulate(map(len, rjieba.cut(text, hmm=False)), initial=0))
