"""HanLP 2 (extra `hanlp`): any NER or multi-task model that hanlp.load takes, by name or from a local folder."""

from collections.abc import Sequence
from typing import Any

from extractors.article import Span
from extractors.taggers import TaggerError, TaggerOptions, sentences

# Labels of the tag sets in use: MSRA and OntoNotes (ORGANIZATION, ORG), PKU (nt), CTB-like short forms.
LABELS = frozenset(("ORG", "ORGANIZATION", "NT", "nt", "nto", "ntc", "nth", "nts", "ntcb", "ntcf", "ntch", "ntu"))


class HanLPTagger:
    """Word offsets of multi-task models and character offsets of NER models both become offsets into the text."""

    name = "hanlp"

    def __init__(self, options: TaggerOptions) -> None:
        if not options.model:
            raise TaggerError("the tagger hanlp needs a model: set hanlp_model to a local folder, or to a name that hanlp.load knows")
        try:
            import hanlp
        except ImportError as error:
            raise TaggerError(f"the tagger hanlp needs the extra of that name: pip install 'qingbao[hanlp]' ({error})") from error
        try:
            self._model = hanlp.load(options.model, devices=-1 if options.device is None else options.device)
        except (OSError, ValueError, RuntimeError, LookupError, ImportError, AttributeError) as error:  # its download and its components raise these
            raise TaggerError(
                f"{options.model}: hanlp.load could not load it ({type(error).__name__}: {error}). Give a folder that holds config.json and model.pt "
                "(train one, or copy one from a machine that has run hanlp.load with a name of hanlp.pretrained)"
            ) from error
        self._batch = options.batch
        self._many = hasattr(self._model, "tasks")

    def organisations(self, text: str) -> list[Span]:
        spans = list(sentences(text))
        found: list[Span] = []
        for n in range(0, len(spans), self._batch):
            found += self._tagged(text, spans[n : n + self._batch])
        return sorted(set(found))

    def _tagged(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Organisations of some sentences. Models see no white space; `places` maps what they see to the text."""
        places = [[i for i in range(s, e) if not text[i].isspace()] for s, e in spans]
        seen = ["".join(text[i] for i in at) for at in places]
        kept = [n for n, sentence in enumerate(seen) if sentence]
        if not kept:
            return []
        names = self._names([seen[n] for n in kept])
        return [Span(places[n][b], places[n][e - 1] + 1) for n, listed in zip(kept, names, strict=True) for b, e in listed]

    def _names(self, batch: list[str]) -> list[list[tuple[int, int]]]:
        """Character offsets of the organisations of each sentence."""
        if not self._many:
            return [[(b, e) for _, label, b, e in entities if label in LABELS] for entities in self._model([list(s) for s in batch])]
        document = self._model(batch)
        tokens, entities = _field(document, "tok"), _field(document, "ner")
        return [_by_words(words, listed) for words, listed in zip(tokens, entities, strict=True)]


def _field(document: Any, task: str) -> Any:
    """A task's output; names of tasks may carry their corpus (ner/msra)."""
    for key, value in document.items():
        if key == task or key.startswith(f"{task}/"):
            return value
    raise TaggerError(f"the hanlp model has no task {task!r}, only {', '.join(document)}")


def _by_words(words: Sequence[str], entities: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """Entities with word offsets -> character offsets."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word)
    starts.append(at)
    return [(starts[begin], starts[end]) for _, label, begin, end in entities if label in LABELS]
