"""Retrieval quality: public questions with known passages, each ranking field by itself and all together, on either engine.

python -m scripts.bench.retrieval FOLDER [--elasticsearch URL]     FOLDER holds cmrc_retrieval and stard_retrieval
"""

import argparse
import math
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from index.backend import Backend
from index.elastic import Elastic
from index.elastic_plan import compile_plan as elastic_query
from index.embedded import Embedded
from index.plan import Bool, Plan, TextTerm, plan
from index.query import Word
from index.rows import ArticleRow
from index.tantivy_plan import compile_plan as tantivy_query
from scripts.settings import SearchSettings

DEPTH: Final = 10
QUESTIONS: Final = 1000
FIELDS: Final = ("text_seg", "text_bi")


@dataclass(frozen=True, slots=True)
class Quality:
    recall: float  # at DEPTH, as are the others
    mrr: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class Task:
    rows: tuple[ArticleRow, ...]
    questions: tuple[tuple[str, frozenset[str]], ...]


def load(folder: Path) -> Task:
    """docs.jsonl and queries.jsonl; every n-th question, so that QUESTIONS are left at most."""
    docs = [msgspec.json.decode(line) for line in (folder / "docs.jsonl").read_text("utf-8").splitlines()]
    asked = [msgspec.json.decode(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    step = max(1, len(asked) // QUESTIONS)
    rows = tuple(ArticleRow(id=d["docid"], article=d["docid"], text=d["text"], source="bench", article_kind="news") for d in docs)
    return Task(rows, tuple((q["query"], _relevant(q)) for q in asked[::step][:QUESTIONS]))


def _relevant(question: dict[str, Any]) -> frozenset[str]:
    return frozenset(question.get("relevant") or [question["docid"]])


def question_plan(text: str, field: str | None) -> Plan:
    """OR of the question's tokens, in one field or in all."""
    found = plan("articles", Word(text, loose=True))
    assert isinstance(found, Bool)
    return Bool(any=tuple(n for n in found.any if isinstance(n, TextTerm) and field in (None, n.field)))


def ranker(backend: Backend) -> Callable[[Plan], list[str]]:
    """The first DEPTH ids for a plan. Below Backend.search, since single fields cannot be asked there."""
    if isinstance(backend, Embedded):
        part = backend.parts()["articles"]
        reader = part.reader()
        return lambda p: [
            r.id for r in reader.rows([a for _, a in reader.searcher.search(tantivy_query(part.index.schema, p), DEPTH, count=False).hits])
        ]
    assert isinstance(backend, Elastic)
    return lambda p: backend.ids("articles", elastic_query(p), DEPTH)


def quality(rank: Callable[[Plan], list[str]], task: Task, field: str | None) -> Quality:
    sums = [0.0, 0.0, 0.0]
    for text, relevant in task.questions:
        found = rank(question_plan(text, field))
        sums[0] += len(relevant & set(found)) / len(relevant)
        sums[1] += next((1 / (i + 1) for i, id_ in enumerate(found) if id_ in relevant), 0.0)
        sums[2] += _gain(found, relevant) / _gain(sorted(relevant), relevant)
    return Quality(*(s / len(task.questions) for s in sums))


def _gain(found: Sequence[str], relevant: Iterable[str]) -> float:
    wanted = set(relevant)
    return sum(1 / math.log2(i + 2) for i, id_ in enumerate(found[:DEPTH]) if id_ in wanted)


def measure(backend: Backend, task: Task) -> dict[str, Quality]:
    """By field, and `both`."""
    backend.rebuild(task.rows, 1)
    rank = ranker(backend)
    return {**{field: quality(rank, task, field) for field in FIELDS}, "both": quality(rank, task, None)}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="retrieval")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--elasticsearch", metavar="URL")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        backends: list[Backend] = [Embedded(Path(scratch))]
        if options.elasticsearch:
            backends.append(Elastic(SearchSettings(engine="elasticsearch", url=options.elasticsearch, prefix="bench-retrieval")))
        for backend in backends:
            show(backend, options.folder)
            backend.close()
    return 0


def show(backend: Backend, folder: Path) -> None:
    for name in ("cmrc_retrieval", "stard_retrieval"):
        for field, found in measure(backend, load(folder / name)).items():
            print(f"{backend.health().engine:14} {name:16} {field:9} R@10 {found.recall:.3f}  MRR@10 {found.mrr:.3f}  nDCG@10 {found.ndcg:.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
