"""Actions: where the line to exhortation runs, whom a clause means, what a list's rows say. Plain forms stand in action.yml."""

from dataclasses import replace

import pytest

from extractors.article import Article, Block, Cell, Metadata, from_text
from extractors.record import Action, Metric
from extractors.records import extract as extract_all
from extractors.records.action import extract
from extractors.records.action_clauses import MASK, mask
from extractors.records.action_words import lexicon, object_core


def actions(text: str, **fields: object) -> list[Action]:
    article = replace(from_text(text), **fields)  # type: ignore[arg-type]
    return [r for r in extract_all(article) if isinstance(r, Action)]


def pairs(text: str) -> list[tuple[str, str | None]]:
    return [(a.trigger, a.object) for a in actions(text)]


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
    article = listed("关于2031年第二批海洋科技企业拟认定名单的公示", rows)
    found = [a for a in extract(article, {}) if a.rule == "action: list row"]
    assert [(a.trigger, a.type, a.object, a.stage, a.batch) for a in found] == [
        ("认定", "recognise", "湛江蓝藻科技有限公司", "proposed", "2031年第二批"),
        ("认定", "recognise", "茂名深海装备有限公司", "proposed", "2031年第二批"),
    ]
    assert all(article.text[a.start : a.end] == a.object for a in found)
    final = listed("关于公布2031年第二批海洋科技企业认定名单的通知", rows)
    assert {a.stage for a in extract(final, {}) if a.rule == "action: list row"} == {"final"}


def listed(title: str, rows: list[list[str]]) -> Article:
    text, blocks = "", []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            blocks.append(Block(kind="cell", start=len(text), end=len(text) + len(value), cell=Cell(table=0, row=r, column=c, header=r == 0)))
            text += value + "\n"
    return Article(id="t", source="s", url="u", capture="", title=title, text=text, blocks=tuple(blocks), metadata=Metadata(), reader="test/1")


def test_masking_keeps_offsets() -> None:
    text = "印发《建设办法》（试行），建成“蓝色粮仓”。"
    masked = mask(text, [(0, 2)])
    assert len(masked) == len(text)
    assert masked == f"{MASK * 2}《{MASK * 4}》（{MASK * 2}），建成“{MASK * 4}”。"


@pytest.mark.parametrize(("target", "core"), [("对接活动56场", "对接活动"), ("平台（筹）", "平台"), ("码头、船坞等", "码头、船坞")])
def test_the_last_word_of_an_object(target: str, core: str) -> None:
    assert object_core(target) == core
