"""Runs `qingbao demo --no-serve` as a user would, and takes down what it left: the store, its log, the archive and the index."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from crawler.archive import Archive
from index.build import rows
from index.embedded import Embedded
from store import Store

ROOT = Path(__file__).resolve().parents[2]


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "QINGBAO_DATA": str(data), "PYTHONPATH": str(ROOT)}


def start(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scripts.cli", "demo", "--no-serve"]
    return subprocess.Popen(command, env=environment(data), cwd=data, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def run(data: Path) -> str:
    """The output of a run that must succeed."""
    data.mkdir(parents=True, exist_ok=True)
    process = start(data)
    out, _ = process.communicate(timeout=240)
    text = out.decode("utf-8", "replace")
    assert process.returncode == 0, text
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What must be equal after any interruption. Lists are sorted; doubles would show."""

    captures: list[tuple[str, str]]  # canonical URL, digest
    articles: list[tuple[str, str]]  # id, text
    records: list[tuple[str, str]]  # id, quote
    indexed: list[str]
    refused: list[str]


def take_down(data: Path) -> State:
    """The state of a finished run; raises where store, log, archive and index do not agree."""
    folder = data / "demo"
    with Store.open(f"sqlite:///{(folder / 'qingbao.db').as_posix()}") as store:
        _, held = store.snapshot()
        articles, records, wanted = [], [], []
        for article, found in held:
            articles.append((article.id, article.text))
            records += [(r.id, r.quote) for r in found]
            wanted += [row.id for row in rows(article, found, None)]
        captures = [(c.canonical_url, c.digest) for c in store.unread("no such version", limit=10_000)]
        _same_as_log(store, {i for i, _ in articles}, {i for i, _ in records})
        _same_as_archive(store, Archive(folder / "warc"), captures)
        refused = sorted(q.capture.canonical_url for q in store.quarantined())
    with Embedded(folder / "index") as backend:
        indexed = sorted(row.id for index in ("articles", "records") for row in backend.rows(index))  # type: ignore[arg-type]
    assert indexed == sorted(wanted)
    return State(captures=sorted(captures), articles=sorted(articles), records=sorted(records), indexed=indexed, refused=refused)


def _same_as_log(store: Store, articles: set[str], records: set[str]) -> None:
    """A mirror built from the log alone holds what the tables hold."""
    mirror: dict[tuple[str, str], object] = {}
    after = 0
    while changes := store.changes(after, 1000):
        for change in changes:
            key = (change.kind, change.id)
            if change.op == "DEL":
                del mirror[key]
            else:
                assert (change.op == "MOD") == (key in mirror), f"{change.op} of {key}"
                mirror[key] = change.payload
        after = changes[-1].seq
    assert {i for kind, i in mirror if kind == "article"} == articles
    known = {"organisation", "metric", "action", "task", "reference", "person"}
    assert {i for kind, i in mirror if kind in known} == records
    for (kind, id_), payload in mirror.items():
        if kind == "article":
            assert payload == msgspec.json.decode(msgspec.json.encode(store.article(id_)))


def _same_as_archive(store: Store, archive: Archive, captures: list[tuple[str, str]]) -> None:
    """Every WARC file is readable to its end, and holds each capture once."""
    places = [(file, offset) for file in archive.files() for offset, _, _ in archive.records(file)]
    for file in archive.files():
        assert store.crawling.warc_end(file) == (archive.root / file).stat().st_size
    counted = (len(places), len(set(places)), store.counts().captures)
    assert len(set(counted)) == 1, counted
    assert len(captures) == len(set(captures))
