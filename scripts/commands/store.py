"""backup, restore."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from scripts.settings import load
from store import StoreError
from store.backup import Manifest
from store.backup import backup as write_backup
from store.backup import restore as read_backup


def backup(file: Annotated[Path, typer.Argument(help="The .tar file to write; it must not exist.")]) -> None:
    """Write the store and the archive, as of this moment, to one file. Others may go on writing."""
    settings = load()
    _say("backed up", write_backup(settings.database_url, settings.archive_path, file), file)


def restore(file: Annotated[Path, typer.Argument(help="A file that `qingbao backup` wrote.", exists=True, dir_okay=False)]) -> None:
    """Bring a backup back into an empty data folder. The index is built anew from it by `qingbao index`."""
    settings = load()
    if settings.index_path.is_dir() and any(settings.index_path.iterdir()):
        raise StoreError(f"{settings.index_path} is not empty: the index there belongs to another store")
    _say("restored", read_backup(file, settings.database_url, settings.archive_path), file)


def _say(done: str, manifest: Manifest, file: Path) -> None:
    sizes = f"{manifest.captures} captures, {manifest.articles} articles, log to {manifest.seq}, {len(manifest.files)} files, {manifest.size} bytes"
    Console().print(f"{done}: {file}: {sizes}", markup=False, highlight=False, soft_wrap=True)
