"""Cited documents: titles in 《》, titles of 印发/转发 notices without them, lone 文号, rows of repeal lists."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.article import Article, Span
from extractors.docnumber import DOC_NUMBER, ORDER_NUMBER
from extractors.record import AnyRecord, Reference, Relation
from extractors.records import reference_plain, repeal_list
from extractors.records.repeal_list import Row
from extractors.rules import load

_TITLE = re.compile(r"《((?:[^《》]|《(?:[^《》]|《[^《》]*》)*》){2,120})》")
_NUMBER_AFTER = re.compile(rf"[”\"]?\s?[（(]?({DOC_NUMBER.pattern}|{ORDER_NUMBER.pattern})")
_ALIAS = re.compile(r"(?:以下|下)?(?:统)?简称[为：:]?\s?[“\"《‘]{1,2}([^”\"》’]{1,20})[”\"》’]")
_TRAILER = re.compile(r"(?:[（(][^（()）]{0,24}[)）]|[（(]?\d{4}\s?[-—－–~至]\s?\d{4}年?[)）]?|\d{4}年版?|[\s”\"])++$")
_ARTICLES_OF = re.compile(r"[\d一二三四五六七八九十百]{1,4}条$")
_FORM = re.compile(r"(?:表|申报书|申请书|承诺书|合同书|推荐书|证书|证明|证|模板|样式|格式)$")
_STOP = re.compile(r"[。；！？;!?\n]")
_REVISED = re.compile(r"新(?:近)?(?:修订|修改|修正)的?")  # 按照新修订的某条例: nobody revises it here
_CARRIED_OUT = re.compile(r"的?(?:学习|宣传|宣讲)*(?:贯彻|宣贯)")  # 做好《某条例》宣传贯彻工作
# What goes on with the list of a title, each perhaps with who put it out and when: 《甲》，1999年5月6日某局令第3号公布的《乙》.
_SAME_LIST = re.compile(r"^(?:[、，和及与以]*(?:[^《》，、]{0,40}?(?:公布|发布|印发|颁布|批准|通过|制定)的?)?《[^》]*》)+")
_WITHIN = 60  # characters of the sentence that are read on each side of a title


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of reference.yml, compiled. `before` and `after` map a word to its relation."""

    version: int
    kind: re.Pattern[str]
    bare: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    relation: Mapping[str, Relation]


@cache
def words() -> Words:
    rules = load("reference")
    pairs = [(side, word, rule["relation"]) for rule in rules.rules for side in ("before", "after") for word in rule.get(side, ())]
    kinds = "|".join(rules.tables["kinds"])
    return Words(
        version=rules.version,
        kind=re.compile(f"(?:{kinds})$"),
        bare=re.compile(f"(?:{'|'.join(rules.tables['bare'])})*(?:{kinds})"),
        before=_either(word for side, word, _ in pairs if side == "before"),
        after=_either(word for side, word, _ in pairs if side == "after"),
        relation={side + word: relation for side, word, relation in pairs},
    )


def _either(found: Iterator[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, found), key=len, reverse=True)))


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Reference]:
    """Each distinct cited document once, at its first citation; relation and 文号 from whichever citation states one."""
    text = article.text
    aliases = {m[1] for m in _ALIAS.finditer(text)}
    every = [r for r in _bracketed(article) if r.title not in aliases]
    issued = [_key(r.title) for r in every if r.relation in ("issues", "forwards")]
    every += [r for r in _plain(article) if not issued or (r.relation != "issues" and not any(_holds(key, _key(r.title)) for key in issued))]
    listed = repeal_list.rows(article, words().kind)
    every = [r for r in every if not any(row.whole.start <= r.start < row.whole.end for row in listed)]
    every += _repealed(article, listed)
    return _distinct(sorted(every, key=lambda r: r.start))


def _key(title: str) -> str:
    return re.sub(r"[\s“”\"‘’（）()〈〉《》，、\-—－–]", "", title).removeprefix("中华人民共和国")


def _holds(one: str, other: str) -> bool:
    return one in other or other in one


def _distinct(references: Sequence[Reference]) -> list[Reference]:
    numbers = {r.doc_number for r in references if r.doc_number != r.title}
    kept: dict[str, Reference] = {}
    for r in references:
        if r.title == r.doc_number and r.doc_number in numbers:
            continue  # 按照国办发〔2016〕99号文件, whose title is cited elsewhere
        first = kept.setdefault(_key(r.title), r)
        if first is not r:
            relation = r.relation if first.relation == "cites" else first.relation
            kept[_key(r.title)] = replace(first, doc_number=first.doc_number or r.doc_number, relation=relation, spans=r.spans | first.spans)
    return list(kept.values())


def _reference(article: Article, span: tuple[int, int], relation: Relation, number: Span | None, rule: str | None = None) -> Reference:
    quote = article.quote(span)
    return Reference(
        article=article.id,
        start=span[0],
        end=span[1],
        quote=quote,
        rule=f"reference: {rule or relation}",
        version=words().version,
        title=re.sub(r"\s*\n\s*", "", quote).strip(),
        doc_number=re.sub(r"\s", "", article.quote(number)) if number else None,
        relation=relation,
        spans={"doc_number": number} if number else {},
    )


def _bracketed(article: Article) -> Iterator[Reference]:
    text = article.text
    for m in _TITLE.finditer(text):
        after = _NUMBER_AFTER.match(text, m.end())
        number = Span(*after.span(1)) if after else None
        relation, governed = _relation(text, m.start(), m.end())
        if number or _is_document(m[1], governed=governed):
            yield _reference(article, m.span(1), relation, number)


def _is_document(title: str, *, governed: bool) -> bool:
    """Whether a title in 《》 names a document, and one document: not a film, a form, or the bare word 方案."""
    table, core = words(), _TRAILER.sub("", title)
    if _FORM.search(core) or table.bare.fullmatch(core):
        return False
    return bool(table.kind.search(core) or _ARTICLES_OF.search(core) or (governed and len(core) >= 8))


def _relation(text: str, start: int, end: int) -> tuple[Relation, bool]:
    """How the sentence around a title relates to it, and whether a verb governs it."""
    table = words()
    clause = _after(text, end)
    if m := table.after.search(clause):
        return table.relation["after" + m[0]], True
    verbs = table.before.findall(_before(text, start))
    if not verbs and _CARRIED_OUT.match(clause):
        return "implements", True
    return (table.relation["before" + verbs[-1]], True) if verbs else ("cites", False)


def _before(text: str, start: int) -> str:
    """The clause before a title, without the titles of the same list: 根据《A》（文号）和《 -> 根据."""
    sentence = _STOP.split(text[max(0, start - 4 * _WITHIN) : start])[-1]
    sentence = re.sub(r"《[^》]*》(?:[（(][^）)]*[）)])?", "◆", sentence)
    sentence = re.sub(r"(?:◆[、，和及与以等]*|[（(][^）)]*[）)])+$", "", sentence)
    return _REVISED.sub("", re.split(r"[，,：:]", sentence)[-1][-_WITHIN:])


def _after(text: str, end: int) -> str:
    """What follows a title in its sentence, up to the next title that does not belong to the same list."""
    rest = _STOP.split(text[end : end + 8 * _WITHIN])[0]
    rest = re.sub(r"[（(][^）)]*[）)]", "", rest)
    rest = _SAME_LIST.sub("", rest)
    return rest.split("《")[0][:_WITHIN]


def _plain(article: Article) -> Iterator[Reference]:
    """Those without 《》; what stands inside a title in 《》 is part of that."""
    before = {word.removeprefix("before"): relation for word, relation in words().relation.items() if word.startswith("before")}
    bracketed = [m.span() for m in _TITLE.finditer(article.text)]
    found = (
        *reference_plain.notices(article.text, words().kind),
        *reference_plain.titled(article, words().kind, before),
        *reference_plain.lone_numbers(article.text, before),
    )
    for each in found:
        if not any(start <= each.title.start < end for start, end in bracketed):
            yield _reference(article, each.title, each.relation, each.number, each.rule)


def _repealed(article: Article, listed: Sequence[Row]) -> Iterator[Reference]:
    for row in listed:
        for title in row.titles:
            yield _reference(article, title, "repeals", row.number, "repeal list")
