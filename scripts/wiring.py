"""Opens what the settings name: the store, the archive, the search engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.settings import Settings

if TYPE_CHECKING:  # each command loads only what it opens: all together take a second
    from crawler.archive import Archive
    from extractors.options import ExtractOptions
    from index.backend import Backend
    from store import Store


def names_folder(settings: Settings) -> Path:
    """Where further authority files lie: the setting, else `names` in the data folder."""
    return Path(settings.extract.names) if settings.extract.names else settings.data / "names"


def extract_options(settings: Settings) -> ExtractOptions:
    """What the settings say about extraction, for extractors.options.configure."""
    from extractors.options import ExtractOptions
    from extractors.taggers import TaggerOptions

    folder = names_folder(settings)
    tagger = TaggerOptions(name=settings.extract.tagger, model=settings.extract.hanlp_model)
    return ExtractOptions(tagger=tagger, names=str(folder) if folder.is_dir() else "")


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The store of the data folder, made and migrated where needed."""
    from store import Store

    settings.data.mkdir(parents=True, exist_ok=True)
    with Store.open(settings.database_url, synchronous=settings.store.synchronous) as store:
        yield store


@contextmanager
def open_archive(settings: Settings, store: Store) -> Iterator[Archive]:
    """The archive, for reading and writing."""
    from crawler.archive import Archive

    with Archive(settings.archive_path, store.crawling) as archive:
        yield archive


@contextmanager
def open_index(settings: Settings) -> Iterator[Backend]:
    """The search engine. Only the holder of the work lock writes to it."""
    from index.backend import open_backend

    backend = open_backend(settings.search, settings.index_path)
    try:
        yield backend
    finally:
        backend.close()
