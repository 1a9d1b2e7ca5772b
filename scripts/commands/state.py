"""status, schema, feed."""

import json
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from extractors.private import shown
from index.errors import SearchError
from index.follow import index_place
from scripts.schemas import schemas
from scripts.settings import Settings, load
from scripts.wiring import open_index, open_store
from store import Store


def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False) -> None:
    """What the store holds, how far the index is, what could not be read and why."""
    settings = load()
    with open_store(settings) as store:
        counts, last, refused = store.counts(), store.last_seq(), store.quarantined()
        place = _indexed(settings, store)
    if as_json:
        rows = [{"url": q.capture.url, "reason": q.reason, "message": q.message, "at": q.at} for q in refused]
        print(json.dumps({**msgspec.to_builtins(counts), "log": last, "indexed": place, "quarantine": rows}, ensure_ascii=False))
        return
    console = Console()
    table = Table(show_header=False, box=None)
    for name, value in (("captures", counts.captures), ("articles", counts.articles), *counts.records.items(), ("log", last), ("indexed", place)):
        table.add_row(name, str(value))
    console.print(table)
    for q in refused:
        why = q.message.removeprefix(f"{q.capture.url}: ")
        console.print(f"refused: {q.capture.url}: {q.reason}: {why}", markup=False, highlight=False, soft_wrap=True)


def _indexed(settings: Settings, store: Store) -> int | str:
    """How far the index is, or why it cannot be asked."""
    try:
        with open_index(settings) as backend:
            return max(0, index_place(store, backend))
    except SearchError as error:
        return str(error)


def schema(name: Annotated[str | None, typer.Argument(help="One type only.")] = None) -> None:
    """Print the JSON Schemas of the domain types."""
    found = schemas()
    if name is not None and name not in found:
        raise typer.BadParameter(f"{name}: no such type; there are {', '.join(found)}")
    print(json.dumps(found[name] if name else found, ensure_ascii=False, indent=2))


def feed(
    after: Annotated[int, typer.Option(min=0, help="The seq after which to begin: the cursor of the last call.")] = 0,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many changes.")] = None,
) -> None:
    """Print the change feed as JSON Lines, the same objects as /api/v1/changes."""
    with open_store(load()) as store:
        left = limit
        while changes := store.changes(after, min(left, 1000) if left is not None else 1000):
            for change in changes:
                print(msgspec.json.encode(shown(change)).decode())
            after = changes[-1].seq
            if left is not None:
                left -= len(changes)
                if left <= 0:
                    return
