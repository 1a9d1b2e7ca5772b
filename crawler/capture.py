"""What a fetch leaves behind: the bytes, and how we got them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcPlace:
    """Where a capture's response record lies: `length` compressed bytes at `offset` of `file` (a name in the archive)."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one fetch. An imported file is one too (source `import`, url `import:relative/path`)."""

    source: str  # Source.name
    url: str  # as asked for; identity uses `canonical_url`
    canonical_url: str
    fetched_at: datetime  # aware, UTC
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    hints: tuple[tuple[str, str], ...] = ()  # what the list page said of it: ("title", …), ("date", …), ("column", …)
    warc: WarcPlace | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the body, hex."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)
