"""`qingbao`: one command for everything.

Exit codes: 0 done; 1 something failed, and it said why; 2 wrong use; 3 done, but some documents were refused.
"""

import sys
from collections.abc import Callable
from typing import Any

import structlog
import typer
from rich.console import Console

from extractors.names import NamesError
from extractors.options import configure
from extractors.taggers import TaggerError
from scripts.settings import SettingsError, load
from scripts.wiring import extract_options


def registered() -> typer.Typer:
    """The application with all its commands."""
    from scripts.commands import crawl, demo, documents, items, names, search, serving, state, store

    app = typer.Typer(
        help="科情: document intelligence for Chinese science-and-technology policy.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    commands: tuple[tuple[str, Callable[..., Any]], ...] = (
        ("demo", demo.demo),
        ("import", documents.import_),
        ("crawl", crawl.crawl),
        ("process", documents.process),
        ("index", search.index),
        ("search", search.search),
        ("metrics", search.metrics),
        ("extract", documents.extract),
        ("items", items.items),
        ("serve", serving.serve),
        ("work", serving.work),
        ("feed", state.feed),
        ("schema", state.schema),
        ("status", state.status),
        ("backup", store.backup),
        ("restore", store.restore),
    )
    for name, command in commands:
        app.command(name)(command)
    app.add_typer(names.app, name="names")
    app.callback()(_prepare)
    return app


def _prepare() -> None:
    """科情: document intelligence for Chinese science-and-technology policy."""
    configure(extract_options(load()))


def main() -> None:
    """Run a command; an error that a person can mend is one line, not a traceback."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.dev.ConsoleRenderer(colors=False)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")  # a Windows console may not be UTF-8
    from crawler.archive import ArchiveError
    from crawler.source import SourceError
    from extractors.readers.errors import ReadError
    from index.errors import SearchError
    from scripts.importing import RefusedPathError
    from store import StoreError

    mendable = (
        SettingsError,
        NamesError,
        TaggerError,
        ArchiveError,
        SourceError,
        ReadError,
        SearchError,
        RefusedPathError,
        StoreError,
        OSError,
    )
    try:
        registered()()
    except mendable as error:
        Console(stderr=True).print(f"qingbao: {error}", style="red", highlight=False, markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
