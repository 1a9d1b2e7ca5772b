"""Fields and conditions of the query language: what each name means in the index, and how values are read."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from extractors.docnumber import parse_doc_number, squeezed
from extractors.facts import table as facet_words
from extractors.names import authority
from extractors.names.regions import region_by_name
from extractors.numbers import quantities
from index.analysis import fold
from index.errors import FieldError
from index.query import And, IndexName, Node, Or, Phrase, Prefix, Range, Term


@dataclass(frozen=True, slots=True)
class Has:
    """An article with a record such that …; on records, the record itself. index.search turns it into plain nodes."""

    record: Node


ARTICLE_KINDS: Final = {
    "政策": "policy", "文件": "policy", "通知": "policy", "解读": "interpretation", "申报": "call", "征集": "call", "公告": "announcement",
    "公示": "announcement", "新闻": "news", "动态": "news", "简报": "bulletin", "报纸": "newspaper", "报告": "report",
}  # fmt: skip
RECORD_KINDS: Final = {
    "指标": "metric", "数据": "metric", "机构": "organisation", "动作": "action", "任务": "task", "引用": "reference", "人物": "person",
    "人": "person",
}  # fmt: skip
ACTIONS: Final = {
    "发布": "issue", "印发": "issue", "组建": "establish", "设立": "establish", "举办": "hold", "开展": "hold", "合作": "cooperate",
    "签约": "cooperate", "投入": "fund", "资助": "fund", "奖励": "fund", "认定": "recognise", "人才": "talent", "引进": "talent",
    "转化": "transfer", "转让": "transfer", "评估": "evaluate", "验收": "evaluate", "启动": "launch", "上线": "launch", "研发": "research",
    "攻关": "research", "服务": "serve", "其他": "other",
}  # fmt: skip
STATES: Final = {"实际": "actual", "完成": "actual", "目标": "target", "规定": "rule", "标准": "rule"}
STATUSES: Final = {
    "有效": "in force", "现行": "in force", "征求意见": "draft", "草案": "draft", "修改": "amended", "修订": "amended", "到期": "expired",
    "失效": "expired", "废止": "repealed", "不明": "unknown",
}  # fmt: skip
RISING: Final = ("增长", "增幅", "增速", "增加", "提高", "上升", "同比增长")
FALLING: Final = ("下降", "降幅", "减少", "降低", "同比下降")
_ANY_UNIT: Final = "个"  # put behind a number without a unit, so that the scanner reads it
_PERCENT: Final = ("%", "百分点")
_OPERATORS: Final = str.maketrans({"＞": ">", "＜": "<", "＝": "="})


def amount(text: str) -> tuple[float, str]:
    """100亿 → (1e10, ""), 20% → (20, "%"), 一百亿元 → (1e10, "元"). Raises FieldError."""
    plain = unicodedata.normalize("NFKC", text).strip()
    sign = -1.0 if plain.startswith(("-", "−", "负")) else 1.0
    plain = plain.lstrip("-−负")
    for unit in ("", _ANY_UNIT):
        whole = plain + unit
        found = [q for q in quantities(whole) if q.start == 0 and q.end == len(whole)]
        if found:
            return sign * found[0].value, "" if unit else found[0].unit
    raise FieldError(f"“{text}”不是数字；可以写 100亿、3.5万、20%")


def condition(name: str, operator: str, value: str) -> Has:
    """技术合同成交额 > 100亿; 增长 ≥ 20%. Raises FieldError."""
    number, unit = amount(value)
    parts: list[Node] = [Term("kind", ("metric",)), compared("value", operator, number)]
    if name in (*RISING, *FALLING):
        parts += [Term("direction", ("+" if name in RISING else "-",)), Term("unit", (unit,) if unit else _PERCENT)]
    else:
        parts += [indicator(name), *([Term("unit", (unit,))] if unit else [])]
    return Has(And(tuple(parts)))


def compared(field: str, operator: str, number: float) -> Node:
    match operator.translate(_OPERATORS):
        case ">":
            return Range(field, number, None, open_start=True)
        case ">=" | "≥":
            return Range(field, number, None)
        case "<":
            return Range(field, None, number, open_end=True)
        case "<=" | "≤":
            return Range(field, None, number)
        case "=":
            return Range(field, number, number)
    raise FieldError(f"没有比较符号 {operator!r}")


def indicator(name: str) -> Node:
    """The indicator as its text or its key names it, by any of its names (R&D经费占GDP比重 is 研发投入强度); a part of the name will do."""
    from extractors.records.metric_key import common_name  # half a second, which only this needs

    return Or((Term("indicator_key", tuple(dict.fromkeys((name, common_name(name))))), Phrase(name, fields=("name",))))


def values(text: str) -> tuple[str, ...]:
    """Several values of one field: 安徽,浙江 or 安徽、浙江."""
    return tuple(v for v in re.split(r"[,，、;；]", text) if v)


def _any(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def day_range(field: str, text: str) -> Node:
    """2023, 2023-05, 2023..2024, 2023.., ..2024; 年 月 日 and / and . are read too. Raises FieldError."""
    start, dots, end = text.partition("..")
    first, last = _iso(start), _iso(end if dots else start)
    if first is None and last is None:
        raise FieldError(f"“{text}”不是日期；可以写 2023、2023-05、2023..2024")
    return Range(field, first, last)


def _iso(text: str) -> str | None:
    if not text.strip():
        return None
    found = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2}))?(?:[-/.月](\d{1,2}))?[年月日]?", fold(text).strip())
    parts = [int(p) for p in found.groups() if p] if found else []
    try:
        date(*[*parts, 1, 1][:3])  # a day that the calendar has
    except (TypeError, ValueError) as error:
        raise FieldError(f"“{text}”不是日期；可以写 2023、2023-05、2023-05-09") from error
    return "-".join(f"{p:02d}" for p in parts)


def article_year(text: str) -> Node:
    """Articles of a year (2023, 2023年) or of years (2021..2023). Raises FieldError."""
    if ".." in text:
        return day_range("date", text)
    if not re.fullmatch(r"\d{4}年?", fold(text)):
        raise FieldError(f"“{text}”不是年份；可以写 2023 或 2021..2023")
    return Term("article_year", (fold(text).rstrip("年"),))


def region_code(name: str) -> str:
    """Raises FieldError."""
    if re.fullmatch(r"\d{6}", name):
        return name
    region = region_by_name(name)
    if region is None:
        raise FieldError(f"不认识地区“{name}”")
    return region.code


def region(index: IndexName, name: str) -> Node:
    """The region and all that lies in it. A figure's region is whose figure it is, else its article's."""
    return Term("regions" if index == "articles" else "place", (region_code(name),))


def organisation(name: str) -> Node:
    """By every name that the authority file knows for it; one that it does not know is looked for in the text, too."""
    names = _names(name)
    known = (Term("organisations", names), Term("issuers", names))
    return Or(known if authority().lookup(name) else (*known, Phrase(name)))


def _names(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([name, *(n for e in authority().lookup(name) for n in authority().aliases(e.id))]))


def doc_number(text: str) -> Node:
    """A whole 文号 is a key; a part of one (code, year, number, in that order) finds all that agree. Raises FieldError."""
    whole = parse_doc_number(text)
    if whole:
        return Term("doc_key", (whole.key,))
    plain = squeezed(text)
    parts = re.fullmatch(r"(?P<code>[^\d\W]*?)第?[\[(〔【]?(?P<year>(?:19|20)\d\d)?年?[\])〕】]?(?:第|字)?0*(?P<number>\d{1,5})?号?", plain)
    if not parts or not any(parts.groups()):
        raise FieldError(f"“{text}”不是文号；可以写全，也可以只写机关代字、年份或序号")
    nodes: list[Node] = []
    if parts["code"]:
        nodes.append(Prefix(parts["code"], "doc_code"))
    if parts["year"]:
        nodes.append(Term("doc_year", (int(parts["year"]),)))
    if parts["number"]:
        nodes.append(Term("doc_seq", (int(parts["number"]),)))
    return And(tuple(nodes))


def cited(text: str) -> Node:
    number = parse_doc_number(text)
    name: Node = Term("cited_key", (number.key,)) if number else Phrase(text.strip("《》"), fields=("name",))
    return And((Term("kind", ("reference",)), name))


def action(text: str) -> Node:
    kinds = (ACTIONS[text],) if text in ACTIONS else (text,)
    return And((Term("kind", ("action",)), Or((Term("trigger", (text,)), Term("type", kinds)))))


def unit(name: str) -> Node:
    """Tasks of a unit by any of its names; one that stands for several (教育厅) is looked for as the task has it."""
    known = tuple(dict.fromkeys([name, *(e.canonical for e in authority().lookup(name))]))
    return And((Term("kind", ("task",)), Or((Term("units", known), Phrase(name, fields=("text",))))))


def _mapped(field: str, names: Mapping[str, str]) -> Callable[[IndexName, str], Node]:
    """A keyword with Chinese names for its values; the values themselves will do. Raises FieldError."""

    def node(_: IndexName, text: str) -> Node:
        if text not in names and text not in names.values():
            raise FieldError(f"没有“{text}”；可用的有 {'、'.join(names)}")
        return Term(field, (names.get(text, text),))

    return node


def article_kind(text: str, others: Iterable[str] = ()) -> Node:
    """Articles of a kind by its Chinese or its own name; `others` may stand there as well, and are named when it is wrong. Raises FieldError."""
    if text not in ARTICLE_KINDS and text not in ARTICLE_KINDS.values():
        raise FieldError(f"没有类型“{text}”；可用的有 {'、'.join((*ARTICLE_KINDS, *others))}")
    return Term("article_kind", (ARTICLE_KINDS.get(text, text),))


def _facet(field: str) -> Callable[[IndexName, str], Node]:
    """A facet that an article's words tell, by its name or one of its words (产业链:稀土). Raises FieldError."""

    def node(_: IndexName, text: str) -> Node:
        known: dict[str, list[str]] = facet_words()[field]
        found = (text,) if text in known else tuple(name for name, listed in known.items() if text in listed)
        if not found:
            raise FieldError(f"没有“{text}”；可用的有 {'、'.join(known)}")
        return Term(field, found)

    return node


def _years(_: IndexName, text: str) -> Node:
    start, dots, end = text.partition("..")
    try:
        return Range("year", int(start) if start else None, int(end) if dots and end else (None if dots else int(start)))
    except ValueError as error:
        raise FieldError(f"“{text}”不是年份；可以写 2023 或 2021..2023") from error


# What each field means: (index that is asked, one value) → node. Those of RECORDS hold on records; on articles they mean “has a record such that”.
MEANINGS: Final[dict[str, Callable[[IndexName, str], Node]]] = {
    "organisation": lambda _, v: organisation(v),
    "indicator": lambda _, v: And((Term("kind", ("metric",)), indicator(v))),
    "region": region,
    "kind": lambda _, v: article_kind(v),
    "record": _mapped("kind", RECORD_KINDS),
    "doc_number": lambda _, v: doc_number(v),
    "source": lambda _, v: Or(tuple(Term(f, (v,)) for f in ("source", "origin", "publisher"))),
    "published": lambda _, v: day_range("published", v),
    "written": lambda _, v: day_range("written", v),
    "date": lambda _, v: day_range("date", v),
    "theme": lambda _, v: Or((Term("theme", (v,)), Prefix(v, "theme"), Term("themes", (v,)))),
    "instrument": _facet("instruments"),
    "chain": _facet("chains"),
    "action": lambda _, v: action(v),
    "title": lambda _, v: Phrase(v, fields=("title",)),
    "text": lambda _, v: Phrase(v, fields=("text",)),
    "issuer": lambda _, v: Or((Term("issuers", _names(v)), Term("lead_issuer", _names(v)))),
    "lead": lambda _, v: Term("lead_issuer", _names(v)),
    "status": _mapped("status", STATUSES),
    "state": _mapped("state", STATES),
    "year": lambda _, v: article_year(v),
    "period": _years,
    "unit": lambda _, v: Term("unit", (v,)),
    "units": lambda _, v: unit(v),
    "cites": lambda _, v: cited(v),
    "literal": lambda _, v: Phrase(v, literal=True),
}
RECORDS: Final = ("indicator", "record", "action", "state", "period", "unit", "units", "cites")
FIELD_NAMES: Final[dict[str, str]] = {
    "机构": "organisation", "指标": "indicator", "地区": "region", "类型": "kind", "文号": "doc_number", "来源": "source",
    "发布": "published", "成文": "written", "主题": "theme", "动作": "action", "标题": "title", "正文": "text", "发文机关": "issuer",
    "发文": "issuer", "牵头": "lead", "日期": "date", "状态": "status", "性质": "state", "年份": "year", "时期": "period", "单位": "unit",
    "责任单位": "units", "引用": "cites", "政策工具": "instrument", "产业链": "chain", "记录": "record", "字面": "literal",
    "org": "organisation", "number": "doc_number",
    **{name: name for name in MEANINGS},
}  # fmt: skip


def field_node(index: IndexName, meaning: str, text: str, *, literal: bool = False) -> Node | Has:
    """One field with its value or values. Raises FieldError."""
    given = values(text) if meaning not in ("title", "text", "literal", "doc_number", "cites") else (text,)
    if not given or not all(v.strip() for v in given):
        raise FieldError("字段后面缺少值")
    node = _any([MEANINGS[meaning](index, v.strip()) for v in given])
    if literal and isinstance(node, Phrase):
        node = Phrase(node.text, literal=True, fields=node.fields)
    return Has(node) if meaning in RECORDS else node
