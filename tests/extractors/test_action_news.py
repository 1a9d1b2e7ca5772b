"""Actions of news and bulletins: what opens and what takes place where, whom a company's sentence means, what is said, what is handed over."""

from dataclasses import replace

import pytest

from extractors.article import from_text
from extractors.record import Action
from extractors.records import extract


def actions(text: str, **fields: object) -> list[Action]:
    article = replace(from_text(text), **fields)  # type: ignore[arg-type]
    return [r for r in extract(article) if isinstance(r, Action)]


def pairs(text: str) -> list[tuple[str, str | None]]:
    return [(a.trigger, a.object) for a in actions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湛江市海藻夜校在遂溪开班。", [("开班", "湛江市海藻夜校")]),
        ("第六届海洋牧场论坛在湛江开幕。", [("开幕", "第六届海洋牧场论坛")]),
        ("湛江深海浮标成功下线。", [("下线", "湛江深海浮标")]),
        ("由湛江海洋大学牵头组建的海藻实验室揭牌运行。", [("揭牌运行", "海藻实验室")]),
        ("湛江海藻育种中心获批筹建。", [("获批筹建", "湛江海藻育种中心")]),
        ("湛江渔港免税政策获批执行。", [("获批执行", "湛江渔港免税政策")]),
        ("湛江渔港综合保税仓正式获批。", [("获批", "湛江渔港综合保税仓")]),
        ("湛江冷链城、海藻园等项目竣工投产投用。", [("竣工投产投用", "湛江冷链城、海藻园等项目")]),
        ("湛江市为首批9家渔企授牌。", [("授牌", "首批9家渔企")]),
        ("湛江海洋大学将一项浮标专利以70万元转让给某渔企。", [("转让", "一项浮标专利")]),
        ("湛江海洋大学团队研发出新型海藻饲料。", [("研发", "新型海藻饲料")]),
        ("湛江市财政投入渔业专项资金7000万元。", [("投入", "渔业专项资金7000万元")]),
        ("湛江市新创建海藻示范村9个。", [("创建", "海藻示范村9个")]),
        ("湛江市盘活一批闲置码头资产。", [("盘活", "一批闲置码头资产")]),
        ("湛江市举办渔业培训班，来自7个镇的90名渔民学员参加培训。", [("举办", "渔业培训班")]),
        ("湛江市海洋局组织专家对渔港孵化器开展现场评审。", [("评审", "渔港孵化器")]),
        ("湛江市渔企、渔业合作社均突破900家。", []),
        ("湛江市海鲜名品增加到35个。", []),
        ("湛江市渔港设施共建共享继续深化。", []),
        ("耗电成为海上浮标最大的掣肘。", []),
        ("年初湛江海藻研究院就发布了海藻图谱。", [("发布", "海藻图谱")]),
        ("浮标芯片从第一次发布到渔民用上隔了九年。", []),
        ("量产时间取决于渔企的需求。", []),
        ("提供海上信号是新浮标最大的用处。", []),
        ("湛江市创建国家海洋强市建设试点城市。", [("创建", "国家海洋强市建设试点城市")]),
        ("湛江市新争取渔业专项债券77亿元。", [("争取", "渔业专项债券77亿元")]),
        ("争取深海浮标项目纳入国家规划。", [("纳入", "深海浮标项目")]),
        ("湛江市办理渔民建议3900件，分配渔民住房7000套。", [("办理", "渔民建议3900件"), ("分配", "渔民住房7000套")]),
        ("湛江市引进渔业项目97个，总投资3900亿元。", [("引进", "渔业项目97个")]),
        ("湛江市渔港二期完成主体施工，渔业博物馆免费开放。", [("完成", "主体施工"), ("免费开放", "渔业博物馆")]),
        ("湛江市鼓励有条件的渔业博物馆免费开放。", []),
        ("湛江邮轮港开启三条航线。", [("开启", "三条航线")]),
    ],
)
def test_edges(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("海豚充电宣布完成新一轮9000万元融资。", [("完成", "海豚充电", "fund")]),
        ("蓝贝出行与赤豚科技达成合约。", [("达成", "蓝贝出行", "cooperate")]),
        ("蓝鲸密码协会（某国际组织）公布了新会士名单。", [("公布", "蓝鲸密码协会", "issue")]),
        ("海豚充电相关负责人宣布，未来3年内，将引入9000个潮玩品牌。", [("引入", "海豚充电", "other")]),
        ("蓝贝集团发布新款浮标芯片，蓝贝集团发布年度报告。", [("发布", "蓝贝集团", "launch"), ("发布", "蓝贝集团", "issue")]),
        ("蓝贝集团收购海鲜平台，其后赤豚集团调整业务，并推出百亿补贴计划。", [("收购", "蓝贝集团", "fund"), ("推出", "赤豚集团", "launch")]),
        ("湛江市喜讯频传，蓝贝集团研发的海藻新药获批上市。", [("获批上市", "蓝贝集团", "recognise")]),
        ("湛江市第三方机构对27个码头进行评价。", [("评价", "湛江市", "evaluate")]),
    ],
)
def test_whom_a_sentence_of_news_means(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(a.trigger, a.actor, a.type) for a in actions(text)] == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [("湛江市新引育海外渔业人选39名。", "talent"), ("湛江市新引育海藻渔企39家。", "other"), ("湛江海藻集团完成7亿元融资。", "fund")],
)
def test_types_of_verbs_of_many_uses(text: str, kind: str) -> None:
    assert [a.type for a in actions(text)] == [kind]


def test_a_body_whose_project_is_built_does_nothing() -> None:
    found = actions("湛江市渔业兴旺，湛江海洋医院项目建设稳步推进，海藻学校开工建设。")
    assert [(a.trigger, a.actor) for a in found] == [("开工建设", "湛江市")]


def test_what_was_turned_into_another_is_done_and_what_will_follow_is_planned() -> None:
    told = "湛江市近日举办渔民夜校，此前已将海鲜街升级为海鲜城。"
    assert [(a.trigger, a.object, a.tense) for a in actions(told)][1:] == [("升级为", "海鲜街", "done")]
    assert [a.tense for a in actions("湛江市已举办渔民夜校。蓝贝集团宣布，未来9年，引入渔企90家。")] == ["done", "planned"]
    assert [a.tense for a in actions("湛江市“海归”行动计划累计引进渔业人才9000人。")] == ["done"]
