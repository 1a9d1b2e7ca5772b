"""What became of imported files, as an editor wants to see it: a table by folder and format, every refusal with its reason, what to look at."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from rich.table import Table
from rich.text import Text

from extractors.article import Article
from store import Outcome

MOST_ROWS: Final = 40  # more folders than this are counted under their first
MOST_NAMES: Final = 10  # files named under one reason; --json names all
ROLES: Final = {"enacted": "enacted", "attachment": "attached", "piece": "pieces"}
EXPECTED: Final = {  # the readers that a file's ending makes one expect
    "html": {"html"}, "htm": {"html"}, "shtml": {"html"}, "txt": {"text"}, "md": {"text"}, "docx": {"word"}, "doc": {"office"}, "wps": {"office"},
    "xls": {"sheet"}, "xlsx": {"sheet"}, "csv": {"sheet"}, "pdf": {"pdf"}, "ofd": {"ofd"}, "zip": {"zip"},
}  # fmt: skip
REASONS: Final = {
    "unsupported": "no reader for what it is",
    "list-page": "a list of links, without a text of its own",
    "error-page": "the page of an error",
    "login-wall": "the text stands behind a login",
    "empty": "no text",
    "needs-ocr": "pictures of text only: install the extra `ocr`, then `qingbao process`",
    "needs-libreoffice": "an old office format: install LibreOffice, then `qingbao process`",
    "encrypted": "needs a password",
    "broken": "not what it claims to be, or cut short",
    "encoding": "no character set fits",
    "too-large": "over a limit (docs/formats.md)",
    "memory": "took too much memory",
    "timeout": "took too long",
    "crashed": "ended its reader",
    "failed": "a fault of the program: please report it",
}
TO_SEE: Final = {
    "untitled": "no title in the document",
    "undated": "no date in the document",
    "damaged-text": "damaged characters, shown as □",
    "needs-ocr": "pages that are pictures: install the extra `ocr`, then `qingbao process`",
    "ocr": "pages read by OCR",
    "open-end": "a sentence cut off, whose other half was not found",
    "missing-article": "named in the contents, not found in the text",
    "repaired-title": "a title repaired",
    "unreadable": "files of an archive that were not read",
    "body-elsewhere": "the text stands in another file, which the page names",
    "hidden-sheets": "sheets that are hidden were left out",
}  # notes of other codes are counted under their code
UNSEEN: Final = {"private", "reprint"}  # notes that ask nothing of an editor


@dataclass(slots=True)
class Row:
    """One folder and one ending: how many files, how they were read, what was found inside."""

    folder: str
    ending: str
    files: int = 0
    read: int = 0
    refused: int = 0
    waiting: int = 0
    articles: int = 0
    inside: Counter[str] = field(default_factory=Counter)  # of the articles, by role, but the pages themselves
    readers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class ImportReport:
    """`refused`: reason -> (file, message); `see`: code -> (file, what the note says)."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    refused: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    see: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def total(self) -> Row:
        whole = Row("", "")
        for row in self.rows.values():
            _add(whole, row)
        return whole


def gather(outcomes: Iterable[Outcome]) -> ImportReport:
    """Count what became of the files."""
    report = ImportReport()
    for outcome in outcomes:
        name = unquote(outcome.url.removeprefix("import:"))
        path = PurePosixPath(name)
        folder, ending = ("" if path.parent == PurePosixPath(".") else str(path.parent)), path.suffix.lstrip(".").lower()
        row = report.rows.setdefault((folder, ending), Row(folder, ending))
        row.files += 1
        if outcome.state == "refused":
            row.refused += 1
            report.refused.setdefault(outcome.reason, []).append((name, outcome.message.removeprefix(f"{outcome.url}: ")))
        elif outcome.state == "unread":
            row.waiting += 1
        else:
            _read(row, outcome.articles)
            for code, said in _to_see(outcome.articles):
                report.see.setdefault(code, []).append((name, said))
    return report


def _read(row: Row, articles: tuple[Article, ...]) -> None:
    row.read += 1
    row.articles += len(articles)
    row.inside.update(a.role for a in articles if a.role != "page")
    row.readers.update(a.reader.split("/")[0] for a in articles[:1])


def _to_see(articles: tuple[Article, ...]) -> Iterator[tuple[str, str]]:
    """What an editor may want to look at: notes, and documents that say neither what they are nor when."""
    yield from ((n.code, n.text) for a in articles for n in a.notes if n.code not in UNSEEN)
    if not any(a.title for a in articles):
        yield "untitled", ""
    if not any(a.metadata.published_date or a.metadata.written_date for a in articles):
        yield "undated", ""


def _add(whole: Row, row: Row) -> None:
    for name in ("files", "read", "refused", "waiting", "articles"):
        setattr(whole, name, getattr(whole, name) + getattr(row, name))
    whole.inside.update(row.inside)
    whole.readers |= row.readers


def shown_rows(report: ImportReport) -> list[Row]:
    """Rows by folder and ending; where those are too many for a page, by the first folder."""
    if len(report.rows) <= MOST_ROWS:
        return list(report.rows.values())
    merged: dict[tuple[str, str], Row] = {}
    for row in report.rows.values():
        first = row.folder.split("/")[0]
        _add(merged.setdefault((first, row.ending), Row(first, row.ending)), row)
    return list(merged.values())


def table(report: ImportReport) -> Table:
    """A line a folder and format, and one for all."""
    rows = shown_rows(report)
    made = Table("folder", "format", box=None, pad_edge=False, header_style="bold")
    for name in ("files", "read", "refused", "articles"):
        made.add_column(name, justify="right")
    made.add_column("found inside", overflow="fold")
    whole = report.total()
    for row in [*rows, *([whole] if len(rows) > 1 else [])]:
        last = row is whole
        figures = [str(n) if n else "–" for n in (row.files, row.read, row.refused, row.articles)]
        named = ("all", "") if last else (row.folder or ".", _format(row))
        made.add_row(*map(Text, named), *figures, _inside(row), style="bold" if last else "")
    return made


def _format(row: Row) -> str:
    other = sorted(row.readers - EXPECTED.get(row.ending, row.readers)) if row.ending else sorted(row.readers)
    return (row.ending or "no ending") + (f" (read as {', '.join(other)})" if other else "")


def _inside(row: Row) -> str:
    said = [f"{row.inside[role]} {word}" for role, word in ROLES.items() if row.inside[role]]
    return ", ".join([*said, *([f"{row.waiting} not read yet"] if row.waiting else [])])


def lines(report: ImportReport) -> Iterator[tuple[str, str]]:
    """(style, line): the refusals by reason with their files, then what is worth a look."""
    for reason, files in sorted(report.refused.items(), key=lambda item: -len(item[1])):
        yield "yellow", f"refused: {reason} × {len(files)}: {REASONS.get(reason, '')}"
        yield from _named(files)
    for code, files in sorted(report.see.items(), key=lambda item: -len(item[1])):
        yield "", f"look at: {code} × {len(files)}: {TO_SEE.get(code, 'a note on the article')}"
        yield from _named(files, most=3)


def _named(files: list[tuple[str, str]], most: int = MOST_NAMES) -> Iterator[tuple[str, str]]:
    for name, said in files[:most]:
        yield "dim", f"  {name}" + (f": {said}" if said else "")
    if len(files) > most:
        yield "dim", f"  and {len(files) - most} more (--json names all)"


def as_json(report: ImportReport, *, files: int, new: int) -> dict[str, Any]:
    """The whole report for a program."""
    rows = [
        {"folder": r.folder, "format": r.ending, "files": r.files, "read": r.read, "refused": r.refused, "unread": r.waiting}
        | {"articles": r.articles, "inside": dict(sorted(r.inside.items())), "readers": sorted(r.readers)}
        for r in report.rows.values()
    ]
    refused = [{"file": name, "reason": reason, "message": said} for reason, named in report.refused.items() for name, said in named]
    see = [{"file": name, "code": code, "text": said} for code, named in report.see.items() for name, said in named]
    return {"files": files, "new": new, "rows": rows, "refused": refused, "look_at": see}
