"""Numerals of both scripts: their patterns and their values."""

import re
from decimal import Decimal
from typing import Final

HAN_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "俩": 2}
HAN_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10**4, "亿": 10**8}

ARABIC: Final = r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+(?:[.．·]\d+)?"
HAN: Final = r"(?:[数几]?[十百千万亿]|[一二两三四五六七八九]|零点)[〇零一二两三四五六七八九十百千万亿]*(?:点[〇零一二三四五六七八九]+)?"
PLAIN_HAN: Final = r"[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+)?"
MAGNITUDE: Final = r"万亿|千亿|百亿|十亿|千万|百万|十万|[百万亿]|千(?![瓦米克伏卡])"  # 千瓦, 千米 are units


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
        else:  # 万, 亿 multiply all that stands before them and is smaller
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
    """1,200.5 or full-width digits; commas are thousands."""
    return Decimal(re.sub(r"[,，]", "", text).replace("．", ".").replace("·", "."))


def number_value(text: str) -> Decimal:
    """A number in either script."""
    return arabic_value(text) if text[0].isdecimal() else han_value(text)
