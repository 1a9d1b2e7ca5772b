"""Names that fill a cell under 牵头单位, 企业名称 and the like."""

from extractors.records.organisation import extract
from tests.extractors.tables import table


def named(rows: list[list[str]]) -> list[tuple[str, str]]:
    return [(o.text, o.type) for o in extract(table(rows), {})]


def test_a_cell_of_a_column_of_bodies_is_a_name_from_end_to_end() -> None:
    rows = [
        ["序号", "申报单位", "合作单位", "负责部门（盖章）"],
        ["1", "汐岚市农业科学院", "青陌理工大学、汐岚市国有资本运营集团", "滨海高新区管委会"],
    ]
    assert named(rows) == [
        ("汐岚市农业科学院", "institute"),
        ("青陌理工大学", "university"),
        ("汐岚市国有资本运营集团", "company"),
        ("滨海高新区管委会", "government"),
    ]


def test_groups_units_of_measurement_and_other_columns_are_no_names() -> None:
    rows = [["指标", "单位", "责任单位", "企业数量"], ["养殖产量", "万吨", "有关企业和高校", "12家"], ["渔港", "座", "有关部门", "3家"]]
    assert named(rows) == []
