"""People: what is no name, tables, and that nothing private is kept. Plain forms stand in person.yml."""

import msgspec
import pytest

from extractors.article import Article, Block, Cell, from_text
from extractors.record import Organisation
from extractors.records.person import extract


def names(text: str) -> list[tuple[str, str | None]]:
    return [(p.name, p.title) for p in extract(from_text(text), {})]


@pytest.mark.parametrize(
    "text",
    [
        "加快培养卓越工程师。",
        "引进高水平专家。",
        "累计建成院士工作站5个。",
        "记者陈远帆从会上获悉",
        "他当选主任后，工作有了起色。",
        "解决了科学家后顾之忧",
        "工程专业教授",
        "智慧渔港·数字海洋专家组启动工作。",
    ],
)
def test_no_person(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("name", ["欧阳海波", "南宫远", "阿依古丽·买买提", "巴图·孟和", "巴特尔", "扎西次仁", "乌云其其格"])
def test_double_surnames_and_names_of_other_nations(name: str) -> None:
    assert names(f"局长{name}表示，码头将于明年建成。") == [(name, "局长")]
    assert names(f"联系人：{name}，电话另附。") == [(name, "联系人")]
    assert names(f"会上，{name}教授介绍了育种技术。") == [(name, "教授")]


def test_a_name_with_a_point_begins_behind_its_body() -> None:
    text = "青海高原大学才旦·多杰教授从事牧草研究。"
    body = Organisation(article="", start=0, end=6, quote=text[:6], rule="", text=text[:6], type="university", canonical=text[:6])
    (person,) = extract(from_text(text), {"organisation": [body]})
    assert (person.name, person.organisation, person.field) == ("才旦·多杰", "青海高原大学", "牧草")


def test_each_person_once() -> None:
    assert names("局长陈远帆出席会议。局长陈远帆表示，将继续努力。") == [("陈远帆", "局长")]


def test_team_and_body_in_front_of_a_name() -> None:
    text = "由湛江海洋大学许海澜院士团队、何一苇研究员共同完成。"
    body = Organisation(article="", start=1, end=7, quote="湛江海洋大学", rule="", text="湛江海洋大学", type="university", canonical="湛江海洋大学")
    first, second = extract(from_text(text), {"organisation": [body]})
    assert (first.name, first.title, first.organisation) == ("许海澜", "院士", "湛江海洋大学")
    assert (second.name, second.title, second.organisation) == ("何一苇", "研究员", None)


def test_private_numbers_are_not_kept() -> None:
    text = "联系人：何一苇（身份证440801199001011234），手机13800001234"
    (person,) = extract(from_text(text), {})
    assert person.name == "何一苇"
    assert not any(digit in msgspec.json.encode(person).decode() for digit in ("13800001234", "440801199001011234"))


def test_rows_of_a_table() -> None:
    rows = [["序号", "姓名", "工作单位", "职称", "研究领域"], ["1", "许海澜", "湛江海洋大学", "教授", "海藻育种"]]
    text, blocks = "", []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            blocks.append(Block(kind="cell", start=len(text), end=len(text) + len(value), cell=Cell(table=0, row=r, column=c)))
            text += value + "\n"
    (person,) = extract(Article(id="t", source="s", url="u", capture="", text=text, blocks=tuple(blocks), reader="test/1"), {})
    assert (person.name, person.organisation, person.title, person.field) == ("许海澜", "湛江海洋大学", "教授", "海藻育种")
    assert text[person.start : person.end] == "许海澜"


def test_a_roster_gives_each_name_the_post_of_its_own_line() -> None:
    text = "组　　长：陈远帆　　北岭市副市长\n成　　员：许　澜　　市海洋局局长\n何一苇　　市财政局副局长\n周舟　　北岭大学校长、教授\n"
    assert names(text) == [("陈远帆", "副市长"), ("许澜", "局长"), ("何一苇", "副局长"), ("周舟", "教授")]


def test_a_preposition_is_no_surname() -> None:
    assert names("渔港负责人向记者介绍了航标。") == []
    assert [name for name, _ in names("北岭大学教授向晓岚表示，航标已经更新。")] == ["向晓岚"]


@pytest.mark.parametrize("behind", ["正在讲解海图", "对本报说", "感叹道", "获海洋奖", "今天到场", "将任组长"])
def test_what_follows_a_name(behind: str) -> None:
    assert names(f"北岭船厂高级工程师肖海澜{behind}。") == [("肖海澜", "高级工程师")]
