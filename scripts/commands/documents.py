"""import, process, extract."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
import structlog
import typer
from rich.console import Console

from extractors.readers.errors import ReadError
from extractors.sandbox import Sandbox
from scripts.explaining import explanation
from scripts.extracting import extract_file
from scripts.import_report import ImportReport, gather, lines, table
from scripts.import_report import as_json as report_as_json
from scripts.importing import SOURCE, Imported, import_files
from scripts.locking import work_lock
from scripts.settings import load
from scripts.wiring import open_archive, open_store
from scripts.working import CaughtUp, catch_up, catch_up_or_wait

console = Console(stderr=True)
REFUSED = 3  # exit code: done, but some documents were refused
WIDE = 120  # columns of a table that goes into a file


def day(text: str | None) -> str | None:
    """A day as ISO 8601 has it: 2023-04-10. Raises BadParameter."""
    try:
        return date.fromisoformat(text).isoformat() if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(f"{text}: no day; write it as 2023-04-10") from error


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; hidden files are left out.")],
    as_: Annotated[str, typer.Option("--as", help="Prefix of the import names, to tell apart files of one name.")] = "",
    published: Annotated[str | None, typer.Option(callback=day, help="Publication day (2023-04-10) for files that state none.")] = None,
    process: Annotated[bool, typer.Option("--process/--no-process", help="Read, extract and index before returning.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take files into the archive like fetched pages, then read, extract and index them, and say what became of each."""
    settings = load()
    with open_store(settings) as store:
        with open_archive(settings, store) as archive:
            found = import_files(store, archive, paths, prefix=as_, published=published)
        console.print(f"{len(found.urls)} files, {found.new} new")
        done = CaughtUp()
        if process:
            with console.status("reading") as status, refusals_untold():
                done = catch_up_or_wait(settings, store, progress=lambda n, of: status.update(f"reading {n} of {of}"))
            report_work(done)
        report = gather(store.outcomes(SOURCE, found.urls))
    show(report, found, as_json=as_json)
    if "failed" in report.refused:
        raise typer.Exit(1)
    finish(done)
    if report.refused:
        raise typer.Exit(REFUSED)


def show(report: ImportReport, found: Imported, *, as_json: bool) -> None:
    """The report on standard output, so that it can be kept."""
    if as_json:
        print(json.dumps(report_as_json(report, files=len(found.urls), new=found.new), ensure_ascii=False))
        return
    out = Console(width=None if sys.stdout.isatty() else WIDE)
    out.print(table(report))
    for style, line in lines(report):
        out.print(line, style=style, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def refusals_untold() -> Iterator[None]:
    """Warnings of single documents stay out of the log meanwhile: the report names them all."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)


def process(
    again: Annotated[bool, typer.Option("--all", help="Read and extract everything again, not only what this version has not read.")] = False,
) -> None:
    """Read and extract captures that are not read yet, then index."""
    settings = load()
    with open_store(settings) as store, work_lock(settings), console.status("reading") as status:
        done = catch_up(settings, store, again=again, progress=lambda n, of: status.update(f"reading {n} of {of}"))
    report(done)
    finish(done)


def extract(
    files: Annotated[list[Path], typer.Argument(help="Files to read; nothing is stored.")],
    published: Annotated[str | None, typer.Option(callback=day, help="Publication day (2023-04-10) for files that state none.")] = None,
    explain: Annotated[bool, typer.Option(help="Print which rule gave which field, for a person, instead of JSON.")] = False,
) -> None:
    """Print one JSON line a file: doc, text, document, records with offsets into that text."""
    refused = False
    with Sandbox(children=1) as sandbox:
        for path in files:
            try:
                if explain:
                    print(explanation(path, published=published, reader=sandbox.read))
                else:
                    print(msgspec.json.encode(extract_file(path, published=published, reader=sandbox.read)).decode(), flush=True)
            except (ReadError, OSError) as error:
                refused = True
                console.print(f"{path}: {error}", style="red", markup=False, highlight=False)
    if refused:
        sys.exit(REFUSED)


def report_work(done: CaughtUp) -> None:
    """One line on what was done."""
    if done.by_other:
        console.print("read and indexed by the running `qingbao work`")
        return
    p = done.processed
    console.print(f"{p.documents} documents, {p.articles} articles, {p.records} records; {p.changes} changes, {done.indexed} log lines indexed")
    if done.trouble:
        console.print(f"the index waits: {done.trouble}", style="yellow", markup=False)


def report(done: CaughtUp) -> None:
    """What was done, and whether something could not be."""
    report_work(done)
    p = done.processed
    if p.refused or p.failed:
        console.print(f"{p.refused} refused, {p.failed} failed: see `qingbao status`", style="yellow")


def finish(done: CaughtUp) -> None:
    """Exit code 1 where the index could not be reached or a document failed, 3 where some were refused."""
    if done.trouble or done.processed.failed:
        raise typer.Exit(1)
    if done.processed.refused:
        raise typer.Exit(REFUSED)
