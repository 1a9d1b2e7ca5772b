"""People in professional roles: officials who speak, experts, leaders of teams, contacts. Nothing private is kept: name, role, body, field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import rjieba

from extractors.article import Article, Span
from extractors.names.regions import find_regions
from extractors.record import AnyRecord, Organisation, Person
from extractors.rows import Row, column_of, heads, tables, value
from extractors.rules import load

_GAPS = r"[ \u3000\xa0\t]"  # 孙　某　　某局副局长
_FIELD = re.compile(r"(?:从事|专攻|主攻|聚焦|深耕|研究方向[为是：:]\s*)([\u4e00-\u9fffA-Za-z0-9、]{2,20}?)(?:的?研究|领域|方向|技术研发|[，。；])")
_POINT = "·•・‧"
_SENTENCE = re.compile(r"[^。\n]+")
_CONTEXT = 6  # characters on each side that the segmentation sees
_PREPOSITIONS = "向于应对"  # some are surnames: 负责人向记者介绍
_DEPARTMENTS = tuple("处室部局厅股")
_TELEPHONE = re.compile(r"(?<![\d.])(?:[2-9]\d{6,7}|1[3-9]\d{9})(?!\d)")
_LINE = 48  # characters before a telephone
_GAP = 6  # characters that may stand between a body and the role: 成果处处长


@dataclass(frozen=True, slots=True)
class Patterns:
    version: int
    post: re.Pattern[str]
    degree: re.Pattern[str]
    degree_word: re.Pattern[str]
    label: re.Pattern[str]
    name: re.Pattern[str]
    spaced: re.Pattern[str]  # or two characters with a gap: 何　苇
    given: re.Pattern[str]
    foreign: re.Pattern[str]  # a name that the segmentation would cut
    press: re.Pattern[str]
    contact: re.Pattern[str]  # a department, a name, and all that stands before the digits of a telephone
    roster: re.Pattern[str]  # a line of a list of members: name, gap, body and post


@cache
def patterns() -> Patterns:
    rules = load("person")
    table = {k: "|".join(sorted(set(v), key=len, reverse=True)) for k, v in rules.tables.items()}
    names, shortest = _name(table, ""), _name(table, "?")
    spaced = rf"(?:{table['surnames']}){_GAPS}{{1,2}}[\u4e00-\u9fff](?![\u4e00-\u9fff])"
    after = rf"(?=[，,。；;：:、！？\s）)（(“”]|$|{table['followers']})"
    return Patterns(
        version=rules.version,
        post=re.compile(rf"((?:常务)?副?(?:{table['posts']}))(?:、[^，。\n]{{2,14}}?)?[^\S\n]?({shortest}){after}"),
        degree=re.compile(rf"({shortest})(?:（[^）]{{1,12}}）)?({table['degrees']})"),
        degree_word=re.compile(table["degrees"]),
        label=re.compile(
            rf"({table['labels']}|联\s系\s人)(?:姓名|及(?:联系)?电话|及联系方式)?\s*[：:]\s*((?:(?:{spaced}|{names})(?:[、，,\s/]\s*|(?=[^\u4e00-\u9fff])|$))+)"
        ),
        name=re.compile(names),
        spaced=re.compile(f"{spaced}|{names}"),
        given=re.compile(table["given"]),
        foreign=re.compile(rf"(?:{table['given']})+|.*[{_POINT}].*"),
        press=re.compile(table["press"]),
        contact=re.compile(
            rf"[\u4e00-\u9fff][处科股室部局心院会][：:，,\s]\s*({names})(?![\u4e00-\u9fff])[：:，,；;（(\s]*(?:(?:联系|办公|咨询)?电话)?[：:]?\s*(?:[（(]?0\d{{2,3}}[）)\s\-－—]*)?$"
        ),
        roster=re.compile(
            rf"^(?:[^\n：:]{{2,10}}[：:])?{_GAPS}*({names}|(?:{table['surnames']}){_GAPS}+[\u4e00-\u9fff]){_GAPS}+[^\n，。]{{2,30}}?((?:常务)?副?(?:{table['posts']})){_GAPS}*$",
            re.M,
        ),
    )


def _name(table: Mapping[str, str], lazy: str) -> str:
    """A Chinese name, one made of known words, or parts joined by a point. `lazy`: "?" where what follows decides its end."""
    han = rf"(?:{table['surnames']})(?:(?![了的是在有和与及等中为])[\u4e00-\u9fff]){{1,2}}{lazy}"
    known = rf"(?:{table['given']}){{1,3}}"
    part = rf"(?:{known}|[\u4e00-\u9fff]{{2,6}}{lazy})"
    return rf"(?:{part}(?:[{_POINT}]{part}){{1,3}}{lazy}|{known}(?![\u4e00-\u9fff]?[{_POINT}])|{han})"


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Person]:
    """Each person once an article, at the first mention with a role."""
    organisations = [r for r in found.get("organisation", ()) if isinstance(r, Organisation)]
    kept: dict[str, Person] = {}
    members = list(_rosters(article, organisations))
    lines = [article.text.count("\n", 0, person.start) for person in members]
    others = (
        *_posts(article, organisations),
        *_degrees(article, organisations),
        *_labels(article, organisations),
        *_contacts(article, organisations),
        *_tables(article),
    )
    everyone = [*members, *(p for p in others if article.text.count("\n", 0, p.start) not in lines)]
    for person in sorted(everyone, key=lambda p: p.start):
        kept.setdefault(person.name, person)
    return list(kept.values())


def _is_name(text: str, span: Span) -> bool:
    """Whether words begin and end where a name would, and it is not one plain word (卓越工程师, 主任高度重视)."""
    name = text[span.start : span.end]
    if name in load("person").tables["plain"] or find_regions(name) or (name[0] in _PREPOSITIONS and rjieba.has_word(name[1:])):
        return False
    if patterns().foreign.fullmatch(name):
        return True
    at = max(0, span.start - _CONTEXT)
    bounds = {at}
    for word, tag in rjieba.tag(text[at : span.end + _CONTEXT]):
        if at == span.start and at + len(word) == span.end and not tag.startswith(("nr", "nz", "x")):
            return False
        at += len(word)
        bounds.add(at)
    return span.start in bounds and span.end in bounds


def _person(article: Article, span: Span, title: str, organisation: Organisation | None, rule: str) -> Person:
    sentence_end = re.compile(r"[。；\n]|$").search(article.text, span.end)
    field = _FIELD.search(article.text, span.end, sentence_end.start() if sentence_end else span.end)
    return Person(
        article=article.id,
        start=span.start,
        end=span.end,
        quote=article.quote(span),
        rule=f"person: {rule}",
        version=patterns().version,
        name=re.sub(r"\s", "", article.quote(span)),
        title=title,
        organisation=organisation.canonical if organisation else None,
        field=field[1] if field else None,
    )


def _before(organisations: Sequence[Organisation], start: int) -> Organisation | None:
    """The body that ends right before a role or a name."""
    near = [o for o in organisations if start - _GAP <= o.end <= start]
    return near[-1] if near else None


def _press(text: str, start: int) -> bool:
    return bool(patterns().press.search(text, max(0, start - 6), start))


def _posts(article: Article, organisations: Sequence[Organisation]) -> Iterator[Person]:
    for m in patterns().post.finditer(article.text):
        span = Span(*m.span(2))
        if _is_name(article.text, span) and not _press(article.text, span.start):
            between = [o for o in organisations if m.end(1) <= o.start and o.end <= span.start]  # 院士、某大学教授何某
            yield _person(article, span, m[1], between[-1] if between else _before(organisations, m.start()), "post")


def _rosters(article: Article, organisations: Sequence[Organisation]) -> Iterator[Person]:
    """Members of a leading group: a name, a gap, the body and the post on a line."""
    for m in patterns().roster.finditer(article.text):
        inside = [o for o in organisations if m.end(1) <= o.start and o.end <= m.start(2)]
        yield _person(article, Span(*m.span(1)), m[2], inside[-1] if inside else None, "roster")


def _degrees(article: Article, organisations: Sequence[Organisation]) -> Iterator[Person]:
    known, text = patterns(), article.text
    told = [s.span() for s in _SENTENCE.finditer(text) if known.degree_word.search(text, *s.span())]  # elsewhere no name is tried
    for m in (m for sentence in told for m in known.degree.finditer(text, *sentence)):
        span = _behind_body(organisations, Span(*m.span(1)))
        inside = any(o.start <= span.start < o.end for o in organisations)
        if not inside and _is_told(article.text, span) and _is_name(article.text, span) and not _press(article.text, span.start):
            title = m[2] if m[2] in ("团队", "课题组") else m[2].removesuffix("团队")
            yield _person(article, span, title, _before(organisations, span.start), "degree")


def _behind_body(organisations: Sequence[Organisation], span: Span) -> Span:
    """Where a name with a point begins: behind the body that it follows without a break."""
    ends = [o.end for o in organisations if o.start <= span.start < o.end < span.end]
    return Span(max(ends), span.end) if ends else span


def _is_told(text: str, span: Span) -> bool:
    """Before a role a point joins other things too (智慧渔港·数字海洋专家组): a name has a known word."""
    name = text[span.start : span.end]
    return not re.search(f"[{_POINT}]", name) or bool(patterns().given.search(name))


def _labels(article: Article, organisations: Sequence[Organisation]) -> Iterator[Person]:
    for m in patterns().label.finditer(article.text):
        for name in patterns().spaced.finditer(article.text, m.start(2), m.end(2)):
            if not name[0].endswith(_DEPARTMENTS):  # 联系人：高新处 何某
                yield _person(article, Span(*name.span()), re.sub(r"\s", "", m[1]), _before(organisations, m.start()), "label")


def _contacts(article: Article, organisations: Sequence[Organisation]) -> Iterator[Person]:
    """Who stands between a department and its telephone without a label: 航标处：何某某，0759-…"""
    for digits in _TELEPHONE.finditer(article.text):
        line = max(article.text.rfind("\n", 0, digits.start()) + 1, digits.start() - _LINE)
        if m := patterns().contact.search(article.text, line, digits.start()):
            yield _person(article, Span(*m.span(1)), "联系人", _before(organisations, m.start(1)), "contact")


def _tables(article: Article) -> Iterator[Person]:
    """Rows of a table with a column 姓名 or 负责人, and columns of body and title beside it."""
    for rows in tables(article):
        named = heads(article, rows[0])
        names = next((c for c, h in named.items() if h in ("姓名", "负责人", "项目负责人", "专家姓名", "带头人", "团队负责人")), None)
        if names is not None:
            yield from _rows(article, rows[1:], named, names)


def _rows(article: Article, rows: Sequence[Row], named: Mapping[int, str], names: int) -> Iterator[Person]:
    others = {c: h for c, h in named.items() if c != names}
    body, title, field = (column_of(others, words) for words in (("单位", "机构"), ("职称", "职务"), ("领域", "专业", "方向")))
    for row in rows:
        name = value(article, row, names) or ""
        if patterns().name.fullmatch(name):
            start = article.text.index(name, row[names].start)
            yield Person(
                article=article.id,
                start=start,
                end=start + len(name),
                quote=name,
                rule="person: table",
                version=patterns().version,
                name=name,
                title=value(article, row, title) or named[names],
                organisation=value(article, row, body),
                field=value(article, row, field),
            )
