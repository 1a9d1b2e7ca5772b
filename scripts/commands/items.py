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
from extractors.readers import read
from extractors.record import AnyRecord
from extractors.records import extract
from scripts.extracting import capture_file
from scripts.settings import load
from scripts.wiring import open_store


def items(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to read instead of the store; nothing is stored.", exists=True, dir_okay=False)
    ] = None,
    library: Annotated[str | None, typer.Option(help="policy, supply, demand, talent or opportunity; all without it.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a line instead.")] = False,
) -> None:
    """Print library items as JSON Lines: one object an item, reprints joined into one."""
    if schema:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(item_schema()), indent=1).decode() + "\n")
        return
    if library is not None and library not in LIBRARIES:
        raise typer.BadParameter(f"{library}: one of {', '.join(LIBRARIES)}", param_hint="--library")
    for item in merge(_found(files, library)):
        sys.stdout.write(msgspec.json.encode(item).decode() + "\n")


def item_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an item."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Item)}


def _found(files: list[Path] | None, library: Library | None) -> Iterator[Item]:
    for article, records in _from_files(files) if files else _from_store():
        yield from items_of(article, records, library)


def _from_files(files: list[Path]) -> Iterator[tuple[Article, list[AnyRecord]]]:
    for path in files:
        for article in read(capture_file(path)):
            yield article, extract(article)


def _from_store() -> Iterator[tuple[Article, list[AnyRecord]]]:
    with open_store(load()) as store:
        yield from store.snapshot()[1]
