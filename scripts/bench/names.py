"""Recall of organisations out of domain: CLUENER (train) and People's Daily (dev).

Their conventions differ from ours (football clubs, armies, titles), so errors are listed, not chased.

python -m scripts.bench.names [--shared DIR] [--errors LABEL]
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from extractors.article import from_text
from extractors.records.organisation import extract

SHARED = Path(__file__).resolve().parents[3] / "shared"
Gold = tuple[str, list[tuple[str, int, int]]]  # text, (label, start, end)
LABELS = ("government", "company", "organization")


def cluener_gold(shared: Path) -> Iterator[Gold]:
    for line in (shared / "data" / "ner" / "cluener_train.json").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], [(label, s, e + 1) for label in LABELS for spans in row["label"].get(label, {}).values() for s, e in spans]


def peoples_daily_gold(shared: Path) -> Iterator[Gold]:
    for block in (shared / "data" / "ner" / "peoples_daily_dev.bio").read_text("utf-8").strip().split("\n\n"):
        rows = [line.split() for line in block.split("\n") if line.strip()]
        text, spans, start = "".join(r[0] for r in rows), [], None
        for n, (_, tag) in enumerate([*rows, ("", "O")]):
            if start is not None and tag != "I-ORG":
                spans.append(("ORG", start, n))
                start = None
            if tag == "B-ORG":
                start = n
        yield text, spans


def recall(gold: Iterator[Gold], errors: list[str] | None = None, label: str = "") -> dict[str, float]:
    """Share of the gold's spans found exactly, by label, and `precision` of ours over all labels."""
    right: dict[str, int] = {}
    of: dict[str, int] = {}
    ours = 0
    for text, spans in gold:
        found = {(r.start, r.end) for r in extract(from_text(text), {})}
        ours += len(found)
        for name, start, end in spans:
            of[name] = of.get(name, 0) + 1
            right[name] = right.get(name, 0) + ((start, end) in found)
            if errors is not None and name == label and (start, end) not in found:
                near = [text[s:e] for s, e in found if s < end and start < e]
                errors.append(f"{text[start:end]} <- {'、'.join(near) or '-'}")
    return {name: right[name] / of[name] for name in of} | {"precision": sum(right.values()) / max(1, ours)}


def cluener(shared: Path) -> dict[str, float]:
    return recall(cluener_gold(shared))


def peoples_daily(shared: Path) -> dict[str, float]:
    return recall(peoples_daily_gold(shared))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--errors", default="", metavar="LABEL", help=f"{', '.join(LABELS)} or ORG")
    o = a.parse_args()
    for name, gold in (("CLUENER train", cluener_gold(o.shared)), ("People's Daily dev", peoples_daily_gold(o.shared))):
        errors: list[str] = []
        print(name, {k: round(v, 3) for k, v in recall(gold, errors, o.errors).items()})
        print("\n".join(errors[:200]))


if __name__ == "__main__":
    main()
