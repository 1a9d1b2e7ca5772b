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
        ("签约9000万元以上海产项目不少于15个。", "15个", "9000万元以上海产项目"),
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
        ("力争开工40亿元以上项目3个、15亿元以上项目8个。", "3个", "40亿元以上项目"),
        ("力争开工40亿元以上项目3个、15亿元以上项目8个。", "8个", "15亿元以上项目"),
        ("有年产值2亿元以上渔厂30家。", "30家", "年产值2亿元以上渔厂"),
        ("新船的耗油量仅有旧船的三分之一。", "三分之一", "耗油量"),
        ("业内预计明年渔轮产量不及渔船总产量的6%。", "6%", "渔轮产量"),
        ("渔业投入占财政支出的比重应当达到百分之四。", "百分之四", "渔业投入占财政支出的比重"),
        ("仍然需要把养护费降到千元以下。", "千元", "养护费"),
        ("岸电率可能在九成以上。", "九成", "岸电率"),
        ("甲岛、乙岛养护经费占支出的比例应当分别达到8%和5%。", "8%", "甲岛、乙岛养护经费占支出的比例"),
        ("甲岛、乙岛养护经费占支出的比例应当分别达到8%和5%。", "5%", "乙岛养护经费占支出的比例"),
        ("捕捞量、加工额较休渔前分别增长8%和5%。", "5%", "加工额"),
        ("组织海带推介会，签约金额突破7亿元。", "7亿元", "签约金额"),
        ("8座海上风场挂牌运行。", "8座", "海上风场"),
        ("4个渔港拟申报国家级。", "4个", "渔港"),
        ("推进一批总投资近9亿元的冷库。", "9亿元", "总投资"),
        ("全岛有3亿人口。", "3亿", "人口"),
        ("渔船使用时长为9个小时。", "9个小时", "渔船使用时长"),
        ("其海运费高达8万元。", "8万元", "海运费"),
        ("全岛重点港口完成投资83亿元。", "83亿元", "全岛重点港口完成投资"),
        ("12个超亿元渔业项目开工。", "12个", "超亿元渔业项目"),
        ("培育30家亿元船厂、6家十亿元船厂。", "30家", "亿元船厂"),
        ("引进4个投资10亿元以上海藻项目。", "4个", "投资10亿元以上海藻项目"),
        ("给出5套网具供渔民选用。", "5套", "网具"),
        ("蓝帆渔具完成7亿元B轮融资。", "7亿元", "B轮融资"),
        ("蓝帆渔具完成了新一轮8000万元融资。", "8000万元", "融资"),
        ("二、对渔船年产量达到80吨的，予以表扬。", "80吨", "渔船年产量"),
        ("市财政每年安排不少于3亿元专项资金，用于渔港。", "3亿元", "专项资金"),
        ("渔贷不良率容忍度放宽至3%。", "3%", "渔贷不良率容忍度"),
        ("船坞改造面积达8万平方米。", "8万平方米", "船坞改造面积"),
        ("达成合作意向97项。", "97项", "合作意向"),
        ("达产后可年产海藻肥30万吨。", "30万吨", "年产海藻肥"),
        ("35家船厂与9家银行现场签约。", "9家", "银行"),
        ("与3个渔港建立友好关系。", "3个", "渔港"),
        ("给船东四成到五成的流水。", "四成到五成", "流水"),
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


@pytest.mark.parametrize(
    ("words", "bound"),
    [("不得低于", ">="), ("不应小于", ">="), ("不能少于", ">="), ("不得高于", "<="), ("不宜大于", "<="), ("不能超过", "<="), ("不及", "<=")],
)
def test_what_must_not_be_lower_is_at_least(words: str, bound: str) -> None:
    for text in (f"泊位间距{words}9米。", f"岸电投入{words}港口收入的9%。"):
        (read,) = found(text).values()
        assert read.bound == bound, text
        assert words not in (read.indicator or "")


def test_what_a_share_is_taken_from_stands_in_the_clause_before() -> None:
    metrics = found("船厂可以从渔轮转让收入中，提取不低于百分之六的比例用于奖励。每年从养护费结余提取不低于7%的资金，用于奖励。", "policy")
    assert [m.indicator for m in metrics.values()] == ["渔轮转让收入", "养护费结余"]


def test_a_deadline_in_a_regulation_is_aimed_at() -> None:
    text = REGULATION + "第五条 到2031年，岸电使用率应当达到80%。\n第六条 到2031年岸电率达到80%的，给予补贴9万元。\n"
    assert found(text.partition("第六条")[0], "policy")["80%"].status == "target"
    assert {found(text, "policy")[words].status for words in ("80%", "9万元")} == {"rule"}


def test_a_clause_gives_its_numbers_to_what_the_clause_before_named() -> None:
    rates = found("接待渔客520万人次、海钓收入46亿元，分别增长22%、21%。靠港渔轮90艘，同比分别增长8%和7%。")
    assert {words: rates[words].indicator for words in ("22%", "21%")} == {"22%": "接待渔客", "21%": "海钓收入"}
    assert rates["8%"].indicator == rates["7%"].indicator == "靠港渔轮"  # two rates and one name: nobody's surely


PLAN = """岚州市渔港三年行动计划（2031—2033年）
2030年，全市渔港投入26亿元；泊位412个。
一、目标
到2033年，渔港投入突破40亿元；泊位达到700个。
二、任务
（一）改造。我市现有冷库18座。每年新建冷库8座，三年累计新增25座。
"""


def test_a_plan_states_what_was_before_it() -> None:
    metrics = found(PLAN, "policy")
    assert [w for w, m in metrics.items() if m.status == "actual"] == ["26亿元", "412个", "18座"]
    assert {m.status for m in metrics.values()} == {"actual", "target"}
    assert metrics["18座"].indicator == "冷库"


def test_a_rank_is_not_that_of_a_share_of_the_target() -> None:
    metrics = found("技术合同成交额143亿元，占全年目标的82%，居全省第四位。新增渔轮90艘，总量继续居全省前五。")
    assert [metrics[w].indicator for w in ("第四位", "前五")] == ["技术合同成交额", "总量"]


def test_the_highest_that_was_reached_is_no_bound() -> None:
    metrics = found("单船最高日捕捞量达8吨。对海藻项目给予最高补助80万元。", "policy")
    assert [m.bound for m in metrics.values()] == ["=", "<="]


def test_the_year_goes_before_the_whole_year() -> None:
    assert found("2031年渔港全年的吞吐量达到9万吨。")["9万吨"].period == "2031年"


def test_a_hope_is_aimed_at() -> None:
    assert found("船厂希望能把耗油量保持在旧船的40%以下。")["40%"].status == "target"


def test_a_year_that_was_foretold_or_founded_frames_nothing() -> None:
    metrics = found("新港将在2033年扩建。\n公司成立于2013年，员工80名。\n《每日渔讯》称，渔港有船90艘。")
    assert {m.period for m in metrics.values()} == {None}


def test_a_base_before_an_event_is_named() -> None:
    metrics = found("捕捞量较休渔前增长8%，海带比重居全省前列、提高3%。")
    assert [m.change and m.change.basis for m in metrics.values()] == ["period", "none"]


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


@pytest.mark.parametrize(
    ("text", "bound", "indicator"),
    [
        ("渔港大会集中签约36项。", "=", "渔港大会集中签约"),
        ("评审会通过12家渔企的申请。", "=", None),
        ("园区附近3家渔企停航。", "=", None),
        ("海上20座风机并网。", "=", None),
        ("全年节约5000万元。", "=", "全年节约"),
        ("渔企数量约36家。", "~", "渔企数量"),
        ("全年捕捞量（下同）约36吨。", "~", "捕捞量"),
        ("鱼苗产量上10亿尾。", ">=", "鱼苗产量"),
    ],
)
def test_the_end_of_another_word_is_no_bound(text: str, bound: str, indicator: str | None) -> None:
    (only,) = found(text).values()
    assert only.bound == bound
    assert indicator is None or only.indicator == indicator


def test_a_saying_is_no_figure() -> None:
    assert found("渔港以百分百的诚意招商。") == {}
    (share,) = found("渔获抽检合格率达到百分百。").values()
    assert (share.value, share.unit) == (100.0, "%")
