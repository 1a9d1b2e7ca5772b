"""correct, corrections."""

import getpass
import json
from typing import Annotated, Any

import msgspec
import typer

from extractors.private import shown
from scripts.settings import load
from scripts.wiring import open_store


def correct(
    record: Annotated[str, typer.Argument(help="The record's id, as the feed and /api/v1/articles give it.")],
    field: Annotated[str, typer.Argument(help="The field that is wrong: unit, status, canonical …")],
    value: Annotated[str, typer.Argument(help='What it should say: JSON (52, null, ["…"]), else the words as they stand.')],
    who: Annotated[str, typer.Option(help="Who says so.", show_default="who is logged in")] = "",
) -> None:
    """Set one field of a record right: logged as MOD now, and applied again to every later reading of its document."""
    with open_store(load()) as store:
        held = store.record(record)
        old = msgspec.to_builtins(held).get(field) if held else None
        try:
            done = store.correct(record, field, old, _read(value, old), who=who or _user())
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
    print(msgspec.json.encode(shown(done)).decode())


def _user() -> str:
    """Who is logged in; in a container that may be nobody with a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise typer.BadParameter("nobody with a name is logged in: say who with --who") from error


def _read(value: str, old: Any) -> Any:
    """A value of the command line. 2031 is a number where the field holds one, else the words 2031."""
    try:
        read = json.loads(value)
    except ValueError:
        return value
    return value if isinstance(old, str) and not isinstance(read, str) and read is not None else read


def corrections(
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those that no longer apply: the quote or the value is another now, or the record is gone.")
    ] = False,
) -> None:
    """Print the corrections as JSON Lines, the oldest first; `stale` says why one does not apply at present."""
    with open_store(load()) as store:
        for correction in store.stale_corrections() if stale else store.corrections():
            print(msgspec.json.encode(shown(correction)).decode())
