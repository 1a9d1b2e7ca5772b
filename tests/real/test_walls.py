"""The whole way on the real seeds, as a user goes it: import, search, read again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import elasticsearch_node

ROOT = Path(__file__).resolve().parents[2]
Environment = dict[str, str]


def qingbao(environment: Environment, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.cli", *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    missing = elasticsearch_node.available()
    if missing:
        pytest.fail(missing) if os.environ.get("QINGBAO_REQUIRE_ES") else pytest.skip(missing)
    started = elasticsearch_node.start()
    yield started.url
    elasticsearch_node.stop(started)


@pytest.fixture(scope="module", params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Environment:
    """Settings of a data folder into which the seeds were imported."""
    found = {**os.environ, "COLUMNS": "400", "QINGBAO_DATA": str(tmp_path_factory.mktemp(request.param))}
    if request.param == "elasticsearch":
        found |= {"QINGBAO_SEARCH_ENGINE": "elasticsearch", "QINGBAO_SEARCH_URL": request.getfixturevalue("node"), "QINGBAO_SEARCH_PREFIX": "walls"}
    qingbao(found, "import", str(shared / "seeds"))
    return found


def test_the_sentence_is_found_and_marked(environment: Environment) -> None:
    page = json.loads(qingbao(environment, "search", "创新联合体", "--json"))
    marked = [(hit["row"]["text"], start, end) for hit in page["hits"] for p in hit["passages"] for start, end in p["marks"]]
    assert all(text[start:end] == "创新联合体" for text, start, end in marked)
    assert any(text[start : end + 5] == "创新联合体 52 家" for text, start, end in marked)
    assert "创新联合体 52 家" in qingbao(environment, "search", "“创新联合体 52 家”")


def test_figures_are_found_by_indicator_and_value(environment: Environment) -> None:
    page = json.loads(
        qingbao(environment, "search", "--kind", "metric", "--indicator", "技术合同成交额", "--min", "100亿", "--since", "2023", "--json")
    )
    assert page["hits"]
    assert all(hit["row"]["value"] >= 1e10 and "技术合同成交额" in hit["row"]["indicator"] for hit in page["hits"])


def test_an_organisation_is_found_under_its_full_name(environment: Environment) -> None:
    page = json.loads(qingbao(environment, "search", "--org", "内蒙古自治区科学技术厅", "--json", "--size", "50"))
    texts = [hit["row"]["text"] for hit in page["hits"]]
    assert any("自治区科技厅" in text and "内蒙古自治区科学技术厅" not in text for text in texts)


def test_reading_everything_again_changes_nothing(environment: Environment) -> None:
    before = json.loads(qingbao(environment, "status", "--json"))
    qingbao(environment, "process", "--all")
    after = json.loads(qingbao(environment, "status", "--json"))
    assert after == before
    assert after["log"] == after["indexed"] > 500
