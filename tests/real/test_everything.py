"""Everything extracted at once: what it costs beside the bare tagging of the same texts."""

from pathlib import Path

from scripts.bench.everything import TAGGING, articles, seconds


def test_speed(shared: Path, floors: dict[str, dict[str, float]]) -> None:
    """The aim is 100,000 characters/s of one core; a ratio in one run, for the machine is shared."""
    spent = seconds(lambda: articles(shared, 4))
    tagging = spent.pop(TAGGING)
    assert tagging / sum(spent.values()) >= floors["everything"]["speed_of_tagging"], (spent, tagging)
