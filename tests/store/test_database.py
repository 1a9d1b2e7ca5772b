"""Opening, migrating, refusing, sharing; a full disk."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store import DiskFullError, NewerStoreError, Store, StoreError
from store.database import HEAD, MIGRATIONS, connect, migrate
from store.tables import metadata
from tests.store.made import put, reading


def described(engine: sa.Engine) -> dict[str, object]:
    inspector = sa.inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in inspector.get_columns(table)],
            sorted((i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in inspector.get_indexes(table)),
            sorted(tuple(u["column_names"]) for u in inspector.get_unique_constraints(table)),
            sorted((tuple(f["constrained_columns"]), f["referred_table"]) for f in inspector.get_foreign_keys(table)),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_migrations_from_empty_make_the_tables_of_the_code(url: str, tmp_path: Path) -> None:
    with Store.open(url) as store:
        migrated = described(store.engine)
    declared = connect(f"sqlite:///{tmp_path / 'declared.db'}")
    metadata.create_all(declared)
    assert migrated == described(declared)
    assert set(migrated) == set(metadata.tables)


def test_head_is_the_newest_step() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


@pytest.mark.parametrize("step", [s.revision for s in ScriptDirectory(str(MIGRATIONS)).walk_revisions()])
def test_a_store_of_each_older_step_is_brought_up_to_date(url: str, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(url)
    with monkeypatch.context() as patch:
        patch.setattr("store.database.HEAD", step)
        migrate(engine)
    engine.dispose()
    with Store.open(url) as store, store.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
        assert put(store, reading("甲 1 家。", "1 家")) == [("ADD", "article"), ("ADD", "metric")]


def test_a_newer_store_is_refused(url: str, tmp_path: Path) -> None:
    Store.open(url).close()
    with sqlite3.connect(tmp_path / "qingbao.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(NewerStoreError, match=r"qingbao\.db is at step 9999.*update"):
        Store.open(url)


@pytest.mark.parametrize("url_", ["postgresql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url_: str) -> None:
    with pytest.raises(StoreError, match="only SQLite files"):
        Store.open(url_)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database " * 1000, "utf-8")
    with pytest.raises(StoreError, match=r"notes\.txt"):
        Store.open(f"sqlite:///{tmp_path / 'notes.txt'}")


def test_folders_are_made_and_strange_names_work(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / '科 情 100%' / 'a' / 'q.db'}") as store:
        assert store.counts().articles == 0


@pytest.mark.parametrize(("setting", "level"), [("NORMAL", 1), ("FULL", 2)])
def test_pragmas(url: str, setting: str, level: int) -> None:
    with Store.open(url, synchronous=setting) as store, store.engine.connect() as connection:  # type: ignore[arg-type]
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == level
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_many_threads_share_one_store(store: Store) -> None:
    def write(n: int) -> int:
        put(store, reading(f"甲 {n} 家。", f"{n} 家", url=f"https://kj.example.cn/{n}.html"))
        return len(store.records_of(reading("", url=f"https://kj.example.cn/{n}.html").articles[0].id))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(write, range(1, 41))) == [1] * 40
    assert [line.seq for line in store.changes(0)] == list(range(1, 81))


OPEN = "import sys; from store import Store; Store.open(sys.argv[1]).close()"


def test_several_processes_open_a_new_store_at_once(url: str) -> None:
    children = [subprocess.Popen([sys.executable, "-c", OPEN, url], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(child.wait(120), child.communicate()[1]) for child in children] == [(0, b"")] * 4
    Store.open(url).close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB; skipped where none can be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount command here")
    if done.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {done.stderr.decode(errors='replace').strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(store: Store, acknowledged: list[str]) -> None:
    for n in range(1000):
        made = reading(f"甲 {n} 家。" * 200, f"{n} 家", url=f"https://kj.example.cn/{n}.html")
        put(store, made)
        acknowledged.append(made.articles[0].id)


def test_a_full_disk_is_said_and_loses_nothing_acknowledged(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk / 'q.db'}"
    acknowledged: list[str] = []
    with Store.open(url) as store:
        with pytest.raises(DiskFullError, match="no room left"):
            fill(store, acknowledged)
        assert len(acknowledged) > 5
        assert [a.id for a in store.articles(acknowledged)] == acknowledged
    with Store.open(url) as store:  # and after a new start
        assert [a.id for a in store.articles(acknowledged)] == acknowledged
        assert store.counts().articles == len(acknowledged)
        assert [line.id for line in store.changes(0, 10**6) if line.kind == "article"] == acknowledged
