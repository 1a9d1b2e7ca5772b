"""A document that this machine could not read for want of a program is kept, left alone, and read once the program is there."""

import itertools
import os
from pathlib import Path

import pytest

from crawler.archive import Archive
from extractors import means
from extractors.readers import office, scan
from extractors.version import version
from scripts.importing import import_files
from scripts.processing import process, to_read
from scripts.settings import load
from scripts.wiring import open_archive, open_store
from store import Store

RTF = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 \'ce\'ef\'ca\'c2\u30002?\par}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path / "data"))
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def processed(store: Store, archive: Archive) -> tuple[int, int]:
    done = process(load(), store, archive)
    return done.documents, done.refused


@pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")
def test_an_old_document_waits_for_libreoffice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", str(folder))
    if office.installed():
        pytest.skip("LibreOffice is found without PATH here")
    (folder / "old.rtf").write_bytes(RTF)
    (folder / "note.txt").write_text("全县春播进度过半。\n", "utf-8")
    with open_store(load()) as store, open_archive(load(), store) as archive:
        import_files(store, archive, [folder])
        assert processed(store, archive) == (1, 1)
        assert [q.reason for q in store.quarantined()] == ["needs-libreoffice"]
        assert to_read(store) == []
        assert processed(store, archive) == (0, 0)
        monkeypatch.setenv("PATH", path)
        assert [c.url for c in to_read(store)] == ["import:papers/old.rtf"]
        assert processed(store, archive) == (1, 0)
        assert store.quarantined() == []
        assert to_read(store) == []


def test_what_was_lacking_is_noted_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking: set[str] = set()
    monkeypatch.setattr(means, "NEEDS", {code: lambda code=code: code not in lacking for code in means.NEEDS})
    assert means.as_good() == (version(),)
    assert means.read_by(["needs-ocr", "damaged-text"]) == version()  # it was there, and did not help: not again
    lacking |= {"needs-ocr", "needs-libreoffice"}
    words = {means.read_by(codes) for n in range(3) for codes in itertools.combinations(sorted(lacking), n)}
    assert set(means.as_good()) == words
    assert len(words) == 4
    lacking.discard("needs-ocr")
    assert len(words - set(means.as_good())) == 2


def test_the_extras_are_asked_for_where_they_are() -> None:
    assert means.NEEDS["needs-ocr"] is scan.available
    assert means.NEEDS["needs-libreoffice"] is office.installed
