"""Organisations and metrics on windows of our own that were labelled before any output of theirs was seen (scripts/bench/own.py)."""

import json
from pathlib import Path

from scripts.bench.own import OWN, PHRASED, measure

Floors = dict[str, dict[str, float]]


def test_own_windows(shared: Path, floors: Floors) -> None:
    figures, _ = measure(shared)
    low = {(kind, name): row[name] for kind, row in figures.items() for name in row if row[name] < floors[f"own_{kind}"].get(name, 0)}
    assert figures["organisation"]["gold"] > 400
    assert figures["metric"]["gold"] > 600
    assert figures[PHRASED]["gold"] > 400
    assert not low, low


def test_own_windows_hold_no_text() -> None:
    labels = [w for path in OWN for w in json.loads(path.read_text("utf-8"))["windows"]]
    assert {w["round"] for w in labels} >= {1, 2, 3, 4, 5, 6, 7, 8, 9}
    assert not any("text" in r for w in labels for r in (*w.get("organisations", ()), *w.get("metrics", ())))
