"""Entitlements of policies: who gets what, on which conditions."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from extractors.article import Article, Span
from extractors.facts import table
from extractors.facts_contacts import is_money
from extractors.item import Amount, Condition, Item, PolicyDetail, Source, make
from extractors.items_receiver import Receiver, another, receiver_of
from extractors.numerals import number_value
from extractors.record import Action, AnyRecord, Metric, Task, inside, sentence_span
from extractors.validity import issued_on, terms

Benefit = Literal["减免", "奖补", "权益", "资质"]
_RELIEF = frozenset(("减免", "免征", "免收", "减征", "缓缴", "返还", "退还", "免除"))
_NUMBER = r"(?P<value>[\d０-９]+(?:\.\d+)?|[一二三四五六七八九十百]+)"
_MONEY = rf"{_NUMBER}\s?(?P<scale>[万亿]?)元"
_MONEY_FACTOR: Final = {"": 1.0, "万": 1e4, "亿": 1e8}
_SEVERAL = r"(?:[\d０-９.]+\s?[万亿]?\s?元?、\s?)*"  # of 1000万元、500万元、100万元 the last is asked of all
_LEAST = r"(?P<most>不超过|未超过|不满|不足|少于)?"

# field, pattern: a condition's words in a description of who is meant.
_CONDITIONS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("registration_region", re.compile(r"(?:注册地?在|在)(?P<place>本?[\u4e00-\u9fff]{1,10}?)(?:行政区域内|范围内|境内|内)?(?:依法)?(?:注册|登记)")),
    ("age_years", re.compile(rf"(?:成立|注册)(?:时间)?(?:满|超过|达)?{_LEAST}{_NUMBER}年(?P<bound>以上|以内|内|以下)?")),
    (
        "revenue",
        re.compile(rf"(?:营业收入|业务收入|销售收入|营收|产值|销售额)[^，；。\d０-９]{{0,10}}?{_LEAST}{_SEVERAL}{_MONEY}(?P<bound>以上|以下|以内)?"),
    ),
    ("investment", re.compile(rf"(?:投资额?|注册资本)[^，；。]{{0,10}}?{_LEAST}{_MONEY}(?P<bound>及?以上|以下|以内)?")),
    ("rd_share", re.compile(rf"研发(?:投入|费用|经费)[^，；。]{{0,24}}?{_LEAST}{_NUMBER}\s?[%％](?P<bound>以上|以下)?")),
    ("staff", re.compile(rf"(?:职工|员工|从业人员|科技人员|研发人员)[^，；。]{{0,10}}?{_LEAST}{_NUMBER}人(?P<bound>以上|以下|以内)?")),
    ("area", re.compile(rf"面积[^，；。]{{0,10}}?{_LEAST}(?:超过|达到|不少于|不低于)?{_NUMBER}\s?(?:平方米|㎡)(?P<bound>及?以上|以下|以内)?")),
    (
        "qualification",
        re.compile(
            r"(?:新|首次|经)?(?:认定|获批|入选|获评|备案|获得|评为|列入|纳入)(?:为|的|了)?(?P<place>(?!实施|合格|通过|成功|完成|新)[^，；。的]{2,40}?)(?<!贷款|融资|投资|支持|补助|订单|收入|授权)(?:的|称号|$|，|；)"
        ),
    ),
    (
        "count",  # 年执飞不少于200架次, 发明专利5件以上
        re.compile(
            rf"[\u4e00-\u9fff]{{0,8}}?(?P<least>不少于|不低于|达到?|超过|突破|满)?{_NUMBER}(?P<unit>个月|[件项家个次台套户场篇名天条]|人次|架次|小时|[公]?里|吨|亩)"
            r"(?P<bound>及?以上|以下|以内)?(?(least)|(?<=[上下内]))"
        ),
    ),
    (
        "event",
        re.compile(
            r"(?:首次)?(?P<place>获得|购置|承担|引进|上市|开展|实施|建设|组建|转化|吸纳|输出)(?!的|成功|[或和、])(?P<what>[^，；。]{2,40}?)(?:的|$)"
        ),
    ),
)
_UNITS: Final = {"rd_share": "%", "age_years": "年", "staff": "人", "area": "平方米"}
_CHANNEL = re.compile(r"免申即享|即申即享|直达快享|网上办理|在线申请|一窗受理|一网通办")
_MATERIALS = re.compile(r"申[报请]材料[^\n]{0,10}[。：:]?\s*\n((?:[^\n]+\n?){1,8})")
_NUMBERED = re.compile(r"\s*([（(]?)(?:\d{1,2}|[一二三四五六七八九十]{1,3})([)）.．、])\s*")
_EACH = re.compile(r"(?:每[\u4e00-\u9fff]{1,4}){1,2}(?:给予|补贴|补助|奖励|资助|发放)?$")  # 每人每年8万元, 每条航线补贴…
_STEP = re.compile(r"每(?:再)?(?:增加|新增|增|达到?|满|超过)$")  # 每增加500万元奖励5万元
# A further class with a sum of its own: 重新认定的奖励5万元, 关键零部件奖励20万元.
_FURTHER = re.compile(
    r"，(?:其中)?(?:对)?(?P<who>(?![每最]|单[个家项笔一]|同一|再(?=给|奖|补)|并|累计|按|可|给予|分别)[^，。；、\d]{2,24}?)(?P<of>的)?(?:，)?(?:再|一次性|分别|各)?(?:给予)?(?:一次性)?(?:奖励|补助|补贴|资助|奖补)(?=\d)"
)
_BRACKETS = re.compile(r"（[^）]*）")


class Grant(NamedTuple):
    """A rule, whom it means, and where it says how much."""

    action: Action
    benefit: Benefit
    receiver: Receiver
    span: Span


def entitlements(source: Source) -> Iterator[Item]:
    """One item a rule of reward, relief, recognition or privilege that is (still) to be had."""
    grants = list(_grants(source))
    until = until_of(source.article) if grants else None
    for grant in grants:
        item = _item(source, grant, until)
        if item.policy and _can_be_matched(item.policy, told=source.authority == "secondary"):
            yield item


def _grants(source: Source) -> Iterator[Grant]:
    """What each rule grants to whom; one that names another class on the same terms (…奖励9万元，重新认定的奖励5万元) is two."""
    text, last, done = source.article.text, None, 0
    for action in source.records:
        if not isinstance(action, Action) or action.start < done or not (benefit := _benefit(source, action)):
            continue
        receiver = receiver_of(text, action, waived=benefit == "减免", last=last)
        if receiver is None:
            continue
        sentence = sentence_span(text, action.start, action.end)
        others = list(_FURTHER.finditer(text, action.end, sentence.end)) if benefit == "奖补" else []
        ends = [*(m.start() for m in others), sentence.end]
        yield Grant(action, benefit, receiver, Span(sentence.start, ends[0]))
        for m, end in zip(others, ends[1:], strict=True):
            yield Grant(action, benefit, another(receiver, m), Span(m.end(), end))
        last, done = receiver, max([done, *(m.end() for m in others)])


def _benefit(source: Source, action: Action) -> Benefit | None:
    """What an action grants, if it is a rule and not a report of what was paid."""
    if action.tense == "done" or not action.object or len(action.object) < 2:
        return None
    sentence = source.article.quote(sentence_span(source.article.text, action.start, action.end))
    if action.type == "fund" and action.trigger in _RELIEF:
        return "减免"
    if action.type == "fund" and (action.rule == "action: reward" or re.search(r"给予|补助|补贴|奖励|资助|贴息", action.trigger)):
        return "奖补"
    if source.authority == "original" and action.type == "recognise" and action.trigger == "认定" and "符合" in sentence:
        return "资质"
    return None


def _can_be_matched(policy: PolicyDetail, *, told: bool) -> bool:
    """给予一定补助 and 重点扶持 without figures give an engine nothing to match; what one does (开展…) only repeats the target.
    `told`: of a report, where 激励企业 is praise unless it gives a sum."""
    if policy.amount is not None or (told and policy.benefit == "奖补"):
        return policy.amount is not None
    return policy.benefit == "减免" or any(c.field not in ("event", "industry") for c in policy.conditions)


def until_of(article: Article) -> str | None:
    """The last day on which a document holds: as its metadata or its own text says."""
    ends = [t.day for t in terms(article.text, issued_on(article.metadata)) if t.kind == "expiry" and t.day]
    return article.metadata.expiry_date or next(reversed(ends), None)


def _item(source: Source, grant: Grant, until: str | None) -> Item:
    text, action, benefit, receiver = source.article.text, grant.action, grant.benefit, grant.receiver
    span = sentence_span(text, action.start, action.end)
    span = Span(span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip()), span.end)
    metrics = inside([r for r in source.records if isinstance(r, Metric)], grant.span)
    detail = PolicyDetail(
        benefit=benefit,
        target=receiver.target,
        conditions=tuple(conditions(text[receiver.span.start : receiver.span.end], receiver.target)),
        amount=_amount(source.article, metrics, receiver.span),
        materials=_materials(text),
        channel=channel[0] if (channel := _CHANNEL.search(text)) else None,
        office=office_at(source.records, action.start),
        until=until,
        parent=source.document.title,
    )
    waived = re.sub(r"\s+", "", action.object or "")[:20] if benefit == "减免" else ""
    title = f"{_BRACKETS.sub('', receiver.target)[:40]}：{action.trigger}{waived}"
    region = action.actor if action.actor and action.rule == "action: reward" else None
    return make(source, "policy", title, detail, span, (action.id, *(m.id for m in metrics)), region)


def conditions(clause: str, target: str) -> Iterator[Condition]:
    """Field, operator and value of each condition that a rule states; industries by the words of the chains."""
    names = [m.span() for m in re.finditer(r"“[^”]*”", clause)]  # the words of a name are no conditions
    taken: list[tuple[int, int]] = []
    for field, form in _CONDITIONS:
        for m in form.finditer(clause):
            inside = any(start < m.start() < end for start, end in names)
            if inside or (field in ("count", "event") and any(start < m.end() and m.start() < end for start, end in taken)):
                continue
            taken.append(m.span())
            yield _condition(field, m)
    for chain, words in table()["chains"].items():
        if any(word in target for word in words):
            yield Condition(field="industry", operator="in", value=chain, text=next(word for word in words if word in target))


def _condition(field: str, m: re.Match[str]) -> Condition:
    given = m.groupdict()
    if given.get("place"):
        value = re.sub(r"\s+", "", given["place"] + (given.get("what") or ""))
        return Condition(field=field, operator="=", value=value.strip("为了的").removesuffix("分别"), text=m[0])
    number = float(number_value(given["value"])) * _MONEY_FACTOR[given.get("scale") or ""]
    bound = given.get("bound") or ""
    most = bool(given.get("most")) or bound in ("以内", "内", "以下")
    unit = "元" if "scale" in given else given.get("unit") or _UNITS[field]
    return Condition(field=field, operator="<=" if most else ">=", value=number, unit=unit, text=m[0])


def _amount(article: Article, metrics: Sequence[Metric], receiver: Span) -> Amount | None:
    """The figures of the rule: those outside the words that say who is meant, up to the end of the sentence."""
    granted = [m for m in metrics if (is_money(m) or m.unit == "%") and m.status != "actual" and not receiver.start <= m.start < receiver.end]
    granted = [m for m in granted if not _STEP.search(article.text, max(0, m.start - 6), m.start)]
    granted = [m for m in granted if not _in_brackets(article.text, m.start)] or granted
    if not granted:
        return None
    money = [m for m in granted if is_money(m)]
    exact = [m.value for m in money if m.bound in ("=", "~")]
    each = _EACH.search(article.text, max(0, granted[0].start - 16), granted[0].start)
    return Amount(
        text=article.quote((each.start() if each else granted[0].start, granted[-1].end)),
        fixed=next(iter(exact), None),
        tiers=tuple(exact) if len(exact) > 1 else (),
        share=next((m.value for m in granted if m.unit == "%"), None),
        ceiling=next((m.value for m in money if m.bound in ("<=", "<")), None),
    )


def _in_brackets(text: str, at: int) -> bool:
    """（每学期2500元）says a sum in another way."""
    before = text[max(0, at - 40) : at]
    return before.rfind("（") > before.rfind("）")


def _materials(text: str) -> tuple[str, ...]:
    """The lines under 申报材料, as long as their numbers are of one kind."""
    found = _MATERIALS.search(text)
    lines = found[1].splitlines() if found else []
    forms = [(m[1], m[2], m[0].strip("（()） .．、").isdigit()) if (m := _NUMBERED.match(line)) else None for line in lines]
    same = next((i for i, form in enumerate(forms) if form != forms[0]), len(lines))
    return tuple(line for each in lines[:same] if (line := _NUMBERED.sub("", each, count=1).strip(" ；;。")))


def office_at(records: Sequence[AnyRecord], at: int) -> str | None:
    """The leading unit of the task that the rule stands in."""
    for task in records:
        if isinstance(task, Task) and task.units and task.spans["text"].start <= at < task.spans["text"].end:
            return task.units[0]
    return None
