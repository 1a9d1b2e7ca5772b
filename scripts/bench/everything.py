"""Measure what it costs to extract everything at once, against the bare tagging of the same texts in the same rounds.

    python -m scripts.bench.everything [--files 8] [--rounds 3]

Processor time of one core, the best of the rounds. Texts: the first 20,000 characters of each city report of shared/data/docx_pairs.
"""

import argparse
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import rjieba

from extractors.article import Article, from_text
from extractors.record import AnyRecord, identify
from extractors.records import EXTRACTORS, extract
from scripts.bench.gold import SHARED

LENGTH = 20_000  # characters of a text
TAGGING = "tagging"


def articles(shared: Path, files: int) -> list[Article]:
    """The texts as articles, read anew: nothing that was kept of an earlier round is measured."""
    paths = sorted((shared / "data" / "docx_pairs").glob("*.txt"))[:files]
    return [from_text(path.read_text("utf-8")[:LENGTH], name=path.name) for path in paths]


def seconds(read: Callable[[], Sequence[Article]], rounds: int = 3) -> dict[str, float]:
    """Processor seconds of each kind of record and of the tagging, the best of the rounds."""
    extract(read()[0])  # rules and dictionaries load once
    best: dict[str, float] = {}
    for _ in range(rounds):
        for kind, spent in _round(read()).items():
            best[kind] = min(best.get(kind, math.inf), spent)
    return best


def _round(texts: Sequence[Article]) -> dict[str, float]:
    spent = dict.fromkeys((TAGGING, *(kind for kind, _ in EXTRACTORS)), 0.0)
    for article in texts:
        start = time.process_time()
        rjieba.tag(article.text)
        spent[TAGGING] += time.process_time() - start
        found: dict[str, Sequence[AnyRecord]] = {}
        for kind, extractor in EXTRACTORS:
            start = time.process_time()
            found[kind] = identify(article, extractor(article, found))  # type: ignore[arg-type]
            spent[kind] += time.process_time() - start
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    spent = seconds(lambda: articles(SHARED, options.files), options.rounds)
    tagging = spent.pop(TAGGING)
    total, characters = sum(spent.values()), sum(len(a.text) for a in articles(SHARED, options.files))
    for kind, took in spent.items():
        print(f"{kind:14}{took:8.3f} s {took / total:7.1%}")
    print(f"{'everything':14}{total:8.3f} s, {characters / total / 1000:.0f} k characters/s, {total / tagging:.1f} times the tagging")


if __name__ == "__main__":
    main()
