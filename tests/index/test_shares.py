"""Counts over time are shares of what is held for each source and year."""

from pathlib import Path

import pytest

from index.embedded import Embedded
from index.query import Word
from index.rows import ArticleRow
from index.shares import Share, trend

HELD = (("甲", "2020", 4, 1), ("甲", "2021", 2, 1), ("乙", "2021", 10, 0), ("乙", "2022", 5, 5))


def test_shares(tmp_path: Path) -> None:
    rows = [
        ArticleRow(
            id=f"{s}{y}{n}",
            article=f"{s}{y}{n}",
            text="网箱" if n < found else "渔港",
            source=s,
            article_kind="news",
            date=f"{y}-01-01",
            article_year=y,
        )
        for s, y, held, found in HELD
        for n in range(held)
    ]
    rows.append(ArticleRow(id="undated", article="undated", text="网箱", source="甲", article_kind="news"))
    with Embedded(tmp_path) as backend:
        backend.rebuild(rows, 1)
        got = trend(backend, Word("网箱"))
    assert sorted(got.parts, key=lambda s: (s.source, s.year)) == sorted(
        (Share(source=s, year=y, found=found, held=held) for s, y, held, found in HELD), key=lambda s: (s.source, s.year)
    )
    assert {y.year: (pytest.approx(y.share), y.found, y.held, y.sources) for y in got.years} == {
        "2020": (0.25, 1, 4, 1),
        "2021": (0.25, 1, 12, 2),
        "2022": (1.0, 5, 5, 1),
    }
    assert got.undated == 1
