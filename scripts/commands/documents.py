"""import, process, extract."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from extractors.readers.errors import ReadError
from extractors.sandbox import Sandbox
from scripts.explaining import explanation
from scripts.extracting import extract_file
from scripts.importing import import_files
from scripts.locking import work_lock
from scripts.settings import load
from scripts.wiring import open_archive, open_store
from scripts.working import CaughtUp, catch_up, catch_up_or_wait

console = Console(stderr=True)
REFUSED = 3  # exit code: done, but some documents were refused


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; hidden files are left out.")],
    as_: Annotated[str, typer.Option("--as", help="Prefix of the import names, to tell apart files of one name.")] = "",
    published: Annotated[str | None, typer.Option(help="Publication day (2023-04-10) for files that state none.")] = None,
    process: Annotated[bool, typer.Option("--process/--no-process", help="Read, extract and index before returning.")] = True,
) -> None:
    """Take files into the archive like fetched pages, then read, extract and index them."""
    settings = load()
    with open_store(settings) as store:
        with open_archive(settings, store) as archive:
            found = import_files(store, archive, paths, prefix=as_, published=published)
        console.print(f"{found.files} files, {found.new} new")
        if process:
            with console.status("reading") as status:
                done = catch_up_or_wait(settings, store, progress=lambda n, of: status.update(f"reading {n} of {of}"))
            report(done)
            finish(done)


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
    published: Annotated[str | None, typer.Option(help="Publication day for files that state none.")] = None,
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


def report(done: CaughtUp) -> None:
    """One line on what was done."""
    if done.by_other:
        console.print("read and indexed by the running `qingbao work`")
        return
    p = done.processed
    console.print(f"{p.documents} documents, {p.articles} articles, {p.records} records; {p.changes} changes, {done.indexed} log lines indexed")
    if p.refused or p.failed:
        console.print(f"{p.refused} refused, {p.failed} failed: see `qingbao status`", style="yellow")
    if done.trouble:
        console.print(f"the index waits: {done.trouble}", style="yellow", markup=False)


def finish(done: CaughtUp) -> None:
    """Exit code 1 where the index could not be reached or a document failed, 3 where some were refused."""
    if done.trouble or done.processed.failed:
        raise typer.Exit(1)
    if done.processed.refused:
        raise typer.Exit(REFUSED)
