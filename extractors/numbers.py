"""Numbers with their units in Chinese text: one pass, values and spans only. What they mean is read in extractors.records.

The unit table and the classes of numbers that are no quantities are data in extractors/records/metric.yml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from extractors.rules import load

Form = Literal["arabic", "han", "magnitude", "share", "rank"]

HAN_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "俩": 2}
HAN_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10**4, "亿": 10**8}
SPACE: Final = r"[ \t\u3000\xa0]{0,2}"  # inside a number: 36 家, 8.25 万家 (spaced by the typesetter, never a line end)
DASH: Final = r"(?:——?|[-－–~～〜至到]|-{2})"
ARABIC: Final = r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+(?:[.．·]\d+)?"
HAN: Final = r"(?:[数几]?[十百千万亿]|[一二两三四五六七八九]|零点)[〇零一二两三四五六七八九十百千万亿]*(?:点[〇零一二三四五六七八九]+)?"
MAGNITUDE: Final = r"万亿|千亿|百亿|十亿|千万|百万|十万|[百万亿]|千(?![瓦米克伏卡])"
MORE: Final = r"[余多几来]"
START: Final = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半数几首榜第过翻前]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `start`..`end` runs from its first digit to the last character of the unit."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str  # as written, without 万/亿; 元 for money in yuan; "" where none is written
    form: Form
    more: bool = False  # 余, 多, 几 stand in it


@dataclass(frozen=True, slots=True)
class Other:
    """A number that is no quantity, and the class that it belongs to: date, ordinal, code, …; `unknown` where no class fits."""

    start: int
    end: int
    kind: str


def han_value(text: str) -> Decimal:
    """三百二十 -> 320, 一万二千 -> 12000, 二〇二三 -> 2023, 数十亿 -> 1e9 (its least), 三点五 -> 3.5."""
    whole, _, fraction = text.lstrip("数几上").partition("点")
    if fraction:
        return han_value(whole) + Decimal("0." + "".join(str(HAN_DIGITS[c]) for c in fraction))
    if not any(c in HAN_POWERS or c in MYRIADS for c in whole):
        return Decimal("".join(str(HAN_DIGITS[c]) for c in whole))
    return Decimal(_han_whole(whole))


def _han_whole(text: str) -> int:
    total, section, digit = 0, 0, None
    for c in text:
        if c in HAN_DIGITS:
            digit = HAN_DIGITS[c]
        elif c in HAN_POWERS:
            section += (1 if digit is None else digit) * HAN_POWERS[c]
            digit = None
        else:  # 万, 亿: multiplies all that stands before it and is smaller
            section += digit or 0
            if MYRIADS[c] > 10**4 and total:
                total, section = (total + section) * MYRIADS[c], 0
            else:
                total, section = total + (section or 1) * MYRIADS[c], 0
            digit = None
    return total + section + (digit or 0)


def magnitude(text: str) -> int:
    """万亿 -> 10**12; empty -> 1."""
    product = 1
    for c in text:
        product *= HAN_POWERS.get(c) or MYRIADS[c]
    return product


def arabic_value(text: str) -> Decimal:
    return Decimal(re.sub(r"[,，]", "", text).replace("．", ".").replace("·", "."))


@dataclass(frozen=True, slots=True)
class _Grammar:
    other: re.Pattern[str]
    quantity: re.Pattern[str]
    listed: re.Pattern[str]
    alone: re.Pattern[str]
    plain: dict[str, str]  # unit as written -> unit as kept (％ -> %, 人民币 -> 元)


def _one(n: str) -> str:
    """Pattern of one number with its magnitude; groups a/h (digits), m (万…), x (余)."""
    return rf"(?:(?P<a{n}>{ARABIC}){SPACE}(?P<x{n}>{MORE})?{SPACE}(?P<m{n}>{MAGNITUDE})?|(?P<h{n}>{HAN})){SPACE}(?P<y{n}>{MORE})?{SPACE}(?P<z{n}>[万亿]{{0,2}})"


@cache
def grammar() -> _Grammar:
    """The compiled tables of metric.yml."""
    tables = load("metric").tables
    units = sorted(unit_words(), key=len, reverse=True)
    unit = "|".join(re.escape(u) for u in units)
    other = "|".join(f"(?P<{name}>{pattern.replace(chr(10), '').replace('{unit}', unit)})" for name, pattern in tables["not_quantities"].items())
    follows = "|".join(tables["unit_is_part_of"])
    per = rf"(?:{SPACE}[/／]{SPACE}(?:{unit}))?"
    listed = re.compile(
        rf"(?P<a>{ARABIC}){SPACE}(?:[、和]{SPACE}(?:{ARABIC}){SPACE}){{0,8}}[、和]{SPACE}(?=(?:{ARABIC}){SPACE}(?:{MAGNITUDE})?{SPACE}(?:{unit}))"
    )
    quantity = rf"{_one('1')}(?:{SPACE}(?P<u1>{unit})?{SPACE}{DASH}{SPACE}{_one('2')})?{SPACE}(?!{follows})(?P<unit>(?:{unit}){per})"
    return _Grammar(
        re.compile(other),
        re.compile(quantity),
        listed,
        re.compile("|".join(f"(?P<{k}>{v})" for k, v in tables["special_numbers"].items())),
        tables["unit_spellings"],
    )


@cache
def unit_words() -> frozenset[str]:
    """Every unit as it may be written."""
    tables = load("metric").tables
    words = set(tables["classifiers"].split()) | set(tables["unit_spellings"])
    for row in tables["measures"].values():
        words |= set(row["words"].split())
    return frozenset(words)


def scan(text: str) -> Iterator[Quantity | Other]:
    """Every number of the text in order. Whatever has digits or Chinese numerals is a Quantity or an Other."""
    g = grammar()
    at = 0
    while found := START.search(text, at):
        start = found.start()
        item = _read(g, text, start)
        if item is None:
            at = start + 1
            continue
        yield item
        at = max(item.end, start + 1)


def quantities(text: str) -> list[Quantity]:
    return [item for item in scan(text) if isinstance(item, Quantity)]


def _read(g: _Grammar, text: str, start: int) -> Quantity | Other | None:
    if match := g.other.match(text, start):
        return Other(start, match.end(), str(match.lastgroup))
    if (match := g.alone.match(text, start)) and _ranked(text, match):
        return special(match)
    if (match := g.quantity.match(text, start)) and _sound(text, match):
        return _quantity(g, match)
    return _listed(g, text, start) or _bare_magnitude(text, start) or _rest(text, start)


def _listed(g: _Grammar, text: str, start: int) -> Quantity | None:
    """10.6、6.3、12.9个百分点: the members of a list share the unit and magnitude of its last."""
    match = g.listed.match(text, start)
    if match is None or _LATIN.match(text[start - 1 : start]):
        return None
    last = g.quantity.match(text, match.end())
    if last is None or last["a1"] is None or last["a2"] is not None:
        return None
    whole = _quantity(g, last)
    scale = magnitude(last["m1"] or "") * magnitude(last["z1"] or "")
    end = start + len(match["a"])
    return Quantity(start, end, float(arabic_value(match["a"]) * scale), None, whole.unit, "arabic")


_BARE: Final = re.compile(rf"(?P<a>{ARABIC}){SPACE}(?P<x>{MORE})?(?P<m>万亿|千亿|百亿|[万亿])(?P<y>{MORE})?")


def _bare_magnitude(text: str, start: int) -> Quantity | None:
    """120万|学生: a magnitude whose unit is only in the noun that follows; "" where the noun does not say."""
    match = _BARE.match(text, start)
    if match is None or _LATIN.match(text[start - 1 : start]) or text[match.end() : match.end() + 1] in "级”’":
        return None
    unit = next((u for u, nouns in load("metric").tables["unit_by_noun"].items() if re.match(nouns, text[match.end() : match.end() + 4])), "")
    value = float(arabic_value(match["a"]) * magnitude(match["m"]))
    return Quantity(start, match.end(), value, None, unit, "arabic", bool(match["x"] or match["y"]))


_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_WORDY: Final = re.compile(r"[\d.．]+|[〇零一二两三四五六七八九十百千万亿]+")


INDEX: Final = re.compile(r"(?:指数|系数|得分|评分)(?:[^，。；\d]{0,4}?)(?:达到?|为|[升降增提][至到为高]+|至)[ 　]*$")


def _rest(text: str, start: int) -> Quantity | Other | None:
    """No unit follows: Chinese numerals are part of a word; digits beside letters are codes, bare ones unknown."""
    match = _WORDY.match(text, start)
    if match is None:
        return None
    if not text[start].isdigit() or not text[start].isdecimal():
        return Other(start, match.end(), "word")
    if INDEX.search(text, max(0, start - 14), start) and not _LATIN.match(text[match.end() : match.end() + 1]):
        return Quantity(start, match.end(), float(arabic_value(match.group().rstrip(".．"))), None, "", "arabic")
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    code = bool(_LATIN.match(before) or _LATIN.match(after) or before in "“‘《+＋-/." or after in "”’》+＋")
    return Other(start, match.end(), "code" if code and (before or after) else "unknown")


def _sound(text: str, match: re.Match[str]) -> bool:
    """False where the digits go on a code (GB50, 5+3项) or the Chinese numeral a word."""
    before = text[match.start() - 1 : match.start()]
    if before and (_LATIN.match(before) or before in "+＋."):
        return False
    return not (match["h1"] and before in HAN_DIGITS)


def _single(match: re.Match[str], n: str) -> tuple[Decimal, int]:
    """(number, magnitude) of one side."""
    if match["a" + n] is not None:
        return arabic_value(match["a" + n]), magnitude(match["m" + n] or "") * magnitude(match["z" + n] or "")
    return han_value(match["h" + n]), magnitude(match["z" + n] or "")


def _quantity(g: _Grammar, match: re.Match[str]) -> Quantity:
    low, scale = _single(match, "1")
    high = None
    if match["a2"] is not None or match["h2"] is not None:
        high, high_scale = _single(match, "2")
        if scale == 1 and low < high and not match["u1"]:  # 10—20万元: the magnitude holds for both
            scale = high_scale
        high = high * high_scale
    text = re.sub(r"\s", "", match["unit"])
    unit = g.plain.get(text, text)
    more = any(match[k] for k in ("x1", "y1", "x2", "y2")) or (match["h1"] or "").startswith(("数", "几"))
    return Quantity(match.start(), match.end(), float(low * scale), None if high is None else float(high), unit, _form(match), bool(more))


def _form(match: re.Match[str]) -> Form:
    if match["a1"] is not None:
        return "arabic"
    return "magnitude" if set(match["h1"]) <= set("百千万亿") else "han"


RANKING: Final = re.compile(
    r"(?:居|列|排|排名|名次|位次|蝉联|升至|升到|跃至|进至|跃升|保持|夺得|获得?|全国|全省|全市|全区|全球|世界|亚洲)[^，。；！？\n]{0,14}$"
)


def _ranked(text: str, match: re.Match[str]) -> bool:
    """A place is a rank only where a verb or scope of ranking stands before it in its clause (放在首位 is none)."""
    if match.lastgroup not in ("rank", "place"):
        return True
    return bool(RANKING.search(text, max(0, match.start() - 24), match.start())) or (match.group()[-1:] in "位名" and match.group()[0] == "第")


def special(match: re.Match[str]) -> Quantity | Other:
    """Numbers that are written without a unit of the table: shares, ranks, multiples."""
    kind = str(match.lastgroup)
    start, end, text = match.start(), match.end(), match.group()
    digits = [number_value(d) for d in re.findall(rf"{ARABIC}|[〇零一二两三四五六七八九十百千万亿]+(?:点[一二三四五六七八九零]+)?", text)]
    if kind == "percent":  # 百分之三十五, 百分之30
        return Quantity(start, end, float(number_value(text[3:])), None, "%", "share")
    if kind == "fraction":  # 三分之二 -> 66.67 %
        above, below = (digits[0], digits[1]) if "/" in text else (digits[1], digits[0])
        return Quantity(start, end, round(float(above / below * 100), 2), None, "%", "share")
    if kind == "tenths":  # 七成, 七成五
        extra = digits[1] if len(digits) > 1 else Decimal(0)
        return Quantity(start, end, float(digits[0] * 10 + extra), None, "%", "share", more="多" in text)
    if kind == "ratio":  # 3:7
        return Quantity(start, end, round(float(digits[0] / digits[1]), 4), None, "比", "share") if digits[1] else Other(start, end, "code")
    if kind == "half":
        return Quantity(start, end, 50.0, None, "%", "share")
    if kind == "doubling":  # 翻一番, 翻番
        return Quantity(start, end, float(digits[0]) if digits else 1.0, None, "番", "share")
    if kind in ("rank", "place"):  # 第80位, 首位, 第一
        return Quantity(start, end, float(digits[0]) if digits else 1.0, None, "位", "rank")
    raise ValueError(f"special_numbers: no reading for {kind!r} ({text!r})")


def number_value(text: str) -> Decimal:
    """A number in either script."""
    return arabic_value(text) if text[0].isdecimal() else han_value(text)
