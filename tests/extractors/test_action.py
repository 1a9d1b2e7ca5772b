"""Actions: where the line to exhortation runs, whom a clause means, what a list's rows say. Plain forms stand in action.yml."""

import pytest

from extractors.article import from_text
from extractors.record import Action, Metric
from extractors.records import extract as extract_all
from extractors.records.action import extract
from extractors.records.action_clauses import MASK, mask
from extractors.records.action_words import lexicon, object_core
from tests.extractors.actions import actions, pairs
from tests.extractors.tables import table


@pytest.mark.parametrize(
    "text",
    [
        "湛江市不断优化服务，着力提升渔业发展水平。",
        "湛江市加大宣传力度，强化责任落实，营造良好氛围。",
        "湛江市支持企业开展交流，鼓励渔民参加各类活动。",
        "湛江市渔业服务体系不断完善，渔业总产值突破90亿元。",
        "新认定的海藻企业达到12家。",
        "列入名录的养殖企业，按规定办理。",
        "湛江市今年建设了什么码头？",
    ],
)
def test_exhortations_levels_and_conditions_are_no_actions(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "湛江市服务出口总额54亿元，渔政考核断面水质达标率保持97%。",
        "建设渔港既是渔民的要求，也是破解“出海难”的客观需要。",
        "湛江市以渔港共建为抓手。",
        "签约服务覆盖率逐年提高，签约渔民满意度上升。",
        "关于推进渔港建设的实施方案",
        "渔业总产值增加。遂溪县老渔港改造“两年建成”任务收官。",
        "较年初新增超过8亿元。",
    ],
)
def test_measured_values_aims_and_nouns_are_no_actions(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("遂溪县海洋博物馆竣工投用。", [("竣工投用", "遂溪县海洋博物馆")]),
        ("“灯塔云”平台上线运行。", [("上线运行", "“灯塔云”平台")]),
        ("遂溪县通过省级渔港验收。", [("通过", "省级渔港验收")]),
        ("遂溪县获全省渔业先进称号。", [("获", "全省渔业先进称号")]),
        ("湛江市吸引六家企业入驻“海洋谷”。", [("吸引", "六家企业")]),
        ("湛江市选聘专家为渔民诊断鱼病。", [("选聘", "专家")]),
        ("湛江市召开推进会研究《捕捞办法》贯彻意见。", [("召开", "推进会")]),
        ("湛江市出台推动渔业发展的实施方案。", [("出台", "推动渔业发展的实施方案")]),
        ("湛江市申报成功国家海洋牧场项目。", [("申报", "国家海洋牧场项目")]),
        ("湛江市为企业提供申报渔港政策、代办证照等综合服务2项。", [("提供", "申报渔港政策、代办证照等综合服务2项")]),
        ("湛江市汇集渔业供需信息，通过“海上云”发布。", []),
        ("湛江市选定50家渔企作为捕捞对象。", [("选定", "50家渔企")]),
        ("湛江市健全渔港对接合作机制。", []),
        ("湛江市共建有各类渔港12个。", [("共建", "各类渔港12个")]),
        ("湛江市入选全国海洋牧场建设试点城市。", [("入选", "全国海洋牧场建设试点城市")]),
        ("湛江市举办孵化从业人员培训班。", [("举办", "孵化从业人员培训班")]),
        ("湛江市为渔民搭建了一个展示渔获、对接市场的平台。", [("搭建", "一个展示渔获、对接市场的平台")]),
        ("湛江市发放渔船补贴3亿元。", [("发放", "渔船补贴3亿元")]),
        ("湛江市制定了《渔港管护办法》，现印发给你们。", [("印发", "《渔港管护办法》"), ("制定", "《渔港管护办法》")]),
        ("湛江市妥善化解渔民讨薪难题45件。", [("化解", "渔民讨薪难题45件")]),
    ],
)
def test_edges_of_objects(text: str, found: list[tuple[str, str]]) -> None:
    assert sorted(pairs(text)) == sorted(found)


def test_what_is_founded_or_finished_is_not_who_acts() -> None:
    found = actions("湛江市加强监管，组建市区两级海洋管理局，上线“船东约见平台”。海藻检验中心建成运行，推出检验服务3项。")
    assert [(a.trigger, a.actor) for a in found] == [
        ("组建", "湛江市"),
        ("上线", "湛江市"),
        ("建成运行", "湛江市"),
        ("推出", "湛江市"),
    ]


def test_a_body_opened_by_its_regions_name_acts_itself() -> None:
    (cooperation, *_) = actions("湛江市海藻检验中心与茂名大学合作，联合申报育种项目。")
    assert cooperation.actor == "湛江市海藻检验中心"


def test_a_list_of_units_in_the_line_ends_its_sentence() -> None:
    assert [a.object for a in actions("3.推进渔港平台建设和运行责任单位：湛江市海洋局、湛江市财政局") if "局" in a.object] == []


def test_what_was_received_is_told_and_what_follows_an_outlook_is_planned() -> None:
    told, *_ = actions("连续两年，湛江渔业公司获得湛江市补助支持。")
    assert told.tense == "done"
    assert [a.tense for a in actions("湛江市海洋局将选择育种项目，启动拨投结合试点。")] == ["planned"]


@pytest.mark.parametrize(
    ("plan", "concrete"),
    [("海藻育种中心", True), ("“蓝色粮仓”", True), ("3个码头", True), ("一批海藻中心", False), ("良好环境", False), ("育种技术", False)],
)
def test_a_plan_needs_a_deliverable(plan: str, concrete: bool) -> None:
    assert lexicon().is_concrete(lexicon().verbs["建设"], plan, plan=True) is concrete


def test_a_report_counts_more_readily_than_a_plan() -> None:
    verb = lexicon().verbs["建设"]
    assert lexicon().is_concrete(verb, "海藻育种技术", plan=False)
    assert not lexicon().is_concrete(verb, "海藻育种技术", plan=True)
    assert not lexicon().is_concrete(lexicon().verbs["打造"], "海藻育种技术", plan=False)  # a wishing verb


def test_the_actor_carries_over_clauses_and_sentences() -> None:
    found = actions("湛江市海洋局加强监管，举办渔民夜校12期。2031年，印发《灯塔管护办法》。\n该局近日启动护渔行动。")
    assert [(a.trigger, a.actor) for a in found] == [("举办", "湛江市海洋局"), ("印发", "湛江市海洋局"), ("启动", "湛江市海洋局")]


def test_examples_of_other_places_do_not_carry_over() -> None:
    found = actions("湛江市海洋局举办渔民夜校。如遂溪县组建护渔队；廉江市成立海藻协会。\n近日，印发《灯塔管护办法》。")
    assert [(a.trigger, a.actor) for a in found] == [("举办", "湛江市海洋局"), ("组建", "遂溪县"), ("成立", "廉江市"), ("印发", "湛江市海洋局")]


def test_a_caused_action_belongs_to_whom_is_named() -> None:
    (done,) = actions("湛江市推动遂溪县建设海藻加工园区。")
    assert (done.trigger, done.actor, done.object) == ("建设", "遂溪县", "海藻加工园区")


def test_object_before_the_verb() -> None:
    assert pairs("湛江市将海藻育种基地纳入省级名录。") == [("纳入", "海藻育种基地")]
    assert pairs("茂名市与湛江海洋大学签约海藻项目，遂溪县护渔码头正式启用。") == [("签约", "海藻项目"), ("启用", "遂溪县护渔码头")]


def test_two_verbs_two_objects() -> None:
    assert pairs("湛江市引进海藻专家6名，建成海藻工作站。") == [("引进", "海藻专家6名"), ("建成", "海藻工作站")]


def test_each_reward_once_with_its_receiver() -> None:
    text = "对购置深水网箱的养殖户，市级财政按购置额的30%给予补助，最高补助60万元；对新获评的示范渔场，一次性奖励15万元。"
    assert [(a.trigger, a.type, a.object) for a in actions(text)] == [("补助", "fund", "购置深水网箱的养殖户"), ("奖励", "fund", "新获评的示范渔场")]


def test_notice_formulas() -> None:
    text = "湛江市海洋局关于印发灯塔管护办法的通知\n《灯塔管护办法》已经湛江市人民政府同意，现印发给你们，请遵照执行。"
    assert [(a.trigger, a.object) for a in actions(text)] == [("印发", "灯塔管护办法"), ("同意", "《灯塔管护办法》"), ("印发", "《灯塔管护办法》")]


def test_tense_and_date() -> None:
    text = "2031年3月，湛江市举办了护渔大赛，先后参加渔船比赛。下一步，将组建护渔队。湛江市常态化开展渔民培训班。"
    assert [(a.tense, a.date) for a in actions(text)] == [("done", "2031年3月"), ("done", "2031年3月"), ("planned", None), ("ongoing", None)]


def test_metrics_and_organisations_inside_the_object_are_linked() -> None:
    article = from_text("湛江市选派专家30名到茂名海洋大学。")
    everything = extract_all(article)
    (done,) = [r for r in everything if isinstance(r, Action)]
    metric = next(r for r in everything if isinstance(r, Metric))
    assert done.metrics == (metric.id,)
    assert len(done.organisations) == 1


def test_rows_of_a_published_list() -> None:
    rows = [["序号", "企业名称", "所在地"], ["1", "湛江蓝藻科技有限公司", "湛江"], ["2", "茂名深海装备有限公司", "茂名"]]
    article = table(rows, title="关于2031年第二批海洋科技企业拟认定名单的公示")
    found = [a for a in extract(article, {}) if a.rule == "action: list row"]
    assert [(a.trigger, a.type, a.object, a.stage, a.batch) for a in found] == [
        ("认定", "recognise", "湛江蓝藻科技有限公司", "proposed", "2031年第二批"),
        ("认定", "recognise", "茂名深海装备有限公司", "proposed", "2031年第二批"),
    ]
    assert all(article.text[a.start : a.end] == a.object for a in found)
    final = table(rows, title="关于公布2031年第二批海洋科技企业认定名单的通知")
    assert {a.stage for a in extract(final, {}) if a.rule == "action: list row"} == {"final"}


def test_a_sentence_ends_with_its_cell() -> None:
    rows = [["序号", "重点任务", "牵头单位", "资助（万元）", "完成时限"], ["1", "建成渔港码头三座", "市海洋局", "120", "2031年6月"]]
    assert [(a.trigger, a.object, a.tense) for a in extract(table(rows, title="渔港任务分工表"), {})] == [("建成", "渔港码头三座", "planned")]


def test_masking_keeps_offsets() -> None:
    text = "印发《建设办法》（试行），建成“蓝色粮仓”。"
    masked = mask(text, [(0, 2), (13, 15)])
    assert len(masked) == len(text)
    assert masked == f"。。《{MASK * 4}》（{MASK * 2}），。。“{MASK * 4}”。"
    assert mask("《海洋牧场\n建设规划》") == f"《{MASK * 9}》"


@pytest.mark.parametrize(("target", "core"), [("对接活动56场", "对接活动"), ("平台（筹）", "平台"), ("码头、船坞等", "码头、船坞")])
def test_the_last_word_of_an_object(target: str, core: str) -> None:
    assert object_core(target) == core
