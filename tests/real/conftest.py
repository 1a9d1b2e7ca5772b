"""Tests on real documents. They need the folder `shared` beside the checkout (or QINGBAO_SHARED); .ci/run requires them."""

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("QINGBAO_SHARED", ROOT.parent / "shared"))
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir() or os.environ.get("QINGBAO_REQUIRE_REAL"):
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="the folder `shared` is not beside this checkout"))


@pytest.fixture(scope="session")
def shared() -> Path:
    assert SHARED.is_dir(), f"{SHARED} is required"
    return SHARED


@pytest.fixture(scope="session")
def floors() -> dict[str, dict[str, float]]:
    """floors.json: group -> figure -> the least value that is accepted."""
    return FLOORS
