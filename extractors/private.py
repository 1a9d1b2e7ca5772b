"""Numbers of private persons in published lists: found and marked, so that they are masked wherever they are shown."""

import re
from collections.abc import Iterator

from extractors.article import Note, Span

IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
# GB 11643-1999, 4.2: weights and check characters of the 18th digit (ISO 7064, MOD 11-2)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


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
    out = list(text)
    for note in private_numbers(text):
        if note.span is None:
            continue
        digits = [i for i in range(*note.span) if text[i].isalnum()]
        head, tail = (6, 2) if note.text == "身份证号" else (3, 4)
        for i in digits[head : len(digits) - tail]:
            out[i] = "＊"
    return "".join(out)
