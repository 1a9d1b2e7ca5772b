"""Captures in the archive -> articles and records in the store: read in sandbox children, extract in processes, put in order."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from crawler.archive import Archive, ArchiveError
from extractors.article import Article
from extractors.means import as_good, read_by
from extractors.options import ExtractOptions, chosen, configure
from extractors.readers.errors import ReadError
from extractors.record import AnyRecord
from extractors.records import extract
from extractors.sandbox import Sandbox
from extractors.version import version
from scripts.log import log
from scripts.settings import Settings
from store import Reading, Store, StoredCapture

GROUP = 50  # documents a transaction
ALL = 1 << 31
FEW = 8  # fewer captures than this are extracted here: starting processes would take longer

Read = tuple[tuple[Article, ...], list[AnyRecord]]


@dataclass(slots=True)
class Processed:
    """What one run did. `seconds` by stage add up over children, so they may exceed the clock."""

    documents: int = 0
    articles: int = 0
    records: int = 0
    refused: int = 0
    failed: int = 0
    changes: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "extract": 0.0, "store": 0.0})


def extract_all(articles: tuple[Article, ...]) -> tuple[list[AnyRecord], float]:
    """The records of all articles of a document, and the seconds that took."""
    start = perf_counter()
    return [record for article in articles for record in extract(article)], perf_counter() - start


@contextmanager
def executor(workers: int) -> Iterator[Executor | None]:
    """Processes for pure extraction, or None for extraction in this one."""
    if workers <= 0:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(chosen(),)) as pool:
        yield pool


def _begin(options: ExtractOptions) -> None:
    """A worker extracts as its parent would, and ends with it: one whose parent was killed would wait for work for ever."""
    configure(options)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class Processor:
    """Reads and extracts captures; one document in flight a sandbox child."""

    def __init__(self, archive: Archive, sandbox: Sandbox[tuple[Article, ...]], pool: Executor | None, done: Processed) -> None:
        self.archive, self.sandbox, self.pool, self.done = archive, sandbox, pool, done

    def one(self, capture: StoredCapture) -> Read:
        """Articles and records of a stored capture. Raises ReadError."""
        start = perf_counter()
        articles = self.sandbox.read(capture.with_body(self._bytes(capture)))
        self.done.seconds["read"] += perf_counter() - start
        records, seconds = self.pool.submit(extract_all, articles).result() if self.pool else extract_all(articles)
        self.done.seconds["extract"] += seconds
        return articles, records

    def _bytes(self, capture: StoredCapture) -> bytes:
        if capture.warc is None:
            raise ReadError("broken", f"{capture.url}: the store names no place in the archive")
        try:
            return self.archive.read(capture.warc)
        except ArchiveError as error:
            raise ReadError("broken", f"{capture.url}: {error}") from error


def to_read(store: Store, limit: int = ALL) -> list[StoredCapture]:
    """Captures that this version, with what this machine has today, can read and has not."""
    return store.unread(*as_good(), limit=limit)


def process(
    settings: Settings, store: Store, archive: Archive, *, again: bool = False, progress: Callable[[int, int], None] | None = None
) -> Processed:
    """Read and extract every capture that is to be read (`again`: all), and put what came out.

    A document that cannot be read is quarantined with its reason; the rest goes on.
    """
    done = Processed()
    captures = store.unread(limit=ALL) if again else to_read(store)
    if not captures:
        return done
    workers = settings.extract.workers if len(captures) > FEW else 0
    with Sandbox(children=max(1, settings.extract.readers)) as sandbox, executor(workers) as pool:
        processor = Processor(archive, sandbox, pool, done)
        with ThreadPoolExecutor(max(1, settings.extract.readers)) as threads:
            for at in range(0, len(captures), GROUP):
                group = captures[at : at + GROUP]
                _put(store, [(capture, threads.submit(processor.one, capture)) for capture in group], done)
                if progress:
                    progress(at + len(group), len(captures))
    return done


def _put(store: Store, group: list[tuple[StoredCapture, Future[Read]]], done: Processed) -> None:
    ready = []
    for capture, future in group:
        try:
            articles, records = future.result()
        except ReadError as error:
            done.refused += 1
            log.warning("refused", url=capture.url, reason=error.reason, message=error.message)
            store.quarantine(capture, error.reason, error.message, reader_version=read_by([error.reason]))
        except BrokenExecutor:
            raise
        except Exception as error:  # the one loop over documents: a fault of ours costs one document, and is shown
            done.failed += 1
            log.exception("failed", url=capture.url)
            store.quarantine(capture, "failed", f"{type(error).__name__}: {error}", reader_version=version())
        else:
            noted = read_by(note.code for article in articles for note in article.notes)
            ready.append(Reading(capture=capture, articles=articles, records=records, reader_version=noted))
            done.documents += 1
            done.articles += len(articles)
            done.records += len(records)
    start = perf_counter()
    done.changes += _put_ready(store, ready, done)
    done.seconds["store"] += perf_counter() - start


def _put_ready(store: Store, ready: list[Reading], done: Processed) -> int:
    """Put a group; where the store refuses it, document by document, so that one costs only itself. Returns the log lines."""
    try:
        return sum(len(diff.lines) for diff in store.put_many(ready))
    except ValueError as error:
        if len(ready) == 1:
            capture = ready[0].capture
            assert isinstance(capture, StoredCapture)
            log.error("failed", url=capture.url, reason=str(error))
            store.quarantine(capture, "failed", str(error), reader_version=version())
            done.failed += 1
            done.documents -= 1
            return 0
    return sum(_put_ready(store, [reading], done) for reading in ready)
