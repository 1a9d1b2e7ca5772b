"""Rules are data: a YAML file a record kind, each rule with the examples that prove it.

version: 1                 # bump when any rule of the file changes
rules:
  - name: …                # what a record's `rule` says, after "kind: "
    …                      # patterns and words, as the kind's module reads them
    examples:
      - text: …
        found: [{field: value, …}, …]   # each must be a record of that kind; [] = there is none at all
        missed: [{…}]                   # known gaps: the test tells when one closes
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    found: list[dict[str, Any]]
    missed: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """One YAML file: its version, its rules in order, and whatever tables stand beside them."""

    kind: str
    version: int
    rules: list[dict[str, Any]]
    tables: dict[str, Any]

    def examples(self) -> list[tuple[str, Example]]:
        return [
            (rule["name"], Example(text=e["text"], found=e.get("found", []), missed=e.get("missed", [])))
            for rule in self.rules
            for e in rule.get("examples", [])
        ]


@cache
def load(kind: str) -> RuleFile:
    """Read extractors/records/<kind>.yml. Raises ValueError that names the file where version or a rule's name is missing."""
    data = msgspec.yaml.decode((files("extractors.records") / f"{kind}.yml").read_bytes())
    try:
        version, rules = data.pop("version"), data.pop("rules")
        names = [rule["name"] for rule in rules]
    except (KeyError, AttributeError) as error:
        raise ValueError(f"extractors/records/{kind}.yml: missing {error}") from error
    if len(names) != len(set(names)):
        raise ValueError(f"extractors/records/{kind}.yml: two rules of one name")
    return RuleFile(kind=kind, version=version, rules=rules, tables=data)
