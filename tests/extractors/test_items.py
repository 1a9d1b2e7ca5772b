"""Library items: supply, demand, talent and opportunities, and what a reprint adds."""

from dataclasses import replace

import pytest

from extractors.article import Metadata, from_text
from extractors.item import LIBRARIES
from extractors.items import items, merge
from extractors.records import extract
from tests.extractors.stated import found
from tests.extractors.tables import table


def test_a_reprint_adds_evidence_and_an_original_speaks_first() -> None:
    text = "近日，湛江市印发《湛江市海藻产业扶持办法》，对新认定的示范渔场给予最高40万元奖励。"
    first = found(text, "policy", kind="news", name="a")
    again = found(text, "policy", kind="news", name="b")
    (joined,) = merge([*first, *again])
    assert [e.url for e in joined.evidence] == ["text:a", "text:b"]
    (spoken,) = merge([*first, *(replace(i, authority="original") for i in again)])
    assert spoken.authority == "original"
    assert len(spoken.evidence) == 2


def test_supply_names_what_is_on_offer_and_not_counts() -> None:
    text = "湛江海洋大学建成潮汐能公共测试平台，研制深海浮标样机。湛江市建成各类平台30个。湛江市计划建设海藻中心。"
    assert [(i.title, i.supply.offer, i.supply.holder) for i in found(text, "supply", kind="news") if i.supply] == [
        ("潮汐能公共测试平台", "platform", "湛江海洋大学"),
        ("深海浮标样机", "result", "湛江海洋大学"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "湛江市搭建双渔双海服务平台，加大宣传力度。",  # a class of a region
        "湛江市开展全链条服务。",
        "湛江市组建创新联合体。",
        "湛江海洋大学转化院士科研成果。",
        "湛江市为企业搭建了一个展示风采的高端平台。",
        "湛江市成立少年体育中心。",  # a centre, but of no science
        "湛江市推进“五大中心”建设。",
        "湛江海藻实验室开工建设。",
    ],
)
def test_classes_plans_and_counts_are_no_offers(text: str) -> None:
    assert found(text, "supply", kind="news") == []


def test_a_report_of_a_government_offers_only_what_works() -> None:
    text = "湛江海藻育种创新中心挂牌运行。加快建成湛江潮汐能技术创新中心。建设湛江浮标技术创新中心。"
    assert [i.title for i in found(text, "supply", kind="report", region="湛江市")] == ["湛江海藻育种创新中心"]


def test_what_opens_is_not_of_the_body_of_another_clause() -> None:
    text = "湛江市赤坎高新区创建顺利，湛江海藻装备创新研究院揭牌，市海藻检测中心建成投用。湛江海洋大学建成海藻育种实验室。"
    offers = {
        i.title: i.supply.holder
        for i in found(text, "supply", kind="news", title="湛江市科技简讯", region="湛江市", region_code="440800")
        if i.supply
    }
    assert offers == {"湛江海藻装备创新研究院": None, "湛江市海藻检测中心": None, "海藻育种实验室": "湛江海洋大学"}


def test_what_is_pushed_on_and_works_already_is_on_offer() -> None:
    text = "湛江市推进“海藻通”平台建设，平台累计服务渔业企业300家。"
    assert [i.title for i in found(text, "supply", kind="news", region="湛江市")] == ["“海藻通”平台"]


def test_a_list_of_platforms_is_several_offers() -> None:
    text = "湛江海洋大学建成海藻育种实验室、潮汐能检测中心。"
    assert [i.title for i in found(text, "supply", kind="news")] == ["海藻育种实验室", "潮汐能检测中心"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("湛江蓝藻公司副总经理陈远帆表示，今年订单增长。", []),
        ("湛江海洋大学研究员陈远帆认为，价格还会上涨。", []),
        ("湛江蓝藻公司创始人陈远帆表示，今年订单增长。", ["陈远帆"]),
        ("湛江海洋大学研究员陈远帆，从事海藻育种研究。", ["陈远帆"]),
    ],
)
def test_who_is_only_heard_is_no_talent(text: str, names: list[str]) -> None:
    assert [i.title for i in found(text, "talent", kind="news")] == names


def test_talent_leaves_out_officials_and_contacts() -> None:
    text = "湛江海洋大学许海澜教授团队从事海藻育种研究。湛江市海洋局局长陈远帆表示祝贺。联系人：何一苇"
    (item,) = found(text, "talent", kind="news")
    assert item.talent
    assert (item.title, item.talent.form, item.talent.organisation, item.talent.field) == ("许海澜团队", "team", "湛江海洋大学", "海藻育种")


def test_a_call_is_an_opportunity_and_not_a_demand() -> None:
    text = "关于征集海藻技术需求的通知\n请于2031年5月20日17:00前报送。\n联系电话：0759-3381234"
    (item,) = found(text, "opportunity", kind="call", title="关于征集海藻技术需求的通知")
    assert item.opportunity
    assert [d.due for d in item.opportunity.deadlines] == ["2031-05-20T17:00:00+08:00"]
    assert item.opportunity.phones == ("0759-3381234",)
    assert found(text, "demand", kind="call") == []
    assert item.opportunity.office is None


def test_who_calls_answers_where_no_office_is_named() -> None:
    text = "关于征集海藻技术需求的通知\n请于2031年5月20日前报送。"
    article = replace(from_text(text, kind="call", title=text[:13]), metadata=Metadata(issuers=("湛江市海洋局",)))
    (item,) = items(article, extract(article), "opportunity")
    assert item.opportunity
    assert item.opportunity.office == "湛江市海洋局"


def test_rows_of_needs_results_and_posts() -> None:
    needs = items(table([["序号", "榜题", "考核指标", "榜额", "发榜单位"], ["1", "海藻保鲜", "保鲜期90天", "200万元", "湛江蓝藻公司"]]), (), "demand")
    assert [(i.demand.problem, i.demand.figures, i.demand.budget, i.demand.holder) for i in needs if i.demand] == [
        ("海藻保鲜", "保鲜期90天", "200万元", "湛江蓝藻公司")
    ]
    results = items(table([["成果名称", "完成单位", "专利号", "转化方式"], ["海藻膜", "湛江海洋大学", "ZL203110000000.1", "许可"]]), (), "supply")
    assert [(i.supply.offer, i.supply.ip_number, i.supply.transfer) for i in results if i.supply] == [("result", "ZL203110000000.1", "许可")]
    posts = items(table([["岗位名称", "用人单位", "专业"], ["海藻研究员", "湛江海洋大学", "水产"]]), (), "talent")
    assert [(i.talent.form, i.talent.role, i.talent.field) for i in posts if i.talent] == [("post", "海藻研究员", "水产")]


def test_labelled_needs() -> None:
    text = "需求名称：海藻保鲜\n技术指标：保鲜期90天\n投入资金：200万元\n需求单位：湛江蓝藻公司\n需求名称：浮标防腐\n合作方式：委托开发"
    assert [(i.title, i.demand.budget, i.demand.cooperation) for i in found(text, "demand") if i.demand] == [
        ("海藻保鲜", "200万元", None),
        ("浮标防腐", None, "委托开发"),
    ]


def test_every_item_fills_the_detail_of_its_library() -> None:
    for item in (*found("对受灾渔民免收码头泊位费。", "policy"), *found("湛江海洋大学建成潮汐能公共测试平台。", "supply", kind="news")):
        assert [name for name in LIBRARIES if getattr(item, name) is not None] == [item.library]


def test_a_sum_has_the_unit_of_its_header() -> None:
    needs = items(table([["序号", "榜题", "榜额（万元）"], ["1", "海藻保鲜", "200"], ["2", "浮标防腐", "面议"]]), (), "demand")
    assert [i.demand.budget for i in needs if i.demand] == ["200万元", "面议"]


def test_who_builds_a_platform_holds_it() -> None:
    (item,) = found("6月18日，由湛江海洋大学、广东海藻科技有限公司共建的湛江海藻技术创新中心在麻章区正式投用。", "supply", kind="news")
    assert item.supply
    assert item.supply.holder == "湛江海洋大学、广东海藻科技有限公司"


def test_a_licence_has_its_kind_and_price() -> None:
    (item,) = found("湛江海洋大学以独占许可方式转让“海藻膜”技术，双方签订许可协议，许可费300万元。", "supply", kind="news")
    assert item.supply
    assert (item.supply.transfer, item.supply.price) == ("独占许可", "300万元")


def test_posts_stand_in_lines_of_a_notice_of_recruitment() -> None:
    text = "一、岗位\n1.航标工程师3名，要求船舶与海洋工程专业。\n2.船医1人。\n二、待遇\n面议。"
    posts = [i.talent for i in found(text, "talent", kind="call", title="湛江海洋大学2031年招聘公告")]
    assert [(p.role, p.field, p.form) for p in posts if p] == [("航标工程师", "船舶与海洋工程", "post"), ("船医", None, "post")]
    assert found(text, "talent", kind="call", title="湛江海洋大学2031年报名通知") == []


def test_who_builds_a_platform_may_stand_in_the_next_sentence() -> None:
    text = "9月12日，湛江海藻概念验证中心在麻章区揭牌。该中心由湛江海洋大学和广东海藻科技有限公司共同建设，首期投入900万元。"
    (item,) = found(text, "supply", kind="news")
    assert item.supply
    assert item.supply.holder == "湛江海洋大学、广东海藻科技有限公司"


def test_instruments_and_tests_that_are_open_to_others() -> None:
    text = (
        "湛江海洋大学面向社会开放共享透射电子显微镜、海水质谱仪等设备12台。\n收费标准：电镜400元/小时。\n可对外提供浮标低温测试、涂层防腐检测等服务。"
    )
    offers = [i for i in found(text, "supply", kind="announcement", title="湛江海洋大学仪器共享公告") if i.supply]
    assert [(i.title, i.supply.offer, i.supply.holder, i.supply.price) for i in offers if i.supply] == [
        ("透射电子显微镜", "instrument", "湛江海洋大学", "电镜400元/小时"),
        ("海水质谱仪", "instrument", "湛江海洋大学", "电镜400元/小时"),
        ("浮标低温测试、涂层防腐检测", "service", "湛江海洋大学", "电镜400元/小时"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "湛江海洋大学面向社会开放大型科研仪器设备12台。",
        "湛江海洋大学面向社会开放图书馆。",
        "面向企业提供专业检测等服务。",
        "支持面向社会开放航标试验场。",
    ],
)
def test_classes_and_bodies_that_nobody_knows_open_nothing(text: str) -> None:
    assert found(text, "supply", kind="news") == []
