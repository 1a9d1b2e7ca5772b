"""References against the gold and against own labels.

own/references.json: part -> file of shared/data -> [start, end, relation or "", optional] of each distinct cited document, positions in the
plain text, or in the article read from a page (.html), or in the title on a line of policy_meta.jsonl. The part `seen` was looked at while
the rules were written, `unseen` was not (relations of plans' 印发实施 came in later), nor were the pages (labelled before their output was
seen: F1 1.00 at first sight), `fourth` (F1 1.00, relations 64 of 68) and `titles` (two samples by chance of titles that carry out, forward,
amend or repeal: F1 0.89, relations 46 of 48, and after mending, on the second, 0.86, 19 of 20).
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


def text_of(path: Path) -> str:
    """The article of a page, the title on a line of policy_meta.jsonl (policy_meta.jsonl:782), the text of any other file."""
    if path.suffix == ".html":
        return str(extract_file(path)["text"])
    name, _, line = path.name.partition(":")
    text = path.with_name(name).read_text("utf-8")
    return str(json.loads(text.splitlines()[int(line)])["title"]) if line else text


@pytest.mark.parametrize("half", OWN)
def test_own(shared: Path, floors: dict[str, dict[str, float]], half: str) -> None:
    wanted = hit = extra = related = right = 0
    for name, rows in OWN[half].items():
        text = text_of(shared / "data" / name)
        got = {key(r.title): r for r in extract(from_text(text), {})}
        gold = {key(text[s:e]): (relation, optional) for s, e, relation, optional in rows}
        required = {k for k, (_, optional) in gold.items() if not optional}
        wanted, hit, extra = wanted + len(required), hit + len(required & got.keys()), extra + len(got.keys() - gold.keys())
        pairs = [(got[k].relation, relation) for k, (relation, _) in gold.items() if relation and k in got]
        related, right = related + len(pairs), right + sum(a == b for a, b in pairs)
    precision, recall = hit / (hit + extra), hit / wanted
    assert 2 * precision * recall / (precision + recall) >= floors["references"][f"own_{half}_f1"]
    assert right / related >= floors["references"]["own_relation"]
