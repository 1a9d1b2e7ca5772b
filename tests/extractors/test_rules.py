"""The examples beside the rules are their tests."""

from importlib.resources import files
from typing import Any

import msgspec
import pytest

from extractors.article import from_text
from extractors.records import extract
from extractors.rules import Example, load

KINDS = sorted(p.name.removesuffix(".yml") for p in files("extractors.records").iterdir() if p.name.endswith(".yml"))
CASES = [(kind, name, example) for kind in KINDS for name, example in load(kind).examples()]


def agrees(wanted: dict[str, Any], record: dict[str, Any]) -> bool:
    return all(record.get(k) == v if not isinstance(v, dict) else agrees(v, record.get(k) or {}) for k, v in wanted.items())


@pytest.mark.parametrize(("kind", "name", "example"), CASES, ids=[f"{k}: {n}: {e.text[:30]}" for k, n, e in CASES])
def test_example(kind: str, name: str, example: Example) -> None:
    records = [msgspec.to_builtins(r) for r in extract(from_text(example.text)) if r.kind == kind]
    for wanted in example.found:
        assert any(agrees(wanted, r) for r in records), (wanted, records)
    if not example.found:
        assert not records
    for wanted in example.missed:
        assert not any(agrees(wanted, r) for r in records), f"no longer missed: move {wanted} to found"
