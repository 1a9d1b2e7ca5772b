"""The documents keep up with the program."""

import re
import shlex
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import msgspec
import pytest
from fastapi.routing import APIRoute
from typer.main import get_command
from typer.testing import CliRunner

from crawler.source import Source
from portal.app import ROUTERS
from scripts import cli
from scripts.settings import SECTIONS, Settings, load

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted(get_command(cli.registered()).commands)  # type: ignore[attr-defined]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_has_help(command: str) -> None:
    assert f"`qingbao {command}" in text("docs/operating.md")
    help_ = CliRunner().invoke(cli.registered(), [command, "--help"])
    assert help_.exit_code == 0
    assert len(help_.output) > 100


def test_the_commands_that_are_not_loaded_say_the_same_of_themselves() -> None:
    loaded, named = (CliRunner().invoke(cli.registered(only), ["--help"], env={"COLUMNS": "200"}).output for only in (None, ""))
    lines = [line for line in loaded.splitlines() if not line.strip().startswith("names ")]
    assert len(lines) > len(COMMANDS)
    assert set(lines) <= set(named.splitlines())
    assert "\n  names " in named


def keys(kind: type, seen: set[type] | None = None) -> set[str]:
    """The keys of a YAML type, those of its parts included."""
    seen = seen if seen is not None else set()
    found = set()
    for field in msgspec.structs.fields(kind):
        found.add(field.encode_name)
        for part in (field.type, *getattr(field.type, "__args__", ())):
            if isinstance(part, type) and issubclass(part, msgspec.Struct) and part not in seen:
                seen.add(part)
                found |= keys(part, seen)
    return found


@pytest.mark.parametrize("key", sorted(keys(Source)))
def test_every_key_of_a_source_is_documented(key: str) -> None:
    assert re.search(rf"\b{key}\b", text("docs/adding-a-source.md"))


def test_every_address_of_the_api_is_documented() -> None:
    shown = (router for router in ROUTERS if router.include_in_schema)
    paths = {route.path for router in shown for route in router.routes if isinstance(route, APIRoute) and route.include_in_schema}
    assert len(paths) > 5
    assert {path for path in paths if f"`{path}`" not in text("docs/operating.md")} == set()


def commands(name: str) -> list[str]:
    """Lines of shell blocks that call qingbao."""
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", text(name), re.S)
    return [line.removeprefix("$ ").split("  #")[0].strip() for block in blocks for line in block.splitlines() if "qingbao " in line]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/operating.md", "docs/query-language.md", "docs/adding-a-source.md"])
def test_the_commands_in_the_documents_exist(name: str) -> None:
    for line in commands(name):
        words = shlex.split(line)
        command = words[words.index("qingbao") + 1]
        assert command in COMMANDS, line
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        help_ = CliRunner().invoke(cli.registered(), [command, "--help"], env={"COLUMNS": "200"}).output
        assert all(option in help_ for option in options), line


def test_every_setting_is_documented_with_its_default(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", text("docs/operating.md"), re.S)
    assert block
    file = tmp_path / "qingbao.toml"
    file.write_text(block[1], "utf-8")
    told = load({"QINGBAO_CONFIG": str(file)})
    assert told.archive_path == Settings().archive_path
    assert replace(told, archive=None) == Settings()
    tables = tomllib.loads(block[1])
    assert {*tables} == {f.name for f in fields(Settings)}
    for section in SECTIONS:
        assert {*tables[section]} == {f.name for f in fields(getattr(told, section))}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_figures_name_their_script(name: str) -> None:
    """A figure of quality (F1 0.96) stands in a document that names the script which measured it."""
    if re.search(r"\b0\.\d\d", text(name)):
        assert "scripts.bench" in text(name)
