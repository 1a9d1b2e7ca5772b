"""Starting processes of our own, and ending processes with all that they have started, on every system."""

import contextlib
import os
import sys
from pathlib import Path

import psutil


def python(module: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """A command that runs a module of this very installation, and its environment. What lies in the present folder is not imported."""
    path = os.pathsep.join(filter(None, (str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH"))))
    return [sys.executable, "-P", "-m", module, *arguments], {**os.environ, "PYTHONPATH": path}


def end(pid: int) -> None:
    """Kill a process and its descendants; those that are gone already are no error."""
    try:
        root = psutil.Process(pid)
        family = [*root.children(recursive=True), root]
    except psutil.Error:
        return
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()
