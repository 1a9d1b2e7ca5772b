"""What `relate` knows of articles, as rows carry it. A policy's status is that of the day on which its row is written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from index.build import Facts
from store import Store
from store.facts import Cluster, Fact, Status
from store.relate import facts_by_article
from store.status import on

Enrich = Callable[[Sequence[str]], Mapping[str, Facts]]


def related(store: Store, day: str | None = None) -> Enrich:
    """Facts by article id; `day` (ISO) is today where none is given."""
    when = day or date.today().isoformat()
    return lambda ids: {id_: _facts(id_, found, when) for id_, found in facts_by_article(store, ids).items()}


def _facts(article: str, found: Sequence[Fact], day: str) -> Facts:
    status = next((f for f in found if isinstance(f, Status) and f.article == article), None)
    cluster = next((f for f in found if isinstance(f, Cluster)), None)
    return Facts(
        status=on(status, day).status if status else None,
        cluster=cluster.id if cluster else None,
        first=cluster is None or cluster.article == article,
    )
