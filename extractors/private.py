"""Numbers of private persons in published lists: found and marked, so that they are masked wherever they are shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from extractors.article import Note, Span

IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
# GB 11643-1999, 4.2: weights and check characters of the 18th digit (ISO 7064, MOD 11-2)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ADDRESSES: Final = frozenset({"id", "url", "href", "capture", "next", "cursor"})  # fields that lead somewhere: they stay as they are
_DIGITS: Final = re.compile(r"\d[\d -]{9}")  # stands in whatever holds a private number
T = TypeVar("T")


def private_numbers(text: str) -> Iterator[Note]:
    """A note `private` for each identity card number (its check digit fits) and each mobile number."""
    for match in IDENTITY.finditer(text):
        if CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, match[0], strict=False)) % 11] == match[0][-1].upper():
            yield Note(code="private", text="身份证号", span=Span(*match.span()))
    for match in MOBILE.finditer(text):
        yield Note(code="private", text="手机号", span=Span(*match.span()))


def masked(text: str) -> str:
    """The text with ＊ for the middle digits of each such number; as long as it was, so that offsets hold.

    An identity number keeps its area (six digits) and last two, a mobile number its first three and last four.
    """
    if not _DIGITS.search(text):
        return text
    out = list(text)
    for note in private_numbers(text):
        if note.span is None:
            continue
        digits = [i for i in range(*note.span) if text[i].isalnum()]
        head, tail = (6, 2) if note.text == "身份证号" else (3, 4)
        for i in digits[head : len(digits) - tail]:
            out[i] = "＊"
    return "".join(out)


def shown(value: T) -> T:
    """What leaves the program: the value with private numbers masked in all its texts, however deep (dataclasses, tuples, lists, mappings).

    Only `ADDRESSES` stay. A value without such numbers is returned as it is.
    """
    return cast(T, _shown(value))


def _shown(value: Any) -> Any:
    match value:
        case str():
            return masked(value)
        case Mapping():
            return {k: v if k in ADDRESSES else _shown(v) for k, v in value.items()}
        case tuple() | list():
            return _each(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            held = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in ADDRESSES}
            changed = {name: new for name, old in held.items() if (new := _shown(old)) is not old}
            return replace(value, **changed) if changed else value
    return value


def _each(values: Any) -> Any:
    parts = [_shown(value) for value in values]
    if all(new is old for new, old in zip(parts, values, strict=True)):
        return values
    return type(values)(*parts) if hasattr(values, "_fields") else type(values)(parts)
