"""Measure metrics on sentences of our own gold, on all numbers of the city reports, and against the clock.

    python -m scripts.bench.metrics [--half tuned|untouched|all] [--errors] [--numbers] [--speed]

Gold: tests/real/metrics_gold.json (offsets and labels only, over files of shared/data).
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jieba.posseg
import msgspec

from extractors.article import Article, ArticleKind, from_text
from extractors.numbers import Other, scan
from extractors.record import Organisation, identify
from extractors.records import metric, organisation
from scripts.bench.gold import SHARED, evaluator

GOLD = Path(__file__).resolve().parents[2] / "tests" / "real" / "metrics_gold.json"
ANNOTATED = ("合肥", "宁波", "常州", "厦门", "嘉兴")  # cities in the annotated gold
Sentence = dict[str, Any]


def article_of(path: Path) -> Article:
    """A report or law of shared/data as an article."""
    kind: ArticleKind = "report" if path.parent.name == "docx_pairs" else "policy"
    return from_text(path.read_text("utf-8"), kind=kind, title=path.stem, name=path.name)


def metrics_of(article: Article) -> list[dict[str, Any]]:
    """The metrics of an article as plain objects."""
    organisations: list[Organisation] = [o for o in organisation.extract(article, {}) if isinstance(o, Organisation)]
    return [msgspec.to_builtins(m) for m in metric.extract(article, {"organisation": identify(article, organisations)})]


def _phrase(text: str, span: Any) -> str:
    """The text of one span, or of several put together (甲|办法 of 甲、乙办法)."""
    return "".join(text[s:e] for s, e in span) if isinstance(span[0], list) else text[span[0] : span[1]]


def gold_records(sentence: Sentence, text: str) -> list[dict[str, Any]]:
    """The labels of one sentence with their phrases read from its text."""
    out = []
    for label in sentence["metrics"]:
        start, end = label["span"]
        record = label | {"kind": "metric", "start": start, "end": end, "text": text[start:end], "indicator": _phrase(text, label["indicator"])}
        record |= {"period": _phrase(text, label["period"]) if "period" in label else None, "period_may_be_null": True, "subject": None}
        out.append(record)
    return out


def documents(shared: Path, half: str) -> Iterator[tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """(name, gold, text, system) a sentence, as evaluate.py's `score` reads them. Whole files are extracted, sentences compared."""
    done: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for n, sentence in enumerate(json.loads(GOLD.read_text("utf-8"))["sentences"]):
        if half not in ("all", sentence["half"]):
            continue
        if sentence["file"] not in done:
            article = article_of(shared / "data" / sentence["file"])
            done[sentence["file"]] = (article.text, metrics_of(article))
        whole, found = done[sentence["file"]]
        start, end = sentence["span"]
        text = whole[start:end]
        records = gold_records(sentence, text)
        inside = [r | {"start": r["start"] - start, "end": r["end"] - start} for r in found if start <= r["start"] and r["end"] <= end]
        yield f"{n} {sentence['file']}", {"document": {}, "records": _squeezed(text, records)}, text, {"text": text, "records": inside}


def _squeezed(text: str, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Offsets of the gold without white space, as evaluate.py counts them."""
    table = [0]
    for c in text:
        table.append(table[-1] + (not c.isspace()))
    return [r | {"start": table[r["start"]], "end": table[r["end"]]} for r in records]


def measure(shared: Path, half: str) -> tuple[dict[str, Any], list[Any]]:
    """(figures, errors) of the metrics on one half of the sentences, or all."""
    figures, errors = evaluator(shared).score(list(documents(shared, half)))
    unjudged = ("period", "subject")  # the sentences' surroundings are not labelled
    return {k: v for k, v in figures["metric"].items() if k not in unjudged}, [e for e in errors["metric"] if not e[0].endswith(unjudged)]


def classes(shared: Path) -> Counter[str]:
    """How many numbers of the city reports (without the annotated cities) fall into each class; metrics are `quantity`."""
    found: Counter[str] = Counter()
    for path in sorted((shared / "data" / "docx_pairs").glob("*.txt")):
        if path.stem not in ANNOTATED:
            found.update(item.kind if isinstance(item, Other) else "quantity" for item in scan(path.read_text("utf-8")))
    return found


def speed(shared: Path) -> dict[str, float]:
    """Characters a second of CPU time, one core, in one run: ours, and for comparison jieba's tagger and recognizers-text where installed."""
    articles = [article_of(p) for p in sorted((shared / "data" / "docx_pairs").glob("*.txt"))]
    sample = [a.text[:4000] for a in articles[:3]]
    runs: dict[str, tuple[Sequence[Any], Callable[[Any], object]]] = {
        "numbers": ([a.text for a in articles], lambda text: list(scan(text))),
        "all fields": (articles, lambda article: metric.extract(article, {})),
        "jieba posseg": (sample, lambda text: list(jieba.posseg.cut(text))),
    }
    if find_spec("recognizers_number"):
        from recognizers_number import recognize_number

        runs["recognizers-text, numbers"] = (sample, lambda text: recognize_number(text, "zh-cn"))
    return {name: _rate(inputs, run) for name, (inputs, run) in runs.items()}


def _rate(inputs: Sequence[Any], run: Callable[[Any], object]) -> float:
    """Characters a second; the first call, which loads tables, is not counted."""
    run(inputs[0])
    begin = time.process_time()
    for item in inputs:
        run(item)
    seconds = time.process_time() - begin
    return sum(len(item if isinstance(item, str) else item.text) for item in inputs) / seconds


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--half", choices=("tuned", "untouched", "all"), default="tuned")
    a.add_argument("--errors", action="store_true")
    a.add_argument("--numbers", action="store_true")
    a.add_argument("--speed", action="store_true")
    o = a.parse_args()
    figures, errors = measure(o.shared, o.half)
    print(o.half, {k: round(v, 3) for k, v in figures.items()})
    for what, name, gold, found in errors if o.errors else ():
        print(what, name, *(json.dumps(x, ensure_ascii=False) for x in (gold, found) if x))
    if o.numbers:
        print(classes(o.shared).most_common())
    if o.speed:
        print({k: f"{v:,.0f}" for k, v in speed(o.shared).items()})


if __name__ == "__main__":
    main()
