"""limits.yml as values, and the hook by which a reader tells its supervisor that work of another cost begins."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

MIB = 1024 * 1024


class Work(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cost of a stretch of work: address space in MiB, wall clock in seconds."""

    memory_mib: int
    seconds: float


class Amounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a thing a reader takes; names as in limits.yml."""

    body_mib: int
    output_mib: int
    archive_entries: int
    archive_expanded_mib: int
    archive_ratio: int
    archive_small_mib: int
    archive_nesting: int
    archive_documents: int
    pdf_pages: int
    pdf_page_characters: int
    ocr_pages: int
    render_mpixel: int
    sheet_cells: int
    sheet_rows: int
    sheet_columns: int
    nesting: int


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    work: dict[str, Work]
    amounts: Amounts


@cache
def limits() -> Limits:
    import yaml

    data: Any = yaml.safe_load((files("extractors.readers") / "limits.yml").read_text("utf-8"))
    return msgspec.convert(data, Limits)


def amounts() -> Amounts:
    return limits().amounts


def work(name: str) -> Work:
    """A row of `work`: readers, libreoffice or ocr. Raises KeyError."""
    return limits().work[name]


_supervisors: list[Callable[[Work], None]] = []


def supervise(supervisor: Callable[[Work], None]) -> None:
    """Be told of every `enter` in this process. The sandbox's child sets its memory and its parent's clock by it."""
    _supervisors.append(supervisor)


def enter(name: str) -> Work:
    """Begin a stretch of work with its own memory and clock (one page of OCR, one LibreOffice run). Without a sandbox nothing is enforced."""
    row = work(name)
    for supervisor in _supervisors:
        supervisor(row)
    return row
