"""Imported files are captures like fetched pages: archived, stable in name, never doubled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive import Archive
from scripts.importing import RefusedPathError, import_files, named_files
from store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as opened:
        yield opened


@pytest.fixture
def archive(tmp_path: Path, store: Store) -> Iterator[Archive]:
    with Archive(tmp_path / "warc", store.crawling) as opened:
        yield opened


def files(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_names_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    one = files(tmp_path / "x" / "docs", a="甲", b="乙")
    two = files(tmp_path / "y" / "docs", a="甲", b="乙")
    (one / ".hidden").write_text("no", "utf-8")
    assert set(named_files([one])) == set(named_files([two])) == {"import:docs/a.txt", "import:docs/b.txt"}
    assert set(named_files([one], "2024/")) == {"import:2024/docs/a.txt", "import:2024/docs/b.txt"}


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    one, two = files(tmp_path / "x", a="甲"), files(tmp_path / "y", a="乙")
    with pytest.raises(RefusedPathError, match=r"same import name import:a\.txt.*--as"):
        named_files([one / "a.txt", two / "a.txt"])
    assert len(named_files([one / "a.txt", one / "a.txt"])) == 1


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedPathError, match="nowhere"):
        named_files([tmp_path / "nowhere"])


def test_bytes_are_archived_once(tmp_path: Path, store: Store, archive: Archive) -> None:
    folder = files(tmp_path / "docs", a="甲", b="乙")
    assert import_files(store, archive, [folder], published="2024-01-02").new == 2
    assert import_files(store, archive, [folder]).new == 0
    captures = store.unread("any")
    assert [c.url for c in captures] == ["import:docs/a.txt", "import:docs/b.txt"]
    assert captures[0].hints == (("date", "2024-01-02"),)
    assert [archive.read(c.warc).decode() for c in captures if c.warc] == ["甲", "乙"]
    (folder / "a.txt").write_text("甲二", "utf-8")
    assert import_files(store, archive, [folder]).new == 1
    assert len(store.unread("any")) == 2


def test_a_day_that_is_given_later_is_read_again(tmp_path: Path, store: Store, archive: Archive) -> None:
    folder = files(tmp_path / "docs", a="甲", b="乙")
    import_files(store, archive, [folder])
    for capture in store.unread("r/1"):
        store.mark_read(capture, "r/1")
    assert import_files(store, archive, [folder / "a.txt"], published="2024-01-02").new == 1  # named by itself it is another page
    assert import_files(store, archive, [folder], published="2024-01-02").new == 0
    assert {c.url: c.hints for c in store.unread("r/1")} == dict.fromkeys(
        ("import:a.txt", "import:docs/a.txt", "import:docs/b.txt"), (("date", "2024-01-02"),)
    )
    for capture in store.unread("r/1"):
        store.mark_read(capture, "r/1")
    import_files(store, archive, [folder], published="2024-01-02")
    import_files(store, archive, [folder])  # without a day: what was given stands
    assert store.unread("r/1") == []
    import_files(store, archive, [folder], published="2024-01-03")
    assert len(store.unread("r/1")) == 2


def test_names_are_urls_that_people_can_read(tmp_path: Path) -> None:
    assert set(named_files([files(tmp_path / "文件", **{"一 二#50%": "甲"})])) == {"import:文件/一%20二%2350%25.txt"}
