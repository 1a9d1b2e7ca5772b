"""correct and corrections: one field set right from the command line, and what becomes of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from portal.app import create
from scripts import cli
from scripts.settings import load
from scripts.wiring import open_archive, open_index, open_store

NOTE = "关于潮间带监测的通知\n2031年，湛江市建成监测站12座。\n"


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    assert run("import", "note.txt").exit_code == 0
    return tmp_path / "note.txt"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.registered(words[0]), list(words))


def lines(*words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*words).stdout.splitlines()]


def metric() -> dict[str, Any]:
    found: dict[str, Any] = next(line["payload"] for line in reversed(lines("feed")) if line["kind"] == "metric")
    return found


@pytest.mark.usefixtures("note")
def test_a_field_is_set_right_logged_and_shown() -> None:
    held = metric()
    assert (held["unit"], held["value"]) == ("座", 12)
    (done,) = lines("correct", held["id"], "unit", "个", "--who", "李编辑")
    assert (done["old"], done["new"], done["who"]) == ("座", "个", "李编辑")
    (last,) = [line for line in lines("feed") if line["op"] == "MOD" and line["kind"] == "metric"]
    assert last["payload"]["unit"] == "个"
    assert lines("correct", held["id"], "value", "13")[0]["new"] == 13
    assert run("process", "--all").exit_code == 0
    assert (metric()["unit"], metric()["value"]) == ("个", 13)
    settings = load()
    with open_store(settings) as store, open_archive(settings, store) as archive, open_index(settings) as backend:
        page = TestClient(create(store, archive, backend), base_url="http://localhost").get(f"/articles/{held['article']}").text
    assert "人工校正：unit 由 座 改为 个（李编辑，" in page


def test_one_that_no_longer_fits_is_listed(note: Path) -> None:
    run("correct", metric()["id"], "unit", "个")
    assert lines("corrections", "--stale") == []
    note.write_text(NOTE.replace("监测站12座", "监测站18座"), "utf-8")
    assert run("import", "note.txt").exit_code == 0
    (held,) = lines("corrections")
    assert lines("corrections", "--stale") == [held]
    assert held["stale"]


@pytest.mark.usefixtures("note")
@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("quote", "9座", "no field"), ("value", "many", "many"), ("status", "certain", "certain"), ("colour", "red", "no field")],
)
def test_what_cannot_be_set(field: str, value: str, told: str) -> None:
    result = run("correct", metric()["id"], field, value)
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.usefixtures("note")
def test_a_record_that_is_not_there() -> None:
    result = run("correct", "none", "unit", "个")
    assert result.exit_code == 1
    assert "there is no record none" in str(result.exception)


@pytest.mark.usefixtures("note")
def test_nobody_with_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    result = run("correct", metric()["id"], "unit", "个")
    assert result.exit_code == 2
    assert "--who" in result.output
