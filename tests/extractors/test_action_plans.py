"""Actions of plans, measures and notices: what is counted, who is meant by a list of bodies, what is handed down, drawn up, set right."""

import pytest

from tests.extractors.actions import actions, pairs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湛江市修复渔港6座，治理淤塞航道52公里。", [("修复", "渔港6座"), ("治理", "淤塞航道52公里")]),
        ("湛江市安排渔业专项资金4亿元。", [("安排", "渔业专项资金4亿元")]),
        ("湛江市更新渔船安全理念，提升服务水平。", []),
        ("湛江市渔获加工率提升8个百分点。", []),
        ("湛江市城市更新项目9个。", []),
        ("湛江市提升6个渔村建设水平。", []),
        ("湛江市补充材料应在6个工作日内交齐。", []),
        ("湛江市全面完成渔港清淤“双清”任务。", [("完成", "渔港清淤“双清”任务")]),
        ("湛江市复盘项目到资率、开工率、投产率。", []),
    ],
)
def test_some_verbs_state_an_action_only_of_things_that_are_counted(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("遂溪县、徐闻县共建海藻码头。", "遂溪县、徐闻县"),
        ("支持湛江海专、遂溪一中、徐闻二中等8所学校建设潮汐能实验室。", "湛江海专、遂溪一中、徐闻二中等8所学校"),
        ("遂溪县与湛江海洋大学共建海藻码头。", "遂溪县"),
        ("由遂溪县渔业局制定渔船管护办法。", "遂溪县渔业局"),
        ("试点渔区要结合实际制定渔船管护办法。", "试点渔区"),
        ("争取省级海洋产业基金在湛江市设立子基金30亿元。", "省级海洋产业基金"),
        ("遂溪县海藻产业集群入选全国特色渔业集群。", "遂溪县海藻产业集群"),
    ],
)
def test_the_actor_is_who_is_named_whole(text: str, actor: str) -> None:
    assert [a.actor for a in actions(text)] == [actor]


def test_a_body_of_the_centre_does_not_carry_on_through_the_report_of_a_city() -> None:
    text = "湛江市渔业再上台阶。国家海洋局评定湛江市为海洋强市。全市建成渔港12座。湛江市渔民增收。"
    assert [a.actor for a in actions(text) if a.trigger == "建成"] == ["湛江市"]


def test_what_was_told_before_a_plan_names_nobody_in_the_plan() -> None:
    told = "湛江市海洋局建成渔港12座。去年举办渔民夜校26期，累计培训渔民900人，获评全省先进。\n" * 3
    plan = "二、今年工作安排\n" + "力争建设灯塔8座，确保渔港开工，加快推动码头建设，打造海洋牧场9个，全力支持渔民增收。\n" * 6
    found = [a for a in actions(told + plan) if a.trigger == "建设"]
    assert found
    assert {a.actor for a in found} == {"湛江市"}


def test_what_is_handed_down_stands_before_the_verb() -> None:
    text = "将在渔港内设立养殖企业的审批权限下放至各渔港。"
    assert pairs(text) == [("下放", "在渔港内设立养殖企业的审批权限")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("授权遂溪县制定渔船管护办法。", [("授权", "遂溪县制定渔船管护办法")]),
        ("湛江市海洋局对渔港试点情况进行总结，形成渔港试点总结报告并报送省海洋厅。", [("形成", "渔港试点总结报告")]),
        ("湛江市海洋局组织对试点渔港进行验收。", [("验收", "试点渔港")]),
        ("湛江市海洋局组织专家对试点渔港进行验收。", [("验收", "试点渔港")]),
        ("把渔民增收贯穿于渔港建设全过程。", []),
        ("湛江市探索在9个渔村设置海藻工作站。", [("设置", "海藻工作站")]),
        ("布局海洋观测网、潮汐能实验室建设。", [("布局", "海洋观测网、潮汐能实验室建设")]),
        ("推动海洋观测平台整体建成交付。", [("建成交付", "海洋观测平台")]),
        ("谋划启动国际渔港建设。", [("启动", "国际渔港建设")]),
        ("争取全国渔业论坛落户湛江。", [("落户", "全国渔业论坛")]),
        ("湛江市7项渔业经验在全省复制推广。", [("复制推广", "湛江市7项渔业经验")]),
        ("湛江市渔船检验方案获广东省人民政府批复同意。", [("批复同意", "湛江市渔船检验方案")]),
        ("湛江市储备渔港项目47个、总投资9亿元。", [("储备", "渔港项目47个")]),
        ("湛江市启动一期投资2亿元、总投资9亿元的海藻项目。", [("启动", "一期投资2亿元、总投资9亿元的海藻项目")]),
        ("新设渔企增长12%。", []),
        ("完善创新攻关“揭榜”制度，做好渔港与码头对接。", []),
    ],
)
def test_frames_of_measures(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(("text", "tense"), [("本办法由湛江市制定。第三条 遂溪县制定本地区渔港管护办法。第四条 制定渔船细则。", "planned")])
def test_what_is_to_be_drawn_up_locally_is_not_done_yet(text: str, tense: str) -> None:
    assert {a.tense for a in actions(text) if a.object == "本地区渔港管护办法"} == {tense}


def test_in_a_national_text_the_issuer_acts_and_not_the_nation() -> None:
    text = "国家海洋局关于渔港普查的通知\n各省、自治区、直辖市海洋厅（局）：\n通知如下：\n一、建设渔港数据库。\n国家海洋局\n2031年3月9日"
    assert "全国" not in {a.actor for a in actions(text)}


def test_a_report_tells_of_the_pushing() -> None:
    text = "湛江市去年渔业丰收，获评先进。加快推进“三湾一港”建设，完成渔船更新。深化渔港管理体制改革。"
    assert ("加快推进", "“三湾一港”建设") in pairs(text)
    assert ("深化", "渔港管理体制改革") in pairs(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.对承担海洋专项的单位，按省拨经费1:1给予配套支持。", [("配套支持", "承担海洋专项的单位")]),
        ("对全职引进的船舶专家，采取“一事一议”方式给予最高700万元综合支持。", [("综合支持", "全职引进的船舶专家")]),
        ("给予新到岗船医每人每月2600元生活补贴。", [("补贴", "新到岗船医")]),
        ("首次认定的渔业企业奖励17万元，重新认定的奖励8万元。", [("奖励", "首次认定的渔业企业"), ("奖励", "重新认定")]),
        ("2.支持渔企组建养殖联盟，经备案的，给予每家60万元启动经费支持。", [("经费支持", "渔企组建养殖联盟")]),
        ("每年遴选支持青年船医40名，给予每人9万元经费资助。", [("遴选支持", "青年船医40名"), ("资助", "青年船医40名")]),
        ("在海外设立渔港的企业，市财政按租金的60%予以补助。", [("补助", "在海外设立渔港的企业")]),
        ("企业增长很快，给予更好支持。", []),
    ],
)
def test_rules_of_reward_in_measures(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("现组织开展2031年度海藻专项项目申报工作，有关事项通知如下。", [("组织开展", "2031年度海藻专项项目申报工作")]),
        ("现启动潮汐能优秀案例征集工作。", [("启动", "潮汐能优秀案例征集工作")]),
        ("二、申报要求\n申报单位应为渔企。评选范围见推荐函。", []),
        ("入库企业达到900家以上。", []),
        ("海藻膜等12项成果实现产业化。", [("实现产业化", "海藻膜等12项成果")]),
        ("推动海藻成果实现产业化。", []),
        ("省财政厅统筹安排专项资金8亿元。", [("安排", "专项资金8亿元")]),
        ("湛江市启动专项整治行动。", [("启动", "专项整治行动")]),
        ("海藻总部基地完成建设。", [("完成建设", "海藻总部基地")]),
        ("海藻制氢示范站投入试运行。", [("投入试运行", "海藻制氢示范站")]),
        ("遂溪镇获“海藻之乡”称号。", [("获", "“海藻之乡”称号")]),
        ("360项渔政服务“一岸通办”。", []),
        ("新签约项目投资额近900亿元。", []),
        ("落实防范化解渔船安全风险“1+8”方案，超额完成省下达任务。", []),
        ("湛江市在全省渔业检查考核中位列第一。", []),
        ("湛江地铁2号线通车运营。", [("通车运营", "湛江地铁2号线")]),
        ("氢能应用推广。", []),
    ],
)
def test_calls_and_what_a_procedure_needs(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


def test_groups_act_under_their_own_name() -> None:
    text = "广东省统计局建立统计数据库，各市要于2031年6月底前出台配套措施，各有关部门发布渔港清单2份。"
    assert [(a.trigger, a.actor) for a in actions(text)][-2:] == [("出台", "各市"), ("发布", "各有关部门")]


def test_a_report_of_a_region_does_not_boast_of_its_own_house() -> None:
    text = "湛江市去年渔业丰收，获评先进。加强政府自身建设，推进法治政府建设。"
    assert [a.trigger for a in actions(text)] == ["获评"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湛江市取消渔船检验的年限要求。", [("取消", "渔船检验的年限要求")]),
        ("湛江市取消渔船晚班。", []),
        ("湛江市放宽渔船检验要求、放宽渔港准入限制。", [("放宽", "渔船检验要求"), ("放宽", "渔港准入限制")]),
        ("湛江市对渔船检验实行告知承诺制。", [("实行", "告知承诺制")]),
        ("允许海洋合作区创新推出渔船登记服务举措。", [("创新推出", "渔船登记服务举措")]),
        ("由渔政机关对渔船进行审查，换发渔船证书。", [("审查", "渔船"), ("换发", "渔船证书")]),
    ],
)
def test_what_measures_lift_and_put_in_place(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize("modal", ["可", "可以", "应当", "要"])
def test_departments_of_a_level_act_themselves(modal: str) -> None:
    text = f"湛江市渔业办法\n省级渔业主管部门{modal}将渔船登记权限下放至海洋合作区的渔政机构。"
    assert [a.actor for a in actions(text)] == ["省级渔业主管部门"]


@pytest.mark.parametrize(
    ("aim", "found"),
    [
        ("推进海岸“净滩”", []),
        ("推进海岸“净滩”行动", ["海岸“净滩”行动"]),
        ("推进“净滩”", ["“净滩”"]),
        ("推进PM2.5与臭氧协同治理", []),
        ("推进渔区“双控”向排放“双减”转变", []),
        ("高标准建设遂溪湿地公园", ["遂溪湿地公园"]),
        ("推进滨海长廊建设", ["滨海长廊"]),
        ("渔业投资占全部投资比重超30%", []),
    ],
)
def test_slogans_and_substances_name_no_deliverable(aim: str, found: list[str]) -> None:
    assert [a.object for a in actions(f"湛江市渔业行动方案\n{aim}。", kind="policy")] == found
