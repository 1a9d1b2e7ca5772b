"""What only the embedded engine has: a folder, generations, one writer."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index import cursor
from index.embedded import Embedded
from index.errors import BadCursor, Busy
from index.query import Request, Sort, Word
from index.rows import ArticleRow

ROOT = Path(__file__).resolve().parents[2]


def row(n: int, text: str = "深远海网箱") -> ArticleRow:
    return ArticleRow(id=f"a{n}", article=f"a{n}", text=text, source="s", article_kind="news", date=f"2021-01-{n % 28 + 1:02d}")


def test_nothing_is_built_yet(tmp_path: Path) -> None:
    with Embedded(tmp_path) as backend:
        assert backend.generation() is None
        assert backend.search(Request(where=Word("网箱"))).notices
        assert list(backend.rows("articles")) == []
        backend.apply([row(1)], [], 1)
        assert backend.search(Request(where=Word("网箱"))).total == 1


def test_one_writer_many_readers(tmp_path: Path) -> None:
    with Embedded(tmp_path) as first, Embedded(tmp_path) as second:
        first.apply([row(1)], [], 1)
        assert second.search(Request(where=Word("网箱"))).total == 1
        with pytest.raises(Busy):
            second.apply([row(2)], [], 2)
        first.close()
        second.apply([row(2)], [], 2)
        assert second.search(Request(where=Word("网箱"))).total == 2


def test_another_process_sees_what_was_committed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.embedded import Embedded; print(Embedded(Path(sys.argv[1])).health().documents['articles'])"
    )
    with Embedded(tmp_path) as backend:
        for n in range(1, 4):
            backend.apply([row(n)], [], n)
            done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True)
            assert done.stdout.strip() == str(n)


def test_a_reader_follows_a_new_generation(tmp_path: Path) -> None:
    with Embedded(tmp_path) as writer, Embedded(tmp_path) as reader:
        writer.rebuild([row(1)], 1)
        assert reader.search(Request()).total == 1
        writer.rebuild([row(1), row(2)], 2)
        assert reader.search(Request()).total == 2
        assert reader.generation() == writer.generation()
        assert len(list(tmp_path.glob("g-*"))) == 1


def test_a_broken_pointer_means_nothing_is_built(tmp_path: Path) -> None:
    with Embedded(tmp_path) as backend:
        backend.rebuild([row(1)], 1)
    (tmp_path / "current.json").write_bytes(b"{")
    with Embedded(tmp_path) as backend:
        assert backend.generation() is None


def test_deep_pages_by_date(tmp_path: Path) -> None:
    """Many equal dates: every document once."""
    with Embedded(tmp_path) as backend:
        backend.rebuild([row(n) for n in range(1000)], 1)
        seen: list[str] = []
        request = Request(sort=Sort("date"), size=90)
        while True:
            page = backend.search(request)
            seen += [h.id for h in page.hits]
            if not page.next:
                break
            request = Request(sort=Sort("date"), size=90, cursor=page.next)
        assert sorted(seen) == sorted(f"a{n}" for n in range(1000))


@pytest.mark.parametrize(
    ("shown", "after"),
    [
        (5, ()),
        (5, (1,)),
        (5, ([], 2)),
        (5, (20210101, "x")),
        (5, ("20210101", 5)),
        (5, (20210101.5, 5)),
        (5, (10**30, 5)),
        (5, (20210101, 10**30)),
        (-1, (20210101, 5)),
        (10**9, (20210101, 5)),
    ],
)
def test_forged_cursors_are_refused(tmp_path: Path, shown: int, after: tuple[object, ...]) -> None:
    request = Request(sort=Sort("date"))
    forged = cursor.write(cursor.Place(request=cursor.fingerprint(request), shown=shown, after=after))
    with Embedded(tmp_path) as backend:
        backend.rebuild([row(1)], 1)
        with pytest.raises(BadCursor):
            backend.search(replace(request, cursor=forged))
