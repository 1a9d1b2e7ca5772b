"""Counts over time are shares of what is held for each source and year."""

from pathlib import Path

import pytest

from index.embedded import Embedded
from index.query import Word
from index.rows import ArticleRow
from index.shares import Share, by_year, shares

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
    with Embedded(tmp_path) as backend:
        backend.rebuild(rows, 1)
        got = shares(backend, Word("网箱"))
    assert sorted(got, key=lambda s: (s.source, s.year)) == sorted(
        (Share(source=s, year=y, found=found, held=held) for s, y, held, found in HELD), key=lambda s: (s.source, s.year)
    )
    assert by_year(got) == pytest.approx({"2020": 0.25, "2021": 0.25, "2022": 1.0})
