"""index: the search engine brought up to the log."""

from typing import Annotated, Final

import typer
from filelock import Timeout
from rich.console import Console

from index.follow import catch_up, rebuild
from scripts.locking import work_lock
from scripts.settings import load
from scripts.wiring import open_index, open_store

console = Console()
FAILED: Final = 1


def index(
    rebuild_: Annotated[
        bool, typer.Option("--rebuild", help="Build a new index from the tables; searches see the old one until it is whole.")
    ] = False,
) -> None:
    """Bring the index up to the log. A missing index, or one of an older version, is built anew."""
    settings = load()
    try:
        with work_lock(settings).acquire(timeout=0), open_store(settings) as store, open_index(settings) as backend:
            count = rebuild(store, backend) if rebuild_ else catch_up(store, backend)
            health = backend.health()
    except Timeout as error:
        console.print("another process is at work (`qingbao work` or `serve`); it keeps the index", style="yellow", highlight=False)
        raise typer.Exit(FAILED) from error
    done = f"rebuilt: {count} rows" if rebuild_ else f"followed {count} lines of the log"
    sizes = ", ".join(f"{n} {name}" for name, n in health.documents.items())
    console.print(f"{health.engine} {health.version}: {done}; holds {sizes}", markup=False, highlight=False)
