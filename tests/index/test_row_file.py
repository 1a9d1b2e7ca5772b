"""Rows beside the embedded index: what was appended is read again, whatever happened in between."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.embedded import Embedded
from index.errors import SearchError
from index.query import Request, Sort, Word
from index.row_file import RowFile
from index.rows import ArticleRow

ROOT = Path(__file__).resolve().parents[2]
SKELETON = b'{"id":"","title":"","text":""}'


def filled(path: Path, rows: list[bytes]) -> list[int]:
    writer = RowFile(path, SKELETON).writer()
    places = [writer.append(row) for row in rows]
    writer.sync()
    writer.close()
    return places


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.binary(max_size=2000), max_size=20))
def test_rows_are_read_as_they_were_written(tmp_path: Path, rows: list[bytes]) -> None:
    """In any order, and behind what the file already held."""
    places = filled(tmp_path / "r", rows)
    assert RowFile(tmp_path / "r", SKELETON).read(places[::-1]) == rows[::-1]


def test_the_end_of_a_write_that_was_cut_off_is_in_no_rows_way(tmp_path: Path) -> None:
    (first,) = filled(tmp_path / "r", [b"first"])
    with (tmp_path / "r").open("ab") as file:
        file.write(b"half of a ro")
    (second,) = filled(tmp_path / "r", [b"second"])
    assert RowFile(tmp_path / "r", SKELETON).read([second, first]) == [b"second", b"first"]


def test_a_file_that_was_cut_is_said(tmp_path: Path) -> None:
    (place,) = filled(tmp_path / "r", [b"a row of some length"])
    (tmp_path / "r").write_bytes((tmp_path / "r").read_bytes()[:-3])
    with pytest.raises(SearchError, match="--rebuild"):
        RowFile(tmp_path / "r", SKELETON).read([place])


def test_threads_may_share_a_file(tmp_path: Path) -> None:
    rows = [bytes([n]) * (n * 7) for n in range(200)]
    places = filled(tmp_path / "r", rows)
    file = RowFile(tmp_path / "r", SKELETON)
    wrong: list[int] = []

    def read(start: int) -> None:
        for n in range(start, 200, 3):
            if file.read([places[n], places[-1]]) != [rows[n], rows[-1]]:
                wrong.append(n)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_search_goes_on_in_rows_that_were_replaced(tmp_path: Path) -> None:
    """A page of a snapshot shows the text that was found, though the row was changed and the index rebuilt since."""
    old = [ArticleRow(id=f"a{n}", article=f"a{n}", text=f"网箱第{n}号", source="s", article_kind="news", date="2021-01-01") for n in range(6)]
    new = [ArticleRow(id=r.id, article=r.id, text="渔场", source="s", article_kind="news", date="2021-01-01") for r in old]
    with Embedded(tmp_path) as backend:
        backend.rebuild(old, 1)
        asked = Request(where=Word("网箱"), sort=Sort("date"), size=2, snapshot=True)
        page = backend.search(asked)
        seen = [h.row.text for h in page.hits]
        backend.apply(new, [], 2)
        backend.rebuild(new, 3)
        while page.next:
            page = backend.search(Request(where=Word("网箱"), sort=Sort("date"), size=2, snapshot=True, cursor=page.next))
            seen += [h.row.text for h in page.hits]
        assert sorted(seen) == [r.text for r in old]
        assert backend.search(Request(where=Word("网箱"))).total == 0


FULL = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from random import Random
from index.embedded import Embedded
from index.errors import ReadOnly
from index.rows import ArticleRow

rng = Random(4)
row = ArticleRow(id="a0", article="a0", text="网箱", source="s", article_kind="news")
long = [replace(row, id=f"long{n}", url=rng.randbytes(9000).hex()) for n in range(40)]
with Embedded(Path(sys.argv[1])) as backend:
    backend.apply([row], [], 1)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    for _ in range(2):
        try:
            backend.apply([replace(row, text="渔场"), *long], [], 2)
            print("not full")
        except ReadOnly:
            print("full")
    print(*(r.id + r.text for r in backend.rows("articles")))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    later = [replace(row, id="a1", text="牧场"), long[0]]
    backend.apply(later, [], 3)
    print(sorted(backend.rows("articles"), key=lambda r: r.id) == [row, *later])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_full_disk_changes_nothing_and_is_forgotten_once_there_is_room(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", "-c", FULL, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.split("\n")[:4] == ["full", "full", "a0网箱", "True"]


def test_a_reader_in_another_process_reads_what_was_appended_later(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.embedded import Embedded; from index.query import Request, Word\n"
        "backend = Embedded(Path(sys.argv[1]))\n"
        "for line in sys.stdin:\n"
        "    print(*(h.row.text for h in backend.search(Request(where=Word('网箱'))).hits), flush=True)\n"
    )
    with Embedded(tmp_path) as backend:
        backend.rebuild([], 0)
        command = [sys.executable, "-X", "utf8", "-c", script, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as reader:
            assert reader.stdin
            assert reader.stdout
            for text in ("网箱甲", "网箱乙", "网箱丙"):
                backend.apply([ArticleRow(id="a", article="a", text=text, source="s", article_kind="news")], [], 1)
                until, seen = time.monotonic() + 30, ""
                while seen != text and time.monotonic() < until:  # a reader sees a commit a moment later
                    print("again", file=reader.stdin, flush=True)
                    seen = reader.stdout.readline().strip()
                assert seen == text
