"""What a page states of itself -> Metadata: labels as pages print them, one value a field, conflicts as notes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import Final

from extractors.article import Metadata, Note, Origin, Stated
from extractors.days import iso_day, iso_time
from extractors.docnumber import parse_doc_number

# Labels of 政府信息公开目录 tables and bylines, white space and colon removed, and the field of each.
LABELS: Final[dict[str, str]] = {
    **dict.fromkeys(("来源", "信息来源", "文章来源", "稿件来源", "新闻来源", "内容来源", "来源单位", "供稿"), "origin"),
    **dict.fromkeys(
        ("发布时间", "发布日期", "发文时间", "公开日期", "公开时间", "信息公开日期", "更新时间", "时间", "日期", "发表时间", "公布日期", "上网日期"),
        "published_date",
    ),
    **dict.fromkeys(("成文日期", "生成日期", "发文日期", "成文时间", "制发日期", "印发日期", "签发日期"), "written_date"),
    **dict.fromkeys(("发文字号", "文号", "发文文号", "文件编号", "公文文号", "文件号", "发文号"), "doc_number"),
    **dict.fromkeys(("索引号", "信息索引号", "索引码", "信息索引"), "index_number"),
    **dict.fromkeys(("发文机关", "发文单位", "制发机关", "发文机构", "制定机关", "颁布机构", "印发机关", "发文部门"), "issuers"),
    **dict.fromkeys(("发布机构", "发布单位", "公开机构", "公开责任部门", "信息公开机构", "公开主体", "责任部门", "发布部门"), "publisher"),
    **dict.fromkeys(("标题", "名称", "信息名称", "文件名称", "文件标题", "公文名称"), "title"),
    **dict.fromkeys(("主题分类", "分类", "信息分类", "公文种类", "所属主题"), "theme"),
    **dict.fromkeys(("有效性", "效力状态", "时效性", "文件状态", "是否有效", "文件有效性"), "validity"),
    **dict.fromkeys(("生效日期", "实施日期", "施行日期", "生效时间", "实施时间", "文件生效日期"), "effective_date"),
    **dict.fromkeys(("废止日期", "失效日期", "失效时间", "废止时间", "有效期至", "文件失效日期"), "expiry_date"),
    **dict.fromkeys(("主题词", "关键词", "关键字"), "keywords"),
    **dict.fromkeys(("栏目", "所属栏目", "信息类别"), "column"),
}
DATES: Final = ("published_date", "written_date", "printed_date", "effective_date", "expiry_date")
MANY: Final = ("issuers", "addressees", "keywords")
# Which reading wins, best first; a field not named here takes the order of ORIGINS.
ORIGINS: Final[tuple[Origin, ...]] = (
    "meta",
    "table",
    "byline",
    "jsonld",
    "text",
    "imprint",
    "front-matter",
    "url",
    "parent",
    "hint",
    "inferred",
    "file",
)
ORDER: Final[dict[str, tuple[Origin, ...]]] = {
    "doc_number": ("text", "table", "meta", "imprint", "parent", "hint"),  # the number under the title is the document's own
    "issuers": ("table", "text", "inferred", "meta", "imprint", "parent", "hint"),
    "written_date": ("text", "table", "meta", "imprint", "inferred", "parent", "hint"),
    "origin": ("meta", "byline", "text", "jsonld", "table", "front-matter", "hint", "inferred"),
}
NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{1,20}?[〔\[［【（(﹝]\s?(?:19|20)\d{2}\s?[〕\]］】）)﹞]\s?第?\s?[0-9０-９]{1,5}\s?(?:-\s?\d+\s?)?号"
    r"|(?:[\u4e00-\u9fff]{1,20})?令\s?[（(]?第?\s?[0-9０-９一二三四五六七八九十百〇零]{1,6}\s?号[）)]?"
    r"|(?:19|20)\d{2}年第\s?\d{1,4}\s?号(?:令|公告)?"
)
# What bylines put behind the name of a source: links and counters.
BEHIND_ORIGIN: Final = re.compile(
    r"(?<![\s|｜])[\s|｜]*+(?:举报|我要纠错|纠错|分享|打印|关闭|收藏|订阅|关注|字号|字体|浏览|阅读|点击|评论|责任编辑|编辑)[^\u4e00-\u9fff]*$"
)
SEPARATORS = re.compile(r"[、，,;；\s　]+")
BARE = re.compile(r"[\s：:【】\[\]]")
GROUPS = re.compile(r"[，,；;]\s*")  # addressees: 各省、自治区、直辖市人民政府 is one group
VALID = re.compile(r"^(?:有效|现行有效|失效|已失效|废止|已废止|无效|尚未生效|已修改|已修订|是|否|全文有效|部分失效|全文废止|继续有效|拟修订)$")
EMPTY = re.compile(r"^(?:无|空|暂无|/|-+|—+|null|none|undefined|其他|其它)?$", re.I)


def label_field(label: str) -> str | None:
    """The field that a printed label names; spaces, brackets and the colon do not matter."""
    return LABELS.get(BARE.sub("", label))


def settle(stated: Sequence[Stated], held: Metadata) -> tuple[Metadata, tuple[Note, ...]]:
    """Metadata of the best reading of each field, over what `held` has already, and a note for each contradiction."""
    values: dict[str, object] = {}
    notes: list[Note] = []
    for name in dict.fromkeys(s.field for s in stated):
        if name not in Metadata.__dataclass_fields__:
            continue
        readings = _ranked(name, [s for s in stated if s.field == name and not EMPTY.match(s.value.strip())])
        if not readings:
            continue
        values[name] = _value(name, readings)
        notes += _conflicts(name, readings)
    values |= _unnamed(values, stated)
    return replace(held, **values), tuple(notes)  # type: ignore[arg-type]


def best(name: str, stated: Iterable[Stated]) -> Stated | None:
    """The reading of a field that wins."""
    return next((s for s in _ranked(name, [s for s in stated if s.field == name])), None)


def normal(name: str, value: str) -> str | None:
    """A single value in the form in which Metadata keeps it; None where it cannot be read."""
    value = " ".join(value.split())
    if name in DATES:
        return iso_time(value) if name == "published_date" else iso_day(value)
    if name == "doc_number":
        parsed = parse_doc_number(value)
        return str(parsed) if parsed else re.sub(r"\s", "", value)
    if name == "origin":
        value = BEHIND_ORIGIN.sub("", value)
    if name == "validity" and not VALID.match(value):
        return None
    return value or None


def _ranked(name: str, readings: list[Stated]) -> list[Stated]:
    """The readings that can be read, the best first; of dates those that lack the year last."""
    rank = _ranks(name)
    usable = [(name in DATES and value.startswith("--"), rank[s.origin], s) for s in readings if (value := normal(name, s.value))]
    return [s for _, _, s in sorted(usable, key=itemgetter(0, 1))]


@cache
def _ranks(name: str) -> dict[Origin, int]:
    order = ORDER.get(name, ())
    return {origin: n for n, origin in enumerate((*order, *(o for o in ORIGINS if o not in order)))}


def _value(name: str, readings: list[Stated]) -> object:
    if name not in MANY:
        return normal(name, readings[0].value)
    first = [s.value for s in readings if s.origin == readings[0].origin]
    if name == "issuers":
        first = _fuller(first, readings)
    between = GROUPS if name == "addressees" else SEPARATORS
    return tuple(dict.fromkeys(v for value in first for v in between.split(value.strip()) if v))


def _unnamed(values: Mapping[str, object], stated: Sequence[Stated]) -> dict[str, int]:
    """How many issuers a title counts (等四部门) beyond those that are named."""
    counted = next((int(s.value) for s in stated if s.field == "issuers_counted"), 0)
    named = values.get("issuers", ())
    return {"issuers_unnamed": max(0, counted - len(named))} if counted and isinstance(named, tuple) else {}


def _fuller(first: list[str], readings: list[Stated]) -> list[str]:
    """A table often names the first of several issuers: the text's list wins where it holds that one and more."""
    text = [s.value for s in readings if s.origin == "text"]
    return text if len(text) > len(first) and set(first) <= set(text) else first


def _conflicts(name: str, readings: list[Stated]) -> list[Note]:
    if name not in ("doc_number", "written_date"):
        return []
    first = readings[0]
    others = [
        s for s in readings[1:] if s.origin in ("text", "table", "meta") and _squeezed(normal(name, s.value)) != _squeezed(normal(name, first.value))
    ]
    return [Note(code=f"conflict-{name}", text=f"{first.origin} 作 {first.value}，{s.origin} 作 {s.value}", span=first.span) for s in others]


def _squeezed(value: str | None) -> str:
    return re.sub(r"[\s〔〕\[\]［］【】()（）第]", "", value or "")
