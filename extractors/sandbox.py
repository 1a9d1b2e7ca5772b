"""Foreign bytes are parsed by children of our own: long-lived, one document in flight each, killed and replaced when they breach a limit.

What they say to each other stands in sandbox_child.py.
"""

import contextlib
import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar, overload

import msgspec

from crawler.capture import Capture
from extractors.article import Article
from extractors.processes import end, python
from extractors.readers import limits
from extractors.readers.errors import ReadError, Reason
from extractors.sandbox_child import GRACE_SECONDS, exactly, send

T = TypeVar("T")
READER = "extractors.readers:read"
START_SECONDS = 120.0  # imports on a cold disk
RETIRE = 1000  # documents after which a child is replaced, so that what libraries leak stays small
ENV = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "PYTHONIOENCODING": "utf-8"}  # threads cost address space
OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "Out of memory", "out of memory", "Cannot allocate")


class Sandbox(Generic[T]):
    """`children` processes that read captures: `reader` (module:function) gives an `answer`, the articles unless another is named.

    Use `read` from as many threads as you like; it waits for a free child.
    """

    @overload
    def __init__(self: "Sandbox[tuple[Article, ...]]", children: int = 2, *, reader: str = READER) -> None: ...

    @overload
    def __init__(self, children: int = 2, *, reader: str, answer: type[T]) -> None: ...

    def __init__(self, children: int = 2, *, reader: str = READER, answer: Any = tuple[Article, ...]) -> None:
        self._children = [_Child[T](reader, answer) for _ in range(children)]
        self._idle: queue.LifoQueue[_Child[T]] = queue.LifoQueue()
        self._closed = False
        for child in self._children:
            self._idle.put(child)

    def read(self, capture: Capture) -> T:
        """What the reader says of a capture. Raises ReadError; `timeout`, `memory`, `too-large` and `crashed` cost the child, which is replaced."""
        if len(capture.body) > limits.amounts().body_mib * limits.MIB:
            raise ReadError("too-large", f"{capture.url}: {len(capture.body)} bytes, at most {limits.amounts().body_mib} MiB")
        child = self._idle.get()
        try:
            if self._closed:
                raise ValueError("the sandbox is closed")
            return child.read(capture)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """Wait for the documents in flight, then end the children."""
        self._closed = True
        for child in [self._idle.get() for _ in self._children]:
            child.close()
            self._idle.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Clock:
    """Calls `expire` once when the time is up, from a thread of its own."""

    def __init__(self, seconds: float, expire: Callable[[], None]) -> None:
        self.expired = False
        self._expire = expire
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self.set(seconds)

    def set(self, seconds: float) -> None:
        """Begin anew, with so many seconds from now."""
        self.stop()
        timer = threading.Timer(seconds, lambda: self._ring(timer))
        timer.daemon = True
        self.seconds, self._timer = seconds, timer
        timer.start()

    def _ring(self, timer: threading.Timer) -> None:
        with self._lock:
            if timer is self._timer:
                self.expired = True
                self._expire()

    def stop(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None


class _Child(Generic[T]):
    """One process at a time, started when first needed."""

    def __init__(self, reader: str, answer: Any) -> None:
        self._reader, self._type = reader, answer
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # the child's own, so that nothing it writes outlives it
        self._served = 0

    def read(self, capture: Capture) -> T:
        if self._process is None or self._process.poll() is not None or self._served >= RETIRE:
            self.close()
            self._start()
        process = self._process
        assert process is not None
        self._served += 1
        clock = _Clock(limits.work("readers").seconds, lambda: _kill(process))
        try:
            return self._exchange(process, clock, capture)
        except (EOFError, OSError) as error:  # the pipe ended: the child is dead or dying
            raise self._loss(process, clock, capture) from error
        finally:
            clock.stop()
            if clock.expired:
                self.close(now=True)

    def _exchange(self, process: subprocess.Popen[bytes], clock: _Clock, capture: Capture) -> T:
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, b"d", msgspec.msgpack.encode(capture))
        while True:
            kind, payload = self._answer(process.stdout, capture)
            if kind == b"c":
                clock.set(msgspec.msgpack.decode(payload, type=float) + 1.0)  # the reader's own clock rings first
            elif kind == b"a":
                answer: T = msgspec.msgpack.decode(payload, type=self._type)
                return answer
            elif kind == b"e":
                reason, message = msgspec.msgpack.decode(payload, type=tuple[Reason, str])
                if reason == "memory":
                    self.close(now=True)
                raise ReadError(reason, message)
            else:
                raise EOFError(f"unknown frame {kind!r}")

    def _answer(self, stream: IO[bytes], capture: Capture) -> tuple[bytes, bytes]:
        """One frame; a child that would send more than its limit is ended."""
        most = limits.amounts().output_mib
        size = int.from_bytes(exactly(stream, 4), "little")
        if size > most * limits.MIB:
            self.close(now=True)
            raise ReadError("too-large", f"{capture.url}: {size} bytes of articles, at most {most} MiB")
        frame = exactly(stream, size)
        return frame[:1], frame[1:]

    def _start(self) -> None:
        group: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x200}  # CREATE_NEW_PROCESS_GROUP
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._folder = tempfile.TemporaryDirectory(prefix="qingbao-", ignore_cleanup_errors=True)
        command, environment = python("extractors.sandbox_child", self._reader)
        env = {**environment, **ENV} | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=env, **group)
        self._process, self._served = process, 0
        clock = _Clock(START_SECONDS, lambda: _kill(process))
        try:
            assert process.stdout is not None
            exactly(process.stdout, int.from_bytes(exactly(process.stdout, 4), "little"))
        except EOFError as error:
            said = self._last_words()
            self.close(now=True)
            raise RuntimeError(f"the reading child does not start: {said}") from error
        finally:
            clock.stop()

    def _loss(self, process: subprocess.Popen[bytes], clock: _Clock, capture: Capture) -> ReadError:
        """Why a child died."""
        if clock.expired:
            self.close(now=True)
            return ReadError("timeout", f"{capture.url}: not read in {clock.seconds:g} s")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
        code, said = process.poll(), self._last_words()
        self.close(now=True)
        if any(word in said for word in OUT_OF_MEMORY):
            return ReadError("memory", f"{capture.url}: the reader ran out of memory ({said})")
        if os.name == "posix" and code == -signal.SIGALRM:
            return ReadError("timeout", f"{capture.url}: not read in time")
        return ReadError("crashed", f"{capture.url}: the reader died with exit code {code}" + (f" ({said})" if said else ""))

    def _last_words(self) -> str:
        """The last line that the child wrote to stderr."""
        if self._errors is None:
            return ""
        end = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, end - 2000))
        lines = [line.strip() for line in self._errors.read().decode("utf-8", "ignore").splitlines() if line.strip()]
        return lines[-1][-300:] if lines else ""

    def close(self, *, now: bool = False) -> None:
        """End the process: at the end of its input, or at once."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            assert process.stdout is not None
            with contextlib.suppress(OSError):
                process.stdin.close()
            if not now:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(GRACE_SECONDS)
            _kill(process)
            process.wait()
            process.stdout.close()
        if self._errors is not None:
            self._errors.close()
            self._errors = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a child and whatever it has started (LibreOffice), even where the child itself is gone already."""
    end(process.pid)
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
