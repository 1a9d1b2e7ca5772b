"""One word for “how we read and extract today”: a capture that an older word read is read again by `qingbao process`."""

import hashlib
from functools import cache
from importlib.resources import files

READING = 1  # bump when a reader or the composition of documents changes what it says


@cache
def version() -> str:
    """`READING`, and a digest of the versions of all rule files (their first lines)."""
    names = sorted(p.name for p in files("extractors.records").iterdir() if p.name.endswith(".yml"))
    lines = []
    for name in names:
        text = (files("extractors.records") / name).read_text("utf-8")
        lines.append(name + next((line for line in text.splitlines() if line.startswith("version:")), ""))
    return f"{READING}.{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:8]}"
