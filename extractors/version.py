"""One word for “how we read and extract today”: a capture that an older word read is read again by `qingbao process`."""

import hashlib
from functools import cache
from importlib.resources import files

from extractors import options

READING = 10  # bump when a reader or the composition of documents changes what it says


def version() -> str:
    """`READING`, a digest of the versions of all rule files, and one of what was chosen (tagger, further names)."""
    return ".".join(part for part in (str(READING), _rules(), options.word()) if part)


@cache
def _rules() -> str:
    """A digest of the versions of all rule files (their first lines)."""
    names = sorted(p.name for p in files("extractors.records").iterdir() if p.name.endswith(".yml"))
    lines = []
    for name in names:
        text = (files("extractors.records") / name).read_text("utf-8")
        lines.append(name + next((line for line in text.splitlines() if line.startswith("version:")), ""))
    return hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:8]
