"""feed and status on a small store of refused and read files."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from scripts import cli


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "blank.html").write_text("<html><body></body></html>", "utf-8")
    (tmp_path / "in" / "note.txt").write_text("关于潮间带监测的通知\n市海洋局组建监测队3支。\n", "utf-8")
    assert run("import", "in").exit_code == 3
    return tmp_path / "in"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.registered(words[0]), list(words))


@pytest.mark.usefixtures("data")
def test_a_refusal_names_its_file_once() -> None:
    lines = [line for line in run("status").stdout.splitlines() if line.startswith("refused")]
    assert lines == ["refused: import:in/blank.html: empty: no text in the page"]


@pytest.mark.usefixtures("data")
def test_the_feed_in_parts() -> None:
    whole = run("feed").stdout.splitlines()
    assert [json.loads(line)["seq"] for line in whole] == list(range(1, len(whole) + 1))
    assert run("feed", "--after", "1", "--limit", "2").stdout.splitlines() == whole[1:3]
    for option in ("--after", "--limit"):
        assert run("feed", option, "-3").exit_code == 2


@pytest.mark.usefixtures("data")
def test_a_day_given_later_dates_the_article() -> None:
    last = len(run("feed").stdout.splitlines())
    assert run("import", "in", "--published", "2023-04-10").exit_code == 3
    changes = [json.loads(line) for line in run("feed", "--after", str(last)).stdout.splitlines()]
    assert [(c["op"], c["payload"]["metadata"]["published_date"]) for c in changes if c["kind"] == "article"] == [("MOD", "2023-04-10")]


@pytest.mark.parametrize("command", ["import", "extract"])
def test_a_day_that_is_none_is_refused(data: Path, command: str) -> None:
    for wrong in ("2023-13-40", "昨天"):
        done = run(command, str(data / "note.txt"), "--published", wrong)
        assert done.exit_code == 2
        assert f"{wrong}: no day" in done.output
    assert run(command, str(data / "note.txt"), "--published", "2023-04-10").exit_code == 0
