"""A portal over the demo's pages: real readers, extractors, store, archive and index; only the crawl is left out."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from crawler.archive import Archive
from index.embedded import Embedded
from index.follow import catch_up
from portal.app import create
from store import Store
from store.relate import relate_all
from tests.portal.corpus import fill


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Store]]:
    folder = tmp_path_factory.mktemp("portal")
    with Store.open(f"sqlite:///{(folder / 'q.db').as_posix()}") as store, Archive(folder / "warc", store.crawling) as archive:
        fill(store, archive)
        relate_all(store)
        with Embedded(folder / "index") as backend:
            catch_up(store, backend)
            yield create(store, archive, backend, hosts=["127.0.0.1", "testserver"]), store


@pytest.fixture
def store(site: tuple[FastAPI, Store]) -> Store:
    return site[1]


@pytest.fixture
def client(site: tuple[FastAPI, Store]) -> TestClient:
    return TestClient(site[0])
