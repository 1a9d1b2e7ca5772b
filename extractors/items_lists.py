"""Rows of lists: needs (榜单, 需求), results on offer (成果, 仪器), posts (岗位)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from extractors.article import Article, Span
from extractors.item import DemandDetail, Item, Source, SupplyDetail, TalentDetail, make
from extractors.record import Organisation
from extractors.rows import Row, column_of, extent, heads, tables, value

_PROBLEM: Final = ("榜题", "需求名称", "技术需求", "难题名称", "需求内容", "攻关任务", "榜单任务", "需求题目", "技术难题", "项目需求")
_SUPPLY: Final[tuple[tuple[str, Literal["result", "platform", "instrument", "service"]], ...]] = (
    ("成果名称", "result"),
    ("技术名称", "result"),
    ("专利名称", "result"),
    ("仪器名称", "instrument"),
    ("设备名称", "instrument"),
    ("平台名称", "platform"),
    ("服务名称", "service"),
    ("服务项目", "service"),
)
_POSTS: Final = ("岗位名称", "招聘岗位", "职位名称", "需求岗位")
_HOLDER: Final = ("完成单位", "所属单位", "持有单位", "权利人", "依托单位", "需求单位", "发榜单位", "企业名称", "单位名称", "申报单位", "单位")
# 需求名称：… on a line of its own opens a record of labelled lines.
_LABELLED = re.compile(r"^[^\S\n]*(?:\d+[.．、]\s*)?(?P<label>需求名称|榜题名称|技术需求名称|难题名称)\s*[：:]\s*(?P<problem>[^\n]{4,80})", re.M)
_SCALE = re.compile(r"[万亿]?元")
_POST_LINE = re.compile(
    r"^[ \t\u3000]*(?:[（(]?\d{1,2}[)）.．、]\s{0,9})?(?P<role>[\u4e00-\u9fffA-Za-z（）/]{2,20}?)[：:]?\s*\d{1,3}\s?[名人]"
    r"(?=[，。；：（(\n]|\Z)(?P<rest>[^\n]*)",
    re.M,
)
_MAJOR = re.compile(r"(?:要求|须为|限于?|为)?([\u4e00-\u9fff]{2,24}?(?:、[\u4e00-\u9fff]{2,24}?){0,9})(?:等|相关){0,3}专业")
_RECORD = 1500  # characters of the last record of a list
_FIELDS: Final = {
    "figures": re.compile(r"(?:技术指标|考核指标|主要指标|预期指标)\s*[：:]\s*([^\n]{4,300})"),
    "budget": re.compile(r"(?:投入资金|资金预算|榜额|研发投入|拟投入|悬赏金额|经费预算)\s*[：:]\s*([^\n]{2,40})"),
    "cooperation": re.compile(r"(?:合作方式|合作形式|解决方式)\s*[：:]\s*([^\n]{2,60})"),
    "holder": re.compile(r"(?:需求单位|发榜单位|企业名称|单位名称)\s*[：:]\s*([^\n]{4,40})"),
}


def _rows(article: Article, words: Sequence[str]) -> Iterator[tuple[dict[int, str], int, Row]]:
    """(headers, naming column, row) of each row of each table with such a column."""
    for rows in tables(article):
        for i, row in enumerate(rows[:3]):
            named = heads(article, row)
            if (column := column_of(named, words)) is not None:
                yield from ((named, column, each) for each in rows[i + 1 :] if value(article, each, column))
                break


def _field(article: Article, named: Mapping[int, str], row: Row, *words: str) -> str | None:
    return value(article, row, column_of(named, words))


def _sum(article: Article, named: Mapping[int, str], row: Row, *words: str) -> str | None:
    """A sum with the unit that its header has: 1200 under 榜额（万元）."""
    column = column_of(named, words)
    said = value(article, row, column)
    unit = _SCALE.search(named[column]) if said and column is not None else None
    return f"{said}{unit[0]}" if said and unit and not said.endswith("元") and said[-1].isdigit() else said


def listed_demand(source: Source) -> Iterator[Item]:
    """Needs stand in lists only; a call for proposals is an opportunity."""
    article = source.article
    for named, column, row in _rows(article, _PROBLEM):
        problem = value(article, row, column) or ""
        detail = DemandDetail(
            problem=problem,
            figures=_field(article, named, row, "技术指标", "考核指标", "指标", "目标"),
            budget=_sum(article, named, row, "榜额", "榜金", "预算", "资金", "经费", "投入", "金额"),
            cooperation=_field(article, named, row, "合作方式", "合作形式"),
            holder=_field(article, named, row, *_HOLDER),
        )
        yield make(source, "demand", problem[:60], detail, extent(row))
    yield from _labelled_demand(source)


def _labelled_demand(source: Source) -> Iterator[Item]:
    text = source.article.text
    found = list(_LABELLED.finditer(text))
    for i, m in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else min(len(text), m.end() + _RECORD)
        given = {name: form.search(text, m.end(), end) for name, form in _FIELDS.items()}
        detail = DemandDetail(problem=m["problem"].strip(), **{name: hit[1].strip() for name, hit in given.items() if hit})
        last = max([m.end(), *(hit.end() for hit in given.values() if hit)])
        yield make(source, "demand", m["problem"].strip()[:60], detail, Span(m.start("label"), last))


def _recruiter(source: Source) -> str | None:
    """The body that the title of a notice of recruitment names, else who puts it out."""
    title = source.article.title or ""
    named = [r for r in source.records if isinstance(r, Organisation) and r.text in title]
    return named[0].canonical if named else next(iter(source.article.metadata.issuers), None)


def listed_supply(source: Source) -> Iterator[Item]:
    article = source.article
    for word, offer in _SUPPLY:
        for named, column, row in _rows(article, (word,)):
            title = value(article, row, column) or ""
            detail = SupplyDetail(
                offer=offer,
                holder=_field(article, named, row, *_HOLDER),
                maturity=_field(article, named, row, "成熟度", "所处阶段", "阶段"),
                ip_number=_field(article, named, row, "专利号", "登记号", "知识产权"),
                transfer=_field(article, named, row, "转化方式", "合作方式", "转让方式"),
                price=_sum(article, named, row, "价格", "转让费", "报价", "收费"),
            )
            yield make(source, "supply", title[:60], detail, extent(row))


def listed_posts(source: Source) -> Iterator[Item]:
    """Rows of a table of posts, and lines of a notice of recruitment: 航标工程师3名，要求…."""
    article = source.article
    for m in _POST_LINE.finditer(article.text) if "招聘" in (article.title or "") else ():
        field = _MAJOR.search(m["rest"])
        detail = TalentDetail(form="post", role=m["role"], organisation=_recruiter(source), field=field[1] if field else None)
        yield make(source, "talent", m["role"], detail, Span(m.start("role"), m.end("rest")))
    for named, column, row in _rows(article, _POSTS):
        title = value(article, row, column) or ""
        detail = TalentDetail(
            form="post",
            role=title,
            organisation=_field(article, named, row, *_HOLDER),
            field=_field(article, named, row, "专业", "研究方向", "学科"),
        )
        yield make(source, "talent", title[:60], detail, extent(row))
