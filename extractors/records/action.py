"""Actions: who did, does or will do what. The lexicon is action.yml.

action_clauses finds the governing verbs, action_frames what they open, action_actors who is meant, action_statements decides what
counts; rules of reward, formulas of notices and rows of published lists have modules of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.article import Article, Span
from extractors.record import Action, AnyRecord, Metric, Organisation, inside
from extractors.records.action_actors import Actors
from extractors.records.action_clauses import mask
from extractors.records.action_lists import listed
from extractors.records.action_notices import Draft, notices
from extractors.records.action_statements import statements
from extractors.records.action_tense import Tenses, date_of, tense_of, tenses
from extractors.records.action_words import lexicon
from extractors.records.task_units import unit_lists
from extractors.rows import extent, heads, tables

# The header of a column of indicators: 新建渔港（座） | 12 says what is measured, not what is done.
_INDICATORS = re.compile(r"(?:[一二三]级|主要|考核|绩效|核心|发展|预期|评价|目标)?指标(?:名称|内容|类别)?")


@dataclass(frozen=True, slots=True)
class Context:
    """What the records of one article link to."""

    article: Article
    usual: Tenses
    metrics: Sequence[Metric]
    organisations: Sequence[Organisation]


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Action]:
    organisations = [r for r in found.get("organisation", ()) if isinstance(r, Organisation)]
    metrics = [r for r in found.get("metric", ()) if isinstance(r, Metric)]
    context = Context(article, tenses(article), metrics, organisations)
    actors = Actors(article, organisations)
    masked = mask(article.text, [*((x.start, x.end) for x in unit_lists(article.text, organisations)), *_between(article)])
    drafts = [*notices(article, actors), *statements(masked, actors, context.usual), *listed(article, actors)]
    return [_action(context, draft) for draft in _once(drafts)]


def _between(article: Article) -> Iterator[tuple[int, int]]:
    """What parts the cells of a row, the headers of columns, tables of indicators: no sentence runs over them."""
    for rows in tables(article):
        if rows and any(_INDICATORS.fullmatch(head) for head in heads(article, rows[0]).values()):
            yield from (extent(row) for row in rows)
            continue
        for row in rows:
            cells = sorted({(b.start, b.end) for b in row.values()})
            yield from ((left[1], right[0]) for left, right in pairwise(cells) if left[1] < right[0])
            yield from ((b.start, b.end) for b in row.values() if b.cell and b.cell.header and b.start < b.end)


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """One action a trigger; the first finder wins."""
    kept: dict[int, Draft] = {}
    for draft in drafts:
        kept.setdefault(draft.trigger.start, draft)
    return list(kept.values())


def _action(context: Context, draft: Draft) -> Action:
    article, when, notice = context.article, date_of(context.article.text, draft), draft.publicity
    return Action(
        article=article.id,
        start=draft.trigger.start,
        end=draft.trigger.end,
        quote=article.quote(draft.trigger),
        rule=f"action: {draft.rule}",
        version=lexicon().version,
        trigger=draft.word or article.quote(draft.trigger),
        type=draft.type,
        actor=draft.actor.name if draft.actor else None,
        object=article.quote(draft.target),
        date=article.quote(when) if when else None,
        tense=tense_of(article.text, draft, context.usual),
        stage=draft.stage,
        batch=draft.batch,
        publicity=notice.text if notice else None,
        publicity_start=notice.start if notice else None,
        publicity_end=notice.end if notice else None,
        metrics=tuple(m.id for m in inside(context.metrics, draft.target)),
        organisations=tuple(o.id for o in inside(context.organisations, draft.row or draft.target)),
        spans=_spans(draft, when),
    )


def _spans(draft: Draft, when: Span | None) -> dict[str, Span]:
    """The evidence of single fields."""
    actor, notice = draft.actor, draft.publicity
    found = {"object": draft.target, "actor": actor.span if actor else None, "date": when, "publicity": notice.span if notice else None}
    return {field: span for field, span in found.items() if span}
