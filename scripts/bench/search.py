"""Search measured: both engines in one run, no question twice, server caches of requests off.

    python -m scripts.bench.search FOLDER [--articles 20000] [--questions 60] [--elasticsearch URL --data FOLDER]

FOLDER holds texts (*.txt, *.md, in folders); their sentences are recombined to articles of some 650 characters with two records each.
Prints rates of indexing (articles and records apart, then together), Elasticsearch's filling against a bare helpers.bulk, memory, and for each
kind of question p50 and p99 of a ranked page of ten with highlights, the engines' files in the system's cache, as on a machine that serves.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import psutil
from elasticsearch import Elasticsearch, helpers

from index.analysis import fold
from index.backend import Backend
from index.documents import terms
from index.elastic import BUILDING, Elastic, connect
from index.elastic_plan import mappings
from index.elastic_write import document as elastic_document
from index.elastic_write import puts, send
from index.embedded import Embedded
from index.fields import INDICES, index_of
from index.query import And, IndexName, Or, Phrase, Prefix, Range, Request, Sort, Stats, Term, Terms, Word
from index.rows import ArticleRow, RecordRow, Row
from scripts.settings import SearchSettings

SIZE: Final = 650  # characters of an article
ALONE: Final = 6000  # articles, with twice as many records, that smaller measurements take
ROUNDS: Final = 3
PAUSE: Final = 0.03  # seconds before each question: Elasticsearch works on after it has answered
BARE: Final = {"number_of_replicas": 0, "refresh_interval": "-1"}  # what any bulk load is told to set
REGIONS: Final = tuple(f"{p}0000" for p in range(11, 66) if p % 10 < 7)
KINDS: Final = ("policy", "news", "interpretation", "call", "report")
UNITS: Final = ("元", "家", "%", "项")


@dataclass(frozen=True, slots=True)
class Corpus:
    sentences: tuple[str, ...]
    articles: int

    def rows(self) -> Iterator[Row]:
        """The same rows every time."""
        rng = random.Random(11)
        for number in range(self.articles):
            yield from self._one(rng, number)

    def _one(self, rng: random.Random, number: int) -> Iterator[Row]:
        text = ""
        while len(text) < rng.gauss(SIZE, 150):
            text += rng.choice(self.sentences)
        day = f"{rng.randint(2012, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        province = rng.choice(REGIONS)
        shared: dict[str, Any] = {
            "article": f"a{number}", "source": f"s{rng.randrange(40)}", "article_kind": rng.choice(KINDS), "published": day, "date": day,
            "month": day[:7], "article_year": day[:4], "regions": (province, f"{province[:2]}0{rng.randint(1, 9)}00"),
            "issuers": (f"第{rng.randrange(300)}科技局",), "title": rng.choice(self.sentences)[:30],
        }  # fmt: skip
        yield ArticleRow(id=f"a{number}", text=text, **shared)
        for n in range(2):
            sentence = rng.choice(self.sentences)
            yield RecordRow(
                id=f"r{number}-{n}", text=sentence, start=0, end=4, quote=sentence[:4], kind="metric", name=sentence[:6], indicator=sentence[:6],
                value=round(rng.lognormvariate(5, 3), 2), unit=rng.choice(UNITS), year=int(day[:4]), **shared,
            )  # fmt: skip


def sentences(folder: Path) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for path in sorted((*folder.rglob("*.txt"), *folder.rglob("*.md"))):
        text = path.read_text("utf-8", errors="ignore")
        found.update(dict.fromkeys(s for s in re.findall(r"[^。！？；\n]{12,120}[。；]", text) if re.search(r"[\u4e00-\u9fff]{8}", s)))
    return tuple(found)


class Questions:
    """Endless questions of each kind, none twice."""

    def __init__(self, held: Sequence[str]) -> None:
        self._rng = random.Random(3)
        self._held = held
        self._asked: set[str] = set()

    def part(self, least: int, most: int) -> str:
        while True:
            run = self._rng.choice(re.findall(r"[\u4e00-\u9fff]{4,}", fold(self._rng.choice(self._held))) or ["科技创新"])
            size = min(len(run), self._rng.randint(least, most))
            start = self._rng.randint(0, len(run) - size)
            found: str = run[start : start + size]
            if found not in self._asked:
                self._asked.add(found)
                return found

    def words(self, count: int) -> tuple[Word, ...]:
        return tuple(Word(self.part(2, 4)) for _ in range(count))

    def years(self) -> Range:
        first = self._rng.randint(2013, 2023)
        return Range("date", str(first), str(first + 2))

    def region(self) -> str:
        return self._rng.choice(REGIONS)


FACETS: Final = {"region": Terms(field="regions"), "kind": Terms(field="article_kind"), "month": Terms(field="month", by_key=True)}
KINDS_OF_QUESTIONS: Final[dict[str, Callable[[Questions], Request]]] = {
    "word": lambda q: Request(where=q.words(1)[0]),
    "and": lambda q: Request(where=And(q.words(3))),
    "or": lambda q: Request(where=Or(q.words(3))),
    "phrase": lambda q: Request(where=Phrase(q.part(4, 10))),
    "filter and range": lambda q: Request(where=q.words(1)[0], filters=(Term("regions", (q.region(),)), q.years())),
    "facets": lambda q: Request(where=q.words(1)[0], aggs=FACETS),
    "prefix": lambda q: Request(where=Prefix(q.part(2, 3))),
    "sort by value": lambda q: Request(index="records", where=q.words(1)[0], sort=Sort("value"), aggs={"value": Stats("value")}),
}  # fmt: skip


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def warm(folders: Sequence[Path]) -> None:
    """Read every file once: some systems drop what was idle for half a minute, and reading it back is not the engine's work."""
    for path in (p for folder in folders for p in folder.rglob("*")):
        with suppress(OSError):  # merged away meanwhile, or a folder
            path.read_bytes()


def ask(backends: Sequence[Backend], held: Sequence[str], count: int, folders: Sequence[Path]) -> None:
    """Each question goes to every engine, in turn, so that both meet the same noise."""
    questions = Questions(held)
    for kind, make in KINDS_OF_QUESTIONS.items():
        times: list[list[float]] = [[] for _ in backends]
        totals = []
        warm(folders)
        for number in range(count + 5):
            request = make(questions)
            for backend, mine in zip(backends, times, strict=True):
                time.sleep(PAUSE)
                start = time.perf_counter()
                page = backend.search(request)
                if number >= 5:  # the first ones warm up
                    mine.append((time.perf_counter() - start) * 1000)
            totals.append(page.total)
        shown = "   ".join(f"{name(b)} {percentile(t, 0.5):6.1f} / {percentile(t, 0.99):6.1f} ms" for b, t in zip(backends, times, strict=True))
        print(f"{kind:18} {shown}   ({statistics.fmean(totals):.0f} hits)", flush=True)


def name(backend: Backend) -> str:
    return "tantivy" if isinstance(backend, Embedded) else "elasticsearch"


def fill(backend: Backend, corpus: Corpus) -> None:
    start, processor = time.perf_counter(), time.process_time()
    count = backend.rebuild(corpus.rows(), 1)
    took, processor = time.perf_counter() - start, time.process_time() - processor
    memory = psutil.Process().memory_info().rss / 1e6
    rates = f"{corpus.articles / took:.0f} articles/s with {count / took:.0f} rows/s"
    print(f"{name(backend)}: {rates}, {took:.1f} s, {processor:.1f} s of the processor here; RSS {memory:.0f} MB", flush=True)


def apart(corpus: Corpus, scratch: Path) -> None:
    """Embedded, articles and records by themselves: terms made, indexed, merged, committed. Beside it what of that is making the terms."""
    rows = list(islice(corpus.rows(), 3 * ALONE))
    terms(rows[0])  # loads the dictionaries
    for index in INDICES:
        mine = [r for r in rows if index_of(r) == index]
        start = time.process_time()
        for row in mine:
            terms(row)
        making = time.process_time() - start
        with Embedded(scratch / f"alone-{index}") as backend:
            start, processor = time.perf_counter(), time.process_time()
            backend.rebuild(mine, 1)
            took, processor = time.perf_counter() - start, time.process_time() - processor
        each = f"{1e3 * processor / len(mine):.2f} ms of the processor each, {1e3 * making / len(mine):.2f} of them for terms"
        print(f"{index} alone: {len(mine) / took:.0f}/s, {each}", flush=True)


def bulk(settings: SearchSettings, rows: Sequence[Row]) -> None:
    """Our bulk against a bare helpers.bulk of the same documents, ready, into indices with the same mappings: from ready documents, and from
    rows whose terms are made on the way. In turns, since the machine is not ours alone; a first round warms the server up."""
    ready = [{"_index": f"bulk-{index_of(r)}", "_id": r.id, "_source": elastic_document(r)} for r in rows]
    names: dict[IndexName, str] = {index: f"bulk-{index}" for index in INDICES}
    with Elasticsearch(settings.url, request_timeout=120) as bare, connect(settings) as client:
        ways: dict[str, tuple[dict[str, Any], Callable[[], object]]] = {
            "bare": (BARE, lambda: helpers.bulk(bare, ready)),
            "ready": (BUILDING, lambda: send(client, settings.url, ready)),
            "rows": (BUILDING, lambda: send(client, settings.url, puts(rows, names, 1))),
        }
        rounds = [{way: _seconds(bare, names, *how) for way, how in ways.items()} for _ in range(1 + ROUNDS)][1:]
    for took in rounds:
        rates = ", ".join(f"{way} {len(rows) / seconds:.0f} rows/s" for way, seconds in took.items())
        print(f"bulk: {rates}: {took['bare'] / took['ready']:.0%} and {took['bare'] / took['rows']:.0%} of bare", flush=True)
    print(f"bulk with terms made: {statistics.median(t['bare'] / t['rows'] for t in rounds):.0%} of bare, median of {ROUNDS} rounds", flush=True)


def _seconds(client: Elasticsearch, names: Mapping[IndexName, str], settings: dict[str, Any], work: Callable[[], object]) -> float:
    """Of the work, into fresh indices."""
    for index, name_ in names.items():
        client.indices.create(index=name_, mappings=mappings(index, ""), settings=settings)
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    client.indices.delete(index=list(names.values()))
    return took


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="search", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=60, help="of each kind")
    parser.add_argument("--elasticsearch", metavar="URL")
    parser.add_argument("--data", metavar="FOLDER", type=Path, help="where that node has its data")
    options = parser.parse_args(arguments)
    corpus = Corpus(sentences(options.folder), options.articles)
    print(f"{options.articles} articles of {len(corpus.sentences)} sentences", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        measure(corpus, Path(scratch), options)
    return 0


def measure(corpus: Corpus, scratch: Path, options: argparse.Namespace) -> None:
    apart(corpus, scratch)
    backends: list[Backend] = [Embedded(scratch / "all")]
    if options.elasticsearch:
        settings = SearchSettings(engine="elasticsearch", url=options.elasticsearch, prefix="bench", timeout=120)
        bulk(settings, list(islice(corpus.rows(), 3 * ALONE)))
        backends.append(Elastic(settings))
    for backend in backends:
        fill(backend, corpus)
    ask(backends, corpus.sentences, options.questions, [scratch / "all", *([options.data] if options.data else [])])
    print(f"RSS after all questions: {psutil.Process().memory_info().rss / 1e6:.0f} MB")
    for backend in backends:
        if isinstance(backend, Elastic):
            backend.drop()
        backend.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
