"""Cited documents without 《》: what a notice's title puts out, forwards, amends or repeals; titles with a 文号; 文号 alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from extractors.article import Article, Span
from extractors.docnumber import DOC_NUMBER, ORDER_NUMBER
from extractors.record import Relation

_VERBS: Final[Mapping[str, Relation]] = {
    "印发": "issues",
    "下发": "issues",
    "颁发": "issues",
    "发布": "issues",
    "公布": "issues",
    "转发": "forwards",
    "批转": "forwards",
    "修订": "amends",
    "修改": "amends",
    "废止": "repeals",
    "停止执行": "repeals",
    "延长": "extends",
    "延续": "extends",
}
# 关于印发…的通知 anywhere in a line; 印发 and 转发 also right behind the body that does so, and at the head of a line.
_NOTICE = re.compile(
    rf"(?:(?:关于(?:联合|同意|重新)?|^[ \u3000]*)(?P<verb>{'|'.join(_VERBS)})|(?<=[府厅委办局会部社院室])(?P<behind>转发|批转|印发))(?![《〈])"
    r"(?P<what>(?:[^《》\n。；]|《[^《》\n]*》){4,110}?)的(?:补充)?(?:通知|函|公告|通报|通告|决定)(?=[\s（(]|$)",
    re.M,
)
_CHAIN = re.compile(r".*(?:关于(?:联合)?印发|转发|批转|(?<=[府厅委办局会部])印发)")  # 转发…关于印发某办法的通知: it is the 办法 that goes on
_TERM = re.compile(r"(?:的?(?:有效期|实施期限|执行期限|试行期)|(?:的)?(?:部分|有关|个别)(?:条款|内容|规定)|等[^等]{0,16})$")
_AND = re.compile(r"[和及、]")
# 转发某局关于贯彻…条例的通知: the 通知 is forwarded; its 意见 would be.
_CARRIES_OUT = re.compile(r"关于(?:认真|切实|深入|进一步)?(?:做好)?(?:学习|宣传|贯彻|落实|实施|执行)(?!.*(?:意见|措施)$)")
# 关于建立某制度的通知 is that 通知: the 制度 is what it is about.
_SETS_UP = re.compile(r"关于(?:建立|健全|完善|实行|推行|改革|调整|提高|降低)[^，]*(?:制度|政策|标准|目录|清单|指标|条件)$")
# 某市贯彻某省关于…意见的实施意见, 关于贯彻落实…规划的通知: it carries the 意见, the 规划 out.
_CARRYING = re.compile(
    r"^[^\n，。；《》]{0,40}?贯彻(?:落实|执行|实施)?(?P<what>[^\n，。；《》]{2,16}关于[^\n。；《》]{4,80}?(?:意见|决定|决议|通知|规定|办法|纲要|规划|指示)"
    r"|(?<=关于贯彻落实|关于贯彻执行|关于贯彻实施)[^\n，。；《》]{6,50}?(?:规划|纲要|条例|行动计划)(?:[（(][\d—–\-－至]{4,9}年?[)）])?(?=的))"
    r"的?(?:若干|具体|补充)?(?:实施)?(?:意见|通知|方案|办法|细则|措施|决定)(?:[（(][^（()）\n]{1,6}[)）])?$",
    re.M,
)
_TRAILER = re.compile(r"(?:[（(][^（()）]{0,24}[)）]|\d{4}年版?)+$")
SHORTEST = 6  # characters of a title
_LONGEST = 40  # characters of a 文号 with what may stand before it
_BACK = 160  # characters that a list of numbers may take

_NUMBER = rf"(?:{DOC_NUMBER.pattern})"
_LONE = re.compile(
    r"(根据|按照|依据|落实|贯彻|执行|遵照|废止|停止执行|修订|修改)[^，。；《\n]{0,6}?"
    rf"({_NUMBER}(?:[、和及]?{_NUMBER}){{0,5}})(?=文|的|精神|要求|规定|等|，)"
)
_FILE = re.compile(rf"{_NUMBER}(?=文件)")
_ENDED = re.compile(rf"({_NUMBER}(?:[、和及]{_NUMBER}){{0,5}})(?:文件|号?文)?(?:相应|同时|予以|即行|一并)*废止")
# The body before its own 文号, and words that are no part of one: 某市府办公室某府办发〔2031〕5号, 原某发〔2030〕6号.
_BODY = re.compile(
    r"(?:.*(?:政府|办公厅|办公室|委员会|等部门|[省市区县][\u4e00-\u9fff]{2,6}[厅局委])(?=[\u4e00-\u9fff]{2,8}\s?[〔［\[【﹝（(]))?"
    r"(?:.*(?:关于|落实|贯彻|执行|实施|明确|废止|修订|修改|根据|按照|依据|遵照|号)(?=[\u4e00-\u9fff]{2}))?"
    r"(?:(?:原|对|将|和|及|由)(?=[\u4e00-\u9fff]{2}))?"
)
_TITLED = re.compile(
    rf"(?P<verb>根据|按照|依据|依照|落实|贯彻|执行|遵照|(?<![^。；\n]))(?P<title>[^，。；：、《》“”（()）\n]{{6,70}})\s?[（(](?P<number>{_NUMBER}|{ORDER_NUMBER.pattern})[）)]"
)


@dataclass(frozen=True, slots=True)
class Plain:
    title: Span
    relation: Relation
    number: Span | None
    rule: str


def notices(text: str, kind: re.Pattern[str]) -> Iterator[Plain]:
    """What titles of notices name. `kind` ends a document's title."""
    for m in _NOTICE.finditer(text):
        relation = _VERBS[m["verb"] or m["behind"]]
        if "《" in m["what"] and (relation not in ("forwards", "issues") or m["what"].endswith("》")):
            continue  # the titles in 《》 say it
        for title in _forwarded(m, kind) if relation == "forwards" else _named(m, relation, kind):
            yield Plain(title, relation, None, relation)
    for m in _CARRYING.finditer(text):
        yield Plain(Span(*m.span("what")), "implements", None, "carrying out")


def _named(m: re.Match[str], relation: Relation, kind: re.Pattern[str]) -> Iterator[Span]:
    """The documents of a title: one, or two where each half of it ends as a title does."""
    start, end = m.span("what")
    if relation != "issues":
        end -= len(m["what"]) - len(_TERM.sub("", m["what"]))
    parts = _parts(m.string, start, end, kind)
    free = m["verb"] == "印发" and end - start >= SHORTEST  # what is put out is a document, whatever it is called
    if free or all(_is_title(m.string, part, kind) for part in parts):
        yield from parts


def _forwarded(m: re.Match[str], kind: re.Pattern[str]) -> Iterator[Span]:
    """转发某局关于…意见的通知 forwards the 意见; 转发某局关于…的通知 the 通知."""
    start, end = m.span("what")
    if chain := _CHAIN.match(m["what"]):
        yield from _parts(m.string, start + chain.end(), end, kind)
    elif _is_title(m.string, Span(start, end), kind) and not (_CARRIES_OUT.search(m["what"]) or _SETS_UP.search(m["what"])):
        yield Span(start, end)
    elif "关于" in m["what"]:
        yield Span(start, m.end())


def _parts(text: str, start: int, end: int, kind: re.Pattern[str]) -> list[Span]:
    for m in _AND.finditer(text, start, end):
        halves = [Span(start, m.start()), Span(m.end(), end)]
        if all(_is_title(text, half, kind) for half in halves):
            return halves
    return [Span(start, end)]


def _is_title(text: str, span: Span, kind: re.Pattern[str]) -> bool:
    core = _TRAILER.sub("", text[span.start : span.end])
    return len(core) >= SHORTEST and bool(kind.search(core))


def titled(article: Article, kind: re.Pattern[str], relations: Mapping[str, Relation]) -> Iterator[Plain]:
    """根据某局关于…的意见（某发〔2031〕5号）; the article's own title and 文号 are not cited."""
    text = article.text
    for m in _TITLED.finditer(text):
        title = Span(*m.span("title"))
        own = re.sub(r"\s", "", m["number"]) == article.metadata.doc_number or m["title"] == article.title
        if _is_title(text, title, kind) and not own and (m["verb"] or "关于" in m["title"]):
            yield Plain(title, relations.get(m["verb"], "cites"), Span(*m.span("number")), "titled number")


def lone_numbers(text: str, relations: Mapping[str, Relation]) -> Iterator[Plain]:
    """按照某发〔2031〕5号文件; 某发〔2030〕6号、7号 … 同时废止."""
    for m in _LONE.finditer(text):
        yield from _numbers(text, Span(*m.span(2)), relations[m[1]])
    for named in re.finditer("号文件", text):  # backwards: a number's letters may begin anywhere
        for m in _FILE.finditer(text, max(0, named.start() - _LONGEST), named.end()):
            yield from _numbers(text, Span(*m.span()), "cites")
    for ended in re.finditer("废止", text):
        for m in _ENDED.finditer(text, max(0, ended.start() - _BACK), ended.end()):
            yield from _numbers(text, Span(*m.span(1)), "repeals")


def _numbers(text: str, listed: Span, relation: Relation) -> Iterator[Plain]:
    for m in DOC_NUMBER.finditer(text, *listed):
        body = _BODY.match(text, *m.span())
        number = Span(body.end() if body else m.start(), m.end())
        yield Plain(number, relation, number, "lone number")
