"""The test node's own care: digests, Java versions, ports. Nodes themselves start in tests/index."""

from pathlib import Path

import pytest

from scripts import elasticsearch_node as nodes
from scripts import elasticsearch_program as program


def test_a_zip_with_another_digest_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGBAO_ES_HOME", str(tmp_path))
    (tmp_path / "zip").mkdir()
    (tmp_path / "zip" / f"elasticsearch-{program.DEFAULT}.zip").write_bytes(b"something else")
    with pytest.raises(program.NodeError, match="SHA-256"):
        program.fetch(program.DEFAULT)


def test_a_version_without_a_digest_is_refused() -> None:
    with pytest.raises(program.NodeError, match=r"7\.1"):
        program.fetch("7.1")


def test_java_is_known_by_its_release_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program.java_major(tmp_path) == 0
    (tmp_path / "release").write_text('IMPLEMENTOR="x"\nJAVA_VERSION="99.0.1"\n', "utf-8")
    assert program.java_major(tmp_path) == 99
    monkeypatch.setenv("ES_JAVA_HOME", str(tmp_path))
    assert program.java_home("9.2.0") == tmp_path


def test_settings_listen_on_loopback_only(tmp_path: Path) -> None:
    made = nodes.settings(tmp_path, 9200, 9300, security=True)
    assert made["network.host"] == "127.0.0.1"
    assert made["xpack.security.enabled"] is True


def test_status_without_a_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("QINGBAO_ES_HOME", str(tmp_path))
    assert nodes.main(["status"]) == 1
    assert "no node" in capsys.readouterr().out
    assert nodes.main(["stop"]) == 0
