"""Near: words close to each other. Engines differ in what “close” is: candidates are read and the distance counted in characters, for both alike."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.errors import TooBroad
from index.highlight import Wanted, marks, pattern
from index.query import And, IndexName, Near, Node, Not, Or, Phrase, Request, Sort, Term

if TYPE_CHECKING:
    from index.backend import Backend

MOST: Final = 5000  # documents that hold all the words
_PAGE: Final = 500


def has_near(node: Node) -> bool:
    match node:
        case Near():
            return True
        case And(nodes) | Or(nodes):
            return any(has_near(n) for n in nodes)
        case Not(inner):
            return has_near(inner)
    return False


def resolved(backend: "Backend", request: Request) -> Request:
    """The request with every Near replaced by the documents that fulfil it. Raises TooBroad above MOST candidates."""
    if not any(has_near(n) for n in (request.where, *request.filters)):
        return request
    where = _replaced(backend, request, request.where)
    return replace(request, where=where, filters=tuple(_replaced(backend, request, f) for f in request.filters))


def _replaced(backend: "Backend", request: Request, node: Node) -> Node:
    match node:
        case Near():
            words = And(tuple(Phrase(w, fields=node.fields) for w in node.words))
            return And((words, Term("id", tuple(_fulfil(backend, request.index, node, words)))))
        case And(nodes):
            return And(tuple(_replaced(backend, request, n) for n in nodes))
        case Or(nodes):
            return Or(tuple(_replaced(backend, request, n) for n in nodes))
        case Not(inner):
            return Not(_replaced(backend, request, inner))
    return node


def _fulfil(backend: "Backend", index: IndexName, near: Near, words: Node) -> list[str]:
    wanted = [w for w in (pattern(text) for text in near.words) if w]
    ask = Request(index=index, where=words, sort=Sort("date"), size=_PAGE)
    found = []
    while True:
        page = backend.search(ask)
        if page.total > MOST:
            raise TooBroad(f"“临近”查询要比较 {page.total} 篇，超过 {MOST} 篇，请再加条件")
        for hit in page.hits:
            texts = [getattr(hit.row, name) for name in near.fields or ("title", "text")]
            if any(close(text, wanted, near.distance) for text in texts):
                found.append(hit.id)
        if not page.next:
            return found
        ask = replace(ask, cursor=page.next)


def close(text: str, wanted: list[Wanted], distance: int) -> bool:
    """Some occurrence of each, all within one window: at most `distance` characters lie between its first word's end and its last word's start."""
    last: dict[int, tuple[int, int]] = {}
    for span, i in marks(text, wanted):
        last[i] = span
        if len(last) == len(wanted) and span.start - min(end for _, end in last.values()) <= distance:
            return True
    return False
