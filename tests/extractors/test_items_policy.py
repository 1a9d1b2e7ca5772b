"""Items of the policy library: who is entitled to what, on which conditions, until when."""

import pytest

from extractors.items_policy import conditions
from tests.extractors.stated import found

RULES = """湛江市海藻产业扶持办法
一、支持养殖。对在湛江市注册满2年、年营业收入达到500万元以上的海藻养殖企业，按购置设备额的30%给予补助，最高60万元。
（责任单位：市海洋局）
二、减轻负担。对受灾渔民免收码头泊位费。
"""


def test_an_entitlement_has_target_conditions_amount_and_office() -> None:
    subsidy, relief = found(RULES, "policy", title="湛江市海藻产业扶持办法", region="湛江市", expiry_date="2035-12-31")
    assert subsidy.policy
    assert (subsidy.authority, subsidy.applicable_region, subsidy.document) == ("original", "湛江市", "湛江市海藻产业扶持办法")
    assert subsidy.policy.benefit == "奖补"
    assert "海藻养殖企业" in subsidy.policy.target
    assert {(c.field, c.operator, c.value) for c in subsidy.policy.conditions} >= {
        ("registration_region", "=", "湛江市"),
        ("age_years", ">=", 2.0),
        ("revenue", ">=", 5e6),
    }
    assert subsidy.policy.amount
    assert (subsidy.policy.amount.share, subsidy.policy.amount.ceiling) == (30.0, 6e5)
    assert subsidy.policy.office
    assert subsidy.policy.office.endswith("海洋局")
    assert subsidy.policy.until == "2035-12-31"
    assert relief.policy
    assert relief.policy.benefit == "减免"
    assert subsidy.evidence[0].quote in RULES


@pytest.mark.parametrize(
    ("words", "field", "operator", "value"),
    [
        ("成立不满5年的企业", "age_years", "<=", 5.0),
        ("研发投入占营业收入比例不低于3%的企业", "rd_share", ">=", 3.0),
        ("职工人数200人以下的企业", "staff", "<=", 200.0),
        ("新认定的海洋牧场示范区", "qualification", "=", "海洋牧场示范区"),
        ("总投资2亿元以上的项目", "investment", ">=", 2e8),
        ("面积不少于800平方米的工坊", "area", ">=", 800.0),
        ("获得“蓝帆”资质的船厂", "qualification", "=", "“蓝帆”资质"),
        ("获得海藻贷贷款的养殖户", "event", "=", "获得海藻贷贷款"),
        ("年出航不少于90航次的船队，年出海不少于90天的渔船", "count", ">=", 90.0),
        ("拥有船检证书5件以上的船厂", "count", ">=", 5.0),
    ],
)
def test_conditions(words: str, field: str, operator: str, value: float | str) -> None:
    assert (field, operator, value) in [(c.field, c.operator, c.value) for c in conditions(words, words)]


@pytest.mark.parametrize("words", ["经考核认定实施成功的", "新引进的渔业硕士", "持有“认定为蓝帆的证”的人"])
def test_no_conditions(words: str) -> None:
    assert list(conditions(words, words)) == []


@pytest.mark.parametrize(
    ("sentence", "target", "fields"),
    [
        ("对在禁渔期给予渔工住宿、餐饮优惠的休闲渔庄，给予不超过8万元的一次性奖补。", "在禁渔期给予渔工住宿、餐饮优惠的休闲渔庄", []),
        ("对新迁入海藻园的加工企业，租用厂房面积超过600平方米的，给予最高12万元租金补贴。", "新迁入海藻园的加工企业", ["area"]),
        ("就读于海岛学校的渔工子女，区财政按照每生每年1200元（每学期600元）的标准进行补贴。", "就读于海岛学校的渔工子女", []),
        ("入选湛江蓝帆示范的项目，给予项目申报主体最高30万元奖励。", "入选湛江蓝帆示范的项目", ["qualification"]),
        ("新认定的省、市渔业设计中心分别给予80万元、20万元奖励。", "新认定的省、市渔业设计中心", ["qualification"]),
        ("标准化渔港建设按照国家规定免收海域使用金。", "标准化渔港建设", []),
        ("对组织新渔工参加航海培训的，按每人最高800元给予补助。", "组织新渔工参加航海培训", []),
        ("对组织船队出海试航的，经认定，给予船厂企业一次性补助5万元。", "组织船队出海试航的船厂企业", []),
        ("鼓励园区内航标企业参加比试，对比试后验收通过的，给予最高90万元奖励。", "比试后验收通过的园区内航标企业", []),
        ("对园区内组织航标试验的，按每次最高6万元标准给予船厂企业一次性补助。", "园区内组织航标试验的船厂企业", []),
        ("面上渔业课题省资助9万元/项。", "面上渔业课题", []),
        (
            "对业务收入首次突破9亿元、6亿元、3亿元的渔业企业，分别给予60万元、40万元、20万元奖励。",
            "业务收入首次突破9亿元、6亿元、3亿元的渔业企业",
            ["revenue"],
        ),
    ],
)
def test_who_receives(sentence: str, target: str, fields: list[str]) -> None:
    (item,) = found(sentence, "policy", title="湛江市海藻产业扶持办法")
    assert item.policy
    assert item.policy.target == target
    assert [c.field for c in item.policy.conditions if c.field not in ("industry", "event")] == fields


def test_of_several_thresholds_the_lowest_is_asked_of_all() -> None:
    (condition,) = conditions("业务收入首次突破9亿元、6亿元、3亿元的渔业企业", "")
    assert (condition.field, condition.operator, condition.value) == ("revenue", ">=", 3e8)
    (condition,) = conditions("新认定的国家、省渔业设计中心分别", "")
    assert condition.value == "国家、省渔业设计中心"


def test_a_sum_said_again_in_brackets_counts_once() -> None:
    (item,) = found("就读于海岛学校的渔工子女，区财政按照每生每年1200元（每学期600元）的标准进行补贴。", "policy", title="办法")
    assert item.policy
    assert item.policy.amount
    assert (item.policy.amount.fixed, item.policy.amount.tiers) == (1200.0, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "对开展海藻推广服务的机构予以重点扶持。",
        "对海藻企业按照现行政策给予奖励。",
        "若享受补贴的渔校停办，学生仍享受政府补贴5000元。",
        "严格落实国家关于禁渔期间免收泊位费政策。",
        "符合渔工稳岗返还条件的，返还标准按6个月的平均工资确定。",
    ],
)
def test_what_an_engine_cannot_match_is_left_out(sentence: str) -> None:
    assert found(sentence, "policy", title="湛江市海藻产业扶持办法") == []


def test_praise_in_a_report_is_no_entitlement() -> None:
    assert found("湛江市激励海藻企业创新，实现产值28亿元。", "policy", kind="news") == []


def test_a_report_that_follows_a_higher_document_speaks_for_itself() -> None:
    text = "近日，广东省印发《广东省海藻产业行动方案》。湛江市积极落实，对新认定的示范渔场给予最高40万元奖励。湛江市组织宣讲，湛江市渔民反响热烈。"
    (item,) = found(text, "policy", kind="bulletin", region="湛江市")
    assert (item.applicable_region, item.document) == ("湛江市", None)


def test_the_place_in_the_title_is_finer_than_the_site() -> None:
    (item,) = found("对新认定的示范渔场给予最高40万元奖励。", "policy", title="2031年湛江市赤坎区渔场奖励指引", region="广东省")
    assert item.applicable_region == "赤坎区"


def test_what_was_paid_is_no_entitlement() -> None:
    assert found("去年，湛江市对12家企业给予了补助300万元。", "policy", kind="news") == []


def test_a_report_of_another_document_is_second_hand() -> None:
    text = "近日，湛江市印发《湛江市海藻产业扶持办法》，对新认定的示范渔场给予最高40万元奖励。"
    (item,) = found(text, "policy", kind="bulletin", name="bulletin")
    assert (item.authority, item.document, item.applicable_region) == ("secondary", "湛江市海藻产业扶持办法", "湛江市")


def test_an_entitlement_ends_when_its_own_text_says() -> None:
    (item,) = found("对出海的渔船，给予补贴2万元。\n本办法自2031年5月1日起施行，有效期3年。", "policy", title="湛江市渔船补贴办法", region="湛江市")
    assert item.policy
    assert item.policy.until == "2034-04-30"


def test_materials_end_with_their_numbering() -> None:
    text = "对造船企业给予奖励20万元。\n三、申报材料\n1.申请表；\n2.船检证书。\n四、申报时间\n每年5月。"
    (item,) = found(text, "policy", title="湛江市造船奖励办法")
    assert item.policy
    assert item.policy.materials == ("申请表", "船检证书")


@pytest.mark.parametrize(
    ("sentence", "target", "amount", "fixed"),
    [
        ("对在岗的海员给予每人每年3万元补贴。", "在岗的海员", "每人每年3万元", 30000.0),
        ("对新开的海上客运航线，每条航线补贴40万元。", "新开的海上客运航线", "每条航线补贴40万元", 400000.0),
        ("客运航线每班次补贴60元，单个企业最高80万元。", "客运航线", "每班次补贴60元，单个企业最高80万元", 60.0),
        ("对取得蓝旗证书的企业，给予奖励9万元；对取得金锚证书的，每个奖励5万元。", "取得金锚证书的企业", "每个奖励5万元", 50000.0),
    ],
)
def test_what_a_sum_is_given_for_is_told_with_it(sentence: str, target: str, amount: str, fixed: float) -> None:
    policy = found(sentence, "policy", title="湛江市航运扶持办法", region="湛江市")[-1].policy
    assert policy
    assert policy.amount
    assert (policy.target, policy.amount.text, policy.amount.fixed, policy.amount.tiers) == (target, amount, fixed, ())


def test_for_how_long_rent_is_waived_is_no_part_of_the_target() -> None:
    (item,) = found("对入驻渔港产业园的企业，三年内免收房租。", "policy", title="湛江市渔港扶持办法", region="湛江市")
    assert item.policy
    assert item.policy.target == "入驻渔港产业园的企业"


@pytest.mark.parametrize(
    ("sentence", "grants"),
    [
        (
            "首次入选的蓝帆企业奖励9万元，再次入选的奖励5万元。",
            [("首次入选的蓝帆企业", (9e4,)), ("再次入选的蓝帆企业", (5e4,))],
        ),
        (
            "经认定的渔船整船奖励90万元，单台主机奖励30万元，关键部件奖励8万元。",
            [("经认定的渔船整船", (9e5,)), ("单台主机", (3e5,)), ("关键部件", (8e4,))],
        ),
        ("对新建码头的企业，给予奖励30万元，每家企业每年最高60万元。", [("新建码头的企业", (3e5,))]),
    ],
)
def test_further_classes_are_entitlements_of_their_own(sentence: str, grants: list[tuple[str, tuple[float, ...]]]) -> None:
    policies = [i.policy for i in found(sentence, "policy", title="湛江市渔船扶持办法", region="湛江市")]
    assert [(p.target, (p.amount.fixed, *p.amount.tiers)) for p in policies if p and p.amount] == grants


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("新认定省级海藻实验室的，给予依托单位40万元奖励。", "新认定省级海藻实验室的依托单位"),
        ("设立航标人才奖励，对获得金锚证书的船员，按其对地方经济贡献的一定比例给予奖励，最高9万元。", "获得金锚证书的船员"),
        ("（一）码头管理单位：年度考核合格的，按对外服务收入的20%给予补助，每家不超过30万元。", "年度考核合格的码头管理单位"),
        ("对引进的航标博士，每月给予2000元生活补助；给予购房补贴15万元。", "引进的航标博士"),
    ],
)
def test_whom_a_grant_names_only_by_office_label_or_use(sentence: str, target: str) -> None:
    policies = [i.policy for i in found(sentence, "policy", title="湛江市渔港扶持办法", region="湛江市")]
    assert {p.target for p in policies if p} == {target}


def test_a_step_is_no_sum() -> None:
    (item,) = found("对年销售海藻产品超过900万元的企业，每增加500万元奖励5万元。", "policy", title="湛江市海藻扶持办法", region="湛江市")
    assert item.policy
    assert item.policy.amount
    assert (item.policy.amount.text, item.policy.amount.fixed, item.policy.amount.tiers) == ("5万元", 50000.0, ())


def test_a_level_is_of_the_kind_that_was_named_before() -> None:
    text = "经认定的市级渔业孵化器，给予一次性奖励20万元；获批国家级的，再奖励100万元。"
    policies = [i.policy for i in found(text, "policy", title="湛江市孵化器管理办法", region="湛江市")]
    assert [p.target for p in policies if p] == ["经认定的市级渔业孵化器", "获批国家级渔业孵化器"]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("渔港入驻企业可优先推荐申报各级渔业项目。", "渔港入驻企业：优先推荐申报各级渔业项目"),
        ("（三）海洋部门对首次认定的金锚人才，开通子女入学绿色通道。", "首次认定的金锚人才：开通子女入学绿色通道"),
        ("对信用良好的船厂企业实行容缺受理。", "信用良好的船厂企业：容缺受理"),
        ("海洋院所可自主处置海藻成果。", "海洋院所：自主处置海藻成果"),
    ],
)
def test_privileges(sentence: str, title: str) -> None:
    (item,) = found(sentence, "policy", title="湛江市渔业扶持办法", region="湛江市")
    assert item.policy
    assert (item.title, item.policy.benefit) == (title, "权益")


@pytest.mark.parametrize(
    "sentence", ["推动重点渔业项目优先保障用海指标。", "优先安排相关单位参加培训。", "全面实行告知承诺。", "签约服务项目、转诊绿色通道等方面。"]
)
def test_what_is_a_privilege_of_nobody(sentence: str) -> None:
    assert found(sentence, "policy", title="湛江市渔业扶持办法", region="湛江市") == []


def test_a_report_of_a_privilege_grants_none() -> None:
    assert found("渔港入驻企业可优先推荐申报各级渔业项目。", "policy", kind="news") == []
