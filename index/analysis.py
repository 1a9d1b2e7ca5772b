"""Text → terms, the same for both engines: folding, words (`seg`), pairs of characters (`bi`).

A *unit* is a Han character, a run of other letters, or a run of digits; units are adjacent when nothing stands between them.
The `bi` terms of a stretch of adjacent units a b c are: ab bc, each letter or digit run by itself too, and the last Han character by itself.
So every literal stretch of two or more units is a phrase of terms, a two-character word is one term, and every single character begins some term.
"""

import hashlib
import re
import unicodedata
from functools import cache
from itertools import chain, pairwise
from operator import add
from pathlib import Path
from typing import Final

import opencc

from extractors.words import segmenter, user_words

HAN: Final = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNIT: Final = re.compile(rf"[{HAN}]|\d+|[^\W\d_{HAN}]+")
STRETCH: Final = re.compile(r"[^\W_]+")
_ALL_HAN: Final = re.compile(rf"[{HAN}]+")
LONGEST_UNIT: Final = 64  # characters; longer runs (base64, long numbers) are cut, on both sides

# ○ ◯ Ｏ-like circles are typed for 〇 in 文号 and years; all are one character, so offsets stay.
_CIRCLES: Final = {ord(c): "〇" for c in "○◯⚪"}


# Unicode blocks with compatibility characters: signs, CJK compatibility, full width, mathematical letters, enclosed signs.
_WIDTH_BLOCKS: Final = ((0x80, 0x3400), (0xF900, 0xFFF0), (0x1D400, 0x1D800), (0x1F100, 0x1F300), (0x2F800, 0x2FA20))


@cache
def _width_table() -> dict[int, str]:
    """Characters whose NFKC form is one other letter or digit; longer forms are left, so that folding keeps offsets.

    Punctuation is left too: it is in no term, and full-width commas stand in every text.
    """
    table = {}
    for code in chain.from_iterable(range(*block) for block in _WIDTH_BLOCKS):
        normal = unicodedata.normalize("NFKC", chr(code))
        if len(normal) == 1 and ord(normal) != code and normal.isalnum():
            table[code] = normal
    return {**table, **_CIRCLES}


@cache
def _fold_table() -> dict[int, str]:
    """Width, lower case and 繁→简, character by character."""
    table = dict(_width_table())
    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    for line in path.read_text("utf-8").splitlines():
        traditional, _, simple = line.partition("\t")
        if len(traditional) == 1 and simple:
            table[ord(traditional)] = simple.split(" ")[0]
    for code in range(0x250):
        lower = chr(code).lower()
        if len(lower) == 1 and lower != chr(code):
            table[code] = lower
    for code, folded in list(table.items()):
        lower = folded.lower()
        table[code] = table.get(ord(lower), lower) if len(lower) == 1 else folded
    return table


@cache
def _foldable() -> re.Pattern[str]:
    """Finds a character that folding may change. As “none of the others”, since only a class within 16 bits is looked up in one step."""
    changed = [-1, *sorted(code for code in _fold_table() if code <= 0xFFFF), 0x10000]
    kept = "".join(f"\\u{a + 1:04x}-\\u{b - 1:04x}" for a, b in pairwise(changed) if b - a > 1)
    return re.compile(f"[^{kept}]")


def fold(text: str) -> str:
    """What the index compares; as long as the text, so offsets hold. Most texts have nothing to fold, and looking takes a tenth of the time."""
    return text.translate(_fold_table()) if _foldable().search(text) else text


def fold_case(text: str) -> str:
    """For the literal switch: only the case of ASCII letters is folded."""
    return text.translate(_ASCII_LOWER) if _ASCII_UPPER.search(text) else text


_ASCII_UPPER: Final = re.compile("[A-Z]")
_ASCII_LOWER: Final = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}


def units(folded: str) -> list[str]:
    return [u[:LONGEST_UNIT] for u in UNIT.findall(folded)]


def _is_han(unit: str) -> bool:
    return bool(_ALL_HAN.match(unit))


def _mixed(stretch: str) -> list[str]:
    parts = units(stretch)
    terms = []
    for i, unit in enumerate(parts):
        last = i + 1 == len(parts)
        if last or not _is_han(unit):
            terms.append(unit)
        if not last:
            terms.append(unit + parts[i + 1])
    return terms


def pairs(folded: str) -> list[str]:
    """The `bi` terms of an indexed text, in order; their places are their positions."""
    terms: list[str] = []
    for stretch in STRETCH.findall(folded):
        if _ALL_HAN.fullmatch(stretch):
            terms += map(add, stretch, stretch[1:])
            terms.append(stretch[-1])
        else:
            terms += _mixed(stretch)
    return terms


def query_pairs(folded: str) -> list[str]:
    """The `bi` terms of something asked for: the last Han character needs no term of its own, unless it stands alone."""
    terms = pairs(folded)
    found = STRETCH.findall(folded)
    if found and len(units(found[-1])) > 1 and _is_han(units(found[-1])[-1]):
        terms.pop()
    return terms


def open_end(folded: str) -> bool:
    """The question ends with a lone Han character: in texts it may begin a pair, so it is matched as a prefix."""
    found = STRETCH.findall(folded)
    return bool(found) and len(found[-1]) == 1 and _is_han(found[-1])


def key_of(text: str) -> str:
    """The folded letters and digits of a text: titles are compared by it."""
    return "".join(STRETCH.findall(fold(text)))


@cache
def dictionary() -> str:
    """Changes whenever the segmenter's user dictionary does: it is part of the index's schema hash."""
    return hashlib.sha256("\n".join(user_words()).encode()).hexdigest()[:12]


def words(folded: str) -> list[str]:
    """The `seg` terms: jieba's search-mode words, sub-words before the word that holds them."""
    found = [w for w in segmenter().search(folded) if w.isalnum() or w[0].isalnum()]  # the first test is the cheaper one
    return [w[:LONGEST_UNIT] for w in found] if max(map(len, found), default=0) > LONGEST_UNIT else found
