"""Numbers with their units in Chinese text: one pass, values and spans only. What they mean is read in extractors.records.

The unit table and the classes of numbers that are no quantities are data in extractors/records/metric.yml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

from extractors.numerals import ARABIC, HAN, HAN_DIGITS, MAGNITUDE, PLAIN_HAN, about, arabic_value, han_value, magnitude, number_value
from extractors.rules import load

Form = Literal["arabic", "han", "magnitude", "share", "rank"]

SPACE: Final = r"[ \t\u3000\xa0]{0,2}"  # inside a number: 36 家, 8.25 万家 (spaced by the typesetter, never a line end)
DASH: Final = r"(?:——?|[-－–~～〜至到]|-{2})"
MORE: Final = r"[余多几来]"
START: Final = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半数几首榜第过翻前]")
LATIN: Final = re.compile(r"[A-Za-z0-9]")
MONEY: Final = re.compile(r"(?:GDP|生产总值|产值|收入|利润|营收|投资额?|融资额?|市值|资金|基金|贷款|销售额|成交额|贸易额|税收)[^，。；：、\d]{0,6}$")
BARE: Final = re.compile(rf"(?P<a>{ARABIC}){SPACE}(?P<x>{MORE})?(?P<m>万亿|千亿|百亿|[万亿])(?P<y>{MORE})?")
RUN: Final = re.compile(r"[\d.．]+|[〇零一二两三四五六七八九十百千万亿]+")
INDEX: Final = re.compile(r"(?:指数|系数|得分|评分)(?:[^，。；\d]{0,4}?)(?:达到?|为|[升降增提][至到为高]+|至)[ 　]*$")
RANKING: Final = re.compile(
    r"(?:居|列|排|排名|名次|位次|蝉联|升至|升到|跃至|进至|跃升|保持|夺得|获得?|全国|全省|全市|全区|全球|世界|亚洲)[^，。；！？\n]{0,14}$"
)


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


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The tables of metric.yml as patterns, each tried at the first character of a number."""

    other: re.Pattern[str]
    special: re.Pattern[str]
    quantity: re.Pattern[str]
    listed: re.Pattern[str]
    spellings: dict[str, str]  # unit as written -> unit as kept (％ -> %, 个百分点 -> 百分点)


def scan(text: str) -> Iterator[Quantity | Other]:
    """Every number of the text in order. Whatever has digits or Chinese numerals is a Quantity or an Other."""
    g = _grammar()
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
    """The quantities among them."""
    return [item for item in scan(text) if isinstance(item, Quantity)]


@cache
def unit_words() -> frozenset[str]:
    """Every unit as it may be written."""
    tables = load("metric").tables
    words = set(tables["classifiers"].split()) | set(tables["unit_spellings"])
    for row in tables["measures"].values():
        words |= set(row["words"].split())
    return frozenset(words)


@cache
def _grammar() -> _Grammar:
    tables = load("metric").tables
    unit = "|".join(re.escape(u) for u in sorted(unit_words(), key=len, reverse=True))
    return _Grammar(
        other=_classes(tables["not_quantities"], unit),
        special=_classes(tables["special_numbers"], unit),
        quantity=re.compile(
            rf"{_side('1')}(?:{SPACE}(?P<u1>{unit})?{SPACE}{DASH}{SPACE}{_side('2')})?{SPACE}"
            rf"(?!{'|'.join(tables['unit_is_part_of'])})(?P<unit>(?:{unit})(?:{SPACE}[/／]{SPACE}(?:{unit}))?)"
        ),
        listed=re.compile(
            rf"(?P<a>{ARABIC}){SPACE}(?:[、和]{SPACE}(?:{ARABIC}){SPACE}){{0,8}}[、和]{SPACE}"
            rf"(?=(?:{ARABIC}){SPACE}(?:{MAGNITUDE})?{SPACE}(?:{unit}))"
        ),
        spellings=tables["unit_spellings"],
    )


def _classes(table: dict[str, Any], unit: str) -> re.Pattern[str]:
    """One alternation with a group a class; patterns may go over several lines and name {unit}."""
    return re.compile("|".join(f"(?P<{name}>{pattern.replace(chr(10), '').replace('{unit}', unit)})" for name, pattern in table.items()))


def _side(n: str) -> str:
    """Pattern of one number with its magnitude; groups a (Arabic) or h (Han), m (万…), x and y (余), z (a second 万)."""
    arabic = rf"(?P<a{n}>{ARABIC}){SPACE}(?P<x{n}>{MORE})?{SPACE}(?P<m{n}>{MAGNITUDE})?"
    return rf"(?:{arabic}|(?P<h{n}>{HAN})){SPACE}(?P<y{n}>{MORE})?{SPACE}(?P<z{n}>[万亿]{{0,2}})"


def _read(g: _Grammar, text: str, start: int) -> Quantity | Other | None:
    """The number that begins at `start`: no quantity by its class, a special form, a number with a unit, or what is left."""
    if match := g.other.match(text, start):
        return Other(start, match.end(), str(match.lastgroup))
    match = g.special.match(text, start)
    if match and not (match.lastgroup == "tenths" and _is_range(g, text, start)):  # 四成到五成
        return _special(match) if _ranked(text, match) else Other(start, match.end(), "ordinal")
    if (match := g.quantity.match(text, start)) and _sound(text, match):
        return _quantity(g, match)
    return _listed(g, text, start) or _bare_magnitude(text, start) or _rest(text, start)


def _sound(text: str, match: re.Match[str]) -> bool:
    """False where the digits go on a code (GB50, 5+3项) or the Chinese numeral a word."""
    before = text[match.start() - 1 : match.start()]
    if before and (LATIN.match(before) or before in "+＋."):
        return False
    return not (match["h1"] and before in HAN_DIGITS)


def _single(match: re.Match[str], n: str) -> tuple[Decimal, int]:
    """(number, magnitude) of one side."""
    if match["a" + n] is not None:
        return arabic_value(match["a" + n]), magnitude(match["m" + n] or "") * magnitude(match["z" + n] or "")
    return han_value(match["h" + n]), magnitude(match["z" + n] or "")


def _quantity(g: _Grammar, match: re.Match[str]) -> Quantity:
    low, high = _ends(match)
    text = re.sub(r"\s", "", match["unit"])
    if text == "成":  # 五到六成
        low, high = low * 10, None if high is None else high * 10
    more = any(match[k] for k in ("x1", "y1", "x2", "y2")) or (match["h1"] or "").startswith(("数", "几"))
    maximum = None if high is None else float(high)
    return Quantity(match.start(), match.end(), float(low), maximum, g.spellings.get(text, text), _form(match), bool(more))


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """The value, or both ends of a range: 10—20万元, 七八家."""
    low, scale = _single(match, "1")
    if match["a2"] is None and match["h2"] is None:
        between = about(match["h1"]) if match["h1"] else None
        return (between[0] * scale, between[1] * scale) if between else (low * scale, None)
    high, high_scale = _single(match, "2")
    if scale == 1 and low < high and not match["u1"]:  # the magnitude holds for both
        scale = high_scale
    return low * scale, high * high_scale


def _form(match: re.Match[str]) -> Form:
    if match["a1"] is not None:
        return "arabic"
    return "magnitude" if set(match["h1"]) <= set("百千万亿") else "han"


def _listed(g: _Grammar, text: str, start: int) -> Quantity | None:
    """10.6、6.3、12.9个百分点: the members of a list share the unit and magnitude of its last."""
    match = g.listed.match(text, start)
    if match is None or LATIN.match(text[start - 1 : start]):
        return None
    last = g.quantity.match(text, match.end())
    if last is None or last["a1"] is None or last["a2"] is not None:
        return None
    scale = magnitude(last["m1"] or "") * magnitude(last["z1"] or "")
    return Quantity(start, start + len(match["a"]), float(arabic_value(match["a"]) * scale), None, _quantity(g, last).unit, "arabic")


def _bare_magnitude(text: str, start: int) -> Quantity | None:
    """120万|学生: a magnitude whose unit is only in the noun that follows; "" where the noun does not say."""
    match = BARE.match(text, start)
    if match is None or LATIN.match(text[start - 1 : start]) or text[match.end() : match.end() + 1] in "级”’":
        return None
    nouns = load("metric").tables["unit_by_noun"]
    unit = next((unit for unit, words in nouns.items() if re.match(words, text[match.end() : match.end() + 7])), "")
    if not unit and MONEY.search(text, max(0, start - 20), start):  # GDP约1.26万亿
        unit = "元"
    value = float(arabic_value(match["a"]) * magnitude(match["m"]))
    return Quantity(start, match.end(), value, None, unit, "arabic", bool(match["x"] or match["y"]))


def _rest(text: str, start: int) -> Quantity | Other | None:
    """No unit follows: Chinese numerals are part of a word; digits beside letters are codes, bare ones unknown."""
    match = RUN.match(text, start)
    if match is None:
        return None
    if not text[start].isdecimal():
        return Other(start, match.end(), "word")
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    if INDEX.search(text, max(0, start - 14), start) and not LATIN.match(after):
        return Quantity(start, match.end(), float(arabic_value(match.group().rstrip(".．"))), None, "", "arabic")
    code = bool(LATIN.match(before) or LATIN.match(after) or (before and before in "“‘《+＋-/.") or (after and after in "”’》+＋"))
    return Other(start, match.end(), "code" if code else "unknown")


def _ranked(text: str, match: re.Match[str]) -> bool:
    """A place is a rank only where a verb or scope of ranking stands before it in its clause (放在首位 is none)."""
    if match.lastgroup not in ("rank", "place"):
        return True
    if RANKING.search(text, max(0, match.start() - 24), match.start()):
        return True
    counted = re.match("[一-鿿]", text[match.end() : match.end() + 1])  # 第一位获奖的科学家
    return match.group()[-1:] in "位名" and match.group()[0] == "第" and not counted


def _is_range(g: _Grammar, text: str, start: int) -> bool:
    match = g.quantity.match(text, start)
    return bool(match and (match["a2"] or match["h2"]))


def _special(match: re.Match[str]) -> Quantity | Other:
    """Numbers that are written without a unit of the table: shares, ratios, ranks."""
    kind, start, end = str(match.lastgroup), match.start(), match.end()
    if kind in ("rank", "place"):  # 第80位, 首位, 第一
        return Quantity(start, end, float((_numbers(match.group()) or [Decimal(1)])[0]), None, "位", "rank")
    if kind == "doubling":
        return Quantity(start, end, 1.0, None, "番", "share")
    value = _ratio(kind, match.group())
    if value is None:
        return Other(start, end, "code")
    return Quantity(start, end, round(float(value), 4 if kind == "ratio" else 2), None, "比" if kind == "ratio" else "%", "share")


def _numbers(text: str) -> list[Decimal]:
    return [number_value(d) for d in re.findall(rf"{ARABIC}|{PLAIN_HAN}", text)]


def _ratio(kind: str, text: str) -> Decimal | None:
    """Percent of a share, or the quotient of a ratio; None for a quotient by zero."""
    if kind == "half":
        return Decimal(50)
    if kind == "percent":  # 百分之三十五, 百分之30, 百分百
        return number_value(text.removeprefix("百分").removeprefix("之").strip())
    first, *others = _numbers(text)
    if kind == "tenths":  # 七成, 七成五
        return first * 10 + (others[0] if others else 0)
    if kind == "fraction":  # 三分之二, 2/3
        above, below = (first, others[0]) if "/" in text else (others[0], first)
        return above / below * 100
    if kind == "ratio":  # 3:7
        return first / others[0] if others[0] else None
    raise ValueError(f"special_numbers: no reading for {kind!r} ({text!r})")
