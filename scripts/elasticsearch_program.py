"""The Elasticsearch program that tests run: from Maven Central, checked against its digest, and a Java that it runs on."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Final

ARTIFACT: Final = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
DIGESTS: Final = {  # SHA-256 of the zip
    "8.19.5": "5d3a8f63f66d828a24d29f88819bf2c6e695d124c470da3ab92a5d6cc1397785",
    "9.2.0": "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b",
}
DEFAULT: Final = "8.19.5"
JAVA: Final = {"8": 17, "9": 21}  # least Java by major version


class NodeError(Exception):
    """The node cannot be fetched or started; the message says why."""


def home() -> Path:
    """Where zips, programs and nodes lie: QINGBAO_ES_HOME, else a folder of the temporary directory, which other users can read."""
    return Path(os.environ.get("QINGBAO_ES_HOME") or Path(tempfile.gettempdir()) / "qingbao-elasticsearch")


def java_major(java_home: Path) -> int:
    """17 of a JDK's release file; 0 when it is none."""
    release = java_home / "release"
    lines = release.read_text("utf-8").splitlines() if release.is_file() else []
    version = next((line.split('"')[1] for line in lines if line.startswith("JAVA_VERSION=")), "0")
    return int(version.split(".")[0])


def java_home(version: str) -> Path:
    """A JDK new enough for that server. Raises NodeError."""
    least = JAVA[version.partition(".")[0]]
    java = shutil.which("java")
    named = [os.environ.get(n) for n in ("ES_JAVA_HOME", "JAVA_HOME")]
    places = [Path(n) for n in named if n]
    places += [Path(java).resolve().parents[1]] if java else []
    places += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    for place in places:
        if java_major(place) >= least:
            return place
    raise NodeError(f"Elasticsearch {version} needs Java {least} or later; looked in {', '.join(map(str, places)) or 'nothing'}")


def available() -> str | None:
    """None when a node can be had here, else the reason why not."""
    if not shutil.which("mvn"):
        return "Maven is not installed"
    try:
        java_home(DEFAULT)
    except NodeError as error:
        return str(error)
    return None


def fetch(version: str) -> Path:
    """The zip, from the cache or from Maven. Raises NodeError when its digest is another."""
    if version not in DIGESTS:
        raise NodeError(f"Elasticsearch {version}: no digest is pinned; known are {', '.join(DIGESTS)}")
    folder = home() / "zip"
    path = folder / f"elasticsearch-{version}.zip"
    if not path.is_file():
        maven = shutil.which("mvn")
        if not maven:
            raise NodeError("Maven is not installed")
        done = subprocess.run(
            [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT.format(version=version)}", f"-DoutputDirectory={folder}"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode or not path.is_file():
            raise NodeError(f"Maven could not fetch {ARTIFACT.format(version=version)}: {done.stdout[-500:]}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != DIGESTS[version]:
        raise NodeError(f"{path}: SHA-256 is {digest}, not {DIGESTS[version]}")
    return path


def unpack(version: str) -> Path:
    program = home() / "program" / f"elasticsearch-{version}"
    if not program.is_dir():
        draft = Path(tempfile.mkdtemp(prefix="unpack-", dir=home()))
        with zipfile.ZipFile(fetch(version)) as archive:
            archive.extractall(draft)
        inner = draft / f"elasticsearch-{version}"
        for script in (inner / "bin").iterdir():
            script.chmod(0o755)
        program.parent.mkdir(parents=True, exist_ok=True)
        inner.replace(program)
        shutil.rmtree(draft)
        _open_to_all(program)
    return program


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
