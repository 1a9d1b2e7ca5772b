"""Tasks: roles, groups, nesting and tables; the plain forms stand as examples in task.yml."""

import pytest

from extractors.article import Article, Block, Cell, from_text
from extractors.record import Organisation, Task
from extractors.records.task import extract
from extractors.records.task_items import outline
from extractors.records.task_words import duties


def tasks(text: str, known: dict[str, str] | None = None) -> list[Task]:
    found = [
        Organisation(
            article="", start=text.index(name), end=text.index(name) + len(name), quote=name, rule="", text=name, type="government", canonical=full
        )
        for name, full in (known or {}).items()
    ]
    return extract(from_text(text), {"organisation": found})


def roles(task: Task) -> list[tuple[str, str]]:
    return [(u.name, u.role) for u in task.responsible]


def test_lead_comes_first_and_groups_without_name_are_not_units() -> None:
    (task,) = tasks("2.铺设海底电缆。（市财政局、有关部门配合，市海洋局牵头，各区县政府负责）")
    assert roles(task) == [("市海洋局", "lead"), ("各区县政府", "joint"), ("市财政局", "support"), ("有关部门", "support")]
    assert task.units == ("市海洋局", "各区县政府", "市财政局")
    assert [u.group for u in task.responsible] == [False, True, False, True]


def test_who_is_responsible_while_others_support_leads() -> None:
    (task,) = tasks("5.修建渔港。责任单位：市海洋局负责，各区县政府配合")
    assert roles(task) == [("市海洋局", "lead"), ("各区县政府", "support")]
    (task,) = tasks("6.修建渔港。责任单位：市海洋局、市水利局")
    assert roles(task) == [("市海洋局", "joint"), ("市水利局", "joint")]


def test_labels_of_one_list_belong_together() -> None:
    (task,) = tasks("（三）修建渔港。\n牵头单位：市海洋局；配合单位：市财政局、市渔政支队。")
    assert roles(task) == [("市海洋局", "lead"), ("市财政局", "support"), ("市渔政支队", "support")]
    assert task.number == "三"


def test_names_come_from_the_organisations() -> None:
    text = "1.修建渔港。责任单位：省海洋厅、发改委"
    (task,) = tasks(text, {"省海洋厅": "绿洲省海洋厅", "发改委": "绿洲省发展和改革委员会"})
    assert task.units == ("绿洲省海洋厅", "绿洲省发展和改革委员会")


def test_a_list_ends_where_prose_follows_without_a_break() -> None:
    text = "1.修建渔港。疏浚航道。责任单位：海洋局组建疏浚公司，引进社会资本。责任单位：国资委"
    first, second = tasks(text, {"海洋局": "北岭市海洋局", "国资委": "北岭市国资委"})
    assert (first.number, first.units) == ("1.1", ("北岭市海洋局",))
    assert (second.number, second.title, second.units) == ("1.2", "组建疏浚公司", ("北岭市国资委",))


def test_the_government_at_the_end_is_meant_of_each_place() -> None:
    (task,) = tasks("一、修建渔港。（北岭市、南屿市政府牵头）")
    assert task.units == ("北岭市政府", "南屿市政府")


def test_a_list_that_closes_sub_items_belongs_to_their_parent() -> None:
    text = "一、修建渔港\n（一）选址。先行勘察。\n（二）疏浚。清理航道。\n责任单位：市海洋局\n"
    text += "二、培训船员\n（一）办班。每年两期。\n（二）发证。\n责任单位：市人社局"
    assert [(t.number, t.title, t.units) for t in tasks(text)] == [("一", "修建渔港", ("市海洋局",)), ("二", "培训船员", ("市人社局",))]


def test_sub_items_with_lists_of_their_own_keep_them() -> None:
    text = "一、修建渔港\n（一）选址。责任单位：市海洋局\n（二）疏浚。责任单位：市交通局"
    assert [(t.number, t.title) for t in tasks(text)] == [("一", "选址"), ("二", "疏浚")]


def test_a_rule_about_who_may_explain_is_no_task() -> None:
    assert tasks("十、附则。本办法由市海洋局负责解释。") == []
    assert tasks("领导小组由市海洋局牵头，市财政局配合。") == []  # no numbered item


def test_a_label_of_another_kind_ends_a_list() -> None:
    (task,) = tasks("（四）修建渔港。（负责部门：海洋局、水利局；适用范围：北岭海域）")
    assert task.units == ("海洋局", "水利局")


@pytest.mark.parametrize(("opening", "closing"), ["（）", "[]", "【】"])
def test_a_list_in_the_heading_is_not_part_of_its_title(opening: str, closing: str) -> None:
    (task,) = tasks(f"6.修建渔港{opening}市海洋局、市水利局按职责分工负责{closing}。疏浚航道。")
    assert (task.title, task.units) == ("修建渔港", ("市海洋局", "市水利局"))
    (task,) = tasks(f"7.培训船员{opening}责任单位：市人社局{closing}\n")
    assert (task.title, task.units) == ("培训船员", ("市人社局",))


def test_a_deadline_may_stand_behind_the_list() -> None:
    (task,) = tasks("8.修建渔港。清淤。责任单位：市海洋局，完成时限：2031年底\n")
    assert task.deadline == "2031年底"
    (task,) = tasks("9.修建渔港。\n责任单位：市海洋局\n时间进度：2032年6月\n")
    assert task.deadline == "2032年6月"
    (task,) = tasks("3.修建渔港。由市海洋局会同市水利局负责，2033年6月底前完成。")
    assert (task.units, task.deadline) == (("市海洋局", "市水利局"), None)


def test_rows_of_a_table_with_merged_cells() -> None:
    rows = [
        ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
        ["1", "修建渔港。含码头", "市海洋局", "市财政局、各区县", "2031年底"],
        ["2", "疏浚航道", None, "市交通局", "2032年底"],
    ]
    article = table(rows)
    first, second = extract(article, {})
    assert (first.number, first.title, first.units, first.deadline) == ("1", "修建渔港", ("市海洋局", "市财政局", "各区县"), "2031年底")
    assert (second.number, second.title, second.units) == ("2", "疏浚航道", ("市海洋局", "市交通局"))
    assert article.quote((second.start, second.end)) == "疏浚航道"


def test_rows_that_share_a_title_keep_numbers_of_their_own() -> None:
    rows: list[list[str | None]] = [
        ["序号", "任务", None, "牵头部门（单位）"],
        [None, "事项", "具体举措", None],
        ["1", "修建渔港", "建防波堤，长2公里", "市海洋局"],
        ["2", None, "疏浚航道", "市交通局"],
    ]
    rows[0][2] = "任务"
    first, second = extract(table(rows), {})
    assert [(first.number, first.title), (second.number, second.title)] == [("1", "建防波堤"), ("2", "疏浚航道")]


def table(rows: list[list[str | None]]) -> Article:
    """A table of one article; None continues the cell above."""
    text, blocks = "", []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                height = 1 + sum(1 for later in rows[r + 1 :] if later[c] is None)
                blocks.append(Block(kind="cell", start=len(text), end=len(text) + len(value), cell=Cell(table=0, row=r, column=c, rows=height)))
                text += value + "\n"
    return Article(id="t", source="s", url="u", capture="", text=text, blocks=tuple(blocks), reader="test/1")


def test_outline_ranks_items_and_folds_wide_digits() -> None:
    items = outline("一、总则\n（一）目的。为了渔业。\n２．范围。全市。\n（3）例外。\n二、分则")
    assert [(i.number, i.parent) for i in items] == [("一", -1), ("一", 0), ("2", 1), ("3", 2), ("二", -1)]


@pytest.mark.parametrize("text", ["投资3.5亿元", "2031年1.2万户", "按照第三条（一）办理"])
def test_figures_are_no_items(text: str) -> None:
    assert outline(text) == []


def test_a_word_of_no_role_is_refused() -> None:
    with pytest.raises(ValueError, match="通报"):
        duties().role("通报单位")


def test_a_list_right_behind_its_number_takes_the_items_title() -> None:
    text = "一、责任单位：市海洋局。责任单位：市财政局。"
    found = tasks(text)
    assert [t.quote for t in found if not t.title] == []
    assert all(text[t.start : t.end] == t.quote for t in found)
    assert [t.title for t in tasks("一、责任单位：责任单位：")] == ["责任单位", "责任单位"]


def test_members_keep_their_brackets_and_places_hold_together() -> None:
    (task,) = tasks("1.修建渔港。（责任单位：市交通局（市航道站）、市海洋局等；各市、县（区）人民政府）")
    assert task.units == ("市交通局", "市海洋局", "各市、县（区）人民政府")
    (task,) = tasks("2.修建渔港。（责任单位：市海洋局，各区、县级市）")
    assert task.units == ("市海洋局", "各区、县级市")
    (task,) = tasks("3.修建渔港。（责任单位：市海洋局，各县、区政府）")
    assert task.units == ("市海洋局", "各县、区政府")


@pytest.mark.parametrize(
    "listed",
    [
        "（市海洋局牵头，市港务局等单位按职责分工负责）",
        "（市海洋局牵头，市港务局配合；12月底前完成）",
        "（市海洋局牵头，市港务局配合，完成时限：2031年底）",
        "〔市海洋局、市港务局〕",
        "市海洋局牵头，市港务局按职责分工负责。",
        "\n牵头：市海洋局\n配合：市港务局",
        "牵头（责任）单位：市海洋局、市港务局",
    ],
)
def test_forms_of_lists(listed: str) -> None:
    (task,) = tasks(f"1.修建渔港。疏浚航道。{listed}\n2.培训船员。", {"市海洋局": "北岭市海洋局", "市港务局": "北岭市港务局"})
    assert (task.number, task.title, task.units) == ("1", "修建渔港", ("北岭市海洋局", "北岭市港务局"))


def test_bare_brackets_name_units_only_where_these_are_organs() -> None:
    text = "1.新型渔船（北岭船厂、南屿学院）\n2.渔网（北岭船厂）"
    assert tasks(text) == []
    (task,) = tasks("1.新型渔船。招标。（市海洋局、南屿学院、市港务局）\n", {"市海洋局": "北岭市海洋局", "市港务局": "北岭市港务局"})
    assert task.units == ("北岭市海洋局", "南屿学院", "北岭市港务局")
    assert tasks("1.新型渔船。招标（市海洋局、南屿学院、市港务局）以后建造。", {"市海洋局": "北岭市海洋局", "市港务局": "北岭市港务局"}) == []


def test_the_region_of_the_text_completes_names_that_no_record_has() -> None:
    text = "海南省海洋厅文件\n海南省渔港建设要点。我省、全省、海南省。\n1.修建渔港。（省商务厅、船闸局、各厅局负责，团省委、北岭学院配合）\n"
    (task,) = tasks(text, {"省商务厅": "海南省商务厅"})
    assert task.units == ("海南省商务厅", "海南省船闸局", "共青团海南省委员会", "北岭学院")


def test_the_tail_is_shared_by_zones() -> None:
    (task,) = tasks("一、修建渔港。（北岭新区、南屿湾高新区管委会牵头）")
    assert task.units == ("北岭新区管理委员会", "南屿湾高新区管理委员会")
    (task,) = tasks("一、修建渔港。（三亚市、儋州市科技局牵头）", {"儋州市科技局": "儋州市科学技术局"})
    assert task.units == ("三亚市科学技术局", "儋州市科学技术局")
    (task,) = tasks("一、修建渔港。（海南省、广东省、广西壮族自治区人民政府和海南港航公司牵头）")
    assert task.units == ("海南省人民政府", "广东省人民政府", "广西壮族自治区人民政府", "海南港航公司")


def test_a_list_goes_on_in_the_next_line() -> None:
    (task,) = tasks("1.修建渔港。\n责任单位：市海洋局\n　　　市水利局、市港务局\n时间进度：2032年6月\n")
    assert task.units == ("市海洋局", "市水利局", "市港务局")
    (task,) = tasks("1.修建渔港。\n责任单位：市海洋局、\n市水利局\n")
    assert task.units == ("市海洋局", "市水利局")
    (task,) = tasks("1.修建渔港。\n责任单位：市海洋局\n北岭市水利局\n2031年5月6日")
    assert task.units == ("市海洋局",)


def test_a_label_in_brackets_needs_no_colon() -> None:
    (task,) = tasks("第三条 修建渔港\n【牵头单位】市海洋局\n【配合单位】市港务局\n")
    assert roles(task) == [("市海洋局", "lead"), ("市港务局", "support")]


def test_a_role_may_stand_behind_one_member() -> None:
    (task,) = tasks("2.修建渔港。（责任单位：市港务局、市海洋局（牵头）、市渔政支队（原渔监处））")
    assert roles(task) == [("市海洋局", "lead"), ("市港务局", "joint"), ("市渔政支队", "joint")]


def test_a_clause_of_helpers_takes_the_word_behind_it_where_another_leads() -> None:
    (task,) = tasks("2.修建渔港。（市海洋局牵头；市水利局，市港务局等部门配合）")
    assert roles(task) == [("市海洋局", "lead"), ("市水利局", "support"), ("市港务局", "support")]
    (task,) = tasks("2.修建渔港。责任单位：市水利局，市港务局配合")
    assert roles(task) == [("市水利局", "lead"), ("市港务局", "support")]


def test_hosts_of_an_event_answer_for_no_task() -> None:
    assert tasks("一、大赛组织\n主办单位：市海洋局\n承办单位：北岭学院\n二、报名") == []
    first, second = tasks("一、渔港论坛\n主办单位：市海洋局\n二、渔船展览\n主办单位：市港务局\n")
    assert (first.units, second.units) == (("市海洋局",), ("市港务局",))


def test_items_may_be_numbered_by_chapter() -> None:
    first, second = tasks("1 渔港\n1.1 修建防波堤。（市海洋局牵头）\n1.2培训船员。（市人社局牵头）\n")
    assert [(first.number, first.title), (second.number, second.title)] == [("1.1", "修建防波堤"), ("1.2", "培训船员")]


def test_a_list_of_a_part_without_its_neighbours_stays_there() -> None:
    text = "一、修建渔港\n（一）选址。（市海洋局牵头）\n（二）疏浚。（市交通局牵头）\n二、培训船员\n（一）办班。\n（二）发证。（市人社局牵头）\n"
    assert [(t.number, t.title) for t in tasks(text)] == [("一", "选址"), ("二", "疏浚"), ("二", "发证")]


def test_branches_of_the_central_bank_are_written_out() -> None:
    (task,) = tasks("1.渔船贷款。（市财政局、人行北岭市分行按职责分工负责）")
    assert task.units == ("市财政局", "中国人民银行北岭市分行")
