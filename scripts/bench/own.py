"""Score organisations, metrics and actions on windows of our own (tests/real/own/*.json of three kinds): positions and labels over shared/data.

    python -m scripts.bench.own [--shared DIR] [--round 1 2] [--errors]

The windows were labelled by careful reading before any output of theirs was seen; docs/names.md and docs/metrics.md have the figures of the
first look at each round. A window may label one kind only, and may be cut from the article of a page (`article`). Metrics of the later rounds
have the spans of their phrases: `metric, phrases` scores these.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from scripts.bench.gold import SHARED, Figures, evaluator
from scripts.extracting import extract_file

OWN = tuple(Path(__file__).resolve().parents[2] / "tests" / "real" / "own" / name for name in ("records.json", "metrics.json", "actions.json"))
PHRASES = ("indicator", "period", "subject", "object", "actor")  # spans; an actor that the window does not write is a name
PHRASED = "metric, phrases"  # the windows whose metrics have spans of these
JUDGED = {
    "organisation": ("f1", "precision", "recall", "type", "canonical"),
    "metric": ("f1", "precision", "recall", "bound", "change", "status"),
    PHRASED: ("full_f1", "indicator", "period", "subject"),
    "action": ("f1", "precision", "recall", "full_f1", "type", "object", "actor", "tense"),
}


def windows(shared: Path, rounds: Sequence[int] = ()) -> Iterator[tuple[str, dict[str, list[dict[str, Any]]], str]]:
    """(name, records by kind, text) a window; a window may be labelled for one kind only."""
    for window in (w for path in OWN for w in json.loads(path.read_text("utf-8"))["windows"]):
        if rounds and window["round"] not in rounds:
            continue
        start, end = window["span"]
        text = _text(shared / "data" / window["file"], article=window.get("article", False))[start:end]
        labels = {kind: window.get(f"{kind}s") for kind in ("organisation", "metric", "action")}
        yield f"{window['file']}:{start}", {kind: [_record(kind, r, text) for r in rs] for kind, rs in labels.items() if rs is not None}, text


@cache
def _text(path: Path, *, article: bool) -> str:
    return str(extract_file(path)["text"]) if article else path.read_text("utf-8")


def _record(kind: str, label: dict[str, Any], text: str) -> dict[str, Any]:
    """With its phrases, and the offsets of the text without white space."""
    start, end = label["span"]
    gap = len(re.findall(r"\s", text[:start]))
    words = text[start:end]
    phrases = {k: label[k] if isinstance(label[k], str) else text[slice(*label[k])] for k in PHRASES if k in label}
    squeezed = {"start": start - gap, "end": end - gap - len(re.findall(r"\s", words))}
    return {"kind": kind, "text": words, "canonical": words} | squeezed | {k: v for k, v in label.items() if k != "span"} | phrases


def measure(shared: Path, rounds: Sequence[int] = ()) -> tuple[Figures, dict[str, list[Any]]]:
    """(figures, errors) of evaluate.py over the windows, each read as a file of its own."""
    documents: dict[str, list[Any]] = {kind: [] for kind in JUDGED}
    with tempfile.TemporaryDirectory() as folder:
        for n, (name, labels, text) in enumerate(windows(shared, rounds)):
            path = Path(folder) / f"{n}.txt"
            path.write_text(text, encoding="utf-8")
            system = extract_file(path)
            for kind, gold in labels.items():
                found = [r for r in system["records"] if r["kind"] == kind]
                documents[kind].append((name, {"document": {}, "records": gold}, text, {"text": system["text"], "records": found}))
    documents[PHRASED] = [d for d in documents["metric"] if any("indicator" in r for r in d[1]["records"])]
    scored = {kind: evaluator(shared).score(read) for kind, read in documents.items() if any(gold["records"] for _, gold, _, _ in read)}
    figures = {kind: {name: of[kind.split(",")[0]][name] for name in ("gold", *JUDGED[kind])} for kind, (of, _) in scored.items()}
    return figures, {kind: errors[kind.split(",")[0]] for kind, (_, errors) in scored.items()}


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--round", type=int, nargs="*", default=())
    a.add_argument("--errors", action="store_true")
    o = a.parse_args()
    figures, errors = measure(o.shared, o.round)
    for kind, row in figures.items():
        print(f"{kind:16}", "  ".join(f"{n} {v:.3f}" if isinstance(v, float) else f"{n} {v}" for n, v in row.items()))
        for what, name, gold, system in errors[kind] if o.errors else []:
            if what.removeprefix("wrong ") in JUDGED[kind] or (kind != PHRASED and what in ("missed", "spurious")):
                print("  ", what, name, *(json.dumps(x, ensure_ascii=False) for x in (gold, system) if x))


if __name__ == "__main__":
    main()
