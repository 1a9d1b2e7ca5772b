"""Who may apply for what in a call or a policy, who handles it, and where to ask."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.article import Article, Span
from extractors.private import private_numbers
from extractors.record import AnyRecord, Metric, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A phrase of the text with its place."""

    text: str
    span: Span


_ITEM = r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）]\s?、?|[、.．]\s?))"
_WHO = re.compile(
    rf"(?:^|\n)[ \t\u3000]*{_ITEM}?"
    r"(?:(?:申报|申请|支持|适用|奖补|补贴|推荐|提名|入库|参赛|参评|评选|遴选|认定|申领|入驻|揭榜|需求|(?:需求|揭榜|发榜)方)(?:的)?"
    r"(?:对象|主体|条件|资格|(?<!需求)要求|单位)|(?:申报|申请|适用|推荐|参赛)(?:的)?范围|(?:征集|评价)(?:的)?(?:对象|主体|范围)"
    r"|报名(?:的)?(?:对象|条件|资格|要求)|(?:申请人|申报人|申报者|参赛者|报名者)(?:的)?(?:条件|资格|要求))"
    r"(?:[及和与](?:条件|要求|标准|范围))?(?:[。：:][ \t]*\n?|[ \t]*\n)[ \t\u3000]*"
)
_LINE = re.compile(rf"[ \t\u3000]*(?P<number>{_ITEM})?(?P<words>[^\n]{{4,300}})\n?")
MOST = 8  # conditions under one heading
_APPLICANT = r"(?:申报单位|申请人|申报主体|申报企业|申报人|申报者|申请单位|参赛企业|依托单位|(?:需求|揭榜|发榜)方|项目负责人)(?>应当|应|须|需|必须)"
_AS_FOLLOWS = re.compile(
    _APPLICANT + r"(?:同时)?(?:具备|符合|满足)?(?:以下|下列|如下)(?:基本|申报|申请)?(?:条件|要求)[^。；\n]{0,8}[：:。]?[ \t]*\n[ \t\u3000]*"
)
_MUST_BE = re.compile(
    _APPLICANT
    + r"(?!于|在(?:\d|规定|每|[^，。；\n]{0,12}[前内]，)|(?:同时)?(?:具备|符合|满足)?(?:以下|下列|如下)|登录|按|通过|提供|提交|认真|将|把|填|对"
    r"|如实|及时|严格|加强|确保|根据|遵守|承诺|签|组织|负责|向)(?:为|是|具备|具有|符合)?([^。；\n]{4,120})"
)


def applicants(article: Article) -> Iterator[Stated]:
    """Who may apply: the numbered lines (or the one line) under a heading such as 申报条件, and 申报单位应为…"""
    seen: list[Span] = []
    for heading in sorted((*_WHO.finditer(article.text), *_AS_FOLLOWS.finditer(article.text)), key=lambda m: m.start()):
        for line in _conditions(article.text, heading.end()):
            if line not in seen:
                seen.append(line)
                yield Stated(text=article.quote(line), span=line)
    for m in _MUST_BE.finditer(article.text):
        if not any(start <= m.start(1) and m.end(1) <= end for start, end in seen):
            yield Stated(text=m[1].strip(), span=Span(*m.span(1)))


def _conditions(text: str, at: int) -> Iterator[Span]:
    """The lines from an offset on, as long as their numbers are of one kind (1. 2. 3. or （一） （二）); one line where it has none."""
    style: str | None = None
    for _ in range(MOST):
        line = _LINE.match(text, at)
        kind = re.sub(r"[一二三四五六七八九十\d\s]+", "#", line["number"] or "") if line else ""
        if line is None or (style is not None and kind != style):
            return
        yield Span(line.start("words"), line.start("words") + len(line["words"].rstrip()))
        if not kind:
            return
        style, at = kind, line.end()


_GRANTS = re.compile(r"资助|补助|补贴|奖补|奖励|奖金|支持(?:经费|标准|额度|强度|金额|方式)|给予|额度|后补助|榜金")
_NOT_GRANTED = re.compile(r"累计|去年|已|营业?收入?|投资|投入|产值|注册资本")
_PAID_ONESELF = re.compile(r"(?:出资|自筹|配套资金)[^，。；\n]{0,8}$")
_HEADING = 20  # characters of a line that may be the heading of the next: 支持标准


def is_money(metric: Metric) -> bool:
    """Sums, also by the piece: 元, 元/项."""
    return metric.unit is not None and (metric.unit == "元" or metric.unit.startswith("元/"))


def amounts(article: Article, records: Sequence[AnyRecord]) -> Iterator[Stated]:
    """The sums and shares that a policy sets, and the sums that a call promises (20万元/项)."""
    for r in records:
        if not isinstance(r, Metric):
            continue
        if _PAID_ONESELF.search(article.text, max(0, r.start - 12), r.start):
            continue
        if (r.status == "rule" and (is_money(r) or r.unit == "%")) or (article.kind == "call" and is_money(r) and _is_granted(article.text, r)):
            yield Stated(text=r.quote, span=Span(r.start, r.end))


def _is_granted(text: str, money: Metric) -> bool:
    """Whether the line before a sum, or the heading above that, speaks of a grant."""
    above, _, line = text[max(0, money.start - 120) : money.start].rpartition("\n")
    heading = above.rpartition("\n")[2]
    clause = re.split(r"[。；，]", line)[-1]
    return bool(_GRANTS.search(line if len(heading) > _HEADING else heading + line)) and not _NOT_GRANTED.search(clause)


_HANDLES = "受理|审核|初审|申报|办理|经办|咨询|评审|兑现|发放|组织实施|具体实施|日常管理|具体工作"
_BODY = r"([^，。；：:\n由]{3,30}?)(?:统一|具体|牵头|共同)*"
# Who handles a call or an entitlement: behind a label, as who is charged with it, as who gets the papers.
_OFFICES = (
    re.compile(r"(?:受理|责任|主管|承办|经办|联系|咨询|业务|牵头)(?:部门|处室|单位|科室|窗口|机构|地点)\s*[：:]\s*([^，,。；;：:\n]{3,40})"),
    re.compile(rf"(?:由|委托){_BODY}(?:负责|承担)[^，。；\n]{{0,6}}?(?:{_HANDLES})"),
    re.compile(rf"(?:{_HANDLES})[^，。；\n]{{0,8}}?由{_BODY}(?:负责(?!解释)|承担|办理|受理|承办)"),
    re.compile(rf"由{_BODY}(?:受理|组织申报|初审|审核)"),
    re.compile(r"(?:材料|申请表?|申报书|推荐函)[^，。；：:\n]{0,30}?(?:报送|提交|寄送|送达|报|寄|送)(?:至|到)?([^，。；：:（(\n]{3,30})"),
)
_UNIT = 6  # characters of a sub-unit's name that may follow a body's
_PHONE = re.compile(
    r"(?<![\d-])(?:(?:[（(]0\d{2,3}[)）]\s?|0\d{2,3}[\s\-－—]?)?[2-9]\d{6,7}(?:(?:[\-－—转]|/)\d{1,6})*|400[\-－—]?\d{3}[\-－—]?\d{4})(?![\d%])"
)
_CALLS = re.compile(
    r"联系(?:方式|人)(?:及(?:联系)?(?:电话|方式))?[ \t]*\n[^\n。]{0,60}"
    r"|(?:电话|热线|传真|咨询|联系方式|联系人|技术支持)[^。\n]{0,60}|0\d{2,3}[\-－—][2-9]\d{6}[^。\n]{0,30}"
)
_DEPARTMENT = re.compile(r"(?:^|[：:；;，,、\s])([\u4e00-\u9fff]{2,10}[处科股室])(?=[：:，,\s（(])[^\n。]{0,24}$")  # 高新处：何某，
_BEFORE_PHONE = 16  # characters between an office and its telephone: 某局：张某 李某，电话


def offices(article: Article, records: Sequence[AnyRecord]) -> Iterator[Stated]:
    """Each office once, at its first place, last those before a telephone; a phrase that begins with no known body counts only behind a label."""
    bodies = [r for r in records if isinstance(r, Organisation)]
    found: dict[str, Stated] = {}
    for m in sorted((m for form in _OFFICES for m in form.finditer(article.text)), key=lambda m: m.span(1)):
        inside = [r for r in bodies if r.start >= m.start(1) and r.end <= m.end(1)]
        label = m.re is _OFFICES[0]
        names_it = inside and (inside[0].start == m.start(1) if label else True) and m.end(1) - inside[-1].end <= _UNIT
        if names_it:
            found.setdefault(inside[0].canonical, Stated(text=inside[0].canonical, span=Span(inside[0].start, inside[0].end)))
        elif label:
            found.setdefault(m[1].strip(), Stated(text=m[1].strip(), span=Span(*m.span(1))))
    for office in _answering(article, bodies):
        if not any(office.text.endswith(known) for known in found):
            found[office.text] = office
    return iter(found.values())


def _answering(article: Article, bodies: Sequence[Organisation]) -> Iterator[Stated]:
    """Who stands before a telephone on its line: a body, or a department of the issuer."""
    for phone in phones(article):
        near = [b for b in bodies if phone.span.start - _BEFORE_PHONE <= b.end <= phone.span.start]
        if near and "\n" not in article.text[near[-1].end : phone.span.start]:
            yield Stated(text=near[-1].canonical, span=Span(near[-1].start, near[-1].end))
            continue
        line = article.text.rfind("\n", 0, phone.span.start) + 1
        if department := _DEPARTMENT.search(article.text[line : phone.span.start]):
            issuer = next(iter(article.metadata.issuers), "")
            yield Stated(text=issuer + department[1], span=Span(line + department.start(1), line + department.end(1)))


def phones(article: Article) -> Iterator[Stated]:
    """Office numbers behind 电话 and the like or with an area code, each once; numbers of private persons are left out."""
    private = [note.span for note in private_numbers(article.text) if note.span]
    last = 0
    for label in _CALLS.finditer(article.text):
        for m in _PHONE.finditer(article.text, max(last, label.start()), label.end()):
            last = m.end()
            if not any(s <= m.start() < e for s, e in private):
                yield Stated(text=m[0], span=Span(*m.span()))
