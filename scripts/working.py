"""Catching up: what the background process does again and again, and what `import` and `crawl` do once before they return."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from filelock import Timeout

from index.backend import Backend
from index.errors import SearchError
from index.follow import follow, index_place
from scripts.locking import work_lock
from scripts.log import log
from scripts.processing import Processed, process, to_read
from scripts.settings import Settings
from scripts.wiring import open_archive, open_index, open_store
from store import Store
from store.relate import NAME as RELATE
from store.relate import relate_all

LOOK = 0.5  # seconds between looks while another process works
PATIENCE = 30.0  # seconds without progress of the index after which nobody waits for another process
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    processed: Processed = field(default_factory=Processed)
    indexed: int = 0  # log lines that reached the index
    seconds: float = 0.0  # of indexing
    trouble: str = ""  # why the index could not be reached; the log waits
    by_other: bool = False  # a running `work` did it


def catch_up(settings: Settings, store: Store, *, again: bool = False, progress: Progress | None = None) -> CaughtUp:
    """Process what is unread, relate, and bring the index up to the log. Only under the work lock."""
    done = Processed()
    if again or to_read(store, limit=1):
        with open_archive(settings, store) as archive:
            done = process(settings, store, archive, again=again, progress=progress)
    relate_all(store)
    start = time.perf_counter()
    indexed, trouble = bring_index(settings, store)
    return CaughtUp(processed=done, indexed=indexed, seconds=time.perf_counter() - start, trouble=trouble)


def bring_index(settings: Settings, store: Store) -> tuple[int, str]:
    """(log lines indexed, what kept the rest). When the engine is down the log waits."""
    indexed = 0
    try:
        with open_index(settings) as backend:
            while step := follow(store, backend):
                indexed += step
    except SearchError as error:
        return indexed, str(error)
    return indexed, ""


def behind(store: Store, backend: Backend) -> bool:
    """Whether captures are unread, or log lines not yet related or indexed. A silent engine counts as behind."""
    if to_read(store, limit=1) or store.place(RELATE) < store.last_seq():
        return True
    try:
        return index_place(store, backend) < store.last_seq()
    except SearchError:
        return True


def catch_up_or_wait(settings: Settings, store: Store, *, progress: Progress | None = None) -> CaughtUp:
    """Catch up; while another process holds the lock, wait until it has done so or lets go."""
    lock = work_lock(settings)
    seen, since = (-1, ""), time.monotonic()
    while True:
        try:
            with lock.acquire(timeout=LOOK):
                return catch_up(settings, store, progress=progress)
        except Timeout:
            now = _where(settings, store)
            if now is None:
                return CaughtUp(by_other=True)
        if now != seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            return CaughtUp(by_other=True, trouble=f"the running `qingbao work` has not moved for {PATIENCE:g} s {seen[1]}")


def _where(settings: Settings, store: Store) -> tuple[int, str] | None:
    """(how far another process is, what it may be waiting for), None when it has caught up."""
    unread = len(to_read(store, limit=1000))
    try:
        with open_index(settings) as backend:
            place = index_place(store, backend)
    except SearchError as error:
        return (-unread, str(error))
    return None if not unread and place >= store.last_seq() else (place - unread, "")


def work(settings: Settings, *, stop: Callable[[], bool]) -> None:
    """The background process: catch up, look again after `work.interval` seconds, until `stop()`. Waits for the lock."""
    lock = work_lock(settings)
    while not stop():
        try:
            with lock.acquire(timeout=LOOK), open_store(settings) as store, open_index(settings) as backend:
                _watch(settings, store, backend, stop)
        except Timeout:
            continue


def _watch(settings: Settings, store: Store, backend: Backend, stop: Callable[[], bool]) -> None:
    trouble = ""
    while not stop():
        if behind(store, backend):
            done = catch_up(settings, store)
            if done.processed.documents or done.indexed:
                log.info("caught up", documents=done.processed.documents, changes=done.processed.changes, indexed=done.indexed)
            if done.trouble != trouble:
                trouble = done.trouble
                log.warning("the index waits", reason=trouble) if trouble else log.info("the index is reachable again")
        time.sleep(settings.work.interval)
