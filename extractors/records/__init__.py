"""Article -> Records. Each kind is a module with its rules beside it; a later kind may read what earlier ones found."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from extractors.article import Article
from extractors.record import Action, AnyRecord, Metric, Organisation, Person, Record, Reference, Task, identify
from extractors.records import action, metric, organisation, person, reference, task

Found = Mapping[str, Sequence[AnyRecord]]
Extract = Callable[[Article, Found], Sequence[Record]]

# In this order: organisations know nothing of the rest; metrics use organisations (subjects); actions and tasks link to both.
EXTRACTORS: Final[tuple[tuple[str, Extract], ...]] = (
    ("organisation", organisation.extract),
    ("metric", metric.extract),
    ("reference", reference.extract),
    ("action", action.extract),
    ("task", task.extract),
    ("person", person.extract),
)

RECORD_TYPES: Final[dict[str, type[AnyRecord]]] = {
    "organisation": Organisation,
    "metric": Metric,
    "action": Action,
    "task": Task,
    "reference": Reference,
    "person": Person,
}


def extract(article: Article) -> list[AnyRecord]:
    """All records of an article, by kind in the order of EXTRACTORS, each kind in text order, with ids.

    What stands in a list of contents is left out: the pieces say it themselves, and nothing counts twice.
    """
    contents = [b for b in article.blocks if b.kind == "contents"]
    found: dict[str, Sequence[AnyRecord]] = {}
    for kind, extractor in EXTRACTORS:
        records = extractor(article, found)
        own = [r for r in records if not any(b.start <= r.start < b.end for b in contents)] if contents else records
        found[kind] = identify(article, own)  # type: ignore[arg-type]
    return [record for records in found.values() for record in records]
