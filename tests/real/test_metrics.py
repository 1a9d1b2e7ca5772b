"""Metrics on real texts: the annotated gold, sentences of our own, every number of the city reports, public specifications, speed.

The own gold, metrics_gold.json, holds offsets and labels only; half of it was not looked at while rules were written.
"""

import json
from pathlib import Path

import pytest

from scripts.bench.conformance import conformance
from scripts.bench.gold import measure as measure_gold
from scripts.bench.metrics import GOLD, classes, measure, speed

Floors = dict[str, dict[str, float]]


def check(floors: Floors, prefix: str, figures: dict[str, float]) -> None:
    """Every figure that has a floor reaches it."""
    wanted = {k.removeprefix(prefix): v for k, v in floors["metrics"].items() if k.startswith(prefix)}
    assert wanted
    low = {k: (figures[k], v) for k, v in wanted.items() if figures[k] < v}
    assert not low, low


def test_annotated_gold(shared: Path, floors: Floors) -> None:
    figures, _ = measure_gold(shared)
    check(floors, "gold ", figures["metric"])


@pytest.mark.parametrize("half", ["tuned", "untouched"])
def test_own_sentences(shared: Path, floors: Floors, half: str) -> None:
    figures, _ = measure(shared, half)
    check(floors, f"{half} ", figures)


def test_own_gold_holds_no_text() -> None:
    sentences = json.loads(GOLD.read_text("utf-8"))["sentences"]
    assert len(sentences) == 150
    assert {s["half"] for s in sentences} == {"tuned", "untouched"}
    assert not any("text" in m for s in sentences for m in s["metrics"])


def test_numbers_without_a_class_are_few(shared: Path, floors: Floors) -> None:
    found = classes(shared)
    assert found["quantity"] > 8000
    assert found["unknown"] / sum(found.values()) <= floors["metrics"]["share of numbers without a class, at most"]


def test_public_specifications(shared: Path, floors: Floors) -> None:
    scores = conformance(shared)
    check(floors, "conformance ", {name: score.alike for name, score in scores.items()})


def test_indicators_are_phrases(shared: Path) -> None:
    from scripts.bench.metrics import article_of, metrics_of

    lengths = sorted(len(m["indicator"] or "") for p in sorted((shared / "data" / "docx_pairs").glob("*.txt"))[:6] for m in metrics_of(article_of(p)))
    assert lengths[len(lengths) // 2] <= 30
    assert lengths[-1] <= 60


def test_speed_against_the_tagger(shared: Path, floors: Floors) -> None:
    """As ratios in one run: the machine is noisy."""
    rates = speed(shared)
    assert rates["numbers"] / rates["jieba posseg"] >= floors["metrics"]["speed of numbers over jieba posseg"]
    assert rates["all fields"] / rates["jieba posseg"] >= floors["metrics"]["speed of all fields over jieba posseg"]
