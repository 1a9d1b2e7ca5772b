"""Numerals of both scripts: their patterns and their values."""

import re
from decimal import Decimal
from typing import Final

HAN_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "俩": 2}
HAN_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10**4, "亿": 10**8}

ARABIC: Final = r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+(?:[.．·]\d+)?"
HAN: Final = (
    r"零点[〇零一二三四五六七八九]+"
    r"|(?:[数几]?[十百千万亿]|[一二两三四五六七八九])[〇零一二两三四五六七八九十百千万亿]*(?:点[〇零一二三四五六七八九]+)?"
)
PLAIN_HAN: Final = r"[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+)?"
MAGNITUDE: Final = r"万亿|千亿|百亿|十亿|千万|百万|十万|[百万亿]|千(?![瓦米克伏卡])"  # 千瓦, 千米 are units


FORMAL: Final = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩倆點負幾", "一二二三三四五六六七八九十百千万亿两两点负几")
TOKEN: Final = re.compile(r"\d+(?:[.．]\d+)?|[〇零一二三四五六七八九两俩十百千万亿兆]")
POWERS: Final = HAN_POWERS | MYRIADS | {"兆": 10**12}


def han_value(text: str) -> Decimal:
    """三百二十 -> 320, 一万二千 -> 12000, 二〇二三 -> 2023, 数十亿 -> 1e9 (its least), 三点五 -> 3.5, 一万三 -> 13000."""
    if text.startswith("负"):
        return -han_value(text[1:])
    whole, _, fraction = text.lstrip("数几上").partition("点")
    if fraction:
        return han_value(whole) + Decimal("0." + "".join(str(HAN_DIGITS[c]) for c in fraction))
    if not any(c in POWERS for c in whole):
        return Decimal("".join(str(HAN_DIGITS[c]) for c in whole))
    if not re.fullmatch(rf"(?:{TOKEN.pattern})+", whole):
        raise ValueError(f"no number: {text!r}")
    return _sum([arabic_value(t) if t[0].isdecimal() else t for t in TOKEN.findall(whole)])


def _sum(tokens: list[Decimal | str]) -> Decimal:
    """The value of digits and powers in order; a last digit after 百, 千, 万 stands for its tenth (二百五 is 250)."""
    total, section, digit = Decimal(0), Decimal(0), None
    for n, token in enumerate(tokens):
        if isinstance(token, Decimal):
            digit = token
        elif token in "零〇":
            digit = None
        elif token in HAN_DIGITS:
            last = n == len(tokens) - 1 and n and tokens[n - 1] in POWERS and tokens[n - 1] != "十"
            digit = Decimal(HAN_DIGITS[token] * (POWERS[str(tokens[n - 1])] // 10 if last else 1))
        elif token in HAN_POWERS:
            section += (1 if digit is None else digit) * HAN_POWERS[token]
            digit = None
        else:  # 万, 亿, 兆 multiply all that stands before them and is smaller
            section += digit or 0
            again = n and tokens[n - 1] in MYRIADS  # 万亿, 万万
            scale, digit = POWERS[token], None
            total, section = ((total + section) * scale if again or 0 < total < scale else total + (section or 1) * scale), Decimal(0)
    return total + section + (digit or 0)


def about(text: str) -> tuple[Decimal, Decimal] | None:
    """七八 -> (7, 8), 十五六 -> (15, 16), 七百三四十 -> (730, 740): two rising digits side by side are a range."""
    pairs = [m.start() for m in re.finditer(r"(?=[一二三四五六七八九]{2})", text)]
    if len(pairs) != 1 or "点" in text or HAN_DIGITS[text[pairs[0]]] >= HAN_DIGITS[text[pairs[0] + 1]]:
        return None
    at = pairs[0]
    return han_value(text[: at + 1] + text[at + 2 :]), han_value(text[:at] + text[at + 1 :])


def magnitude(text: str) -> int:
    """万亿 -> 10**12; empty -> 1."""
    product = 1
    for c in text:
        product *= HAN_POWERS.get(c) or MYRIADS[c]
    return product


def arabic_value(text: str) -> Decimal:
    """1,200.5 or full-width digits; commas are thousands."""
    return Decimal(re.sub(r"[,，]", "", text).replace("．", ".").replace("·", "."))


def number_value(text: str) -> Decimal:
    """A number in either script, formal digits and mixtures too: 4.78万亿, 5万4千, 壹佰伍拾, -12, 负三. Raises ValueError."""
    bare = re.sub(r"\s+", "", text).translate(FORMAL)
    try:
        if match := re.fullmatch(r"(负?)([^之]+)分之([^之]+)", bare):
            return number_value(match[1] + match[3]) / number_value(match[2])
        if re.fullmatch(rf"-?(?:{ARABIC}|\.\d+)", bare):
            return arabic_value(bare)
        return han_value(re.sub(r"[余多几](?=[万亿]|$)", "", bare))
    except (KeyError, ArithmeticError) as error:
        raise ValueError(f"no number: {text!r}") from error
