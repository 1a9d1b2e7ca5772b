"""The published schemas of the domain types."""

from typing import Any

import msgspec

from extractors.article import from_text
from extractors.facts import facts
from extractors.items import items
from extractors.records import extract
from scripts.schemas import TYPES, schemas

CALL = """关于征集潮汐能技术攻关项目的通知
申报单位网上填报截止时间为2031年5月20日17:00。
每项给予最高50万元补助。
受理部门：湛江市海洋局
"""


def test_every_type_has_a_schema_of_its_own_fields() -> None:
    found = schemas()
    assert list(found) == [kind.__name__ for kind in TYPES]
    for kind in TYPES:
        assert set(_properties(found[kind.__name__])) == set(getattr(kind, "__dataclass_fields__", None) or getattr(kind, "__struct_fields__", ()))


def test_an_item_and_facts_have_the_fields_that_their_schemas_name() -> None:
    article = from_text(CALL, kind="call", title="关于征集潮汐能技术攻关项目的通知")
    records = extract(article)
    made = items(article, records)
    assert any(item.opportunity for item in made)
    for one in (*made, facts(article, records)):
        schema = _properties(schemas()[type(one).__name__])
        assert set(msgspec.to_builtins(one)) == set(schema)


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = (schema["$defs"][name] if name else schema)["properties"]
    return found
