"""A document that hangs, crashes, floods or eats memory costs itself and one child; the others are read."""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from crawler.capture import Capture
from extractors.article import Article
from extractors.readers import limits
from extractors.readers.errors import ReadError
from extractors.sandbox import Sandbox

MARK = f"left-behind-{os.getpid()}"  # of this test process: others may run beside it
READER = """
import ctypes, os, subprocess, sys, time
from extractors.article import from_text
from extractors.readers import limits
from extractors.readers.errors import ReadError

def hang(): time.sleep(60)
def hold(): ctypes.PyDLL(None).sleep(60)  # in C, with the interpreter's lock
def abort(): os.abort()
def bug(): raise KeyError("no such row")
def eat(): return bytearray(3 << 30)
def flood(): return [from_text("x" * (70 << 20))]
def refuse(): raise ReadError("login-wall", "says so")
def chatter(): print("to stdout"); os.system("echo to stdout too"); return [from_text("quiet")]
def leave():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", os.environ["LEFT_BEHIND"]])
    time.sleep(60)
def leave_and_die():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", os.environ["LEFT_BEHIND"]])
    os.abort()
def longer():
    limits.enter("ocr"); time.sleep(2.5); return [from_text("slow page")]

def read(capture):
    word = capture.body.decode()
    return globals()[word]() if word in globals() else [from_text(word + f" {os.getpid()}")]
"""
posix = pytest.mark.skipif(os.name != "posix", reason="no address-space limits")


def capture(word: str) -> Capture:
    return Capture(source="import", url=f"import:{word}", canonical_url=word, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=word.encode())


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    (tmp_path / "hostile_reader.py").write_text(READER, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("LEFT_BEHIND", MARK)
    rows = {**limits.limits().work, "readers": limits.Work(memory_mib=1024, seconds=1.5)}
    monkeypatch.setattr(limits, "work", lambda name: rows[name])
    with Sandbox(2, reader="hostile_reader:read") as made:
        yield made


def text(articles: tuple[Article, ...]) -> str:
    return articles[0].text


def left_behind() -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["cmdline", "status"]) if MARK in (p.info["cmdline"] or []) and p.info["status"] != "zombie"]


CASES = [("hang", "timeout"), ("abort", "crashed"), ("bug", "crashed"), ("flood", "too-large"), ("refuse", "login-wall"), ("leave", "timeout")]
CASES += [("hold", "timeout"), ("leave_and_die", "crashed")] if os.name == "posix" else []
CASES += [("eat", "memory")] if sys.platform == "linux" else []


@pytest.mark.parametrize(("word", "reason"), CASES)
def test_a_breach_is_a_clear_error_and_the_next_document_is_read(sandbox: Sandbox, word: str, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadError) as caught:
        sandbox.read(capture(word))
    assert caught.value.reason == reason
    assert word in caught.value.message or word == "refuse"
    assert time.monotonic() - began < 20
    assert text(sandbox.read(capture("after"))).startswith("after ")
    assert not left_behind()


def test_a_bug_is_reported_with_its_last_line(sandbox: Sandbox) -> None:
    with pytest.raises(ReadError, match="KeyError: 'no such row'"):
        sandbox.read(capture("bug"))


def test_a_child_lives_long_and_printing_does_no_harm(sandbox: Sandbox) -> None:
    first = text(sandbox.read(capture("a"))).split()[1]
    assert text(sandbox.read(capture("chatter"))) == "quiet"
    assert text(sandbox.read(capture("b"))).split()[1] == first


def test_a_reader_may_ask_for_the_row_of_costlier_work(sandbox: Sandbox) -> None:
    assert text(sandbox.read(capture("longer"))) == "slow page"


def test_what_lies_in_the_present_folder_is_not_run(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in ("extractors", "scripts", "msgspec"):
        (papers / f"{name}.py").write_text("open('run.txt', 'w').close(); raise SystemExit(7)", "utf-8")
    monkeypatch.chdir(papers)
    assert text(sandbox.read(capture("kelp"))).startswith("kelp ")
    assert not (papers / "run.txt").exists()


def test_many_threads_share_the_children(sandbox: Sandbox) -> None:
    words = [f"w{i}" if i % 10 else "abort" for i in range(40)]

    def attempt(word: str) -> str:
        try:
            return text(sandbox.read(capture(word))).split()[0]
        except ReadError as error:
            return error.reason

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(attempt, words)) == ["crashed" if w == "abort" else w for w in words]


def test_bodies_over_the_limit_never_reach_a_child() -> None:
    big = Capture(source="s", url="u", canonical_url="u", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=bytes(101 << 20))
    with Sandbox(1) as sandbox, pytest.raises(ReadError) as caught:
        sandbox.read(big)
    assert caught.value.reason == "too-large"


def test_a_reader_that_cannot_start_is_no_fault_of_the_document() -> None:
    with Sandbox(1, reader="no.such:module") as sandbox, pytest.raises(RuntimeError, match="no"):
        sandbox.read(capture("a"))


def test_close_ends_the_children(sandbox: Sandbox) -> None:
    pid = int(text(sandbox.read(capture("a"))).split()[1])
    sandbox.close()
    assert not psutil.pid_exists(pid)
    with pytest.raises(ValueError, match="closed"):
        sandbox.read(capture("a"))
