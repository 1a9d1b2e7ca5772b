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
