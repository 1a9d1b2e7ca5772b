"""Archives of foreign bytes: sums are checked before anything is expanded, and every way of being damaged is one ReadError."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from extractors.readers import limits
from extractors.readers.errors import ReadError

DAMAGE: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError)
DAMAGE += (ValueError, OverflowError, struct.error, KeyError, IndexError)


class Archive:
    """A ZIP whose directory has been checked. Raises ReadError: broken, too-large, encrypted."""

    def __init__(self, body: bytes, url: str) -> None:
        self.url = url
        with self._reading("directory"):
            self._check_claim(body)
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        self._check_sums()
        self._names = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}

    def _check_claim(self, body: bytes) -> None:
        """Entries as the end record claims them, before the directory is built in memory."""
        end = body.rfind(b"PK\x05\x06", max(0, len(body) - 65_557))
        claimed = int.from_bytes(body[end + 10 : end + 12], "little") if end >= 0 else 0
        zip64 = b"PK\x06\x06" in body[-65_700:]  # over 65,535 entries or 4 GiB: neither is ours to read
        if zip64 or claimed > limits.amounts().archive_entries:
            raise ReadError("too-large", f"{self.url}: an archive of {'more than 65535' if zip64 else claimed} entries")

    def _check_sums(self) -> None:
        allowed = limits.amounts()
        infos = self._zip.infolist()
        expanded, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
        if len(infos) > allowed.archive_entries:
            raise ReadError("too-large", f"{self.url}: an archive of {len(infos)} entries, at most {allowed.archive_entries}")
        if expanded > allowed.archive_expanded_mib * limits.MIB:
            raise ReadError("too-large", f"{self.url}: an archive of {expanded} bytes expanded, at most {allowed.archive_expanded_mib} MiB")
        if expanded > allowed.archive_small_mib * limits.MIB and expanded > allowed.archive_ratio * max(packed, 1):
            raise ReadError("too-large", f"{self.url}: an archive that expands {expanded // max(packed, 1)} times, at most {allowed.archive_ratio}")

    def names(self) -> list[str]:
        return list(self._names)

    def infos(self) -> list[zipfile.ZipInfo]:
        return self._zip.infolist()

    def read(self, name: str) -> bytes | None:
        """One entry's bytes, None where the archive has no such entry."""
        info = self._names.get(name)
        return None if info is None else self.expand(info)

    def expand(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise ReadError("encrypted", f"{self.url}: {info.filename!r} needs a password")
        with self._reading(info.filename):
            return self._zip.read(info)  # never more than the size that the directory states and `_check_sums` counted

    @contextmanager
    def _reading(self, what: str) -> Iterator[None]:
        try:
            yield
        except ReadError:
            raise
        except RuntimeError as error:  # zipfile's word for a password
            raise ReadError("encrypted", f"{self.url}: {what!r} needs a password") from error
        except DAMAGE as error:
            raise ReadError("broken", f"{self.url}: damaged archive at {what!r} ({error})") from error
