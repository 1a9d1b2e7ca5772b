"""What a person chooses about extraction: the tagger, and further authority files. Set once a process, before the first document."""

from dataclasses import dataclass, field

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
    use(options.names)
    _chosen[0] = options


def chosen() -> ExtractOptions:
    return _chosen[0]


def tagger() -> Tagger | None:
    return load(chosen().tagger)
