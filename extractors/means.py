"""What a machine may lack for reading: OCR (extra `ocr`) and LibreOffice. A capture that was read without is read again once it is there."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final

from extractors.readers import office, scan
from extractors.version import version

NEEDS: Final[dict[str, Callable[[], object]]] = {"needs-ocr": scan.available, "needs-libreoffice": office.installed}  # refusal or note -> its cure


def read_by(codes: Iterable[str]) -> str:
    """The word under which the store notes a reading that gave these refusals or notes: the version, and what it lacked."""
    lacked = sorted(code for code in set(codes) if code in NEEDS and not NEEDS[code]())
    return "~".join([version(), *lacked])


def as_good() -> tuple[str, ...]:
    """Words under which this version, on this machine as it is today, could not read any better."""
    lacking = sorted(code for code, there in NEEDS.items() if not there())
    return tuple("~".join([version(), *some]) for size in range(len(lacking) + 1) for some in combinations(lacking, size))
