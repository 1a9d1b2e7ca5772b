"""Metrics: every stated quantity about the world, with what it measures, whose it is and when."""

from collections.abc import Mapping, Sequence

from extractors.article import Article
from extractors.numbers import quantities
from extractors.record import AnyRecord, Metric, Organisation
from extractors.records.metric_bound import bound, change
from extractors.records.metric_indicator import indicator
from extractors.records.metric_kept import kept
from extractors.records.metric_period import Periods
from extractors.records.metric_place import places
from extractors.records.metric_status import moods, status
from extractors.records.metric_subject import Subjects


def extract(article: Article, found: Mapping[str, Sequence[AnyRecord]]) -> list[Metric]:
    """Every metric of an article, in text order."""
    out: list[Metric] = []
    last = None
    all_places = [p for p in places(article, quantities(article.text)) if kept(p)]
    outlook = moods(article)
    subjects = Subjects(article, [o for o in found.get("organisation", ()) if isinstance(o, Organisation)])
    periods = Periods(article)
    b = c = None
    for place in all_places:
        q = place.quantity
        b = bound(place, b)
        c = change(place, c)
        st, st_rule = status(place, c, outlook)
        sub = subjects.of(place)
        skip = sub.span.end if sub and sub.span else 0
        i = indicator(place, last, is_change=c is not None, is_rule=st == "rule", skip=skip)
        per = periods.of(place, st)
        out.append(
            Metric(
                article=article.id,
                start=q.start,
                end=q.end,
                quote=article.text[q.start : q.end],
                text=article.text[q.start : q.end],
                rule="metric/" + (i.rule if i else "-"),
                value=q.value,
                value_max=q.value_max,
                unit=q.unit,
                bound=b,
                change=c,
                status=st,
                indicator=i.text(article.text) if i else None,
                subject=sub.name if sub else None,
                subject_region=sub.region if sub else None,
                period=per.text if per else None,
            )
        )
        last = i or last
    return out
