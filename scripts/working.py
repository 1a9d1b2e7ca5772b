"""Catching up: what the background process does again and again, and what `import` and `crawl` do once before they return."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from filelock import Timeout

from extractors.version import version
from index import FOLLOWER, SearchError, follow
from scripts.locking import work_lock
from scripts.processing import Processed, process
from scripts.settings import Settings
from scripts.wiring import open_archive, open_index, open_store
from store import Store

log = structlog.get_logger()
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
    with open_archive(settings, store) as archive:
        done = process(settings, store, archive, again=again, progress=progress)
    start = time.perf_counter()
    indexed, trouble = bring_index(settings, store)
    return CaughtUp(processed=done, indexed=indexed, seconds=time.perf_counter() - start, trouble=trouble)


def bring_index(settings: Settings, store: Store) -> tuple[int, str]:
    """(log lines indexed, what kept the rest). When the engine is down the log waits."""
    indexed = 0
    try:
        with open_index(settings, write=True) as backend:
            while step := follow(store, backend):
                indexed += step
    except SearchError as error:
        log.warning("the index waits", reason=str(error))
        return indexed, str(error)
    return indexed, ""


def behind(store: Store) -> bool:
    """Whether captures are unread or log lines not yet indexed."""
    return bool(store.unread(version(), limit=1)) or store.place(FOLLOWER) < store.last_seq()


def catch_up_or_wait(settings: Settings, store: Store, *, progress: Progress | None = None) -> CaughtUp:
    """Catch up; while another process holds the lock, wait until it has done so or lets go."""
    lock = work_lock(settings)
    place, since = store.place(FOLLOWER), time.monotonic()
    while True:
        try:
            with lock.acquire(timeout=LOOK):
                return catch_up(settings, store, progress=progress)
        except Timeout:
            if not behind(store):
                return CaughtUp(by_other=True)
        if store.unread(version(), limit=1) or store.place(FOLLOWER) != place:
            place, since = store.place(FOLLOWER), time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            return CaughtUp(by_other=True, trouble=f"the running `qingbao work` has not indexed anything for {PATIENCE:g} s")


def work(settings: Settings, *, stop: Callable[[], bool]) -> None:
    """The background process: catch up, look again after `work.interval` seconds, until `stop()`. Waits for the lock."""
    lock = work_lock(settings)
    while not stop():
        try:
            with lock.acquire(timeout=LOOK), open_store(settings) as store:
                _follow_forever(settings, store, stop)
        except Timeout:
            continue


def _follow_forever(settings: Settings, store: Store, stop: Callable[[], bool]) -> None:
    while not stop():
        if behind(store):
            done = catch_up(settings, store)
            if done.processed.documents or done.indexed:
                log.info("caught up", documents=done.processed.documents, changes=done.processed.changes, indexed=done.indexed)
        time.sleep(settings.work.interval)
