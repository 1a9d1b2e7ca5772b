"""`qingbao`: one command for everything.

Exit codes: 0 done; 1 something failed, and it said why; 2 wrong use; 3 done, but some documents were refused; 130 interrupted.
"""

import ast
import sys
from importlib import import_module
from importlib.resources import files
from typing import Final

import typer
from rich.console import Console

from scripts.settings import SettingsError, load

WRONG_USE: Final = 2
INTERRUPTED: Final = 130
# Name, and where it is. Only the module of the command that is run is loaded: all together take three seconds.
COMMANDS: Final = (
    ("demo", "demo:demo"),
    ("import", "documents:import_"),
    ("crawl", "crawl:crawl"),
    ("process", "documents:process"),
    ("index", "indexing:index"),
    ("search", "search:search"),
    ("metrics", "figures:metrics"),
    ("trends", "figures:trends"),
    ("complete", "search:complete"),
    ("extract", "documents:extract"),
    ("items", "items:items"),
    ("names", "names:app"),
    ("correct", "corrections:correct"),
    ("corrections", "corrections:corrections"),
    ("serve", "serving:serve"),
    ("work", "serving:work"),
    ("feed", "state:feed"),
    ("schema", "state:schema"),
    ("status", "state:status"),
    ("backup", "store:backup"),
    ("restore", "store:restore"),
)


def registered(only: str | None = None) -> typer.Typer:
    """The application with all its commands; `only`: of the others just their names and first lines of help."""
    app = typer.Typer(
        help="科情: document intelligence for Chinese science-and-technology policy.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    for name, place in COMMANDS:
        module, _, attribute = place.partition(":")
        command = getattr(import_module(f"scripts.commands.{module}"), attribute) if only in (None, name) else None
        if command is None:
            app.command(name, help=_told(module, attribute))(_not_loaded)
        elif isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    app.callback()(_prepare)
    return app


def _not_loaded() -> None:
    raise AssertionError("only the command that is asked for runs")


def _told(module: str, attribute: str) -> str:
    """A command's docstring, or its module's where it is no function, read without loading it."""
    tree = ast.parse(files("scripts.commands").joinpath(f"{module}.py").read_text("utf-8"))
    found = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == attribute), tree)
    return ast.get_docstring(found) or ""


def _prepare() -> None:
    """科情: document intelligence for Chinese science-and-technology policy."""
    from extractors.options import configure
    from scripts.wiring import extract_options

    configure(extract_options(load()))


def _mendable() -> tuple[type[Exception], ...]:
    """Errors that a person can mend; asked for only when one is raised."""
    from crawler.archive import ArchiveError
    from crawler.source import SourceError
    from extractors.names import NamesError
    from extractors.readers.errors import ReadError
    from extractors.taggers import TaggerError
    from index.errors import SearchError
    from scripts.importing import RefusedPathError
    from store import StoreError

    return (SettingsError, NamesError, TaggerError, ArchiveError, SourceError, ReadError, SearchError, RefusedPathError, StoreError, OSError)


def _asked_wrongly(error: Exception) -> bool:
    """A question or a value that cannot be read, nothing that has failed."""
    from index.errors import BadCursor, FieldError
    from index.language import QueryError

    return isinstance(error, (BadCursor, FieldError, QueryError))


def main() -> None:
    """Run a command; an error that a person can mend is one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")  # a Windows console may not be UTF-8
    asked = next((a for a in sys.argv[1:] if not a.startswith("-")), "")
    try:
        registered(only=asked)()
    except SystemExit:
        raise  # how commands end; the last lines would load everything
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)  # before a command runs; then typer does the same
    except _mendable() as error:
        pointer = getattr(error, "pointer", "")  # under the wrong character of a question
        told = f"qingbao: {error}\n{pointer}".rstrip("\n")
        Console(stderr=True).print(told, style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(WRONG_USE if _asked_wrongly(error) else 1)


if __name__ == "__main__":
    main()
