"""Backup and restore: the whole truth as of one moment, or a clear refusal."""

import os
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import Archive
from store import Store, StoreError
from store.backup import backup, restore
from tests.store.made import capture, reading
from tests.store.mirror import Mirror, follow, tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "warc"


def crawled(store: Store, archive: Path, numbers: range) -> None:
    """Fetch and put pages, their bytes in the archive."""
    made = [reading(f"第{n}批 12 家。", "12 家", url=f"https://kj.example.cn/{n}.html") for n in numbers]
    with Archive(archive, store.crawling) as opened:
        store.crawling.put(opened.add([m.capture for m in made]))  # type: ignore[misc]
    store.put_many(made)


def everything(url: str, archive: Path) -> tuple[Mirror, list[bytes], dict[str, object]]:
    with Store.open(url) as store, Archive(archive, store.crawling) as opened:
        mirror: Mirror = {}
        follow(store, mirror)
        assert mirror == tables(store)
        bodies = [opened.read(c.warc) for c in store.unread("") if c.warc]
        return mirror, bodies, {"counts": store.counts(), "seq": store.last_seq(), "place": store.place("index")}


def test_what_is_restored_is_what_was_backed_up(url: str, archive: Path, tmp_path: Path) -> None:
    with Store.open(url) as store:
        crawled(store, archive, range(20))
        store.set_place("index", 7)
        record = next(iter(store.snapshot()[1]))[1][0]
        store.correct(record.id, "indicator", None, "孵化器", who="li")
        manifest = backup(url, archive, tmp_path / "b" / "q.tar")
        before = everything(url, archive)
        crawled(store, archive, range(20, 25))  # not in the backup
    assert (manifest.captures, manifest.articles, manifest.seq) == (20, 20, 41)
    target, folder = f"sqlite:///{tmp_path / 'new' / 'q.db'}", tmp_path / "new" / "warc"
    assert restore(tmp_path / "b" / "q.tar", target, folder) == manifest
    assert everything(target, folder) == before
    assert len(before[1]) == 20
    assert not list((tmp_path / "new").rglob("*.part"))
    with Store.open(target) as store:  # and it goes on
        crawled(store, folder, range(18, 30))
        assert store.counts().captures == 30


def test_the_archive_is_cut_at_what_the_store_knows(url: str, archive: Path, tmp_path: Path) -> None:
    with Store.open(url) as store:
        crawled(store, archive, range(3))
    (file,) = archive.rglob("*.warc.gz")
    whole = file.read_bytes()
    file.write_bytes(whole + b"torn tail of a writer that is at work")
    (archive / "unknown.warc.gz").write_bytes(b"not acknowledged")
    backup(url, archive, tmp_path / "q.tar")
    restore(tmp_path / "q.tar", f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new")
    assert [p.read_bytes() for p in (tmp_path / "new").rglob("*") if p.is_file()] == [whole]


def test_a_backup_while_others_write(url: str, archive: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    Store.open(url).close()
    command = [sys.executable, "-m", "tests.store.writer", url, "0", "150"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    assert child.stdout is not None
    child.stdout.readline()
    manifests = [backup(url, archive, tmp_path / f"{n}.tar") for n in range(3)]
    child.communicate()
    for n, manifest in enumerate(manifests):
        target = f"sqlite:///{tmp_path / f'{n}.db'}"
        restore(tmp_path / f"{n}.tar", target, tmp_path / f"warc{n}")
        mirror, _, seen = everything(target, tmp_path / f"warc{n}")
        assert seen["seq"] == manifest.seq == len(mirror)


def test_bytes_that_are_missing_are_said(url: str, archive: Path, tmp_path: Path) -> None:
    with Store.open(url) as store:
        crawled(store, archive, range(3))
    (file,) = archive.rglob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(StoreError, match=r"\.warc\.gz: the store knows"):
        backup(url, archive, tmp_path / "q.tar")
    assert not (tmp_path / "q.tar").exists()
    assert not list(tmp_path.glob(".backup-*"))


def test_nothing_is_overwritten(url: str, archive: Path, tmp_path: Path) -> None:
    with Store.open(url) as store:
        crawled(store, archive, range(2))
    file = tmp_path / "q.tar"
    backup(url, archive, file)
    with pytest.raises(StoreError, match="exists already"):
        backup(url, archive, file)
    with pytest.raises(StoreError, match=r"qingbao\.db is not empty"):
        restore(file, url, tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="warc is not empty"):
        restore(file, f"sqlite:///{tmp_path / 'other.db'}", archive)
    with pytest.raises(StoreError, match="no store here"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", archive, tmp_path / "none.tar")


def test_torn_and_altered_files_are_refused(url: str, archive: Path, tmp_path: Path) -> None:
    with Store.open(url) as store:
        crawled(store, archive, range(5))
    file = tmp_path / "q.tar"
    backup(url, archive, file)
    whole = file.read_bytes()
    place = tmp_path / "new"
    altered = bytearray(whole)
    altered[5000] ^= 1
    for name, data in (("half", whole[: len(whole) // 2]), ("none", b""), ("altered", bytes(altered)), ("text", b"no tar at all " * 999)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(StoreError, match=name):
            restore(tmp_path / name, f"sqlite:///{place / 'q.db'}", place / "warc")
        assert not (place / "q.db").exists()


def test_a_place_is_as_empty_after_a_failure_as_before(url: str, archive: Path, tmp_path: Path) -> None:
    with Store.open(url) as store:
        crawled(store, archive, range(5))
    file, torn, place = tmp_path / "q.tar", tmp_path / "torn.tar", tmp_path / "new"
    backup(url, archive, file)
    with tarfile.open(file) as tar:
        last = [m for m in tar.getmembers() if m.name.startswith("warc/")][-1]
    altered = bytearray(file.read_bytes())
    altered[last.offset_data + 9] ^= 1  # the database before it is whole
    torn.write_bytes(altered)
    with pytest.raises(StoreError, match="is not as it was backed up"):
        restore(torn, f"sqlite:///{place / 'q.db'}", place / "warc")
    assert not [path for path in place.rglob("*") if path.is_file()]
    restore(file, f"sqlite:///{place / 'q.db'}", place / "warc")


def test_names_that_lead_out_of_the_archive_are_refused(url: str, tmp_path: Path) -> None:
    with Store.open(url) as store:
        hostile = replace(capture("a"), warc=None)
        store.crawling.put([hostile])
        with store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE captures SET warc_file = '../../secret', warc_offset = 0, warc_length = 1")
    with pytest.raises(StoreError, match="secret"):
        backup(url, tmp_path / "warc", tmp_path / "q.tar")


def test_the_commands(tmp_path: Path) -> None:
    """Through the real command line, in a data folder of its own."""

    def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "QINGBAO_DATA": str(data)}
        code = f"import sys, typer; from scripts.commands.store import {arguments[0]}; typer.run({arguments[0]})"
        return subprocess.run(
            [sys.executable, "-c", code, *arguments[1:]], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    with Store.open(f"sqlite:///{tmp_path / 'one' / 'qingbao.db'}") as store:
        crawled(store, tmp_path / "one" / "warc", range(4))
    done = run(tmp_path / "one", "backup", "q.tar")
    assert (done.returncode, done.stdout.count("4 captures, 4 articles")) == (0, 1), done.stderr
    done = run(tmp_path / "two", "restore", "q.tar")
    assert done.returncode == 0, done.stderr
    with Store.open(f"sqlite:///{tmp_path / 'two' / 'qingbao.db'}") as store:
        assert store.counts().articles == 4
    assert run(tmp_path / "two", "restore", "q.tar").returncode != 0
    assert tarfile.is_tarfile(tmp_path / "q.tar")
