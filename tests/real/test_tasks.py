"""Tasks against the gold, and against own labels of two documents of shared/data.

own/tasks.json: half -> file -> [number, roles, units] of each task: one letter a unit (L lead, S support, J joint), and its id in the
authority file ("": a group). Every task was compared with the page by eye. The document of `seen` was looked at while the rules were
written; that of `late` was found when they stood: 53 of 53 tasks, 0.72 with units right. What it taught: a label of another kind
(适用范围：) ends a list of units.
"""

import json
from pathlib import Path

import pytest

from extractors.names import authority
from extractors.readers import read
from extractors.record import ResponsibleUnit, Task
from extractors.records import extract
from scripts.bench.gold import measure
from scripts.extracting import capture_file

OWN = json.loads((Path(__file__).parent / "own" / "tasks.json").read_text("utf-8"))


def test_gold(shared: Path, floors: dict[str, dict[str, float]]) -> None:
    figures, errors = measure(shared)
    assert figures["task"]["f1"] >= floors["tasks"]["gold_f1"], errors["task"]
    assert figures["task"]["units"] >= floors["tasks"]["gold_units"]


def right(unit: ResponsibleUnit, id: str) -> bool:
    return any(entity.id == id for entity in authority().lookup(unit.name)) if id else unit.group


@pytest.mark.parametrize("half", OWN)
def test_own(shared: Path, floors: dict[str, dict[str, float]], half: str) -> None:
    wanted = found = matched = units = 0
    for name, rows in OWN[half].items():
        tasks = {r.number: r for a in read(capture_file(shared / "data" / name)) for r in extract(a) if isinstance(r, Task)}
        wanted, found = wanted + len(rows), found + len(tasks)
        for number, roles, ids in rows:
            task = tasks.get(number)
            matched += task is not None
            told = [u.role[0].upper() for u in task.responsible] if task else []
            units += bool(task) and told == list(roles) and all(map(right, task.responsible, ids))
    assert matched / wanted >= floors["tasks"]["own_recall"]
    assert matched / found >= floors["tasks"]["own_precision"]
    assert units / matched >= floors["tasks"]["own_units"]
