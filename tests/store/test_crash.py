"""Killed in the middle of puts, then started again; several processes writing at once."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store import Store
from tests.store.mirror import Mirror, follow, tables
from tests.store.writer import page

ROOT = Path(__file__).resolve().parents[2]


def writer(url: str, first: int, last: int) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.store.writer", url, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)


def killed_after(url: str, pages: int, acknowledgements: int, further: float) -> list[str]:
    """Start a writer, kill it hard some time after so many acknowledgements; what it acknowledged."""
    child = writer(url, 0, pages)
    assert child.stdout is not None
    seen = [child.stdout.readline().strip() for _ in range(acknowledgements)]
    time.sleep(further)
    child.kill()  # SIGKILL; TerminateProcess on Windows
    rest = child.stdout.read().splitlines(keepends=True)
    child.wait()
    return [line for line in seen if line] + [line.strip() for line in rest if line.endswith("\n")]


def check_whole(url: str, acknowledged: list[str], pages: int) -> None:
    """Nothing acknowledged is missing, nothing is half there, the log agrees with the tables."""
    by_id = {page(n).articles[0].id: page(n) for n in range(pages)}
    with Store.open(url) as store:
        assert [a.id for a in store.articles(acknowledged)] == acknowledged
        mirror: Mirror = {}
        follow(store, mirror)
        assert mirror == tables(store)
        for article, records in store.snapshot()[1]:
            assert records == by_id[article.id].records
        assert store.counts().articles <= store.counts().captures


def rounds(url: str, count: int, pages: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        check_whole(url, killed_after(url, pages, chance.randrange(1, 30), chance.random() * 0.05), pages)
    last = writer(url, 0, pages)
    acknowledged = last.communicate(timeout=300)[0].split()
    assert last.returncode == 0
    assert acknowledged == [page(n).articles[0].id for n in range(pages)]
    check_whole(url, acknowledged, pages)
    with Store.open(url) as store:
        counts = store.counts()
        each = len(page(0).records)
        assert (counts.captures, counts.articles, counts.records) == (pages, pages, {"metric": pages * each})
        assert counts.changes == pages * (1 + each), "every object was added exactly once"
        assert store.url_counts("demo") == {"fetched": pages}


@pytest.mark.ci
def test_killed_in_the_middle_of_puts(url: str) -> None:
    rounds(url, 2, 300, seed=1)


@pytest.mark.soak
def test_killed_in_the_middle_of_puts_again_and_again(url: str) -> None:
    rounds(url, 20, 600, seed=2)


def test_two_processes_write_at_once(url: str) -> None:
    """Some pages by one only, some by both: every object is added once, and seqs have no gap."""
    one, other = writer(url, 0, 90), writer(url, 60, 150)
    assert [child.communicate(timeout=300)[0].count("\n") for child in (one, other)] == [90, 90]
    assert (one.returncode, other.returncode) == (0, 0)
    check_whole(url, [page(n).articles[0].id for n in range(150)], 150)
    with Store.open(url) as store:
        lines = store.changes(0, 10**6)
        assert [line.seq for line in lines] == list(range(1, 150 * (1 + len(page(0).records)) + 1))
        assert {line.op for line in lines} == {"ADD"}


@pytest.mark.ci
def test_a_reader_never_sees_half_a_put(url: str) -> None:
    """Followed while another process writes: the mirror is at every moment what a snapshot of that seq says."""
    Store.open(url).close()
    child = writer(url, 0, 120)
    mirror: Mirror = {}
    after = 0
    with Store.open(url) as store:
        while child.poll() is None:
            seq, rows = store.snapshot()
            after = follow_to(store, mirror, after, seq)
            seen = {("article", article.id) for article, _ in rows}
            assert {key for key in mirror if key[0] == "article"} == seen
        follow(store, mirror, after)
        assert mirror == tables(store)
    child.communicate()
    assert child.returncode == 0


def follow_to(store: Store, mirror: Mirror, after: int, seq: int) -> int:
    for line in store.changes(after, seq - after) if seq > after else []:
        assert line.seq <= seq
        if line.op == "ADD":
            mirror[line.kind, line.id] = line.payload
    return seq
