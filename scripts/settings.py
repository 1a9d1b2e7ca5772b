"""One settings object, read once: qingbao.toml, then QINGBAO_* variables. Each package gets its own frozen section.

A variable names its section and key: QINGBAO_SEARCH_ENGINE=elasticsearch sets [search] engine. QINGBAO_DATA, QINGBAO_DATABASE and
QINGBAO_ARCHIVE set the top level; QINGBAO_CONFIG names another file than ./qingbao.toml.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

import msgspec


class SettingsError(Exception):
    """A setting that cannot be used; the message names the file or variable, the key and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlerSettings:
    user_agent: str = "qingbao/0.1 (policy research; honours robots.txt)"
    delay: float = 5.0  # seconds between requests to one host
    concurrency: int = 8  # sources crawled at a time; each is fetched one request at a time
    timeout: float = 30.0  # seconds a response
    max_bytes: int = 64_000_000  # a response larger than this is refused
    sources: str = ""  # a folder of further source files


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    synchronous: Literal["NORMAL", "FULL"] = "NORMAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    readers: int = 2  # sandbox children
    workers: int = 2  # extraction processes; 0 = in this one
    tagger: str = "rules"  # rules | lac | hanlp
    hanlp_model: str = ""  # name or local folder for hanlp.load
    names: str = ""  # a folder of further authority files (names learn, names import)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSettings:
    engine: Literal["tantivy", "elasticsearch"] = "tantivy"
    url: str = "http://127.0.0.1:9200"
    prefix: str = "qingbao"  # of index names
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca_certs: str = ""
    fingerprint: str = ""  # SHA-256 of the server's certificate
    timeout: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalSettings:
    host: str = "127.0.0.1"
    port: int = 8765
    title: str = "科情"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSettings:
    interval: float = 1.0  # seconds between looks at the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    data: Path = Path("qingbao-data")
    database: str = ""  # SQLAlchemy URL; default: qingbao.db in `data`
    archive: Path | None = None  # WARC folder; default: warc in `data`
    crawler: CrawlerSettings = field(default_factory=CrawlerSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    portal: PortalSettings = field(default_factory=PortalSettings)
    work: WorkSettings = field(default_factory=WorkSettings)

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.data / 'qingbao.db').resolve().as_posix()}"

    @property
    def archive_path(self) -> Path:
        return self.archive or self.data / "warc"

    @property
    def index_path(self) -> Path:
        return self.data / "index"


SECTIONS = ("crawler", "store", "extract", "search", "portal", "work")
TOP = ("data", "database", "archive")


def _from_variables(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in environ.items():
        key = name.removeprefix("QINGBAO_").lower()
        if key == name.lower() or not value:
            continue
        if key in TOP:
            found[key] = value
            continue
        section, _, option = key.partition("_")
        if section in SECTIONS and option:
            found.setdefault(section, {})[option] = value
    return found


def _from_file(path: Path, *, required: bool) -> dict[str, Any]:
    if not path.is_file():
        if required:
            raise SettingsError(f"{path}: no such settings file (QINGBAO_CONFIG)")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _known(data: Mapping[str, Any], where: str) -> None:
    """Unknown keys are refused: a misspelt setting must not pass in silence."""
    kinds = {f.name: f.default_factory for f in fields(Settings)}
    for key, value in data.items():
        if key not in kinds:
            raise SettingsError(f"{where}: unknown setting {key!r}")
        if key in SECTIONS:
            known = {f.name for f in fields(kinds[key])}  # type: ignore[arg-type]
            for option in value if isinstance(value, dict) else ():
                if option not in known:
                    raise SettingsError(f"{where}: unknown setting {key}.{option}")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the file and the environment; the environment wins. Raises SettingsError."""
    environ = os.environ if environ is None else environ
    path = Path(environ.get("QINGBAO_CONFIG") or "qingbao.toml")
    data = _from_file(path, required="QINGBAO_CONFIG" in environ)
    _known(data, str(path))
    variables = _from_variables(environ)
    _known(variables, "QINGBAO_* variables")
    for key, value in variables.items():
        data[key] = {**data.get(key, {}), **value} if isinstance(value, dict) else value
    try:
        return msgspec.convert(data, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise SettingsError(f"settings ({path} and QINGBAO_*): {error}") from error


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)
