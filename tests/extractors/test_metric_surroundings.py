"""Metrics by what stands around them: announcements, regulations, quoted names, shares of what follows, attributes, brackets."""

import pytest

from extractors.article import ArticleKind, from_text
from extractors.record import Metric
from extractors.records import metric

REGULATION = """海湾船只停泊管理办法
第一条 为了管理船只停泊，制定本办法。
第二条 渔船船龄满3年不足8年的，领取泊位补贴的期限最长为18个月；但是最长不得超过30个月。
第三条 已满二十周岁的船员可以登记。
第四条 泊位间距控制在6米以内。
"""
ANNOUNCED = """港区改造已经结束。
今年将实施下列渔港工程：
一是照明工程。安装航标灯70盏，疏浚航道9公里。
二是冷链工程。改造冷库40座。
"""


def found(text: str, kind: ArticleKind = "report") -> dict[str, Metric]:
    return {m.text: m for m in metric.extract(from_text(text, kind=kind), {})}


def test_every_number_of_a_regulation_is_a_norm() -> None:
    metrics = found(REGULATION, "policy")
    assert [(m.text, m.bound) for m in metrics.values()] == [
        ("3年", ">="),
        ("8年", "<="),
        ("18个月", "<="),
        ("30个月", "<="),
        ("二十周岁", ">="),
        ("6米", "<="),
    ]
    assert {m.status for m in metrics.values()} == {"rule"}
    assert metrics["18个月"].indicator == "领取泊位补贴的期限"
    assert metrics["6米"].indicator == "泊位间距"


def test_two_articles_make_no_regulation() -> None:
    cited = "渔港安排\n第一条 航道\n第二条 灯塔\n截至目前，建成灯塔60座。\n"
    assert found(cited, "policy")["60座"].status == "actual"


def test_a_line_that_announces_holds_for_the_paragraphs_below() -> None:
    assert {m.status for m in found(ANNOUNCED).values()} == {"target"}
    reported = ANNOUNCED.replace("今年将实施", "去年以来已实施")
    assert {m.status for m in found(reported).values()} == {"actual"}


@pytest.mark.parametrize(
    "name", ["实施“万船百港”行动。", "健全“四本渔业账”制度。", "海湾渔会《关于修改〈船只停泊办法〉等九件渔业制度的决定》公布。", "船员四处打听消息。"]
)
def test_numbers_in_names_are_none(name: str) -> None:
    assert not found(name)


def test_a_quotation_is_no_name() -> None:
    assert found("船长说：“去年全队捕捞海鱼7000吨，比往年都多。”")["7000吨"].value == 7000


@pytest.mark.parametrize(
    ("text", "words", "indicator"),
    [
        ("各渔港预留20%的泊位。", "20%", "泊位"),
        ("网箱成活率达到90%的渔场优先。", "90%", "网箱成活率"),
        ("抽检结果：90尾为阳性。", "90尾", "阳性"),
        ("改造库容量3万吨的冷库。", "3万吨", "库容量"),
        ("引进造价9亿元的甲型渔轮、造价5亿元的乙型渔轮。", "5亿元", "造价"),
        ("全州海产品50万吨（其中网箱养殖12万吨）。", "12万吨", "网箱养殖"),
        ("海带出口额实现倍增、达8.1亿元。", "8.1亿元", "海带出口额"),
        ("渔轮总产值、海带加工业增加值总量均跃升至全省第6位。", "第6位", "渔轮总产值、海带加工业增加值总量"),
        ("培训达到远洋标准的船员300名。", "300名", "船员"),
        ("渔港捐助帮扶投入资金6亿元。", "6亿元", "渔港捐助帮扶投入资金"),
        ("参赛的80名渔民中，有海龄长的。", "80名", "渔民"),
        ("签约9000万元以上海产项目不少于15个。", "15个", "海产项目"),
        ("建成区绿化覆盖率44%。", "44%", "建成区绿化覆盖率"),
        ("9所海员学校投入使用，12个码头尽快开工。", "9所", "海员学校"),
        ("9所海员学校投入使用，12个码头尽快开工。", "12个", "码头"),
        ("全市生产总值640亿元。", "640亿元", "生产总值"),
        ("渔港服务业增加值30亿元。", "30亿元", "渔港服务业增加值"),
        ("建成和美渔村示范点17个。", "17个", "和美渔村示范点"),
        ("形成6个产值超80亿元、4个超30亿元的渔业集群。", "6个", "渔业集群"),
        ("形成6个产值超80亿元、4个超30亿元的渔业集群。", "4个", "渔业集群"),
        ("海带加工产值增长11%，高于面上6个百分点。", "6个百分点", "海带加工产值"),
        ("凝聚120名轮机工程师的心血。", "120名", "轮机工程师"),
    ],
)
def test_what_is_measured(text: str, words: str, indicator: str) -> None:
    assert found(text)[words].indicator == indicator


def test_a_part_in_brackets_has_its_whole() -> None:
    assert found("全州海产品50万吨（其中网箱养殖12万吨）。")["12万吨"].within == "海产品"


def test_unit_consumption_is_no_sum() -> None:
    assert not found("完成万元GDP能耗任务。")


def test_bounds_that_stand_apart() -> None:
    metrics = found("“最多跑三趟”渔证办理率99%，海产、渔机产值分别增长30%、15%以上，为各岛至少培育2家渔社。")
    assert {m.text: m.bound for m in metrics.values()} == {"99%": "=", "30%": ">=", "15%": ">=", "2家": ">="}


def test_above_the_average_is_no_bound() -> None:
    metrics = found("海带加工产值增长11%，高于面上6个百分点，网上渔证办理800件，参展渔民上万名。")
    assert {m.text: m.bound for m in metrics.values()} == {"11%": "=", "6个百分点": "=", "800件": "=", "万名": ">="}


def test_the_best_since_is_no_time() -> None:
    metrics = found("2023年，全岛渔业产值增长9%，为2011年口径改革以来最好成绩；海运收入增长4%。")
    assert {m.period for m in metrics.values()} == {"2023年"}


def test_changes_of_a_list_and_of_pace() -> None:
    metrics = found("岛屿和海港收入分别增长7%左右和9%左右，渔证审批平均提速60%，航速较目前提升50%。")
    assert {m.text: m.change and m.change.basis for m in metrics.values()} == {"7%": "none", "9%": "none", "60%": "none", "50%": "period"}


def test_what_is_paid_for_each_is_a_norm() -> None:
    fees = found("（一）船员：个人缴费标准为每人310元。", "announcement")["310元"]
    assert (fees.status, fees.indicator) == ("rule", "个人缴费标准")
