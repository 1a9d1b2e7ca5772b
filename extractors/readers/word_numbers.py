"""Automatic numbers of word processors: what numbering.xml and styles.xml make of a paragraph (ISO/IEC 29500-1, 17.9)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from extractors.readers.word_xml import child, local, value

HAN: Final = "〇一二三四五六七八九"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
ROMAN: Final = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
WORTH: Final = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)


def counted(n: int, digits: str = HAN, units: str = " 十百千") -> str:
    """1..9999 in Chinese: 10 十, 21 二十一, 105 一百〇五."""
    out = ""
    for place in range(3, -1, -1):
        digit = n // 10**place % 10
        if digit:
            out += digits[digit] + units[place].strip()
        elif out and n % 10**place and not out.endswith(digits[0]):
            out += digits[0]
    return out[1:] if 10 <= n < 20 and digits == HAN else out


def roman(n: int) -> str:
    out = ""
    for worth, sign in zip(WORTH, ROMAN, strict=True):
        out += sign * (n // worth)
        n %= worth
    return out


def letters(n: int) -> str:
    """1 A, 26 Z, 27 AA, 28 BB."""
    return chr(65 + (n - 1) % 26) * ((n - 1) // 26 + 1)


def circled(n: int) -> str:
    return chr(0x245F + n) if n <= 20 else chr(0x3250 + n - 20) if n <= 35 else str(n)


def cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)]


FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda n: chr(0x2473 + n) if n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2487 + n) if n <= 20 else f"{n}.",
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "japaneseCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "chineseLegalSimplified": lambda n: counted(n, FORMAL, " 拾佰仟"),
    "ideographDigital": lambda n: "".join(HAN[int(d)] for d in str(n)),
    "japaneseDigitalTenThousand": lambda n: "".join(HAN[int(d)] for d in str(n)),
    "taiwaneseDigital": lambda n: "".join(HAN[int(d)] for d in str(n)),
    "ideographTraditional": cycle(STEMS),
    "ideographZodiac": cycle(BRANCHES),
    "ideographEnclosedCircle": lambda n: chr(0x327F + n) if n <= 10 else str(n),
    "upperLetter": letters,
    "lowerLetter": lambda n: letters(n).lower(),
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "none": lambda n: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written."""

    start: int
    form: str
    text: str  # %1、
    legal: bool  # all numbers of it in decimal
    spaced: bool  # a tab or space follows


def levels_of(definition: etree._Element) -> dict[int, Level]:
    """The levels of w:abstractNum or of w:lvlOverride."""
    found = {}
    for lvl in definition.iter():
        if local(lvl) != "lvl":
            continue
        found[_integer(value(lvl, "ilvl"), 0)] = Level(
            start=_integer(value(child(lvl, "start")), 1),
            form=value(child(lvl, "numFmt")) or "decimal",
            text=value(child(lvl, "lvlText")) or "",
            legal=child(lvl, "isLgl") is not None,
            spaced=value(child(lvl, "suff")) != "nothing",
        )
    return found


class Numbering:
    """The counters of a document. `next` is called for each numbered paragraph in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}  # numId -> levels
        self._counters_of: dict[str, str] = {}  # numId -> whose counters it goes on with
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        abstract = {value(a, "abstractNumId") or "": a for a in root if local(a) == "abstractNum"}
        styled = {value(child(a, "styleLink")) or "": key for key, a in abstract.items() if child(a, "styleLink") is not None}
        for num in (n for n in root if local(n) == "num"):
            key, base = value(num, "numId") or "", value(child(num, "abstractNumId")) or ""
            link = value(child(abstract.get(base), "numStyleLink"))
            base = styled.get(link, base) if link else base
            self._levels[key] = {**(levels_of(abstract[base]) if base in abstract else {}), **levels_of(num)}
            self._counters_of[key] = base
            starts = {_integer(value(o, "ilvl"), 0): value(child(o, "startOverride")) for o in num if local(o) == "lvlOverride"}
            self._overrides[key] = {level: _integer(start, 1) for level, start in starts.items() if start is not None}

    def next(self, num: str, depth: int) -> tuple[str, bool] | None:
        """(number as shown, whether a space follows) of the next paragraph of a list; "" for a bullet; None without a list."""
        levels = self._levels.get(num)
        if levels is None or depth not in levels:
            return None
        counts = self._counts.setdefault(self._counters_of[num], {})
        if depth in self._overrides[num]:
            counts[depth] = self._overrides[num].pop(depth) - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if levels[depth].form == "bullet":
            return "", False
        return self._shown(levels, counts, depth), levels[depth].spaced

    @staticmethod
    def _shown(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int) -> str:
        def number(match: re.Match[str]) -> str:
            level = levels.get(int(match[1]) - 1)
            if level is None:
                return ""
            n = counts.get(int(match[1]) - 1, level.start)
            form = FORMATS.get("decimal" if levels[depth].legal else level.form, str)
            return form(n) if 0 < n < 10_000 else str(n)

        return re.sub(r"%([1-9])", number, levels[depth].text)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default
