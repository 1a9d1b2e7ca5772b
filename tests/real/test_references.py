"""References against the gold and against own labels.

own/references.json: half -> file of shared/data -> [start, end, relation or "", optional] of each distinct cited document, positions in the
plain text, or for `pages` in the article read from the page. The half `seen` was looked at while the rules were written, `unseen` was not
(relations of plans' 印发实施 came in later), nor were the pages (labelled before their output was seen: F1 1.00 at first sight).
"""

import json
import re
from pathlib import Path

import pytest

from extractors.article import from_text
from extractors.records.reference import extract
from scripts.bench.gold import measure
from scripts.extracting import extract_file

OWN = json.loads((Path(__file__).parent / "own" / "references.json").read_text("utf-8"))


def key(title: str) -> str:
    return re.sub(r"\s", "", title).removeprefix("中华人民共和国")


def test_gold(shared: Path, floors: dict[str, dict[str, float]]) -> None:
    figures, errors = measure(shared)
    assert figures["reference"]["f1"] >= floors["references"]["gold_f1"], errors["reference"]


@pytest.mark.parametrize("half", OWN)
def test_own(shared: Path, floors: dict[str, dict[str, float]], half: str) -> None:
    wanted = hit = extra = related = right = 0
    for name, rows in OWN[half].items():
        path = shared / "data" / name
        text = extract_file(path)["text"] if half == "pages" else path.read_text("utf-8")
        got = {key(r.title): r for r in extract(from_text(text), {})}
        gold = {key(text[s:e]): (relation, optional) for s, e, relation, optional in rows}
        required = {k for k, (_, optional) in gold.items() if not optional}
        wanted, hit, extra = wanted + len(required), hit + len(required & got.keys()), extra + len(got.keys() - gold.keys())
        pairs = [(got[k].relation, relation) for k, (relation, _) in gold.items() if relation and k in got]
        related, right = related + len(pairs), right + sum(a == b for a, b in pairs)
    precision, recall = hit / (hit + extra), hit / wanted
    assert 2 * precision * recall / (precision + recall) >= floors["references"][f"own_{half}_f1"]
    assert right / related >= floors["references"]["own_relation"]
