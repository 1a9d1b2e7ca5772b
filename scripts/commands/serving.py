"""serve, work."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import psutil
import typer
import uvicorn
from rich.console import Console

from crawler.source import Source, load_sources
from extractors.processes import python
from portal.app import create
from scripts.settings import Settings, SettingsError, load
from scripts.wiring import open_archive, open_index, open_store
from scripts.working import work as work_on

console = Console(stderr=True)
LOOPBACK = ("127.0.0.1", "localhost")
LAST_PORT = 65535


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; only loopback, as there are no accounts yet.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=LAST_PORT, help="Port; 0 picks a free one.")] = None,
    work: Annotated[bool, typer.Option("--work/--no-work", help="Start the background process beside the portal.")] = True,
) -> None:
    """Serve the portal and the API on this machine; starts `qingbao work` unless --no-work."""
    settings = load()
    known = load_sources([Path(settings.crawler.sources)] if settings.crawler.sources else [])
    run_portal(settings, host or settings.portal.host, settings.portal.port if port is None else port, work=work, sources=list(known.values()))


def run_portal(settings: Settings, host: str, port: int, *, work: bool, sources: Sequence[Source]) -> None:
    """Serve until interrupted. Refuses other addresses than loopback: whoever reaches the port could read everything."""
    if host not in LOOPBACK:
        raise typer.BadParameter(f"{host}: the portal listens on loopback only until it has accounts; put it behind a tunnel or a proxy with a login")
    listener = bound(host, port)
    with listener, open_store(settings) as store, open_archive(settings, store) as archive, open_index(settings) as backend, _worker(work):
        app = create(store, archive, backend, title=settings.portal.title, sources=sources)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
        print(f"科情 http://{host}:{listener.getsockname()[1]}/  (Ctrl+C ends)", flush=True)
        server.run(sockets=[listener])


def bound(host: str, port: int) -> socket.socket:
    """A socket at this address; the port is taken before anything is opened. Raises SettingsError."""
    listener = socket.socket()
    if os.name == "posix":  # elsewhere the option would let two programs have one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else f"a port is a number from 0 to {LAST_PORT}"
        raise SettingsError(f"{host} port {port}: {reason}; another one: --port N, and --port 0 picks a free one") from error
    return listener


@contextmanager
def _worker(wanted: bool) -> Iterator[None]:
    """`qingbao work` as a child that ends with this process, however that ends."""
    if not wanted:
        yield
        return
    command, environment = python("scripts.cli", "work", "--parent", str(os.getpid()))
    child = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        child.terminate()
        child.wait(timeout=60)


def work(parent: Annotated[int | None, typer.Option(hidden=True, help="End when this process has ended.")] = None) -> None:
    """The one background process: reads new captures, extracts, follows the log into the index."""
    stopping = []
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stopping.append(True))
    work_on(load(), stop=lambda: bool(stopping) or (parent is not None and not psutil.pid_exists(parent)))
