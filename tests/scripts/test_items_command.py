"""qingbao items: from files, from the store, its schema, and that every line keeps to it."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer
from typer.testing import CliRunner

from extractors.item import Item
from extractors.records import extract
from scripts.commands.items import items
from scripts.settings import load
from scripts.wiring import open_store
from store import Reading
from tests.store import made

TEXT = "湛江海洋大学许海澜教授团队从事海藻育种研究。\n湛江海洋大学建成潮汐能公共测试平台。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, code: int = 0) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(items)
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def lines(*words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*words).splitlines()]


def test_files(folder: Path) -> None:
    path = folder / "news.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert [(i["library"], i["title"]) for i in lines(str(path))] == [("supply", "潮汐能公共测试平台"), ("talent", "许海澜团队")]
    (only,) = lines("--library", "talent", str(path))
    assert only["talent"]["organisation"] == "湛江海洋大学"
    assert only["evidence"][0]["quote"] in TEXT


def test_a_file_that_cannot_be_read_is_told_and_stops_no_other(folder: Path) -> None:
    good, bad = folder / "news.txt", folder / "broken.pdf"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 no more than that")
    output = run(str(bad), str(good), code=3)
    assert "broken.pdf" in output
    assert "许海澜团队" in output


@pytest.mark.usefixtures("folder")
def test_the_store_joins_reprints() -> None:
    with open_store(load()) as store:
        for url in ("https://kj.example.cn/1.html", "https://other.example.cn/2.html"):
            capture = made.capture(TEXT, url)
            article = made.article(capture, TEXT)
            store.put_many([Reading(capture=capture, articles=[article], records=extract(article))])
    (item,) = lines("--library", "talent")
    assert len(item["evidence"]) == 2
    assert lines("--library", "demand") == []


@pytest.mark.usefixtures("folder")
def test_schema_and_lines_agree(tmp_path: Path) -> None:
    schema = json.loads(run("--schema"))
    assert {"id", "library", "evidence", "policy", "opportunity"} <= schema["$defs"]["Item"]["properties"].keys()
    path = tmp_path / "news.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert all(msgspec.json.decode(line.encode(), type=Item, strict=True) for line in run(str(path)).splitlines())


@pytest.mark.usefixtures("folder")
def test_an_unknown_library_is_wrong_use() -> None:
    assert "policy, supply" in run("--library", "patents", code=2)
