"""Imports point one way: crawler <- extractors <- store <- index <- bulletin <- portal <- scripts."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ORDER = ("crawler", "extractors", "store", "index", "bulletin", "portal", "scripts")
DOTTED = re.compile(rf"^({'|'.join(ORDER)})(\.[a-z_]\w*)+$", re.I)


def named(path: Path) -> set[str]:
    """Top-level packages that a module imports, or names in a dotted string (Scrapy settings)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.match(node.value):
            found.add(node.value.split(".")[0])
    return found & set(ORDER)


def test_imports_point_one_way() -> None:
    wrong = []
    for rank, package in enumerate(ORDER):
        for path in (ROOT / package).rglob("*.py"):
            wrong += [f"{path.relative_to(ROOT)} names {other}" for other in named(path) if ORDER.index(other) > rank]
    assert not wrong
