"""Made-up documents that cite, repeal and reprint each other."""

from dataclasses import replace

from extractors.article import Article, ArticleKind, Metadata
from extractors.record import AnyRecord, identify
from extractors.records import reference
from store import Store
from store.facts import Cluster, Link
from store.relate import facts_of
from tests.store.made import article, capture

TITLE = "云州市科技成果转化办法"
BODY = """第一条 为促进科技成果转化，规范成果转化资金管理，制定本办法。
第二条 对在我市登记的技术合同，按照实际成交额的百分之三给予补助，每家单位每年最高50万元。
第三条 申请单位应当在每年9月30日前，向所在地科技主管部门提交合同登记证明和到账凭证。
第四条 市科技局会同市财政局组织专家评审，评审结果公示5个工作日。
"""


def document(
    number: int,
    title: str,
    text: str,
    *,
    kind: ArticleKind = "policy",
    doc_number: str | None = None,
    issued: str | None = None,
    region: str | None = None,
    issuers: tuple[str, ...] = (),
    source: str = "demo",
) -> Article:
    fetched = capture(text, f"https://kj.example.cn/{number}.html", source)
    metadata = Metadata(doc_number=doc_number, written_date=issued, published_date=issued, region_code=region, issuers=issuers)
    return replace(article(fetched, text, title=title), kind=kind, metadata=metadata)


def put(store: Store, *pages: Article) -> None:
    """Each article as a page of its own, with the references that the extractor finds."""
    for one in pages:
        records: list[AnyRecord] = list(identify(one, reference.extract(one, {})))
        store.put(capture(one.text, one.url, one.source), [one], records)


def links(store: Store, of: Article) -> list[tuple[str, str, str]]:
    return [(f.target, f.relation, f.by) for f in facts_of(store, of.id, "link") if isinstance(f, Link) and f.article == of.id]


DRAFT = document(
    1, f"关于公开征求《{TITLE}（征求意见稿）》意见的公告", BODY + "本办法自印发之日起施行，《云州市技术合同补助规定》同时废止。", issued="2031-01-10"
)
FINAL = document(
    2,
    f"云州市科学技术局关于印发《{TITLE}》的通知",
    BODY + "第五条 本办法自2031年5月1日起施行。",
    doc_number="云科发〔2031〕7号",
    issued="2031-04-12",
)
REPEAL = document(
    3,
    "云州市科学技术局关于公布废止文件目录的公告",
    f"经清理，决定废止下列文件，自2034年2月1日起施行。\n废止文件目录\n1.{TITLE}（云科发〔2031〕7号）\n",
    kind="announcement",
    issued="2034-01-15",
)


STORY = """云州高新区首座中试基地建在旧钢厂的原料棚里，占地77平方米的反应车间保留了三根老立柱，工人们把它叫作灯塔，参观者总要在柱下合影留念。
承担放大试验的团队来自三所高校，他们白天跑设备，夜里整理曲线，用84天把一种低温焊料从烧杯推进到吨级料仓，良率一路爬到九成以上。
与别处不同，基地按小时出租机时，企业扫码就能看到每台釜的空档，91家客户里有一半是第一次接触中试的小作坊，账单最小的一笔只有四百元。
为了留住首席技师，园区拿出临湖的98套公寓，凭项目任务书即可入住，孩子就近上学，师傅带徒弟的津贴按月打卡，半年里没有一个人离开。
风险由一只概念验证资金池兜底，失败的批次写进公开的教训簿，后来者查得到温度、配比和当时的判断，105条记录已经帮人省下两个季度的弯路。
傍晚的讲习班对周边职校开放，学生亲手拆装阀门、标定流量计，结业时要独立跑完一个批次，去年有112人凭这张单子找到了工作。"""


def news(number: int, text: str, day: str, *, title: str = "云州高新区中试基地集中建成") -> Article:
    return document(number, title, text, kind="news", issued=day)


def cluster(store: Store, of: Article) -> Cluster | None:
    found = facts_of(store, of.id, "cluster")
    return found[0] if found and isinstance(found[0], Cluster) else None
