"""Actions against the gold. `held_back` documents were not looked at while the rules were written; `dev` ones were."""

import json
from pathlib import Path

import pytest

from scripts.bench.gold import measure

HELD_BACK = ("d02", "d04", "d08", "d10", "d12", "d18")
DEV = ("s000", "s002", "s003", "d01", "d03", "d05", "d06", "d07", "d09", "d11", "d13", "d14", "d15", "d16", "d17")


@pytest.mark.parametrize(("half", "docs"), [("dev", DEV), ("held_back", HELD_BACK)])
def test_gold(shared: Path, floors: dict[str, dict[str, float]], half: str, docs: tuple[str, ...]) -> None:
    figures, _ = measure(shared, docs=docs)
    assert figures["action"]["f1"] >= floors["actions"][f"{half}_f1"]
    assert figures["action"]["full_f1"] >= floors["actions"][f"{half}_full"]


def test_own_windows_are_labels_without_text() -> None:
    windows = json.loads((Path(__file__).parent / "own" / "actions.json").read_text("utf-8"))["windows"]
    labels = [label for window in windows for label in window["actions"]]
    assert sum(not label.get("optional") for label in labels) >= 100
    assert all({"span", "type", "tense", "object"} <= label.keys() and "text" not in label for label in labels)
    assert all(isinstance(label["object"][0], int) and len(label.get("actor", "")) < 14 for label in labels)
