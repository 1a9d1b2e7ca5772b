"""Which short names of listed companies stand for the company wherever they are written."""

from pathlib import Path

import pytest

from scripts.build_listed import entities, keeps

PLACES = frozenset(("云州", "云州市"))


@pytest.mark.parametrize("name", ["蓝思科技", "云州轮胎", "多氟多", "贝因美"])
def test_kept(name: str) -> None:
    assert keeps(name, frozenset(), PLACES)


@pytest.mark.parametrize("name", ["机器人", "云州机场", "智慧农业", "中国软件", "国药"])
def test_left_out(name: str) -> None:
    assert not keeps(name, frozenset(), PLACES)


def test_what_other_files_have_is_left_out() -> None:
    assert not keeps("蓝思科技", frozenset(("蓝思科技",)), PLACES)


def test_marks_of_the_exchange_are_no_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "code.csv"
    path.write_text(
        "stock_code,short_name,list_date2\n900001,*ST云帆陇岑,2001-01-01\n900002,云帆陇岑B,2001-01-01\n900003,陇岑证券,2001-01-01\n", encoding="utf-8"
    )
    assert [(e.id, e.canonical, e.type) for e in entities(path)] == [("ls-900001", "云帆陇岑", "company"), ("ls-900003", "陇岑证券", "finance")]
