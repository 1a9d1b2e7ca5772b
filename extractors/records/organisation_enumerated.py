"""Companies by their short names, where the text says what they are: 甲新材、乙科技等龙头企业; 丁、戊 beside a company that is known;
己锂业 at the head of an item, a word that no dictionary has before a trade."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import rjieba

from extractors.records.organisation_reading import Candidate, Reading, Token
from extractors.records.organisation_words import words

_END = re.compile(
    r"等(?:一批|一大批)?(?:\d+[余多]?[家户个])?(?:[\u4e00-\u9fff“”]{2,6}?)?(?:企业|公司|厂商|运营商|[外央国民车药名]企)(?![家负成诉办自的])"
)
_BESIDE = re.compile(r"、([\u4e00-\u9fff]{2,5})(?=[、，。；]|等)")
_BEFORE = re.compile(r"(?<=[、，。；持引进推动托快])([\u4e00-\u9fff]{2,5})、$")
_ITEM = re.compile(r"[^、，。；：！？\s“”（）()《》]{2,14}$")
_DOES = re.compile(r"[、\u4e00-\u9fff]{0,16}?(?:获批|获评|获得|入选|荣获|成功|上市|投产|[一二三四五]期|项目|总部|等[\u4e00-\u9fff\d]{0,6}企业)")
_AWARDED = re.compile("获批|获评|荣获|入选")
_NO_BRAND = re.compile(r"[做推建抓促创打强提办引育聚增优深补延拓壮培扩赋并新大小低高零研]|.*[级型类性化式规基晶]$")
MOST = 12  # items of a list


def find(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """The items of a list that ends in 等…企业; an item needs a word that no dictionary has, or a proper name."""
    for match in _END.finditer(reading.text):
        items = _items(reading, match.start())
        if len(items) > 1:
            yield from (_company(start, end) for start, end in items)
    for match in _trade().finditer(reading.text):
        if _has_brand(reading, match) and not any(match.start() == c.start for c in known):
            yield _company(match.start(), match.end())
    for company in known:
        if company.type == "company":
            yield from _beside(reading, company)


def _company(start: int, end: int) -> Candidate:
    return Candidate(start=start, end=end, type="company", rule="enumerated", rank=0, confidence=0.7)


@cache
def _trade() -> re.Pattern[str]:
    trades = "|".join(sorted(words().trades | words().industries, key=len, reverse=True))
    behind = r"[、，]|等|获|入选|荣获|成功|上市|投产|[一二三四五]期|(?![谷园城港产])[\u4e00-\u9fff]{0,6}项目"
    return re.compile(rf"(?<=[，。；、：\n“（])([\u4e00-\u9fff]{{2,4}}?)({trades})(?={behind})")


def _has_brand(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a word that no dictionary has stands before a trade; an industry needs something that companies do behind it."""
    brand = match[1]
    if _NO_BRAND.match(brand) or brand in words().generic or any(s in reading.place_starts for s in range(*match.span())):
        return False
    named = rjieba.has_word(brand) and _AWARDED.match(reading.text, match.end()) and rjieba.tag(brand)[0][1] in ("nr", "nz")  # 卓越科技获批
    if (rjieba.has_word(brand) and not named) or len(rjieba.cut(brand)) > 1 or rjieba.has_word(match[0]):
        return False
    return match[2] in words().trades or _DOES.match(reading.text, match.end()) is not None


def _beside(reading: Reading, company: Candidate) -> Iterator[Candidate]:
    """Short words that no dictionary has, listed beside a known company."""
    at = company.end
    while (match := _BESIDE.match(reading.text, at)) and _is_brand(reading, match.start(1), match.end()):
        yield _company(match.start(1), match.end())
        at = match.end()
    at = company.start
    while (match := _BEFORE.search(reading.text, max(0, at - 8), at)) and _is_brand(reading, match.start(1), match.end(1)):
        yield _company(match.start(1), match.end(1))
        at = match.start(1)


def _is_brand(reading: Reading, start: int, end: int) -> bool:
    """One or two words, of which one is in no dictionary and none is a place, a verb or a head."""
    tokens = reading.tokens_between(start, end)
    lexicon = words()
    if not tokens or tokens[0].start != start or len(tokens) > 2 or any(s in reading.place_starts for s in range(start, end)):
        return False
    fit = all(t.tag[0] in "njgzi" and t.text not in lexicon.generic and not lexicon.is_head(t.text) for t in tokens)
    return fit and any(not t.known and len(t.text) > 1 for t in tokens)


def _items(reading: Reading, end: int) -> list[tuple[int, int]]:
    """Offsets of the items before 等, the last first; stops at the first that is no proper name."""
    found: list[tuple[int, int]] = []
    while len(found) < MOST:
        match = _ITEM.search(reading.text, max(0, end - 14), end)
        tokens = reading.tokens_between(match.start(), end) if match else []
        named = _name(reading, tokens)
        if not match or not named:
            break
        found.append((named, end))
        if named != match.start() or reading.text[named - 1 : named] != "、":
            break
        end = named - 1
    return found


def _name(reading: Reading, tokens: list[Token]) -> int | None:
    """Where the name begins behind the verbs of a list's first item; None where nothing proper stands in it."""
    lexicon = words()
    rest = list(tokens)
    for n, token in enumerate(tokens):
        if token.text in lexicon.stops or lexicon.ends_name(token.text, token.tag, known=token.known) or token.tag[0] in "pudrcm":
            rest = tokens[n + 1 :]
    proper = [t for t in rest if t.text not in lexicon.generic and (not t.known or t.tag in ("nz", "nt", "j"))]
    if not proper or len(rest) > 5 or lexicon.ends_in_head(rest[-1].text):
        return None
    return rest[0].start
