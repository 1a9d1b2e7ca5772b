"""Actions of reports, notices and regulations: statements joined by 、, who is honoured, where reports turn to plans, what the law lets people do."""

import pytest

from extractors.article import Article, Metadata, from_text
from extractors.record import Action
from extractors.records import extract
from extractors.records.action_tense import tenses
from tests.extractors.actions import actions, pairs
from tests.extractors.tables import table


def extract_actions(article: Article) -> list[Action]:
    return [r for r in extract(article) if isinstance(r, Action)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湛江市培育渔企30家、建成码头2座。", [("培育", "渔企30家"), ("建成", "码头2座")]),
        ("遂溪县获评全国渔业县、徐闻县入选海藻之乡。", [("获评", "全国渔业县"), ("入选", "海藻之乡")]),
        ("湛江渔港大桥合龙、灯塔主体完工。", [("合龙", "湛江渔港大桥"), ("完工", "灯塔主体")]),
        ("对首次获评渔业示范企业、入选海藻名录的企业，予以公布。", []),
        ("湛江市建设码头、灯塔各3座。", [("建设", "码头、灯塔各3座")]),
        ("湛江市新（改扩）建渔港9个。", [("新（改扩）建", "渔港9个")]),
        ("湛江市渔港项目新开工17个。", [("新开工", "湛江市渔港项目")]),
        ("湛江深海浮标检验中心落户。", [("落户", "湛江深海浮标检验中心")]),
        ("《湛江市灯塔条例》颁布实施。", [("颁布实施", "《湛江市灯塔条例》")]),
        ("湛江国际渔港将于9月3日正式开港。", [("开港", "湛江国际渔港")]),
        ("湛江市环岛大道、海岛大桥等项目加快建设。", [("加快建设", "湛江市环岛大道、海岛大桥等项目")]),
        ("湛江市创新设立渔港项目“红黑榜”。", [("设立", "渔港项目“红黑榜”")]),
        ("湛江市新增备案渔业基金7支。", [("新增", "备案渔业基金7支")]),
        ("湛江市培育出口过亿元渔企8家。", [("培育", "出口过亿元渔企8家")]),
        ("湛江市出台渔业强市建设实施方案。", [("出台", "渔业强市建设实施方案")]),
        ("湛江市制定和进一步完善防台风预案。", [("制定", "防台风预案")]),
        ("湛江市确定遂溪县、徐闻县作为试点地区。", [("确定", "遂溪县、徐闻县")]),
        ("湛江市帮助60家渔企完成转型。", [("帮助", "60家渔企")]),
        ("湛江市渔港建设获省科学技术奖2项。", [("获", "省科学技术奖2项")]),
        ("通过新建、改建等方式筹集渔民住房。", [("筹集", "渔民住房")]),
        ("湛江市开展招商9批次、对接渔企60家。", [("开展", "招商9批次"), ("对接", "渔企60家")]),
        ("湛江市新增认定海藻企业16家。", [("认定", "海藻企业16家")]),
        ("湛江水产城一期启动区投入运营。", [("投入运营", "湛江水产城一期启动区")]),
        ("湛江渔业互助社落地运营。", [("落地运营", "湛江渔业互助社")]),
        ("湛江市招收渔校学员突破900人。", [("招收", "渔校学员")]),
        ("湛江市力争新培育渔企20家。", [("培育", "渔企20家")]),
        ("湛江市建设全球首座浮力灯塔。", [("建设", "全球首座浮力灯塔")]),
        ("湛江市再获全国渔博会举办权。", [("获", "全国渔博会举办权")]),
        ("湛江市获省渔业安全考核“五连优”。", [("获", "省渔业安全考核“五连优”")]),
        ("徐闻县通过省级海藻园区认定。", [("通过", "省级海藻园区认定")]),
        ("湛江渔货市场正式运营。", [("正式运营", "湛江渔货市场")]),
        ("湛江市渔企入选示范名单，湛江市获得国家渔业试点1.5亿元资金支持。", [("入选", "示范名单"), ("获得", "国家渔业试点1.5亿元资金支持")]),
        ("湛江渔业码头恢复运营。", [("恢复", "运营")]),
        ("力争潮汐发电项目纳入省级规划。", [("纳入", "潮汐发电项目")]),
        ("湛江市办好人民满意的渔业，办好海鲜美食节。", [("办好", "海鲜美食节")]),
    ],
)
def test_edges(text: str, found: list[tuple[str, str]]) -> None:
    assert sorted(pairs(text)) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "渔船保险补贴期限为5年。",
        "停止发放渔船补贴。",
        "不得设立渔船收费项目。",
        "渔民可申报湛江市渔船更新项目。",
        "渔船档案经费纳入财政预算。",
        "湛江渔业大奖开设四年以来，评委换了三次。",
        "湛江渔港设立之初就广受关注。",
        "湛江市渔业局秘书处2031年4月2日印发",
        "针对已签约渔民，优化服务。",
        "签约居民血压下降。",
        "让海藻这一变量成为渔业最大增量。",
        "刷新渔港项目建设“湛江速度”。",
    ],
)
def test_norms_denials_and_names_are_no_actions(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("湛江市渔业兴旺，赤坎老街入选省级步行街名单。", "赤坎老街"),
        ("湛江市渔业兴旺，海藻产业城获批省级集聚示范区。", "海藻产业城"),
        ("湛江市渔业兴旺，蓝鲸王上榜全国海鲜品牌名录。", "蓝鲸王"),
        ("湛江市渔业兴旺，四条经验获评渔业样板案例。", "湛江市"),
        ("湛江市渔业兴旺，年底入选渔业样板案例。", "湛江市"),
    ],
)
def test_who_is_honoured(text: str, actor: str) -> None:
    assert [a.actor for a in actions(text)] == [actor]


def test_who_is_honoured_does_not_act_on() -> None:
    found = actions("湛江市渔业兴旺，遂溪县获评全国渔业县，新建码头9座。湛江市发展海藻。湛江市建成灯塔。")
    assert [(a.trigger, a.actor) for a in found] == [("获评", "遂溪县"), ("新建", "湛江市"), ("建成", "湛江市")]


def test_a_title_over_two_lines_is_one() -> None:
    text = "湛江市人民政府办公室转发市海洋局\n关于灯塔管护工作\n意见的通知\n各县区：\n请认真执行。"
    (done,) = actions(text, metadata=Metadata(issuers=("湛江市人民政府办公室",)))
    assert (done.trigger, done.tense, "".join((done.object or "").split())) == ("转发", "done", "市海洋局关于灯塔管护工作意见")


def test_a_plan_is_known_by_its_wishes_and_a_report_by_what_it_tells() -> None:
    wishes = "加快建设灯塔，支持渔民转产，推动渔港升级，力争码头8座以上，打造海藻谷。\n"
    told = "建成灯塔9座，入选渔业试点，位居全省第二，产值同比增长，获评海藻强县，累计培训渔民。\n"
    assert tenses(from_text(wishes * 2)).usual == "planned"
    assert tenses(from_text(told * 4)) == tenses(from_text("无事。"))
    report = told * 12 + wishes * 8
    assert tenses(from_text(report)).plan_from == len(told * 12)
    headed = told * 12 + "各位代表，我们加快步伐。\n二、2032年重点工作\n" + wishes * 8
    assert headed[tenses(from_text(headed)).plan_from :].startswith("二、2032年重点工作")


def test_the_tense_of_a_clause_ends_with_its_verb() -> None:
    (planned,) = actions("湛江国际渔港将于9月3日正式开港，可停靠大船。")
    assert planned.tense == "planned"


def test_a_table_of_indicators_measures_and_does_nothing() -> None:
    rows = [["序号", "主要指标", "目标值"], ["1", "新建渔港12座", "12"], ["2", "培训渔民3000人次", "3000"]]
    assert extract_actions(table(rows, title="湛江市渔业发展规划")) == []
    tasks = [["序号", "重点任务", "时限"], *rows[1:]]
    assert [a.trigger for a in extract_actions(table(tasks, title="湛江市渔业发展规划"))] == ["新建"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("徐闻县通过省级海藻园区认定。", "recognise"),
        ("徐闻县通过省级渔港验收。", "evaluate"),
        ("徐闻县开设夜间鱼市3个。", "establish"),
        ("徐闻县开设渔民服务专线。", "launch"),
        ("扎实推进省级海藻示范区创建。", "recognise"),
        ("徐闻县开展渔船专项整治。", "evaluate"),
        ("徐闻县获渔业大会冠军。", "recognise"),
    ],
)
def test_types_by_the_last_word(text: str, kind: str) -> None:
    assert [a.type for a in actions(text)] == [kind]


def test_a_plan_may_build_named_bodies_and_the_like() -> None:
    plan = "湛江市加快建设海藻实验室等各类载体，加快建设各类载体。"
    assert [a.object for a in actions(plan, kind="policy")] == ["海藻实验室等各类载体"]


def test_a_sum_that_came_to_so_much_was_not_done() -> None:
    assert actions("2031年，湛江市渔业总产值完成37.5亿元，进出口总额完成91亿元。") == []


def test_what_is_being_built_and_what_was_reorganised_stand_before_the_verb() -> None:
    found = actions("2031年，湛江市扎实工作。深海牧场、潮汐电站等重大项目加速建设，湛江海洋全国重点实验室成功重组。")
    assert [(a.trigger, a.object, a.tense) for a in found] == [
        ("加速建设", "深海牧场、潮汐电站等重大项目", "ongoing"),
        ("成功重组", "湛江海洋全国重点实验室", "done"),
    ]


def test_firms_of_short_names_are_honoured_themselves() -> None:
    found = actions("2031年，湛江市大力实施渔港工程。海之谷、潮汐数科被认定为全省渔业重点企业，培育渔企9家。")
    assert [(a.trigger, a.actor) for a in found][1:] == [("认定为", "海之谷、潮汐数科"), ("培育", "湛江市")]
