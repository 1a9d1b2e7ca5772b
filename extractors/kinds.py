"""What a document is, by its title first and by how it reads where it has none."""

import re
from collections.abc import Iterable
from typing import Final

from extractors.article import Article, ArticleKind

# In this order: a call is also a 通知, an interpretation of a 办法 also ends in 办法.
TITLES: Final[tuple[tuple[re.Pattern[str], ArticleKind], ...]] = (
    (re.compile(r"解读|图解|一图读懂|答记者问|政策问答|问答$|说明$"), "interpretation"),
    (
        re.compile(
            r"(?:申报|征集|推荐|遴选|招标|揭榜|报名|申请)(?:工作|指南|项目)?.{0,20}(?:通知|公告|通告|指南|榜单|启事)|(?:组织|开展).{0,40}(?:申报|征集|推荐|遴选|认定工作|评价入库|入库工作)|(?:申领|入库工作).{0,20}(?:通知|公告|通告)|(?:券|补[贴助]|奖[励补]|资金).{0,8}申领.{0,20}指南|指南的通知$|征集.{0,30}函$|招聘"
        ),
        "call",
    ),
    (re.compile(r"政府工作报告|工作报告|统计公报|调研报告|研究报告|发展报告|白皮书|蓝皮书|年度报告|年报$|监测报告|评价报告"), "report"),
    (
        re.compile(r"(?:公示|公告|通告|通报|公报|名单|结果|启事|汇总表?)(?:[（(][^（）()]{1,20}[）)])?$|(?:公布|认定|确定|命名).{0,60}(?:名单|结果)"),
        "announcement",
    ),
    (
        re.compile(
            r"(?:通知|意见|决定|决议|批复|办法|规定|方案|措施|细则|规划|纲要|计划|条例|政策|规则|章程|函|法|令|要点|标准|目录|清单|指引|若干政策|预案|分工|请示|准则|程序|规程|制度|协定|解释|安排|修正案)"
            r"(?:[（(][^（）()]{1,30}[）)])*$"
        ),
        "policy",
    ),
)
# A column of interpretations; 政策法规及解读 holds both.
EXPLAINS = re.compile(r"(?<![及和与、])解读(?:回应|材料|专栏)?$")
ISSUED = re.compile(r"(?:关于|印发).*(?:通知|公告|通告|决定|意见|批复|令)(?:[（(][^（）()]{1,30}[）)])*$")
ENACTS = re.compile(
    r"制[定订]本|制[定订](?:如下|以下)|提出(?:如下|以下)|现就.{0,40}(?:通知|提出|意见)|结合(?:我|本)[省市区县州盟旗].{0,6}实际|特制[定订]"
)
NORMS = re.compile(r"给予.{0,20}(?:奖励|补助|补贴|资助|支持)|责任单位|牵头单位|责任部门|第[一二三四五六七八九十]+条|应当")
REPORTED = re.compile(
    r"记者|据悉|据了解|据介绍|介绍道|采访|[说道称]。?$|近日|日前|昨[日天]|本报讯|获悉|[”’]\s*[\u4e00-\u9fff（）()]{2,30}(?:说|表示|介绍)"
)
WORK_REPORT = re.compile(
    r"各位代表|过去(?:的)?一年|一年来|新的一年|今年(?:的)?(?:主要)?(?:工作|目标|预期)|我们(?:坚持|要|将|深入|持续|全力)|(?:重点)?(?:抓好|做好|做了)[一二三四五六七八九十]+(?:个方面|方面|项)"
)
# A work report tells what was or will be done by headings that begin with a verb, without norms and without who is responsible.
DRIVE = re.compile(
    r"^(?:[（(][一二三四五六七八九十]+[）)])?\s*(?:全力|奋力|着力|聚力|大力|加快|持续|深入|坚决|坚持|扎实|不断|推动|推进|打造|积极|优质|激发|做强|做优|争创|提升|强化|深化|优化|构建|培育|发展|建设|服务|完善|畅通|促进|竞逐|企业|创新)"
)


def kind_of(article: Article, title: str | None, parent: ArticleKind | None = None, columns: Iterable[str] = ()) -> ArticleKind:
    """By a column of interpretations, by the form of the title, else what the page is that carries it, else by the text."""
    if title and any(EXPLAINS.search(c.strip()) for c in columns) and not ISSUED.search(title.strip()):
        return "interpretation"
    for form, kind in TITLES if title else ():
        if form.search(title.strip() if title else ""):
            return kind
    if parent is not None:
        return parent
    return _by_text(article, titled=title is not None)


def _by_text(article: Article, *, titled: bool) -> ArticleKind:
    lines = [article.text[b.start : b.end].strip() for b in article.blocks if b.kind in ("paragraph", "item", "heading")]
    opening = "".join(lines[:3])[:600]
    if ENACTS.search(opening) and not REPORTED.search(opening):
        return "policy"
    reported = len(REPORTED.findall(article.text))
    if titled or reported >= 2:
        return "news"
    norms = len(NORMS.findall(article.text))
    driven = sum(bool(DRIVE.match(text)) for text in lines)
    if WORK_REPORT.search(article.text[:1500]) or (lines and driven >= 0.4 * len(lines) and norms <= 2):
        return "report"
    return "policy" if norms >= 2 else "news"
