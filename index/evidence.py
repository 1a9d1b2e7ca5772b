"""Why an article was found: the sentences of the records that a question asked for (技术合同成交额 > 100亿) come first among its passages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from extractors.article import Span
from index.backend import Backend
from index.highlight import PASSAGES, around, merged
from index.query import And, Hit, Node, Or, Page, Passage, Request, Term
from index.rows import RecordRow
from index.terms import Has

RECORDS: Final = 20  # that may be shown for each article of a page


def with_evidence(backend: Backend, page: Page, asked: Node | Has) -> Page:
    """The page with the sentence of each condition's first records, marked; unchanged where nothing was asked of records."""
    conditions = tuple(_conditions(asked))
    if not conditions or not page.hits:
        return page
    ids = tuple(hit.id for hit in page.hits)
    found = backend.search(Request(index="records", filters=(Or(conditions), Term("article", ids)), size=RECORDS * len(ids)))
    spans: dict[str, list[Span]] = {}
    for record in found.hits:
        if isinstance(record.row, RecordRow):
            spans.setdefault(record.row.article, []).append(Span(record.row.start, record.row.end))
    return replace(page, hits=tuple(_shown(hit, spans.get(hit.id, [])) for hit in page.hits))


def _conditions(asked: Node | Has) -> Iterator[Node]:
    """What is asked of records; what is refused (Not) is not shown."""
    match asked:
        case Has(record):
            yield record
        case And(nodes) | Or(nodes):
            for node in nodes:
                yield from _conditions(node)


def _shown(hit: Hit, spans: list[Span]) -> Hit:
    if not spans:
        return hit
    words = [mark for passage in hit.passages for mark in passage.marks]
    evidence = [_marked(around(hit.row.text, span), words) for span in sorted(spans)[:PASSAGES]]
    kept: list[Passage] = []
    for passage in (*evidence, *(p for p in hit.passages if p.marks)):
        if all(passage.end <= k.start or k.end <= passage.start for k in kept):
            kept.append(passage)
    return replace(hit, passages=tuple(kept[:PASSAGES]))


def _marked(passage: Passage, words: Sequence[Span]) -> Passage:
    """With the words that were asked for marked as well."""
    inside = [w for w in words if passage.start <= w.start and w.end <= passage.end]
    return replace(passage, marks=merged(sorted((*passage.marks, *inside))))
