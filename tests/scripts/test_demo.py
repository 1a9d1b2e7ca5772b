"""The demo as a user starts it: complete, quick the second time, and whole again after being killed at any moment."""

import random
import time
from pathlib import Path

import pytest

from tests.scripts.demo_run import State, run, start, take_down

ROUNDS = 2
SOAK_ROUNDS = 20


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, float]:
    """(data folder, output, seconds) of one whole run."""
    data = tmp_path_factory.mktemp("demo")
    begin = time.monotonic()
    out = run(data)
    return data, out, time.monotonic() - begin


@pytest.fixture(scope="module")
def wanted(finished: tuple[Path, str, float]) -> State:
    return take_down(finished[0])


def test_summary_names_what_was_found(finished: tuple[Path, str, float], wanted: State) -> None:
    _, out, seconds = finished
    assert seconds < 120
    for word in ("archived captures", "articles", "records: metric", "records: organisation", "seconds: crawl", "qingbao search"):
        assert word in out
    assert len(wanted.articles) >= 50
    assert len(wanted.records) >= 500


def test_again_changes_nothing(finished: tuple[Path, str, float], wanted: State) -> None:
    data, _, _ = finished
    out = run(data)
    assert "log lines of this run" in out
    assert out.split("log lines of this run")[1].split()[0] == "0"
    assert take_down(data) == wanted


def killed_and_run_again(data: Path, seconds: float) -> State:
    data.mkdir()
    process = start(data)
    time.sleep(seconds)
    process.kill()
    process.communicate(timeout=60)
    run(data)
    return take_down(data)


@pytest.mark.ci
@pytest.mark.parametrize("number", range(ROUNDS))
def test_killed_at_a_random_moment(number: int, finished: tuple[Path, str, float], wanted: State, tmp_path: Path) -> None:
    moment = random.Random(f"{number} {time.time()}").uniform(0.5, finished[2])
    assert killed_and_run_again(tmp_path / "data", moment) == wanted, f"killed after {moment:.2f} s"


@pytest.mark.soak
@pytest.mark.parametrize("number", range(SOAK_ROUNDS))
def test_killed_many_times(number: int, finished: tuple[Path, str, float], wanted: State, tmp_path: Path) -> None:
    moment = finished[2] * (number + 0.5) / SOAK_ROUNDS
    assert killed_and_run_again(tmp_path / "data", moment) == wanted, f"killed after {moment:.2f} s"
