"""What the command line, the pages and the API call: a typed question in, a page out, with what was done beyond the letter said on it."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from extractors.docnumber import parse_doc_number
from extractors.names import authority
from index import cursor
from index.analysis import fold, key_of, units
from index.backend import Backend
from index.errors import BadCursor
from index.evidence import with_evidence
from index.language import Asked, QueryError, parse
from index.query import All, And, Bucket, Node, Not, Or, Page, Phrase, Request, Sort, Term, Terms, Word
from index.spelling import number_forms
from index.terms import Has

MOST_ARTICLES: Final = 10_000  # articles that a condition on records may select
ALIASES: Final = 8
_QUESTION: Final = re.compile(r"[？?]\s*$|什么|哪[些个家位年种里]|如何|怎[么样]|多少|是否|为何|谁|几[个家项年]")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年?")
_NICKNAME_BOOST: Final = 8.0
_KNOWN_BOOST: Final = 1000.0
Change = Callable[[Node], Node]


def search(
    backend: Backend,
    text: str,
    request: Request | None = None,
    *,
    size: int = 10,
    literal: bool = False,
    aliases: bool = True,
) -> Page:
    """`request` gives all but the words. `literal`: no 简繁, width or number spelling; `aliases`: other names of organisations count too.

    Raises QueryError and other SearchErrors.
    """
    request = request or Request(size=size)
    try:
        asked = parse(text, request.index, literal=literal)
    except QueryError:
        pasted = backend.search(_with(request, Or(_known(request, text))))
        if not pasted.total:
            raise
        return pasted  # a title or 文号, signs and all
    page = _answered(backend, request, text, asked, literal=literal, aliases=aliases)
    return with_evidence(backend, page, asked.node) if request.index == "articles" else page


def _answered(backend: Backend, request: Request, text: str, asked: Asked, *, literal: bool, aliases: bool) -> Page:
    """The hits of a question; where nothing fulfils it, or it is asked as a question, of a part of its words."""
    notices: list[str] = []
    node = _resolved(backend, request, asked.node, notices)
    loose = _with(request, _loosened(node))
    if asked.plain and _QUESTION.search(text):
        return _said(backend.search(loose), [*notices, "按问句查找：含有其中部分词语的结果也在内"])
    wide = node if literal else _mapped(node, lambda n: _widened(request, n, notices, aliases=aliases))
    known = _known(request, text)
    strict = _with(request, Or((wide, *known)) if known and asked.node != All() else wide)
    page = None if _goes_on(loose) else backend.search(strict)
    if page and (page.total or request.cursor or _loosened(node) == node):
        return _said(page, notices)
    page = backend.search(loose)
    return _said(page, [*notices, "没有同时含有全部词语的结果，以下含有其中部分词语"] if page.total else notices)


def meaning(backend: Backend, text: str) -> Node:
    """What a question asks of articles, all its words together, names of organisations in all their forms. Raises QueryError."""
    request = Request()
    return _mapped(_resolved(backend, request, parse(text, request.index).node, []), lambda n: _widened(request, n, [], aliases=True))


def _known(request: Request, text: str) -> tuple[Node, ...]:
    """The one document that a whole 文号 or a whole title names, however it is typed; it comes first."""
    number = parse_doc_number(text)
    found: list[Node] = [Term("doc_key", (number.key,), boost=_KNOWN_BOOST)] if number else []
    key = key_of(text)
    if request.index == "articles" and len(key) > 1:
        found.append(Term("title_key", (key,), boost=_KNOWN_BOOST))
    return tuple(found)


def _goes_on(request: Request) -> bool:
    """The cursor was given by this very request."""
    try:
        return cursor.read(request) is not None
    except BadCursor:
        return False


def _said(page: Page, notices: list[str]) -> Page:
    return replace(page, notices=(*page.notices, *dict.fromkeys(notices)))


def _with(request: Request, node: Node) -> Request:
    where = node if request.where == Request().where else And((request.where, node))
    return replace(request, where=where)


def _mapped(node: Node, change: Change) -> Node:
    match node:
        case And(nodes):
            return And(tuple(_mapped(n, change) for n in nodes))
        case Or(nodes):
            return Or(tuple(_mapped(n, change) for n in nodes))
        case Not(inner):
            return Not(_mapped(inner, change))
    return change(node)


# Conditions on records


def _resolved(backend: Backend, request: Request, node: Node | Has, notices: list[str]) -> Node:
    """On articles, the articles whose records fulfil a condition; on records, the condition itself."""
    match node:
        case Has(record):
            return record if request.index == "records" else _articles_with(backend, record, notices)
        case And(nodes):
            return And(tuple(_resolved(backend, request, n, notices) for n in nodes))
        case Or(nodes):
            return Or(tuple(_resolved(backend, request, n, notices) for n in nodes))
        case Not(inner):
            return Not(_resolved(backend, request, inner, notices))
    return node


def _articles_with(backend: Backend, record: Node, notices: list[str]) -> Node:
    ask = Request(index="records", filters=(record,), aggs={"articles": Terms(field="article", size=MOST_ARTICLES)}, size=0)
    buckets = backend.search(ask).buckets.get("articles", ())
    ids = tuple(b.key for b in buckets if isinstance(b, Bucket))
    if len(ids) >= MOST_ARTICLES:
        notices.append(f"符合数字或记录条件的文章太多，只取了 {MOST_ARTICLES} 篇")
    named = tuple(Phrase(text) for text in _names(record))
    return And((Term("id", ids), Or((*named, All())))) if named else Term("id", ids)  # the names rank and are marked, no more


def _names(record: Node) -> list[str]:
    """What a condition calls its indicator or document."""
    match record:
        case Phrase(text):
            return [text]
        case And(nodes) | Or(nodes):
            return [name for node in nodes for name in _names(node)]
    return []


# Words


def _widened(request: Request, node: Node, notices: list[str], *, aliases: bool) -> Node:
    """A word, or another way to mean it: names of the same organisation, numbers in the other script, a nickname, the year of an article."""
    if not isinstance(node, Word | Phrase) or node.fields or node.literal or (isinstance(node, Word) and node.loose):
        return node
    also: list[Node] = [Phrase(form) for form in number_forms(node.text)]
    if request.index == "articles" and (year := _YEAR.fullmatch(fold(node.text))):
        also.append(Term("article_year", (year[1],)))  # of that year, or about it
    names = _other_names(node.text) if aliases else ()
    if names:
        also += [Phrase(name) for name in names]
        notices.append(f"“{node.text}”按机构的其他名称一并查找：{'、'.join(names)}")
    if request.index == "articles" and len(units(fold(node.text))) > 1:
        also.append(Term("nicknames", (fold(node.text),), boost=_NICKNAME_BOOST))
    return Or((node, *also)) if also else node


@lru_cache(maxsize=1024)
def _other_names(text: str) -> tuple[str, ...]:
    """Names of the one organisation that a text names; a name that stands for others too (科技厅), or that holds the text, adds nothing."""
    found = authority().lookup(text)
    if len(found) != 1:
        return ()
    entity = found[0]
    names = [n for n in authority().aliases(entity.id) if text not in n and [e.id for e in authority().lookup(n)] == [entity.id]]
    return tuple(names[:ALIASES])


def _loosened(node: Node) -> Node:
    """Words that had all to be there become words of which one is enough; fields and phrases keep holding."""
    match node:
        case Word():
            return Word(node.text, loose=True, fields=node.fields) if not node.literal else node
        case And(nodes):
            words = [_loosened(n) for n in nodes if isinstance(n, Word)]
            rest = [_loosened(n) for n in nodes if not isinstance(n, Word)]
            return And((*([Or(tuple(words))] if words else []), *rest))
        case Or(nodes):
            return Or(tuple(_loosened(n) for n in nodes))
    return node


__all__ = ["QueryError", "Request", "Sort", "meaning", "search"]
