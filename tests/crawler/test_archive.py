"""Real WARC files; a full disk is a real one where it can be mounted, else a file size limit of the operating system."""

import gzip
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler import archive as module
from crawler.archive import Archive, ArchiveError, Fetched, keep
from crawler.capture import Capture
from tests.crawler.memory import Memory

WHEN = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def fetched(number: int, text: str = "科技计划") -> Fetched:
    body = f"<p>{number} {text}</p>".encode() * 40
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    url = f"http://a.example/{number}.html?x=1"
    capture = Capture(source="a", url=url, canonical_url=url, fetched_at=WHEN, headers=headers, body=body)
    return Fetched(capture=capture, wire=gzip.compress(body, mtime=0), final_url=url, request_headers=(("User-Agent", "qingbao-test"),))


def imported(name: str, body: bytes) -> Capture:
    return Capture(source="import", url=f"import:{name}", canonical_url=f"import:{name}", fetched_at=WHEN, body=body)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.json")


def test_what_is_added_is_read_again_with_its_coding_undone(tmp_path: Path, memory: Memory) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        items = [fetched(1), imported("文件/一.txt", b"\x00\xff"), fetched(2)]
        placed = archive.add(items)
        assert [c.canonical_url for c in placed] == [c.canonical_url for c in (items[0].capture, items[1], items[2].capture)]  # type: ignore[union-attr]
        for capture in placed:
            assert capture.warc is not None
            assert archive.read(capture.warc) == capture.body
        first, second = archive.files()
        assert [url for _, url, _ in archive.records(first)] == ["http://a.example/1.html?x=1", "http://a.example/2.html?x=1"]
        assert [body for _, _, body in archive.records(second)] == [b"\x00\xff"]


def test_another_program_reads_requests_and_responses_as_they_were(tmp_path: Path, memory: Memory) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        archive.add([fetched(1)])
        name = archive.files()[0]
    with (tmp_path / "warc" / name).open("rb") as file:
        seen = []
        for record in ArchiveIterator(file, check_digests="raise"):
            seen.append(record.rec_type)
            record.content_stream().read()
            if record.rec_type == "request":
                assert record.http_headers.protocol == "GET"
                assert record.http_headers.statusline == "/1.html?x=1 HTTP/1.1"
                twin = record.rec_headers.get_header("WARC-Concurrent-To")
            if record.rec_type == "response":
                assert record.rec_headers.get_header("WARC-Record-ID") == twin
                assert record.http_headers.get_header("Content-Encoding") == "gzip"
                assert record.http_headers.get_header("Transfer-Encoding") is None
                assert int(record.http_headers.get_header("Content-Length")) == len(fetched(1).wire)
                assert record.http_headers.get_statuscode() == "200"
    assert seen == ["warcinfo", "request", "response"]


@pytest.mark.parametrize("fast", [True, False])
def test_both_readers_agree_and_leave_out_a_torn_tail(tmp_path: Path, memory: Memory, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        archive.add([fetched(n) for n in range(3)])
        name = archive.files()[0]
    path = tmp_path / "warc" / name
    path.write_bytes(path.read_bytes()[:-20])
    if fast:
        pytest.importorskip("fastwarc")
    else:
        monkeypatch.setattr(module, "warc", None)
    assert [body for _, _, body in Archive(tmp_path / "warc").records(name)] == [fetched(0).capture.body, fetched(1).capture.body]


@pytest.mark.parametrize("tail", [b"", b"torn", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n")[:30]])
def test_on_opening_a_file_is_cut_back_to_the_last_stored_capture(tmp_path: Path, memory: Memory, tail: bytes) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        keep(archive, memory, [fetched(1)])
        archive.add([fetched(2)])  # never put: its crawl was killed in between
        path = tmp_path / "warc" / archive.files()[0]
    path.write_bytes(path.read_bytes() + tail)
    with Archive(tmp_path / "warc", memory) as archive:
        assert keep(archive, memory, [fetched(3)]) == (1, 0)
        assert [url for _, url, _ in archive.records(archive.files()[0])] == ["http://a.example/1.html?x=1", "http://a.example/3.html?x=1"]


class Refusing(Memory):
    """A store without room."""

    def put(self, captures: Sequence[Capture]) -> int:
        raise OSError("no room")


def test_what_the_store_did_not_take_is_not_in_the_archive_either(tmp_path: Path, memory: Memory) -> None:
    with Archive(tmp_path / "warc", memory) as archive, pytest.raises(OSError, match="no room"):
        keep(archive, Refusing(tmp_path / "memory.json"), [fetched(1)])
    with Archive(tmp_path / "warc", memory) as archive:
        keep(archive, memory, [fetched(1)])
        assert len(list(archive.records(archive.files()[0]))) == 1


SECOND = """
import sys
from pathlib import Path
from crawler import archive
from tests.crawler.memory import Memory
from tests.crawler.test_archive import fetched
archive.PATIENCE = 0.1
archive.Archive(Path(sys.argv[1]), Memory(Path(sys.argv[1]) / "other.json")).add([fetched(2)])
"""


def test_a_second_writer_of_a_source_waits_and_then_says_who_holds_it(tmp_path: Path, memory: Memory) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        archive.add([fetched(1)])
        child = subprocess.run([sys.executable, "-c", SECOND, str(tmp_path / "warc")], capture_output=True, text=True, check=False)
    assert "ArchiveError" in child.stderr
    assert "another process has been writing here" in child.stderr


def test_known_content_is_not_archived_again(tmp_path: Path, memory: Memory) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        assert keep(archive, memory, [fetched(1), fetched(2)]) == (2, 0)
        size = (tmp_path / "warc" / archive.files()[0]).stat().st_size
        assert keep(archive, memory, [fetched(1), fetched(2)]) == (0, 2)
        assert (tmp_path / "warc" / archive.files()[0]).stat().st_size == size


def test_a_full_file_is_followed_by_the_next(tmp_path: Path, memory: Memory) -> None:
    for _ in range(2):  # opened again, it goes on where there is room
        with Archive(tmp_path / "warc", memory, limit=1500) as archive:
            for n in range(4):
                keep(archive, memory, [fetched(n, text=f"{_}")])
    with Archive(tmp_path / "warc") as archive:
        assert len(archive.files()) > 2
        assert sum(1 for name in archive.files() for _ in archive.records(name)) == 8
        for name in archive.files():
            assert (tmp_path / "warc" / name).stat().st_size < 3500


def test_reading_what_is_not_there_names_the_place(tmp_path: Path, memory: Memory) -> None:
    with Archive(tmp_path / "warc", memory) as archive:
        place = archive.add([fetched(1)])[0].warc
        assert place is not None
        path = tmp_path / "warc" / place.file
        path.write_bytes(path.read_bytes()[:-30])
        with pytest.raises(ArchiveError, match=f"{place.file}.* at {place.offset}"):
            archive.read(place)
        whole = bytearray(path.read_bytes())
        whole[place.offset + 20 : place.offset + 60] = b"\xff" * 40  # not torn, but damaged
        path.write_bytes(whole)
        with pytest.raises(ArchiveError, match=f"{place.file}.* at {place.offset}"):
            archive.read(place)
    with pytest.raises(ArchiveError, match="reading only"):
        Archive(tmp_path / "warc").add([fetched(1)])


FILL = """
import sys
from pathlib import Path
from crawler.archive import Archive, ArchiveError, keep
from tests.crawler.memory import Memory
from tests.crawler.test_archive import imported
import random
if sys.argv[3] != "0":
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
memory = Memory(Path(sys.argv[2]) / "memory.json")
noise = random.Random(7)
with Archive(Path(sys.argv[1]), memory) as archive:
    for n in range(100):
        try:
            keep(archive, memory, [imported(f"{n}-{m}", noise.randbytes(60_000)) for m in range(3)])
        except ArchiveError as error:
            print(error)
            sys.exit(7)
"""


@pytest.fixture(params=["a full disk", "a size limit"])
def cramped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that holds one megabyte, and the file size limit to set."""
    folder = tmp_path / "small"
    folder.mkdir()
    if request.param == "a size limit":
        pytest.importorskip("resource")
        yield folder, "1000000"
        return
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder, "0"
    subprocess.run(["umount", str(folder)], check=True)


def test_on_a_full_disk_nothing_acknowledged_is_lost(cramped: tuple[Path, str], tmp_path: Path) -> None:
    folder, limit = cramped
    child = subprocess.run([sys.executable, "-c", FILL, str(folder), str(tmp_path), limit], capture_output=True, text=True, check=False)
    assert child.returncode == 7, child.stderr
    assert "nothing of this group was kept" in child.stdout
    assert "import-" in child.stdout  # the file is named
    memory = Memory(tmp_path / "memory.json")
    assert len(memory.captures) >= 9
    archive = Archive(folder)
    found = {url for name in archive.files() for _, url, _ in archive.records(name)}
    assert found == {c["url"] for c in memory.captures}
    size = (folder / archive.files()[0]).stat().st_size
    assert size == memory.warc_end(archive.files()[0])
