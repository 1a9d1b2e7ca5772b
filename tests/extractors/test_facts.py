"""Facets, and what calls say: times with hours, who may apply, where to ask."""

from dataclasses import replace

import pytest

from extractors.article import Article, Metadata, from_text
from extractors.facts import facts, table
from extractors.records import extract

CALL = """关于征集潮汐能技术攻关项目的通知
一、申报条件
在本市注册满一年的科技型中小企业。
二、时间安排
申报单位网上填报截止时间为2031年5月20日17:00，各区县科技主管部门于5月25日前完成推荐。
纸质材料请于6月1日下午5点半前报送。
三、支持方式
每项给予最高50万元补助。
受理部门：湛江市海洋局
联系电话：0759-3381234，13800001234
"""


def call(text: str = CALL, published: str | None = "2031-04-10") -> Article:
    return replace(from_text(text, kind="call"), metadata=Metadata(published_date=published))


def test_deadlines_with_role_step_and_hour() -> None:
    found = facts(call()).deadlines
    assert [(d.role, d.step, d.due) for d in found] == [
        ("applicant", "online", "2031-05-20T17:00:00+08:00"),
        ("recommender", "recommend", "2031-05-25"),
        ("applicant", "paper", "2031-06-01T17:30:00+08:00"),
    ]
    assert all(CALL[d.span.start : d.span.end] == d.text for d in found)


def test_a_missing_year_is_the_next_such_day_and_unknown_without_a_publication_day() -> None:
    text = "请于1月15日前报送申报材料。"
    assert [d.due for d in facts(call(text, "2031-11-02")).deadlines] == ["2032-01-15"]
    assert facts(call(text, None)).deadlines == ()


def test_a_range_ends_the_time() -> None:
    assert [d.due for d in facts(call("申报时间为2031年3月1日至4月2日。", "2031-02-01")).deadlines] == ["2031-04-02"]


def test_open_all_year() -> None:
    (d,) = facts(call("本项目常年受理申报。")).deadlines
    assert (d.standing, d.due, d.step) == (True, None, "apply")


@pytest.mark.parametrize("text", ["湛江市2031年5月20日举办大赛。", "政策自2031年5月20日起施行，截止申报后公布。", "请于13月45日前报送。"])
def test_other_days_are_no_deadlines(text: str) -> None:
    assert facts(call(text)).deadlines == ()


def test_who_where_and_how_much() -> None:
    article = call()
    found = facts(article, extract(article))
    assert [s.text for s in found.applicants] == ["在本市注册满一年的科技型中小企业。"]
    assert [s.text for s in found.offices] == ["湛江市海洋局"]
    assert [s.text for s in found.phones] == ["0759-3381234"]  # the mobile number is a person's
    assert [s.text for s in found.amounts] == ["50万元"]


@pytest.mark.parametrize(
    "text",
    [
        "联系处室：湛江市海洋局。",
        "本项目由湛江市海洋局负责受理。",
        "申报受理的具体工作由湛江市海洋局承担。",
        "委托湛江市海洋局承担项目评审。",
        "政策咨询由湛江市海洋局负责。",
        "由湛江市海洋局统一受理。",
        "申报材料一式两份报送湛江市海洋局。",
    ],
)
def test_who_handles_a_call(text: str) -> None:
    article = call(text)
    (office,) = facts(article, extract(article)).offices
    assert (office.text, text[slice(*office.span)]) == ("湛江市海洋局", "湛江市海洋局")


@pytest.mark.parametrize(
    "text", ["本办法由湛江市海洋局负责解释。", "由专人负责受理。", "湛江市海洋局由五个处组成。", "由湛江市海洋局分管领导同志协调或审核。"]
)
def test_who_explains_or_is_not_named_handles_nothing(text: str) -> None:
    article = call(text)
    assert facts(article, extract(article)).offices == ()


def test_facets_need_two_mentions_or_the_title() -> None:
    text = "发展机器人产业，支持机器人企业。保护知识产权。"
    found = facts(from_text(text))
    assert [f.name for f in found.chains] == ["机器人"]
    assert found.themes == ()
    titled = facts(from_text(text, title="知识产权工作要点"))
    assert [f.name for f in titled.themes] == ["知识产权"]
    assert all(text[s:e] in table()["chains"]["机器人"] for f in found.chains for s, e in f.spans)


def test_news_has_facets_only() -> None:
    assert facts(from_text(CALL)).deadlines == ()


def test_what_a_heading_says_is_not_said_again_by_its_sentence() -> None:
    text = "一、申报条件\n1.申报单位须为在本市登记的企业，有研发人员。\n2.限报一项。\n申请人应当具有博士学位。\n"
    assert [s.text for s in facts(call(text)).applicants] == [
        "申报单位须为在本市登记的企业，有研发人员。",
        "限报一项。",
        "博士学位",
    ]


def test_who_recommends_is_no_applicant_and_times_stand_in_text_order() -> None:
    text = "网上填报时间为2031年3月1日至4月2日17时，县区推荐截止时间为4月10日，科普类常年受理。"
    assert [(d.role, d.due) for d in facts(call(text, "2031-02-01")).deadlines] == [
        ("applicant", "2031-04-02T17:00:00+08:00"),
        ("recommender", "2031-04-10"),
        ("applicant", None),
    ]


@pytest.mark.parametrize(
    ("text", "due", "step"),
    [
        ("申报时间：即日起至2031年5月15日下午5:30，逾期不予受理。", "2031-05-15T17:30:00+08:00", "apply"),
        ("受理时间自本通知发布之日起至2031年9月30日止。", "2031-09-30", "apply"),
        ("各单位须于3月1日至3月29日登录平台填报。", "2031-03-29", "online"),
        ("报名参赛（3月1日—4月15日）。", "2031-04-15", "register"),
        ("请于2031年6月底前提交申请。", "2031-06-30", "apply"),
        ("材料一式三份，由主管部门于4月8日前报送至服务中心。", "2031-04-08", "paper"),
    ],
)
def test_forms_of_times(text: str, due: str, step: str) -> None:
    (d,) = facts(call(text, "2031-02-01")).deadlines
    assert (d.due, d.step) == (due, step)
    assert text[slice(*d.span)] == d.text


@pytest.mark.parametrize(
    "text",
    [
        "2030年1月1日至2030年12月31日期间登记的船厂可以申报。",
        "项目实施期为2031年3月1日至2033年12月31日，申报单位须承诺。",
        "资格审查于7月20日前完成。",
        "申报单位须在2030年12月31日前登记。",
    ],
)
def test_times_of_something_else(text: str) -> None:
    assert facts(call(text, "2031-02-01")).deadlines == ()


def test_conditions_are_all_lines_of_one_numbering() -> None:
    text = "二、申报对象及条件\n（一）在本市登记的船厂；\n（二）有航标资质。\n三、申报程序\n申报单位须于5月1日前登录平台。\n"
    found = facts(call(text)).applicants
    assert [s.text for s in found] == ["在本市登记的船厂；", "有航标资质。"]
    assert [text[slice(*s.span)] for s in found] == [s.text for s in found]


def test_sums_of_a_call() -> None:
    article = call("关于申报航标课题的通知\n一、支持标准\n面上课题20万元/项，重点课题50万元/项。\n二、条件\n上年营业收入500万元以上。\n")
    assert [s.text for s in facts(article, extract(article)).amounts] == ["20万元/项", "50万元/项"]


def test_an_office_stands_before_its_telephone() -> None:
    text = "联系方式\n湛江市海洋局：陈远帆 许澜，0759-3381234、3385678\n热线：400-600-1234"
    article = call(text)
    found = facts(article, extract(article))
    assert [s.text for s in found.offices] == ["湛江市海洋局"]
    assert [s.text for s in found.phones] == ["0759-3381234", "3385678", "400-600-1234"]
    article = call("受理窗口：南屿政务大厅二楼海洋局窗口\n")
    assert [s.text for s in facts(article, extract(article)).offices] == ["南屿政务大厅二楼海洋局窗口"]


def test_the_heading_above_says_what_a_range_is_for() -> None:
    text = "关于受理渔船改造补贴申请的通知\n三、申请时间\n2031年8月1日至8月31日，系统8月31日17时关闭。各区科技局于9月10日前完成初审。"
    assert [(d.role, d.step, d.due) for d in facts(call(text)).deadlines] == [
        ("applicant", "online", "2031-08-31"),
        ("applicant", "online", "2031-08-31T17:00:00+08:00"),
        ("recommender", "recommend", "2031-09-10"),
    ]
    assert facts(call("三、建设周期\n2031年8月1日至8月31日。")).deadlines == ()


@pytest.mark.parametrize(
    ("text", "due", "step"),
    [
        ("纸质材料报送时间：2031年6月25日至27日，地点：航标处。", "2031-06-27", "paper"),
        ("请填写需求表，于本月28日前报协会。", "2031-04-28", "apply"),
        ("请填写需求表，于本月底前报协会。", "2031-04-30", "apply"),
        ("请有意向的单位于2031年7月31日前揭榜。", "2031-07-31", "apply"),
        ("申报人登录系统填写申报书，截止时间为2031年7月31日。", "2031-07-31", "online"),
        ("依托单位审核截止时间：2031年7月31日。", "2031-07-31", "recommend"),
    ],
)
def test_times_as_calls_write_them(text: str, due: str, step: str) -> None:
    assert [(d.due, d.step) for d in facts(call(text)).deadlines] == [(due, step)]


def test_who_may_apply_under_other_headings() -> None:
    text = (
        "二、征集对象\n在本市注册的船厂。\n三、需求要求\n指标可考核。\n四、报名条件\n1.成立满一年；\n2.有自有码头。\n五、申请人条件\n（一）有船员证。"
    )
    assert [s.text for s in facts(call(text)).applicants] == ["在本市注册的船厂。", "成立满一年；", "有自有码头。", "有船员证。"]


def test_a_department_before_its_telephone_is_the_issuers() -> None:
    text = "四、联系方式\n航标处：何一苇，83381234。\n咨询：渔业处 许海澜（0759）3381235"
    article = replace(from_text(text, kind="call"), metadata=Metadata(issuers=("湛江市海洋局",)))
    found = facts(article)
    assert [s.text for s in found.offices] == ["湛江市海洋局航标处", "湛江市海洋局渔业处"]
    assert [s.text for s in found.phones] == ["83381234", "（0759）3381235"]


def test_a_chain_that_a_call_is_for_needs_one_mention() -> None:
    text = "一、支持方向\n重点支持石墨烯防腐、浮标机器人等方向。\n二、其他\n材料用无人机送达。"
    assert [f.name for f in facts(call(text)).chains] == ["新材料", "机器人"]
    assert facts(replace(call(text), kind="policy")).chains == ()


def test_what_the_applicant_pays_is_no_grant() -> None:
    article = call("二、资助标准\n每项资助不超过60万元，自筹经费不低于90万元。")
    assert [s.text for s in facts(article, extract(article)).amounts] == ["60万元"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第三条 申请单位应当在每年9月30日前，向所在地科技主管部门提交到账凭证。", []),
        ("申请单位应当在湛江市注册。", ["在湛江市注册"]),
        ("第五条 申报主体应当同时具备下列条件：\n（一）在本市注册；\n（二）有研发机构。\n第六条 另行规定。", ["在本市注册；", "有研发机构。"]),
    ],
)
def test_what_applicants_must_be_and_what_they_must_do(text: str, wanted: list[str]) -> None:
    assert [s.text for s in facts(call(text)).applicants] == wanted


def test_an_office_gets_the_papers_after_who_gathers_them() -> None:
    article = call("纸质材料由区县科技局汇总后于5月25日前统一报送湛江市海洋局（主楼408室）。")
    assert [s.text for s in facts(article, extract(article)).offices] == ["湛江市海洋局"]


def test_a_heading_holds_for_the_lines_of_times_below_it() -> None:
    text = "三、提名时间\n网络提名：2031年5月1日8时至5月31日18时，系统将自动关闭。\n书面材料：2031年6月8日前送达航标处。\n"
    text += "四、建设时间表\n2031年7月1日至7月9日。"
    assert [(d.step, d.due) for d in facts(call(text)).deadlines] == [("online", "2031-05-31T18:00:00+08:00"), ("paper", "2031-06-08")]


def test_contacts_below_their_heading() -> None:
    text = "二、入库条件\n1.熟悉机器人、石墨烯等领域；\n2.年龄不超过65周岁。\n四、联系人及电话\n航标处　符一苇　65300001"
    article = replace(from_text(text, kind="call"), metadata=Metadata(issuers=("湛江市海洋局",)))
    found = facts(article, extract(article))
    assert [s.text for s in found.applicants] == ["熟悉机器人、石墨烯等领域；", "年龄不超过65周岁。"]
    assert [f.name for f in found.chains] == ["机器人", "新材料"]
    assert ([s.text for s in found.offices], [s.text for s in found.phones]) == (["湛江市海洋局航标处"], ["65300001"])


def test_an_office_ends_at_a_comma_of_either_width() -> None:
    text = "责任单位:湛江市海洋局、湛江市财政局负责,各县区政府配合"
    article = from_text(text, kind="policy")
    assert [s.text for s in facts(article, extract(article)).offices] == ["湛江市海洋局"]
