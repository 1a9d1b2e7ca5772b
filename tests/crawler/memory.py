"""Frontier and CaptureSink in a JSON file: small enough to read, real enough to survive kill -9."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler.capture import Capture
from crawler.frontier import UrlState

Hints = tuple[tuple[str, str], ...]


class Memory:
    """`urls`: canonical URL -> {state, hints, reason}; `captures`: what was put, in order. Each change is written before it counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        data: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        self.urls: dict[str, dict[str, Any]] = data.get("urls", {})
        self.captures: list[dict[str, Any]] = data.get("captures", [])

    def _save(self) -> None:
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps({"urls": self.urls, "captures": self.captures}, ensure_ascii=False), "utf-8")
        part.replace(self.path)

    def wanted(self, source: str, urls: Sequence[str]) -> list[str]:
        return [url for url in urls if self.urls.get(url, {"state": "failed"})["state"] == "failed"]

    def discover(self, source: str, urls: Sequence[tuple[str, Hints]]) -> None:
        for url, hints in urls:
            self.urls.setdefault(url, {"state": "discovered", "hints": hints, "reason": ""})
        self._save()

    def pending(self, source: str) -> list[tuple[str, Hints]]:
        return [(url, tuple((k, v) for k, v in row["hints"])) for url, row in self.urls.items() if row["state"] == "discovered"]

    def mark(self, source: str, url: str, state: UrlState, reason: str = "") -> None:
        self.urls.setdefault(url, {"hints": ()}).update(state=state, reason=reason)
        self._save()

    def warc_end(self, file: str) -> int:
        return max((c["offset"] + c["length"] for c in self.captures if c["file"] == file), default=0)

    def known(self, source: str, canonical_url: str, digest: str) -> bool:
        return any(c["url"] == canonical_url and c["digest"] == digest for c in self.captures)

    def put(self, captures: Sequence[Capture]) -> int:
        new = [c for c in captures if c.warc is not None]
        for c in new:
            assert c.warc is not None
            place = {"file": c.warc.file, "offset": c.warc.offset, "length": c.warc.length}
            self.captures.append({"url": c.canonical_url, "digest": c.digest, "hints": c.hints, **place})
        for c in captures:
            self.urls.setdefault(c.canonical_url, {"hints": c.hints, "reason": ""})["state"] = "fetched"
        self._save()
        return len(new)
