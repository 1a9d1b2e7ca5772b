"""The address that the portal listens on."""

import dataclasses
import socket
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.processes import python
from scripts import cli
from scripts.commands.serving import bound, run_portal
from scripts.settings import Settings, SettingsError


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"127.0.0.1 port {port}: .*--port 0"):
            run_portal(dataclasses.replace(Settings(), data=tmp_path / "data"), "127.0.0.1", port, work=False, sources=())
    assert not (tmp_path / "data").exists()  # said before anything was opened


def test_the_background_process_is_this_program_wherever_it_starts(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "__init__.py").write_text("raise SystemExit(7)", "utf-8")
    command, environment = python("scripts.cli", "work", "--help")
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "background process" in done.stdout


def test_a_free_port_is_found() -> None:
    with bound("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_what_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="port 70000: a port is a number from 0 to 65535"):
        bound("127.0.0.1", 70000)
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path))
    for command in ("serve", "demo"):
        done = CliRunner().invoke(cli.registered(command), [command, "--port", "70000"])
        assert done.exit_code == 2
        assert "65535" in done.output
