"""`qingbao import`: files and folders become captures like fetched pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive import Archive
from crawler.capture import Capture
from store import Store
from store.carriers import import_name

SOURCE = "import"
GROUP = 50  # files a commit


class RefusedPathError(Exception):
    """What cannot be imported; the message names the path and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """`urls`: of every file named; `new`: how many of them brought bytes that were not held."""

    urls: tuple[str, ...]
    new: int


def named_files(paths: Sequence[Path], prefix: str = "") -> dict[str, Path]:
    """Import URL -> file. A folder's files are named folder/relative/path, a single file by its name; hidden ones are left out.

    The URL is the identity of the article: importing the same folder again, from wherever, updates it. Two files of one
    name are refused, for one would pass as a later version of the other.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for name, file in _walk(path):
            url = f"import:{prefix.strip('/') + '/' if prefix else ''}{import_name(name)}"
            if url in found and found[url].resolve() != file.resolve():
                raise RefusedPathError(f"{file}: {found[url]} has the same import name {url}; import one of them with --as PREFIX")
            found[url] = file
    return found


def _walk(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield path.name, path
    elif path.is_dir():
        root = path.resolve()
        for file in sorted(p for p in root.rglob("*") if p.is_file()):
            relative = file.relative_to(root)
            if not any(part.startswith(".") for part in relative.parts):
                yield f"{root.name}/{relative.as_posix()}", file
    else:
        raise RefusedPathError(f"{path}: no such file or folder")


def import_files(store: Store, archive: Archive, paths: Sequence[Path], *, prefix: str = "", published: str | None = None) -> Imported:
    """Put files into the archive and the store, a group at a time. Raises RefusedPathError, OSError (a full disk)."""
    named = list(named_files(paths, prefix).items())
    hints = (("date", published),) if published else ()
    new = 0
    for at in range(0, len(named), GROUP):
        captures = [_capture(url, path, hints) for url, path in named[at : at + GROUP]]
        known = {c.canonical_url for c in captures if store.crawling.known(SOURCE, c.canonical_url, c.digest)}
        placed = archive.add([c for c in captures if c.canonical_url not in known])
        again = [c for c in captures if c.canonical_url in known]
        new += store.crawling.put([*placed, *again])
        if published:
            store.crawling.restate(again)  # a day that is given later, or corrected
    return Imported(urls=tuple(url for url, _ in named), new=new)


def _capture(url: str, path: Path, hints: tuple[tuple[str, str], ...]) -> Capture:
    return Capture(source=SOURCE, url=url, canonical_url=url, fetched_at=datetime.now(UTC), body=path.read_bytes(), hints=hints)
