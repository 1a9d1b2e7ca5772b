"""Request → primitives that every engine has: all choices of fields, terms and values are made here, once."""

from dataclasses import dataclass, replace

from index.analysis import STRETCH, fold, fold_case, open_end, query_pairs, units, words
from index.errors import Unsupported
from index.fields import LONGEST_KEYWORD, Field, encoded, field_of, text_fields
from index.query import All, And, IndexName, Near, Node, Not, Or, Phrase, Prefix, Range, Scalar, Term, Word

FOLDED = "folded"  # keyword of a document: the text fields that have `_lit` terms, since folding changes them


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class TextTerm:
    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class TextPhrase:
    field: str
    terms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Begins:
    """Some term of the field begins so; does not rank."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Equals:
    field: Field
    values: tuple[Scalar, ...]
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Between:
    field: Field
    low: Scalar | None
    high: Scalar | None
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True)
class Bool:
    """All of `must`, at least one of `any` where there are some, none of `none`; `ranks` only add to the score."""

    must: tuple["Plan", ...] = ()
    any: tuple["Plan", ...] = ()
    none: tuple["Plan", ...] = ()
    ranks: tuple["Plan", ...] = ()
    filters: tuple["Plan", ...] = ()


Plan = Everything | Nothing | TextTerm | TextPhrase | Begins | Equals | Between | Bool


def plan(index: IndexName, node: Node) -> Plan:  # noqa: PLR0911 - one case a node
    """Raises FieldError, Unsupported."""
    match node:
        case All():
            return Everything()
        case And(nodes):
            return Bool(must=tuple(plan(index, n) for n in nodes)) if nodes else Everything()
        case Or(nodes):
            return Bool(any=tuple(_alternative(index, n) for n in nodes)) if nodes else Nothing()
        case Not(inner):
            return Bool(must=(Everything(),), none=(plan(index, inner),))
        case Term(name, values, boost):
            field = field_of(index, name, "keyword", "day", "integer", "number", "flag")
            return Equals(field, tuple(encoded(field, v) for v in values), boost) if values else Nothing()
        case Range():
            return _range(index, node)
        case Word() | Phrase() | Prefix():
            return _text(index, node)
        case Near():
            raise Unsupported("Near 要先由 index.near 求出候选")
    raise Unsupported(f"没有这种查询：{node!r}")


def _alternative(index: IndexName, node: Node) -> Plan:
    """One of several. How many of them stand in a document tells most: their words do not rank besides, a third of the time saved (measured)."""
    if isinstance(node, Word) and not node.loose:
        return _matching(_fields(index, node.fields), node.text, node.literal)
    return plan(index, node)


def _range(index: IndexName, node: Range) -> Plan:
    field = field_of(index, node.field, "day", "integer", "number")
    # An open end of a cut-short day leaves the whole month or year out, a closed one takes it in.
    low = None if node.start is None else encoded(field, node.start, end=node.open_start)
    high = None if node.end is None else encoded(field, node.end, end=not node.open_end)
    return Between(field, low, high, node.open_start, node.open_end)


def _text(index: IndexName, node: Word | Phrase | Prefix) -> Plan:
    match node:
        case Word(text, loose, literal, names):
            return _loose(_fields(index, names), text) if loose else _word(_fields(index, names), text, literal)
        case Phrase(text, literal, names):
            return _anywhere(_fields(index, names), text, literal)
        case Prefix(text, None):
            return _prefix(text_fields(index), text)
        case Prefix(text, name):
            assert name is not None
            return Begins(field_of(index, name, "keyword").name, text[:LONGEST_KEYWORD]) if text else Nothing()


def _fields(index: IndexName, names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(field_of(index, n, "text") for n in names) or text_fields(index)


def _word(fields: tuple[Field, ...], text: str, literal: bool) -> Plan:
    """Ranks by pairs and words."""
    matches = _matching(fields, text, literal)
    if isinstance(matches, Nothing):
        return matches
    folded = fold(text)
    long = tuple(f for f in fields if f.name == "text")
    ranked = long if long and len(units(folded)) > 1 else fields  # a lone character has no pairs
    return Bool(must=(matches,), ranks=tuple(TextTerm(f"{f.name}_seg", w, f.boost) for f in ranked for w in _ranking(folded)))


def _matching(fields: tuple[Field, ...], text: str, literal: bool) -> Plan:
    """In short fields (titles, names) pairs tell as much as words: they count twice instead, a tenth of the time saved."""
    return _anywhere(tuple(f if f.name == "text" else replace(f, boost=2 * f.boost) for f in fields), text, literal)


def _ranking(folded: str) -> list[str]:
    """The words inside a word. A lone character beside others (的, 和) stands in most documents: it tells nothing and costs the most."""
    found = list(dict.fromkeys(words(folded)))
    return [w for w in found if len(w) > 1 or w.isascii()] if len(units(folded)) > 1 else found


def _loose(fields: tuple[Field, ...], text: str) -> Plan:
    folded = fold(text)
    terms = [("bi", t) for t in dict.fromkeys(query_pairs(folded))] + [("seg", t) for t in dict.fromkeys(words(folded))]
    found = tuple(TextTerm(f"{f.name}_{kind}", t, f.boost) for f in fields for kind, t in terms)
    return Bool(any=found) if found else Nothing()


def _anywhere(fields: tuple[Field, ...], text: str, literal: bool) -> Plan:
    folded = fold_case(text) if literal else fold(text)
    if not units(folded):
        return Nothing()
    build = _literal if literal else _stretch
    found = tuple(build(f, folded) for f in fields)
    return found[0] if len(found) == 1 else Bool(any=found)


def _stretch(field: Field, folded: str, kind: str = "bi") -> Plan:
    """What stands literally in one field."""
    terms = query_pairs(folded)
    name = f"{field.name}_{kind}"
    if not open_end(folded):
        return _phrase(name, terms, field.boost)
    begins = Begins(name, terms[-1])
    return Bool(must=(_phrase(name, terms[:-1], field.boost), begins)) if len(terms) > 1 else begins


def _phrase(name: str, terms: list[str], boost: float) -> Plan:
    return TextTerm(name, terms[0], boost) if len(terms) == 1 else TextPhrase(name, tuple(terms), boost)


def _literal(field: Field, text: str) -> Plan:
    """Documents that folding leaves alone have no `_lit` terms: there the pairs are literal already."""
    plain = Bool(must=(_stretch(field, text),), none=(Equals(Field(FOLDED, "keyword"), (field.name,)),))
    return Bool(any=(plain, _stretch(field, text, "lit")))


def _prefix(fields: tuple[Field, ...], text: str) -> Plan:
    parts = units(fold(text))
    if not parts:
        return Nothing()
    return Bool(any=tuple(_begins(f, fold(text)) for f in fields))


def _begins(field: Field, folded: str) -> Plan:
    """The last run of letters or digits may go on; a Han character goes on anyway."""
    terms = query_pairs(folded)
    last = units(folded)[-1]
    name = f"{field.name}_bi"
    if terms[-1] != last:
        return _stretch(field, folded)
    paired = len(units(STRETCH.findall(folded)[-1])) > 1  # terms end with [.., before+last, last]
    begins = Begins(name, terms[-2] if paired else last)
    rest = terms[: -2 if paired else -1]
    return Bool(must=(_phrase(name, rest, field.boost), begins)) if rest else begins


def request_plan(index: IndexName, where: Node, filters: tuple[Node, ...]) -> Plan:
    """The whole question: `where` ranks, `filters` restrict."""
    main = plan(index, where)
    return Bool(must=(main,), filters=tuple(plan(index, f) for f in filters)) if filters else main


def sort_field(index: IndexName, name: str) -> Field:
    """Raises FieldError: only days and numbers sort."""
    return field_of(index, name, "day", "integer", "number")
