"""JSON Schemas of the domain types, from the types themselves."""

from typing import Any

import msgspec

from crawler.capture import Capture
from crawler.source import Source
from extractors.article import Article, Block
from extractors.facts import Facts
from extractors.item import Item
from extractors.record import Action, Metric, Organisation, Person, Reference, Task
from index.query import Hit, Page
from store import Change, Correction, Revision

TYPES: tuple[type, ...] = (
    Source,
    Capture,
    Article,
    Block,
    Organisation,
    Metric,
    Action,
    Task,
    Reference,
    Person,
    Facts,
    Item,
    Revision,
    Correction,
    Change,
    Page,
    Hit,
)


def schemas() -> dict[str, Any]:
    """Type name -> JSON Schema (2020-12)."""
    return {kind.__name__: {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(kind)} for kind in TYPES}
