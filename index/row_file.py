"""Rows beside the embedded index, in a file that only grows: an index entry holds its row's place, and what was read once can be read again.

The engine maps its files into memory; with the rows in them, half of what a process holds would be rows. What no entry refers to (older versions,
the end of a write that was cut off) stays until the next rebuild.
"""

import os
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from index.errors import SearchError

_LENGTH_BITS: Final = 26  # a place is offset and length in one number, below 2**63
_LONGEST: Final = (1 << _LENGTH_BITS) - 1  # bytes of a row, packed
_LEVEL: Final = 2  # of zlib: 3 and above take longer for 2 % less
_RAW: Final = -15  # no header, largest window
_PENDING: Final = 500  # rows written at once


class RowWriter:
    """Appends; what was appended may be referred to once `sync` has returned. After an OSError it is of no more use: close it, open another."""

    def __init__(self, path: Path, skeleton: bytes) -> None:
        self._file = path.open("ab", 0)
        self._skeleton = skeleton
        self._end = self._file.tell()
        self._pending: list[bytes] = []

    def append(self, row: bytes) -> int:
        """Its place. Raises OSError."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zdict=self._skeleton)
        packed = packer.compress(row) + packer.flush()
        if len(packed) > _LONGEST:
            raise SearchError(f"一行数据压缩后有 {len(packed)} 字节，超过 {_LONGEST}")
        place = self._end << _LENGTH_BITS | len(packed)
        self._end += len(packed)
        self._pending.append(packed)
        if len(self._pending) >= _PENDING:
            self._write()
        return place

    def _write(self) -> None:
        data = memoryview(b"".join(self._pending))
        self._pending.clear()
        while data:
            data = data[self._file.write(data) :]

    def sync(self) -> None:
        """Raises OSError."""
        self._write()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """What was not synced is dropped."""
        self._file.close()


class RowFile:
    """Reads. `skeleton`: bytes that most rows hold; rows are read with the one they were written with. Threads may share it."""

    def __init__(self, path: Path, skeleton: bytes) -> None:
        if not path.exists():
            path.touch()
        self._path = path
        self._file = path.open("rb", 0)  # held open: the folder may go while a search is reading
        self._skeleton = skeleton
        self._lock = threading.Lock()

    def writer(self) -> RowWriter:
        return RowWriter(self._path, self._skeleton)

    def read(self, places: Sequence[int]) -> list[bytes]:
        """Raises SearchError."""
        with self._lock:
            self._announce(places)
            packed = [self._at(place >> _LENGTH_BITS, place & _LONGEST) for place in places]
        return [zlib.decompressobj(_RAW, self._skeleton).decompress(p) for p in packed]

    def _announce(self, places: Sequence[int]) -> None:
        """Rows that are not in the system's cache come from the disk all at once, not one after the other: 0.25 ms for ten, not 1 to 2 (measured)."""
        if hasattr(os, "posix_fadvise"):  # Linux
            for place in places:
                os.posix_fadvise(self._file.fileno(), place >> _LENGTH_BITS, place & _LONGEST, os.POSIX_FADV_WILLNEED)

    def _at(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        found = self._file.read(length)
        if len(found) < length:
            raise SearchError(f"索引不完整（{self._path} 在 {offset} 处中断），请运行 qingbao index --rebuild")
        return found

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
