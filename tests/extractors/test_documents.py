"""From read to settled metadata: notices and what they carry, on invented documents."""

from datetime import UTC, datetime

import pytest

from crawler.capture import Capture
from extractors.issuers import issuers_in
from extractors.metadata import normal
from extractors.private import masked
from extractors.readers import read
from extractors.record import Action
from extractors.records import extract
from tests.extractors.readers.made import docx, p, tbl, tc, tr
from tests.extractors.texts import articles

NOTICE = """您当前的位置：首页 > 政务公开 > 规范性文件

苏州市科学技术局 苏州市财政局关于印发
《苏州市概念验证中心管理办法（试行）》的通知

苏科规〔2024〕7号

各县级市、区科技局，各有关单位：

苏州市概念验证中心管理办法（试行）》已经局长办公会议审议通过，现印发给你们，请遵照执行。

附件：苏州市概念验证中心管理办法（试行）

苏州市科学技术局　　苏州市财政局
2024年3月8日
（此件公开发布）

苏州市概念验证中心管理办法
（试行）

第一章　总则
第一条　为规范概念验证中心管理，参照《科技成果转化条例》（苏府〔2019〕55号），制定本办法。
第二条　市级概念验证中心每年认定一批，每家给予50万元资助。

抄送：市委办公室，市人大常委会办公室。
苏州市科学技术局办公室　2024年3月11日印发
"""


def test_a_notice_and_the_plan_it_issues() -> None:
    page, plan = articles(NOTICE)
    m = page.metadata
    assert page.title == "苏州市科学技术局 苏州市财政局关于印发《苏州市概念验证中心管理办法（试行）》的通知"
    assert (m.doc_number, m.issuers, m.written_date, m.printed_date) == (
        "苏科规〔2024〕7号",
        ("苏州市科学技术局", "苏州市财政局"),
        "2024-03-08",
        "2024-03-11",
    )
    assert m.addressees == ("各县级市、区科技局", "各有关单位")
    assert (page.kind, page.metadata.region) == ("policy", "苏州市")
    assert (plan.title, plan.role, plan.parent, plan.ordinal) == ("苏州市概念验证中心管理办法（试行）", "enacted", page.id, 1)
    assert plan.metadata.doc_number is None  # 苏府〔2019〕55号 is only cited
    assert (plan.metadata.issuers, plan.metadata.written_date) == (m.issuers, m.written_date)
    assert "第二条" not in page.text
    assert "抄送" in page.text
    assert [n.code for n in page.notes] == ["repaired-title"]


def test_every_value_says_where_it_was_read() -> None:
    page = articles(NOTICE)[0]
    for stated in page.stated:
        if stated.span is not None:
            assert page.quote(stated.span) == stated.value, stated
    named = {s.field for s in page.stated}
    assert {"doc_number", "issuers", "written_date", "printed_date", "addressees"} <= named


def test_a_forwarded_notice_keeps_its_own_issuer_and_date() -> None:
    text = """宁夏回族自治区人民政府办公厅转发自治区地震局关于加强防震减灾工作意见的通知
宁政办发〔2001〕9号
各市、县人民政府：
自治区地震局《关于加强防震减灾工作的意见》已经自治区人民政府同意，现转发给你们，请认真执行。
宁夏回族自治区人民政府办公厅
二〇〇一年二月三日
关于加强防震减灾工作的意见
自治区人民政府：
为做好防震减灾工作，现提出以下意见。
一、加强监测预报，完善台网布局，提高速报能力，健全群测群防体系。
自治区地震局
二○○一年一月十二日
"""
    page, inner = articles(text)
    assert (page.metadata.written_date, page.metadata.issuers) == ("2001-02-03", ("宁夏回族自治区人民政府办公厅",))
    assert (inner.title, inner.metadata.written_date, inner.metadata.issuers) == ("关于加强防震减灾工作的意见", "2001-01-12", ("自治区地震局",))
    assert inner.metadata.addressees == ("自治区人民政府",)


def test_a_forwarded_document_without_signature_is_its_author_s() -> None:
    text = "银川市人民政府办公室转发市科学技术局关于加强农业科技服务意见的通知\n各县区人民政府：\n现转发给你们。\n"
    text += "银川市人民政府办公室\n2003年4月5日\n"
    inner = articles(
        f"{text}关于加强农业科技服务的意见\n为加强农业科技服务，现提出以下意见。\n一、健全体系，每个乡镇配备三名以上科技特派员，覆盖全部行政村。"
    )[1]
    assert inner.metadata.issuers == ("市科学技术局",)


def test_attachments_below_the_signature_are_children() -> None:
    text = """关于公布2023年度科普示范基地名单的通知
各区科协：
经评审，认定下列单位为示范基地，现予公布。
青岛市科学技术协会
2023年12月1日
附件1
2023年度科普示范基地名单
序号 单位 所在区，共计两家，其中市南区一家，崂山区一家，均为首次入选的场馆类基地。
附件2
科普示范基地管理要求
各基地每年开放不少于200天，接待公众不少于1万人次，并按季度报送活动开展情况和统计数据材料。
"""
    page, one, two = articles(text)
    assert page.kind == "announcement"
    assert page.metadata.issuers == ("青岛市科学技术协会",)
    assert [(a.role, a.ordinal, a.title) for a in (one, two)] == [
        ("attachment", 1, "2023年度科普示范基地名单"),
        ("attachment", 2, "科普示范基地管理要求"),
    ]


def test_hints_are_the_last_resort() -> None:
    page = articles(
        "科技人员下乡忙\n近日，记者在田间看到，科技特派员正在指导春耕。据介绍，今年已培训农户三百余人次，效果明显。",
        date="2024-03-05",
        title="列表标题",
    )[0]
    assert (page.title, page.metadata.published_date, page.kind) == ("科技人员下乡忙", "2024-03-05", "news")
    dated = articles("科技人员下乡忙\n新华社兰州3月4日电（记者 某某）科技特派员正在指导春耕。据介绍，今年已培训农户三百余人次，效果明显。")[0]
    assert (dated.metadata.origin, dated.metadata.published_date) == ("新华社", "--03-04")
    assert articles(dated.text, date="2024-03-05")[0].metadata.published_date == "2024-03-05"


def test_a_day_below_the_title_is_that_of_publication() -> None:
    page = articles("科技人员下乡忙\n2024-03-05 10:20\n来源：农民日报 作者：某某\n近日，科技特派员正在田间指导春耕，今年已培训农户三百余人次。")[0]
    assert (page.metadata.published_date, page.metadata.written_date, page.metadata.origin) == ("2024-03-05T10:20:00+08:00", None, "农民日报")


def test_joint_issuers_that_are_only_counted() -> None:
    page = articles(
        "甘肃省科学技术厅等八部门关于进一步加强科研诚信建设的意见\n各市州人民政府：\n为进一步加强科研诚信建设，现提出如下意见。\n一、总体要求。坚持预防与惩治并举。"
    )[0]
    assert (page.metadata.issuers, page.metadata.issuers_unnamed) == (("甘肃省科学技术厅",), 7)


@pytest.mark.parametrize(("counted", "more"), [("两", 1), ("十", 9), ("十二", 11), ("12个", 11), ("十十", 0)])
def test_how_many_issuers_are_only_counted(counted: str, more: int) -> None:
    assert issuers_in(f"云溪市科学技术局等{counted}部门关于做好工作的通知")[1] == more


def test_counted_issuers_that_the_signature_names() -> None:
    text = "昆明市科技局等三部门关于开展科技特派员工作的通知\n各县区：\n请认真组织实施。"
    m = articles(f"{text}\n昆明市科学技术局\n昆明市财政局\n昆明市农业农村局\n2024年5月6日\n")[0].metadata
    assert (len(m.issuers), m.issuers_unnamed) == (3, 0)


def test_a_list_of_files_is_no_child() -> None:
    text = "海口市科技局关于开展统计的通知\n各单位：\n请按时报送。\n海口市科技局\n2024年5月6日\n附件1.docx\n附件2.xlsx\n"
    assert len(articles(text)) == 1


def test_piece_ids_are_stable_when_another_is_put_in_before() -> None:
    short = NOTICE.replace(
        "苏州市概念验证中心管理办法\n（试行）\n",
        "附件1\n申报表\n表格内容由申报单位如实填写并加盖公章，一式三份报送，逾期不予受理，解释权归主管部门所有，咨询电话另行通知公布发布。\n附件2\n苏州市概念验证中心管理办法\n（试行）\n",
    )
    assert len(articles(short)) == 3
    assert articles(short)[2].title == articles(NOTICE)[1].title


@pytest.mark.parametrize(
    ("title", "column", "kind"),
    [
        ("一问一答：技术合同怎样登记", "政策解读", "interpretation"),
        ("读懂柳州市科创券管理办法", "首页 > 政务公开 > 解读", "interpretation"),
        ("柳州市科技局关于印发科创券管理办法的通知", "政策解读", "policy"),
        ("柳州市科创券管理办法", "政策法规及解读", "policy"),
        ("柳州市科创券管理办法", "政策文件", "policy"),
    ],
)
def test_a_column_of_interpretations(title: str, column: str, kind: str) -> None:
    page = articles(f"{title}\n申请人登录平台提交材料，市科技局在十个工作日内办结，费用全免，结果当场告知。", title=title, column=column)[0]
    assert page.kind == kind


def test_a_trail_names_the_column() -> None:
    page = articles("首页 > 政务公开 > 政策解读 > 正文\n读懂柳州市科创券管理办法\n申请人登录平台提交材料，市科技局在十个工作日内办结，费用全免。")[0]
    assert (page.kind, page.metadata.column) == ("interpretation", "政策解读")


def test_private_numbers_are_marked() -> None:
    rows = "张某 11010519491231002X 13800138000\n李某 110105194912310021 银行账号 6222021234567890123"
    page = articles("入选人员名单公示\n" + rows + "，以上人员公示五日，如有异议请反映。")[0]
    found = [(n.text, page.quote(n.span)) for n in page.notes if n.code == "private" and n.span]
    assert found == [("身份证号", "11010519491231002X"), ("手机号", "13800138000")]  # the second number's check digit does not fit


def test_private_numbers_are_masked_in_place() -> None:
    text = "张某 11010519491231002X，电话138 0013 8000或13800138000，编号12345678901"
    assert masked(text) == "张某 110105＊＊＊＊＊＊＊＊＊＊2X，电话138 ＊＊＊＊ 8000或138＊＊＊＊8000，编号12345678901"


@pytest.mark.parametrize(
    ("written", "origin"),
    [("云溪晚报举报", "云溪晚报"), ("云溪晚报 | 分享", "云溪晚报"), ("云溪网 点击：120", "云溪网"), ("云溪举报中心", "云溪举报中心")],
)
def test_what_stands_behind_a_source_is_no_part_of_it(written: str, origin: str) -> None:
    assert normal("origin", written) == origin


@pytest.mark.parametrize(
    ("last", "origin"),
    [
        ("（本文来自云溪晚报，更多消息请下载客户端）", "云溪晚报"),
        ("本文来源：云溪晚报责任编辑：海立人", "云溪晚报"),
        ("来源：云溪发布", "云溪发布"),
        ("（本文有删减）", None),
    ],
)
def test_the_last_line_names_the_source(last: str, origin: str | None) -> None:
    body = "云溪市举办渔港开放日，三千名市民登船参观，听渔民讲出海的故事，孩子们还学会了打绳结。"
    (article,) = articles(f"云溪市举办渔港开放日\n\n{body}\n\n{body}\n\n{last}\n")
    assert article.metadata.origin == origin


def test_a_title_above_a_table_of_short_cells() -> None:
    body = docx(p("渔港建设任务分工表") + tbl(tr(tc("序号"), tc("任务"), tc("单位")), tr(tc("1"), tc("建码头"), tc("海洋局"))))
    url = "import:a.docx"
    (article,) = read(Capture(source="import", url=url, canonical_url=url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=body))
    assert article.title == "渔港建设任务分工表"
    assert [b.kind for b in article.blocks].count("cell") == 6


def test_the_marker_above_an_attachment_s_title_is_no_title() -> None:
    body = docx(p("附件2") + p("渔港灯塔认定名单") + tbl(tr(tc("序号"), tc("灯塔名称")), tr(tc("1"), tc("东海岬灯塔"))))
    url = "https://kj.example.cn/P02.docx"
    hints = (("parent", "https://kj.example.cn/1.html"), ("page", "关于渔港灯塔拟认定名单的公示"), ("date", "2031-03-02"))
    (article,) = read(Capture(source="demo", url=url, canonical_url=url, fetched_at=datetime(2031, 4, 1, tzinfo=UTC), body=body, hints=hints))
    assert (article.title, article.metadata.published_date) == ("渔港灯塔认定名单", "2031-03-02")
    assert article.quote((article.blocks[0].start, article.blocks[1].end)) == "附件2\n渔港灯塔认定名单"
    (row,) = [r for r in extract(article) if isinstance(r, Action)]
    assert (row.object, row.stage) == ("东海岬灯塔", "proposed")  # the page of the file says so


@pytest.mark.parametrize(
    ("title", "kind"), [("湛江市科技创新券申领指南", "call"), ("湛江市渔民补贴申领指南", "call"), ("湛江市证件申领指南", "news")]
)
def test_a_guide_on_how_to_get_money_is_a_call(title: str, kind: str) -> None:
    body = "一、申领时间：常年受理，全天候开放。\n二、每家企业每年申领额度最高10万元，由市海洋局负责受理，具体材料见附表所列各项内容。"
    assert articles(f"{title}\n{body}\n")[0].kind == kind
