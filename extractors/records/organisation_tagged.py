"""What a tagger adds to the rules. The decision, measured on the gold (docs/names.md): rules first; a model's span counts only where the rules
found nothing, where it ends as names of organisations do, and where it says which one."""

from collections.abc import Iterator, Sequence

from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import words
from extractors.taggers import Tagger

_PROPER = ("nz", "ns", "nr", "nt")
SHORTEST = 3  # characters


def find(reading: Reading, known: Sequence[Candidate], tagger: Tagger | None) -> Iterator[Candidate]:
    if tagger is None:
        return
    for start, end in tagger.organisations(reading.text):
        overlaps = any(c.start < end and start < c.end for c in known)
        text = reading.text[start:end]
        kind = words().type_of(text) or words().last_characters.get(text[-1])
        if not overlaps and kind and end - start >= SHORTEST and _particular(reading, start, end):
            yield Candidate(start=start, end=end, type=kind, rule=tagger.name, rank=0, confidence=0.6)


def _particular(reading: Reading, start: int, end: int) -> bool:
    """Whether a span says which one: a place, a name, or a word that no dictionary has; and no verb begins it."""
    tokens = reading.tokens_between(start, end)
    lexicon = words()
    if not tokens or tokens[0].start != start:
        return start in reading.bounds  # cut otherwise than the segmentation does: a word that it does not know
    if lexicon.ends_name(tokens[0].text, tokens[0].tag, known=tokens[0].known):
        return False
    return any(t.start in reading.place_starts or (t.text not in lexicon.generic and (not t.known or t.tag in _PROPER)) for t in tokens)
