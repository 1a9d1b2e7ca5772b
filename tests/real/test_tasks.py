"""Tasks against the gold, and against own labels of a table of tasks.

own/tasks.json: file of shared/data -> [number, roles] of each row (L lead, S support, J joint, one letter a unit); every row was
compared with the page by eye.
The table was seen while the rules were written. No other document of shared/data states responsible units.
"""

import json
from pathlib import Path

from extractors.readers import read
from extractors.record import Task
from extractors.records import extract
from scripts.bench.gold import measure
from scripts.extracting import capture_file

OWN = json.loads((Path(__file__).parent / "own" / "tasks.json").read_text("utf-8"))


def test_gold(shared: Path, floors: dict[str, dict[str, float]]) -> None:
    figures, errors = measure(shared)
    assert figures["task"]["f1"] >= floors["tasks"]["gold_f1"], errors["task"]
    assert figures["task"]["units"] >= floors["tasks"]["gold_units"]


def test_own(shared: Path, floors: dict[str, dict[str, float]]) -> None:
    for name, rows in OWN.items():
        articles = read(capture_file(shared / "data" / name))
        tasks = [r for a in articles for r in extract(a) if isinstance(r, Task)]
        got = [[t.number, "".join(u.role[0].upper() for u in t.responsible)] for t in tasks]
        assert sum(row in got for row in rows) / len(rows) >= floors["tasks"]["own_recall"]
        assert sum(row in rows for row in got) / len(got) >= floors["tasks"]["own_precision"]
