"""Every test of this folder runs on both engines; Elasticsearch only where a node can be had."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.backend import Backend, open_backend
from scripts.settings import SearchSettings
from tests.index.contract.corpus import make


@pytest.fixture(scope="module", params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """An engine that holds the corpus."""
    settings = SearchSettings(engine=request.param)
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch")
        settings = SearchSettings(engine="elasticsearch", url=url, prefix=f"test-{os.getpid()}-{request.module.__name__.rsplit('.', 1)[-1]}")
    with open_backend(settings, Path(tmp_path_factory.mktemp("index"))) as opened:
        opened.rebuild(make(), seq=1)
        yield opened
        if request.param == "elasticsearch":
            opened.drop()  # type: ignore[attr-defined]
