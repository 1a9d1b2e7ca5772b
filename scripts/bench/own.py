"""Score organisations and metrics on windows of our own, tests/real/own/records.json: positions and labels over shared/data.

    python -m scripts.bench.own [--shared DIR] [--round 1 2] [--errors]

The windows were labelled by careful reading before any output of theirs was seen; docs/names.md and docs/metrics.md have the figures of the
first look at each round.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.bench.gold import SHARED, Figures, evaluator
from scripts.extracting import extract_file

OWN = Path(__file__).resolve().parents[2] / "tests" / "real" / "own" / "records.json"
JUDGED = {"organisation": ("f1", "precision", "recall", "type", "canonical"), "metric": ("f1", "precision", "recall", "bound", "change", "status")}


def windows(shared: Path, rounds: Sequence[int] = ()) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(name, gold as evaluate.py reads it, text) a window."""
    for window in json.loads(OWN.read_text("utf-8"))["windows"]:
        if rounds and window["round"] not in rounds:
            continue
        start, end = window["span"]
        text = (shared / "data" / window["file"]).read_text("utf-8")[start:end]
        records = [_record("organisation", r, text) for r in window["organisations"]] + [_record("metric", r, text) for r in window["metrics"]]
        yield f"{window['file']}:{start}", {"document": {}, "records": records}, text


def _record(kind: str, label: dict[str, Any], text: str) -> dict[str, Any]:
    """With the offsets of the text without white space."""
    start, end = label["span"]
    gap = len(re.findall(r"\s", text[:start]))
    words = text[start:end]
    return {"kind": kind, "text": words, "canonical": words, "start": start - gap, "end": end - gap - len(re.findall(r"\s", words))} | {
        k: v for k, v in label.items() if k != "span"
    }


def measure(shared: Path, rounds: Sequence[int] = ()) -> tuple[Figures, dict[str, list[Any]]]:
    """(figures, errors) of evaluate.py over the windows, each read as a file of its own."""
    documents = []
    with tempfile.TemporaryDirectory() as folder:
        for n, (name, gold, text) in enumerate(windows(shared, rounds)):
            path = Path(folder) / f"{n}.txt"
            path.write_text(text, encoding="utf-8")
            system = extract_file(path)
            documents.append((name, gold, text, {"text": system["text"], "records": [r for r in system["records"] if r["kind"] in JUDGED]}))
    figures, errors = evaluator(shared).score(documents)
    return {kind: {name: figures[kind][name] for name in ("gold", *names)} for kind, names in JUDGED.items()}, errors


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--round", type=int, nargs="*", default=())
    a.add_argument("--errors", action="store_true")
    o = a.parse_args()
    figures, errors = measure(o.shared, o.round)
    for kind, row in figures.items():
        print(f"{kind:13}", "  ".join(f"{n} {v:.3f}" if isinstance(v, float) else f"{n} {v}" for n, v in row.items()))
        for what, name, gold, system in errors[kind] if o.errors else []:
            if what.removeprefix("wrong ") in (*JUDGED[kind], "missed", "spurious"):
                print("  ", what, name, *(json.dumps(x, ensure_ascii=False) for x in (gold, system) if x))


if __name__ == "__main__":
    main()
