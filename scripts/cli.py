"""`qingbao`: one command for everything.

Exit codes: 0 done; 1 something failed, and it said why; 2 wrong use; 3 done, but some documents were refused.
"""

import sys
from collections.abc import Callable
from typing import Any

import structlog
import typer
from rich.console import Console

from scripts.settings import SettingsError


def registered() -> typer.Typer:
    """The application with all its commands."""
    from scripts.commands import crawl, demo, documents, search, serving, state, store

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
    return app


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

    try:
        registered()()
    except (SettingsError, ArchiveError, SourceError, ReadError, SearchError, RefusedPathError, StoreError, OSError) as error:
        Console(stderr=True).print(f"qingbao: {error}", style="red", highlight=False, markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
