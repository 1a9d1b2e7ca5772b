"""Settings come from one file and the environment, and a misspelt one never passes in silence."""

from pathlib import Path

import pytest

from scripts.settings import Settings, SettingsError, load


def test_defaults() -> None:
    settings = load({})
    assert settings == Settings()
    assert settings.database_url.endswith("qingbao-data/qingbao.db")
    assert settings.archive_path == Path("qingbao-data/warc")


def test_environment_wins_over_file(tmp_path: Path) -> None:
    file = tmp_path / "q.toml"
    file.write_text('data = "here"\n[search]\nengine = "elasticsearch"\nurl = "http://a:1"\n', "utf-8")
    settings = load({"QINGBAO_CONFIG": str(file), "QINGBAO_SEARCH_URL": "http://b:2", "QINGBAO_PORTAL_PORT": "81"})
    assert (settings.data, settings.search.engine, settings.search.url, settings.portal.port) == (Path("here"), "elasticsearch", "http://b:2", 81)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"QINGBAO_SEARCH_ENGIN": "tantivy"}, ["search.engin"]),
        ({"QINGBAO_SEARCH_ENGINE": "solr"}, ["solr"]),
        ({"QINGBAO_PORTAL_PORT": "eighty"}, ["portal.port"]),
        ({"QINGBAO_CONFIG": "nowhere.toml"}, ["nowhere.toml", "no such"]),
    ],
)
def test_wrong_settings_are_named(variables: dict[str, str], words: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load(variables)
    assert all(word in str(caught.value) for word in words)


def test_unknown_key_of_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.toml"
    file.write_text("[search]\nengin = 'x'\n", "utf-8")
    with pytest.raises(SettingsError, match=r"q\.toml.*search\.engin"):
        load({"QINGBAO_CONFIG": str(file)})


def test_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.toml"
    file.write_text("data = [", "utf-8")
    with pytest.raises(SettingsError, match=r"q\.toml"):
        load({"QINGBAO_CONFIG": str(file)})
