"""The child of extractors/sandbox.py: reads captures from stdin one by one, answers on stdout, under limits that it sets itself.

Messages are frames: four bytes of length (little-endian), one byte of kind, the payload in MessagePack.
Parent to child: `d` a Capture. Child to parent: `s` started, `c` seconds from now, `a` what the reader says, `e` reason and message of a ReadError.
"""

import contextlib
import math
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import IO

import msgspec
import psutil

from crawler.capture import Capture
from extractors.readers import limits
from extractors.readers.errors import ReadError

GRACE_SECONDS = 5.0  # after which the child's own alarm ends it, should the parent be gone


def send(stream: IO[bytes], kind: bytes, payload: bytes) -> None:
    """Write one frame."""
    stream.write((len(payload) + 1).to_bytes(4, "little") + kind + payload)
    stream.flush()


def exactly(stream: IO[bytes], size: int) -> bytes:
    """So many bytes. Raises EOFError where the stream ends before."""
    data = stream.read(size)
    if len(data) < size:
        raise EOFError(f"{len(data)} of {size} bytes")
    return data


def _begin(row: limits.Work, loaded: int) -> None:
    """Address space of this process and of what it starts (Windows and macOS enforce none), and an alarm should the parent be gone.

    `loaded` bytes were in use when the child started; what it has loaded since for good (models of OCR) does not count.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(row.seconds + GRACE_SECONDS))
    if os.name == "posix":
        import resource

        hard = max(each.memory_mib for each in limits.limits().work.values()) * limits.MIB
        soft = row.memory_mib * limits.MIB + max(0, psutil.Process().memory_info().vms - loaded)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (min(soft, hard), hard))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(capture: Capture, read: Callable[[Capture], object]) -> tuple[bytes, bytes]:
    try:
        return b"a", msgspec.msgpack.encode(read(capture))
    except ReadError as error:
        return b"e", msgspec.msgpack.encode((error.reason, error.message))
    except MemoryError:
        return b"e", msgspec.msgpack.encode(("memory", f"{capture.url}: the reader ran out of memory"))


def serve(reader: str) -> None:
    """Answer captures from stdin until it ends. Anything but ReadError ends the process: its traceback on stderr is the report."""
    module, name = reader.split(":")
    read = getattr(import_module(module), name)
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not fall among the frames

    loaded = psutil.Process().memory_info().vms

    def supervisor(row: limits.Work) -> None:
        _begin(row, loaded)
        send(frames, b"c", msgspec.msgpack.encode(row.seconds))

    limits.supervise(supervisor)
    send(frames, b"s", b"")
    while head := sys.stdin.buffer.read(4):
        frame = exactly(sys.stdin.buffer, int.from_bytes(head, "little"))
        _begin(limits.work("readers"), loaded)  # the parent's clock runs already
        kind, payload = _answer(msgspec.msgpack.decode(frame[1:], type=Capture), read)
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        send(frames, kind, payload)


if __name__ == "__main__":
    serve(sys.argv[1])
