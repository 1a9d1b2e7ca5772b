"""Organisations on the gold, out of domain, and their speed."""

import math
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import rjieba

from extractors.article import from_text
from extractors.record import Organisation
from extractors.records.organisation import extract
from extractors.words import segmenter
from scripts.bench.gold import measure
from scripts.bench.names import cluener, peoples_daily

Floors = dict[str, dict[str, float]]


def test_gold(shared: Path, floors: Floors) -> None:
    figures = measure(shared)[0]["organisation"]
    for name in ("f1", "precision", "recall", "type", "canonical"):
        assert figures[name] >= floors["organisations"][name], (name, figures)


def test_out_of_domain(shared: Path, floors: Floors) -> None:
    """Other conventions (football clubs, foreign companies): recall of what policy text has too must not fall."""
    found = cluener(shared)
    assert found["government"] >= floors["organisations"]["cluener_government"], found
    assert found["company"] >= floors["organisations"]["cluener_company"], found
    assert peoples_daily(shared)["ORG"] >= floors["organisations"]["peoples_daily"]


def test_laws_name_few_organisations(shared: Path) -> None:
    """Laws of the state speak of kinds of organs, seldom of one: a rule that fires on kinds would show here."""
    texts = [p.read_text("utf-8") for p in sorted((shared / "data" / "laws").glob("行政法规_*.md"))]
    records = [r for text in texts for r in extract(from_text(text), {}) if r.rule == "organisation: head"]
    assert len(texts) > 50
    assert len(records) / sum(map(len, texts)) * 10_000 < 3, sorted({r.text for r in records})[:50]


def test_the_same_company_under_two_forms_is_one(shared: Path) -> None:
    """Mentions that link to one entity say one canonical name."""
    for path in sorted((shared / "gold" / "text").glob("*.txt")):
        records = extract(from_text(path.read_text("utf-8")), {})
        names: dict[str, set[str]] = {}
        for record in records:
            if record.entity and "-" in record.entity and not record.entity[0].isdigit():
                names.setdefault(record.entity, set()).add(record.canonical)
        assert all(len(n) == 1 for n in names.values()), names


def test_spans_and_evidence(shared: Path) -> None:
    for path in sorted((shared / "data" / "docx_pairs").glob("*.txt"))[:10]:
        text = path.read_text("utf-8")
        records = extract(from_text(text), {})
        assert all(isinstance(r, Organisation) and text[r.start : r.end] == r.quote == r.text for r in records)
        assert all(a.end <= b.start for a, b in pairwise(records))


def test_engines_cut_alike(shared: Path) -> None:
    """rjieba and jieba: at least 99.9 % the same words; the rest is listed in the message."""
    texts = [p.read_text("utf-8") for p in sorted((shared / "data" / "docx_pairs").glob("*.txt"))[:12]]
    same, all_, others = 0, 0, set()
    for text in texts:
        fast, slow = (_spans(segmenter(engine).cut(text)) for engine in ("rjieba", "jieba"))
        same, all_ = same + len(fast & slow), all_ + len(slow)
        others |= {text[s:e] for s, e in slow - fast}
    assert same / all_ >= 0.999, sorted(others)


def _spans(words: list[str]) -> set[tuple[int, int]]:
    spans, at = set(), 0
    for word in words:
        spans.add((at, at + len(word)))
        at += len(word)
    return spans


def test_speed(shared: Path, floors: Floors) -> None:
    """Against the bare tagging of the same texts in the same run, for the machine is shared: 0.5 against 4.9 million characters/s of one core."""
    articles = [from_text(p.read_text("utf-8"), name=p.name) for p in sorted((shared / "gold" / "text").glob("*.txt"))]
    ours = _seconds(lambda: [extract(article, {}) for article in articles])
    tagging = _seconds(lambda: [rjieba.tag(article.text) for article in articles])
    assert tagging / ours >= floors["organisations"]["speed_of_tagging"], (ours, tagging)


def _seconds(run: Callable[[], object]) -> float:
    """Of processor time, the best of three rounds."""
    best = math.inf
    for _ in range(3):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best
