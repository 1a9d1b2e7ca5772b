"""Backup and restore: the database as of one moment and the archive up to what that database knows, in one .tar file.

Members: qingbao.db, warc/<file> …, and manifest.json last, so that a torn backup is known by its lack.
"""

import hashlib
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, Final

import msgspec

from store.database import file_of, now
from store.errors import StoreError

DATABASE: Final = "qingbao.db"
MANIFEST: Final = "manifest.json"
_PIECE: Final = 1 << 20  # bytes copied at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str  # in the .tar file
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    format: int = 1
    at: str
    seq: int  # newest line of the log
    captures: int
    articles: int
    files: tuple[Member, ...]

    @property
    def size(self) -> int:
        return sum(member.size for member in self.files)


class _Hashed:
    """A file whose reading is hashed."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.hash.update(data)
        return data


def backup(database_url: str, archive: Path, file: Path) -> Manifest:
    """Write a backup while others go on writing. Raises StoreError where `file` exists or the archive lacks what the store knows."""
    if file.exists():
        raise StoreError(f"{file} exists already: a backup overwrites nothing")
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        copy, part = Path(folder) / DATABASE, Path(folder) / "part.tar"
        _copy_database(file_of(database_url), copy)
        with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as tar:
            manifest = _fill(tar, copy, archive)
        part.replace(file)
    return manifest


def _copy_database(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StoreError(f"{source}: there is no store here")
    with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(target)) as copy:
        opened.backup(copy)  # one consistent state, whatever is written meanwhile
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no -wal beside it


def _fill(tar: tarfile.TarFile, database: Path, archive: Path) -> Manifest:
    with closing(sqlite3.connect(database)) as opened:
        ends = opened.execute("SELECT warc_file, max(warc_offset + warc_length) FROM captures WHERE warc_file IS NOT NULL GROUP BY 1").fetchall()
        seq, captures, articles = opened.execute(
            "SELECT (SELECT coalesce(max(seq), 0) FROM changes), (SELECT count(*) FROM captures), (SELECT count(*) FROM articles)"
        ).fetchone()
    files = [_add(tar, DATABASE, database, database.stat().st_size)]
    for name, end in ends:
        files.append(_add(tar, f"warc/{name}", _inside(archive, name), end))
    manifest = Manifest(at=now(), seq=seq, captures=captures, articles=articles, files=tuple(files))
    with tempfile.TemporaryFile() as text:
        text.write(msgspec.json.format(msgspec.json.encode(manifest)))
        size = text.tell()
        text.seek(0)
        tar.addfile(_entry(MANIFEST, size), text)
    return manifest


def _add(tar: tarfile.TarFile, name: str, path: Path, size: int) -> Member:
    """Add the first `size` bytes of a file: what lies behind is not acknowledged."""
    if not path.is_file() or path.stat().st_size < size:
        raise StoreError(f"{path}: the store knows {size} bytes of this file, {path.stat().st_size if path.is_file() else 'none'} are there")
    with path.open("rb") as opened:
        hashed = _Hashed(opened)
        tar.addfile(_entry(name, size), hashed)
    return Member(name=name, size=size, sha256=hashed.hash.hexdigest())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _inside(folder: Path, name: str) -> Path:
    """A path below a folder. Raises StoreError for names that lead out of it."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or any(p in ("..", ".") or ":" in p or "\\" in p for p in parts):
        raise StoreError(f"{name!r} is no name of a file in the archive")
    return folder.joinpath(*parts)


def restore(file: Path, database_url: str, archive: Path) -> Manifest:
    """Bring a backup back into an empty place. Raises StoreError where something lies there, or the file is torn or altered."""
    database = file_of(database_url)
    for taken in (database, archive):
        if taken.is_file() or any(path.is_file() for path in taken.rglob("*")):
            raise StoreError(f"{taken} is not empty: a backup is restored into an empty place only")
    targets: list[Path] = []
    try:
        with tarfile.open(file, "r:") as tar:
            manifest = _manifest(tar, file)
            for member in manifest.files:
                targets.append(_target(member.name, database, archive))
                _restore_member(tar, member, _part(targets[-1]), file)
    except BaseException as error:
        for target in targets:  # so that the place is empty for the next try
            _part(target).unlink(missing_ok=True)
        if isinstance(error, tarfile.TarError):
            raise StoreError(f"{file}: not a whole backup: {error}") from error
        raise
    for target in reversed(targets):  # the database last: without it nothing counts as restored
        _part(target).replace(target)
    return manifest


def _part(target: Path) -> Path:
    """Where a file is written until all are whole."""
    return target.with_name(target.name + ".part")


def _manifest(tar: tarfile.TarFile, file: Path) -> Manifest:
    try:
        opened = tar.extractfile(MANIFEST)
    except KeyError as error:
        raise StoreError(f"{file}: no {MANIFEST}: this is no backup, or a torn one") from error
    try:
        manifest = msgspec.json.decode(opened.read() if opened else b"", type=Manifest)
    except msgspec.DecodeError as error:
        raise StoreError(f"{file}: {MANIFEST}: {error}") from error
    if manifest.format != 1 or not manifest.files or manifest.files[0].name != DATABASE:
        raise StoreError(f"{file}: a backup of format {manifest.format} that this program does not know")
    return replace(manifest, files=tuple(manifest.files))


def _target(name: str, database: Path, archive: Path) -> Path:
    return database if name == DATABASE else _inside(archive, name.removeprefix("warc/"))


def _restore_member(tar: tarfile.TarFile, member: Member, part: Path, file: Path) -> None:
    """Write one member; compares size and digest."""
    try:
        opened = tar.extractfile(member.name)
    except KeyError as error:
        raise StoreError(f"{file}: {member.name} is missing") from error
    part.parent.mkdir(parents=True, exist_ok=True)
    seen, size = hashlib.sha256(), 0
    with part.open("wb") as out:
        for piece in _pieces(opened):
            seen.update(piece)
            size += out.write(piece)
    if (size, seen.hexdigest()) != (member.size, member.sha256):
        raise StoreError(f"{file}: {member.name} is not as it was backed up ({size} bytes, SHA-256 {seen.hexdigest()})")


def _pieces(opened: IO[bytes] | None) -> Iterator[bytes]:
    while opened and (piece := opened.read(_PIECE)):
        yield piece
