"""The embedded engine's folder: generations beside each other, and a file that names the one in use.

current.json                 {"name": "g-3f…", "schema": "…"}
g-3f…/articles  g-3f…/records
"""

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

_POINTER: Final = "current.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    name: str
    schema: str


class Generations:
    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, name: str) -> Path:
        return self.root / name

    def stamp(self) -> int:
        """Changes whenever another generation is in use; 0 for none."""
        try:
            return (self.root / _POINTER).stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def current(self) -> Current | None:
        try:
            return msgspec.json.decode((self.root / _POINTER).read_bytes(), type=Current)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def new(self, parts: Sequence[str]) -> str:
        """A fresh folder, not yet in use."""
        name = f"g-{secrets.token_hex(6)}"
        for part in parts:
            (self.folder(name) / part).mkdir(parents=True)
        return name

    def use(self, current: Current) -> None:
        """Atomically; the generations before it are removed as far as the system lets us (Windows keeps open files)."""
        draft = self.root / f"{_POINTER}.{secrets.token_hex(4)}"
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(current))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / _POINTER)
        for folder in self.root.glob("g-*"):
            if folder.name != current.name:
                shutil.rmtree(folder, ignore_errors=True)

    def drop(self, name: str) -> None:
        shutil.rmtree(self.folder(name), ignore_errors=True)
