"""Ending processes with all that they have started, on every system."""

import contextlib

import psutil


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
