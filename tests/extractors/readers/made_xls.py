"""An XLS written by hand: BIFF8 records ([MS-XLS]) in one stream of a compound file ([MS-CFB])."""

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(rows: Sequence[Sequence[str | float]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """One sheet; merged areas are (first row, last row, first column, last column)."""
    begin = struct.pack("<HHHHII", 0x0600, 0, 0, 0, 0, 0)
    cells = b""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str) and value:
                cells += record(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 1) + value.encode("utf-16-le"))
            elif not isinstance(value, str):
                cells += record(0x0203, struct.pack("<HHHd", r, c, 0, value))
    areas = record(0x00E5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *m) for m in merged)) if merged else b""
    sheet = record(0x0809, begin[:2] + struct.pack("<H", 0x10) + begin[4:]) + cells + areas + record(0x000A, b"")
    top = record(0x0809, begin[:2] + struct.pack("<H", 0x05) + begin[4:]) + record(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<BB", 2, 0) + b"S1"
    at = len(top) + 4 + 6 + len(name) + 4
    return compound(top + record(0x0085, struct.pack("<IBB", at, 0, 0) + name) + record(0x000A, b"") + sheet)


def compound(stream: bytes) -> bytes:
    """A compound file with the stream `Workbook`, made long enough to need no mini stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    used = len(stream) // SECTOR
    table = [FAT, END, *range(3, 2 + used), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    entries = entry("Root Entry", 5, child=1, start=END, size=0) + entry("Workbook", 2, child=FREE, start=2, size=len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(table)}I", *table) + entries + stream


def entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
