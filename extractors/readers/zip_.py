"""ZIP: a page that lists the files, and a child for each document in it (archives in it included, down to the allowed depth)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit
from zipfile import ZipInfo

from crawler.capture import Capture
from extractors.article import Article, Attachment, Note, Stated, article_id
from extractors.readers import limits
from extractors.readers.draft import Para, written
from extractors.readers.errors import ReadError
from extractors.readers.flat import flat
from extractors.readers.sniff import format_of
from extractors.readers.zip_archive import Archive

READER = "zip/1"
UTF8_NAME: Final = 0x800  # flag bit 11 (APPNOTE 4.4.4)
UNICODE_PATH: Final = 0x7075  # extra field (APPNOTE 4.6.9)
LITTER: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)


def name_of(info: ZipInfo) -> str:
    """A file's path: as UTF-8 where it says so; else what Windows in China writes, GBK, unless the bytes are UTF-8."""
    if told := _unicode_path(info.extra):
        return _slashes(told)
    if info.flag_bits & UTF8_NAME:
        return _slashes(info.filename)
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return _slashes(info.filename)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _slashes(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _slashes(info.filename)


def _slashes(name: str) -> str:
    return name.split("\x00", maxsplit=1)[0].replace("\\", "/").lstrip("/")


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == UNICODE_PATH and size > 5:
            try:
                return extra[at + 9 : at + 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None


@dataclass(slots=True)
class _Budget:
    """What one capture may still expand and read, over all its levels."""

    url: str
    bytes: int
    documents: int

    def take(self, size: int) -> None:
        self.bytes -= size
        self.documents -= 1
        if self.bytes < 0 or self.documents < 0:
            raise ReadError("too-large", f"{self.url}: archives in archives hold too much")


def read(capture: Capture) -> Sequence[Article]:
    """The page, then its files' articles. A file that cannot be read is a note; raises ReadError where none can: that file's reason."""
    allowed = limits.amounts()
    budget = _Budget(capture.url, allowed.archive_expanded_mib * limits.MIB, allowed.archive_documents)
    names: list[str] = []
    notes: list[Note] = []
    failures: list[ReadError] = []
    found: list[Article] = []
    for path, body in _files(capture, Archive(capture.body, capture.url), "", 1, budget):
        names.append(path)
        try:
            if isinstance(body, ReadError):
                raise body
            found += _articles(capture, path, body)
        except ReadError as error:
            failures.append(error)
            code = error.reason if error.reason.startswith("needs-") else "unreadable"
            notes.append(Note(code=code, text=f"{path}：{error.reason}，{error.message}"))
    if not found:
        reason = failures[0].reason if failures else "empty"
        raise ReadError(reason, f"{capture.url}: nothing in the archive can be read" + (f" ({failures[0].message})" if failures else ""))
    return _linked(_page(capture, names, notes), found)


def _files(capture: Capture, archive: Archive, folder: str, depth: int, budget: _Budget) -> Iterator[tuple[str, bytes | ReadError]]:
    """Paths and bytes of the files, those of inner archives below the archive's own name."""
    for info in archive.infos():
        name = name_of(info)
        if info.is_dir() or name.endswith("/") or LITTER.search(name):
            continue
        path = f"{folder}{name}"
        try:
            budget.take(info.file_size)
            body = archive.expand(info)
            if body.startswith(b"PK\x03\x04") and format_of(_member(capture, path, body)) == "zip":
                if depth >= limits.amounts().archive_nesting:
                    raise ReadError("too-large", f"{archive.url}: {path} is nested deeper than {limits.amounts().archive_nesting}")
                yield from _files(capture, Archive(body, archive.url), f"{path}/", depth + 1, budget)
                continue
        except ReadError as error:
            yield path, error
            if budget.bytes < 0 or budget.documents < 0:
                return
            continue
        yield path, body


def _member(capture: Capture, path: str, body: bytes) -> Capture:
    url = f"{capture.url}!/{path}"
    return Capture(source=capture.source, url=url, canonical_url=url, fetched_at=capture.fetched_at, body=body)


def _articles(capture: Capture, path: str, body: bytes) -> Sequence[Article]:
    """A file's articles, as pieces of the archive's capture."""
    from extractors.readers import READERS  # the table of which this reader is a row

    member = _member(capture, path, body)
    found = format_of(member)
    if found not in READERS:
        raise ReadError("unsupported", f"{member.url}: no reader for {found}")
    keyed = []
    for article in READERS[found](member):
        key = f"file:{path}" + (f".{article.piece}" if article.piece else "")
        keyed.append(replace(article, id=article_id(capture.source, capture.canonical_url, key), piece=key, url=capture.url, capture=capture.digest))
    named = Stated(field="title", value=PurePosixPath(path).stem, origin="file", where=path)  # should the document itself have no title
    head = replace(keyed[0], role="attachment", stated=(*keyed[0].stated, named))
    return [head, *(replace(a, parent=head.id) for a in keyed[1:])]


def _page(capture: Capture, names: Sequence[str], notes: Sequence[Note]) -> Article:
    text, blocks = written(Para(text=name, kind="attachment", href=name) for name in names)
    stem = PurePosixPath(unquote(urlsplit(capture.url).path)).stem
    title = stem if re.search(r"[\u4e00-\u9fff]", stem) else None
    return flat(capture, READER, text, blocks, title=title, notes=notes, attachments=[Attachment(title=PurePosixPath(n).stem, url=n) for n in names])


def _linked(page: Article, found: Sequence[Article]) -> Sequence[Article]:
    """Files are the page's children, in order; their own children stay theirs."""
    return (page, *(replace(a, parent=page.id, ordinal=n) if a.parent is None else a for n, a in enumerate(found, 1)))
