"""items: what the libraries of a matching engine get."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from extractors.article import Article
from extractors.item import LIBRARIES, Item, Library
from extractors.items import items as items_of
from extractors.items import merge
from extractors.private import shown
from extractors.readers.errors import ReadError
from extractors.records import extract
from extractors.sandbox import Sandbox
from scripts.commands.documents import REFUSED, console
from scripts.extracting import capture_file
from scripts.settings import load
from scripts.wiring import open_store
from store.items import items_of as held_items
from store.relate import relate_all


def items(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to read instead of the store; nothing is stored.", exists=True, dir_okay=False)
    ] = None,
    library: Annotated[str | None, typer.Option(help="policy, supply, demand, talent or opportunity; all without it.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a line instead.")] = False,
) -> None:
    """Print library items as JSON Lines: one object an item, reprints joined into one. From the store, brought up to its log first."""
    if schema:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(item_schema()), indent=1).decode() + "\n")
        return
    if library is not None and library not in LIBRARIES:
        raise typer.BadParameter(f"{library}: one of {', '.join(LIBRARIES)}", param_hint="--library")
    refused: list[str] = []
    for item in _from_files(files, library, refused) if files else _from_store(library):
        sys.stdout.write(msgspec.json.encode(shown(item)).decode() + "\n")
    for line in refused:
        console.print(line, style="red", markup=False, highlight=False)
    if refused:
        sys.exit(REFUSED)


def item_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an item."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Item)}


def _from_files(files: list[Path], library: Library | None, refused: list[str]) -> list[Item]:
    """Foreign bytes are read in a child of our own; what cannot be read is told in `refused`."""
    articles: list[Article] = []
    with Sandbox(children=1) as sandbox:
        for path in files:
            try:
                articles += sandbox.read(capture_file(path))
            except (ReadError, OSError) as error:
                refused.append(f"{path}: {error}")
    return merge(item for article in articles for item in items_of(article, extract(article), library))


def _from_store(library: Library | None) -> Iterator[Item]:
    with open_store(load()) as store:
        relate_all(store)
        yield from held_items(store, library)
