"""A real Elasticsearch node for tests, from Maven Central: fetched, checked against its digest, run on loopback as an unprivileged user.

    python -m scripts.elasticsearch_node start [--version 8.19.5] [--security]   prints the URL
    python -m scripts.elasticsearch_node status | stop

The artifact is the server with four modules only (org.elasticsearch.distribution.integ-test-zip); Elasticsearch 8 needs Java 17, 9 needs Java 21.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from scripts import elasticsearch_tls
from scripts.elasticsearch_program import DEFAULT, DIGESTS, NodeError, available, home, java_home, unpack
from scripts.elasticsearch_tls import Tls

__all__ = ["DEFAULT", "Node", "NodeError", "available", "kill", "restart", "start", "stop"]
USER, PASSWORD = "tester", "loopback-only"
UNPRIVILEGED: Final = "nobody"  # the server refuses root
HEAP: Final = "1g"
_PATIENCE: Final = 120.0  # seconds until a node answers
_STATE: Final = "node.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    url: str
    pid: int
    version: str
    folder: str  # configuration, data and logs of this node
    security: bool
    tls: Tls | None = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings(folder: Path, port: int, transport: int, *, security: bool) -> dict[str, Any]:
    return {
        "cluster.name": "qingbao-test",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": transport,
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "xpack.security.enabled": security,
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }


def configure(program: Path, folder: Path, port: int, *, security: bool, encrypted: bool) -> Tls | None:
    config = folder / "config"
    shutil.copytree(program / "config", config)
    for part in ("data", "logs", "tmp"):
        (folder / part).mkdir()
    tls = elasticsearch_tls.make(config / "tls") if encrypted else None
    chosen = {**settings(folder, port, free_port(), security=security), **(elasticsearch_tls.settings() if tls else {})}
    (config / "elasticsearch.yml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in chosen.items()), "utf-8")
    if _is_root():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, UNPRIVILEGED)
    return tls


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _environment(version: str, folder: Path) -> dict[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if k in ("PATH", "SYSTEMROOT", "TEMP", "LANG")},
        "ES_JAVA_HOME": str(java_home(version)),
        "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
    }


def _spawn(program: Path, version: str, folder: Path, name: str, *args: str) -> "subprocess.Popen[bytes]":
    script = program / "bin" / (f"{name}.bat" if os.name == "nt" else name)
    drop: dict[str, Any] = {"user": UNPRIVILEGED, "extra_groups": []} if _is_root() else {}
    log = (folder / f"{name}.out").open("ab")
    return subprocess.Popen(
        [str(script), *args],
        env=_environment(version, folder),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=os.name != "nt",
        **drop,
    )


def start(version: str = DEFAULT, *, security: bool = False, encrypted: bool = False) -> Node:
    """Start a fresh node and wait until it answers; `encrypted`: over TLS, with an authority of its own. Raises NodeError."""
    home().mkdir(parents=True, exist_ok=True)
    home().chmod(0o755)
    program, port = unpack(version), free_port()
    folder = Path(tempfile.mkdtemp(prefix="node-", dir=home()))
    tls = configure(program, folder, port, security=security, encrypted=encrypted)
    if security:
        _add_user(program, version, folder)
    url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    return _run(program, Node(url=url, pid=0, version=version, folder=str(folder), security=security, tls=tls))


def restart(node: Node) -> Node:
    """One that has ended, again, with its data, at its address. Raises NodeError."""
    return _run(unpack(node.version), node)


def _run(program: Path, node: Node) -> Node:
    process = _spawn(program, node.version, Path(node.folder), "elasticsearch")
    running = replace(node, pid=process.pid)
    _wait(running, process.poll)
    return running


def _add_user(program: Path, version: str, folder: Path) -> None:
    done = _spawn(program, version, folder, "elasticsearch-users", "useradd", USER, "-p", PASSWORD, "-r", "superuser").wait(120)
    if done:
        raise NodeError(f"elasticsearch-users failed: {_tail(folder / 'elasticsearch-users.out')}")


def answers(node: Node) -> bool:
    """The node is up and has its shards: it answers, if only to ask who we are."""
    context = ssl.create_default_context(cafile=node.tls.ca) if node.tls else None
    try:
        with urllib.request.urlopen(f"{node.url}/_cluster/health?wait_for_status=yellow&timeout=3s", timeout=5, context=context) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError as error:
        return error.code == 401
    except OSError:
        return False


def _wait(node: Node, poll: Callable[[], int | None]) -> None:
    until = time.monotonic() + _PATIENCE
    while not answers(node):
        ended = poll()
        if ended is not None or time.monotonic() > until:
            stop(node)
            why = f"ended with {ended}" if ended is not None else f"did not answer within {_PATIENCE:.0f} s"
            raise NodeError(f"Elasticsearch {node.version} {why}: {_tail(Path(node.folder) / 'elasticsearch.out')}")
        time.sleep(0.25)


def _tail(path: Path) -> str:
    return path.read_text("utf-8", "replace")[-1500:] if path.is_file() else ""


def kill(node: Node) -> None:
    """At once, without a word to the server; its data stay."""
    _signal(node.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def stop(node: Node, *, keep: bool = False) -> None:
    """By its process id (its launcher's group); the data go too unless `keep`."""
    _signal(node.pid, signal.SIGTERM)
    until = time.monotonic() + 30
    while time.monotonic() < until and answers(node):
        time.sleep(0.1)
    _signal(node.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    if not keep:
        shutil.rmtree(node.folder, ignore_errors=True)


def _signal(pid: int, which: int) -> None:
    try:
        if os.name == "nt":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True, check=False)
        else:
            os.killpg(pid, which)
    except ProcessLookupError:
        return


def _saved() -> Node | None:
    path = home() / _STATE
    return msgspec.json.decode(path.read_bytes(), type=Node) if path.is_file() else None


def _start_saved(version: str, *, security: bool) -> int:
    held = _saved()
    if held and answers(held):
        print(held.url)
        return 0
    node = start(version, security=security)
    (home() / _STATE).write_bytes(msgspec.json.encode(node))
    print(node.url)
    return 0


def _stop_saved() -> int:
    held = _saved()
    if held:
        stop(held)
        (home() / _STATE).unlink()
    return 0


def _status() -> int:
    held = _saved()
    up = held is not None and answers(held)
    print(f"{held.url} (Elasticsearch {held.version}, process {held.pid}): {'up' if up else 'down'}" if held else "no node")
    return 0 if up else 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="elasticsearch_node", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=("start", "stop", "status"))
    parser.add_argument("--version", default=DEFAULT, choices=sorted(DIGESTS))
    parser.add_argument("--security", action="store_true", help=f"with the security module; user {USER}, password {PASSWORD}")
    options = parser.parse_args(arguments)
    try:
        if options.command == "start":
            return _start_saved(options.version, security=options.security)
        return _stop_saved() if options.command == "stop" else _status()
    except NodeError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
