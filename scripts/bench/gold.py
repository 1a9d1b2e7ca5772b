"""Score `qingbao extract` on the gold folder with its own evaluate.py.

    python -m scripts.bench.gold [--shared DIR] [--errors KIND] [--docs d01 d02] [--bytes] [--tagger lac]

`--bytes` reads the original bytes of the seeds that have gold instead of the gold's plain texts; `--tagger` lets a model find
organisations beside the rules.
"""

import argparse
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from extractors.options import ExtractOptions, configure
from extractors.taggers import TAGGERS, TaggerOptions
from scripts.extracting import extract_file

SHARED = Path(__file__).resolve().parents[3] / "shared"
Figures = dict[str, dict[str, Any]]


def evaluator(shared: Path) -> ModuleType:
    """The gold folder's evaluate.py as a module."""
    spec = importlib.util.spec_from_file_location("evaluate", shared / "gold" / "evaluate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def inputs(shared: Path, *, from_bytes: bool) -> dict[str, Path]:
    """Gold name -> file to read."""
    if not from_bytes:
        return {p.stem: p for p in sorted((shared / "gold" / "text").glob("*.txt"))}
    seeds = {p.name[:3]: p for p in (shared / "seeds").iterdir()}
    return {p.stem: seeds[p.stem[1:]] for p in sorted((shared / "gold").glob("s*.json"))}


def measure(shared: Path, *, from_bytes: bool = False, docs: Sequence[str] = ()) -> tuple[Figures, dict[str, list[Any]]]:
    """(figures, errors) of evaluate.py over the gold documents."""
    documents = []
    for name, path in inputs(shared, from_bytes=from_bytes).items():
        if docs and name not in docs:
            continue
        gold = json.loads((shared / "gold" / f"{name}.json").read_text("utf-8"))
        text = (shared / "gold" / "text" / f"{name}.txt").read_text("utf-8")
        documents.append((name, gold, text, extract_file(path)))
    figures, errors = evaluator(shared).score(documents)
    return figures, errors


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--errors", metavar="KIND")
    a.add_argument("--docs", nargs="*", default=())
    a.add_argument("--bytes", action="store_true")
    a.add_argument("--json", action="store_true")
    a.add_argument("--tagger", choices=[name for name, _ in TAGGERS], default="rules")
    o = a.parse_args()
    configure(ExtractOptions(tagger=TaggerOptions(name=o.tagger)))
    figures, errors = measure(o.shared, from_bytes=o.bytes, docs=o.docs)
    if o.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        for kind, row in figures.items():
            print(f"{kind:13}", "  ".join(f"{n} {v:.3f}" if isinstance(v, float) else f"{n} {v}" for n, v in row.items()))
    for what, name, gold, system in errors.get(o.errors, []):
        print(what, name, *(json.dumps(x, ensure_ascii=False) for x in (gold, system) if x))


if __name__ == "__main__":
    main()
