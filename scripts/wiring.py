"""Opens what the settings name: the store, the archive, the search engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from crawler.archive import Archive
from index.backend import Backend, open_backend
from scripts.settings import Settings
from store import Store


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The store of the data folder, made and migrated where needed."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with Store.open(settings.database_url, synchronous=settings.store.synchronous) as store:
        yield store


@contextmanager
def open_archive(settings: Settings, store: Store) -> Iterator[Archive]:
    """The archive, for reading and writing."""
    with Archive(settings.archive_path, store.crawling) as archive:
        yield archive


@contextmanager
def open_index(settings: Settings) -> Iterator[Backend]:
    """The search engine. Only the holder of the work lock writes to it."""
    backend = open_backend(settings.search, settings.index_path)
    try:
        yield backend
    finally:
        backend.close()
