"""What a person chooses about extraction: the tagger, and further authority files. Set once a process, before the first document."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from extractors.names.authority import use
from extractors.taggers import Tagger, TaggerOptions, load


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOptions:
    tagger: TaggerOptions = field(default_factory=TaggerOptions)
    names: str = ""  # a folder of *.tsv written by `qingbao names import` and `names learn`


_chosen = [ExtractOptions()]


def configure(options: ExtractOptions) -> None:
    """Use these from now on in this process (also fit as a pool's initializer). Raises TaggerError, NamesError where they cannot be used."""
    load(options.tagger)
    if options.names or chosen().names:
        use(options.names)
    _chosen[0] = options


def chosen() -> ExtractOptions:
    return _chosen[0]


def word() -> str:
    """What the choices change about what is extracted, as a digest; empty for the defaults."""
    if chosen() == ExtractOptions():
        return ""
    files = sorted(Path(chosen().names).glob("*.tsv")) if chosen().names else []
    said = [chosen().tagger.name, chosen().tagger.model, *(f.read_text("utf-8") for f in files)]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:8]


def tagger() -> Tagger | None:
    return load(chosen().tagger)
