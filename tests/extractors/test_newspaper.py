"""A newspaper page as its text layer gives it: headlines apart, columns cut, captions between. Invented."""

from collections import Counter
from datetime import UTC, datetime

from crawler.capture import Capture
from extractors.article import Article
from extractors.joints import fits
from extractors.readers import read

PAGE = """让创新的种子落地生根

田野

“前沿”

筑巢引凤

高端平台聚人才

以城留才

安居乐业暖人心

推动「海上牧场」

「深蓝」扬帆

田野

科技兴农，根本在人。近年来，福建宁德坚持把论文写在大地上，选派科技特派员进村入户，推动良种良法落到田间地头，群众得到了实惠。

一粒好种子，凝结着几代人的心血。让更多成果走出实验室，需要机制，更需要耐心，这是各地实践反复证明了的道理。

速览

福鼎白茶实验站通过验收

日前，福鼎白茶实验站通过专家组验收，三年来共推广新品种12个，培训茶农860人次，带动茶园面积超过2万亩。



工作人员在茶园采集土样。 王某某 摄

本报记者 李某某

筑巢引凤 高端平台聚人才

走进海洋装备实验室，工程师们正在测试新一代养殖网箱。实验室负责人介绍，平台已集聚博士35名，累计获得授

从县城到海边，一批人才公寓拔地而起。去年以来，全市为引进人才提供住房1200套，发放购房补

权专利68件，其中发明专利21件，成果转让收入突破900万元。

“平台是引才的磁石。”负责人说，下一步还将建设中试基地，让更多成果就地转化为产品和产业。

以城留才 安居乐业暖人心

贴3600万元，惠及2800余人。不少青年人才选择在这里安家。

（图片由市海洋局提供）
"""


def articles(text: str) -> tuple[Article, ...]:
    capture = Capture(
        source="import", url="import:n.txt", canonical_url="import:n.txt", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=text.encode()
    )
    return read(capture)


def test_stories_titles_and_order() -> None:
    page, *stories = articles(PAGE)
    assert page.kind == "newspaper"
    assert [s.title for s in stories] == ["让创新的种子落地生根", "推动「海上牧场」 「深蓝」扬帆", "福鼎白茶实验站通过验收"]


def test_a_word_that_a_column_cut_is_whole_again() -> None:
    story = articles(PAGE)[2]
    assert "累计获得授权专利68件" in story.text
    assert "发放购房补贴3600万元" in story.text
    assert story.text.index("筑巢引凤") < story.text.index("走进海洋装备") < story.text.index("以城留才") < story.text.index("从县城到海边")


def test_captions_and_bylines_are_told_apart() -> None:
    kinds = {a.text[b.start : b.end]: b.kind for a in articles(PAGE) for b in a.blocks}
    assert kinds["工作人员在茶园采集土样。 王某某 摄"] == "caption"
    assert kinds["（图片由市海洋局提供）"] == "caption"
    assert kinds["本报记者 李某某"] == "byline"


def test_nothing_is_invented_or_lost() -> None:
    said = "".join(a.text for a in articles(PAGE))
    assert Counter("".join(said.split())) == Counter("".join(PAGE.split()))


def test_an_end_that_fits_nowhere_is_left_and_noted() -> None:
    page, *stories = articles(PAGE.replace("贴3600万元，惠及2800余人。不少青年人才选择在这里安家。", "不少青年人才选择在这里安家，生活越来越好。"))
    assert [n.code for n in page.notes] == ["open-end"]
    assert any("发放购房补\n" in s.text for s in stories)


def test_fits() -> None:
    assert fits("年均利用太阳", "能发电约三万千瓦时") > 0.8
    assert fits("全市共有企业", "，其中规上企业占一半") == 1.0
    assert fits("会议要求加强统筹。", "近日，全市启动") == 0.0
    assert fits("推动政策落实与", "项目建设同步") > 0.5
