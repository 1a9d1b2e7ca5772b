"""Titles and 文号 as keys by which a citation finds the document that it means."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from extractors.docnumber import parse_doc_number
from extractors.drafts import draft_of, is_draft
from extractors.names.regions import find_regions
from extractors.record import Reference
from store.cards import Card

# Ranks: how sure a key is. Two ranks add up; from LOOSE on, the regions must agree as well.
NUMBER, TITLE, INNER, BARE, PLAIN = 0, 1, 2, 4, 5
LOOSE: Final = BARE
SHORTEST: Final = 6  # characters of a title that is a key

_ISSUES: Final = re.compile(
    r"(?:印发|发布|公布|下发|颁布|批转|转发)(?:《(?P<quoted>.+)》|(?P<bare>[^《》]{4,}?))的(?:通知|公告|通告|函|决定|命令|令)"
)
_ABOUT: Final = re.compile(r"关于.{6,}$")


def folded(title: str) -> str:
    """Letters, digits and characters only, in normal width, without the name of the state."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title)).removeprefix("中华人民共和国").lower()


def article_keys(card: Card) -> dict[str, int]:
    """Key -> rank of what an article may be cited by. Interpretations and news are cited by their own title only."""
    if is_draft(card.title):
        return _keyed("d", draft_of(card.title or ""), TITLE)
    found: dict[str, int] = {}
    title = card.title or ""
    if card.kind not in ("interpretation", "news"):
        for form, rank in _forms(title):
            found |= _keyed("t", form, rank)
        if card.number:
            found[f"n:{card.number.key}"] = NUMBER
    return found | _keyed("t", title, TITLE)


def reference_keys(reference: Reference) -> dict[str, int]:
    """Key -> rank of what a citation may mean."""
    if is_draft(reference.title):
        return _keyed("d", draft_of(reference.title), 0)
    found: dict[str, int] = {}
    for form, rank in _forms(reference.title):
        found |= _keyed("t", form, rank)
    found |= _keyed("t", reference.title, 0)
    number = parse_doc_number(reference.doc_number or reference.title)
    return found | ({f"n:{number.key}": 0} if number else {})


def _keyed(prefix: str, title: str, rank: int) -> dict[str, int]:
    key = folded(title)
    return {f"{prefix}:{key}": rank} if len(key) >= SHORTEST else {}


def _forms(title: str) -> Iterator[tuple[str, int]]:
    """Looser forms of a title, the loosest first: without its region, from 关于 on, what it issues."""
    places = find_regions(title)
    if places and places[0][0] == 0:
        yield title[places[0][1] :], PLAIN
    if about := _ABOUT.search(title):
        yield about[0], BARE
    if issues := _ISSUES.search(title):
        yield issues["quoted"] or issues["bare"], INNER
