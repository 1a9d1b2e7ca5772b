"""An Elasticsearch node for the tests: QINGBAO_TEST_ES names one, else one is started; skipped where none can be had."""

import os
from collections.abc import Iterator

import pytest

from scripts import elasticsearch_node, elasticsearch_program


def require_node() -> None:
    """Skip, or fail when QINGBAO_REQUIRE_ES is set."""
    missing = elasticsearch_program.available()
    if missing and os.environ.get("QINGBAO_REQUIRE_ES"):
        pytest.fail(f"an Elasticsearch node is required: {missing}")
    if missing:
        pytest.skip(missing)


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[str]:
    """The URL of a node."""
    if url := os.environ.get("QINGBAO_TEST_ES"):
        yield url
        return
    require_node()
    node = elasticsearch_node.start(os.environ.get("QINGBAO_TEST_ES_VERSION", elasticsearch_program.DEFAULT))
    yield node.url
    elasticsearch_node.stop(node)
