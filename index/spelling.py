"""How a name may be typed: characters, 拼音, initials."""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final

from extractors.words import segmenter
from index.analysis import fold

LONGEST: Final = 40  # characters of a name that completion knows
STARTS: Final = 6  # words of a name that it can be typed from
WITH_CONTEXT: Final = 16  # characters up to which readings are chosen by context


@lru_cache(maxsize=65536)
def completion_keys(name: str) -> tuple[str, ...]:
    """宁夏科技厅, ningxiakejiting and nxkjt, and the same from each later word on (科技厅, kejiting, kjt), folded and without white space.

    Long names (titles) take each character's commonest reading: telling 重 from 重 costs 0.35 ms a title (measured).
    """
    plain = "".join(fold(name[:LONGEST]).split())
    if not plain:
        return ()
    syllables = _readings(plain) if len(plain) <= WITH_CONTEXT else [_reading(c) for c in plain]
    return tuple(dict.fromkeys(key for at in _starts(plain) for key in (plain[at:], "".join(syllables[at:]), "".join(s[0] for s in syllables[at:]))))


def _starts(plain: str) -> list[int]:
    """Where a name's first words begin that something can be typed from."""
    ends = accumulate(len(word) for word in segmenter().cut(plain))
    return [at for at in (0, *ends) if at == 0 or (len(plain) - at > 1 and plain[at].isalnum())][:STARTS]


def _readings(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # a quarter of a second, which a search does not need

    return lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]


@lru_cache(maxsize=16384)
def _reading(char: str) -> str:
    return _readings(char)[0]


_RUN: Final = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")
_DIGITS: Final = "〇一二三四五六七八九"


def number_forms(text: str) -> tuple[str, ...]:
    """The same words with one number in the other script: 20条 ↔ 二十条, 2024年 ↔ 二〇二四年; () for a bare or unclear number.

    Not folded in the index: a fold of 二十条 to 20条 would hide the literal 十条 inside it.
    """
    folded = fold(text)
    return tuple(folded[: m.start()] + other + folded[m.end() :] for m in _RUN.finditer(folded) if m[0] != folded and (other := _other_script(m[0])))


def _other_script(number: str) -> str | None:
    if number.isascii():
        if len(number) == 4 and number[0] in "12":
            return "".join(_DIGITS[int(d)] for d in number)
        return _han(int(number)) if len(number) <= 2 and not number.startswith("0") else None
    if re.fullmatch(r"[一二][〇零一二三四五六七八九]{3}", number):
        return "".join(str(_DIGITS.index(c.replace("零", "〇"))) for c in number)
    value = next((n for n in range(2, 100) if _han(n) == number), None)
    return str(value) if value and value >= 10 else None


def _han(number: int) -> str:
    """11 → 十一, below 100."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _DIGITS[tens] if tens else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
