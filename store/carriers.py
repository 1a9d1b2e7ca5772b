"""Attachments that are articles of their own, fetched or imported beside the page that names them, and that page."""

import json
import posixpath
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote

from sqlalchemy.engine import Connection

from extractors.article import article_id
from extractors.item import speaks_for_itself
from store.cards import Card, cards
from store.database import fetch

KEY: Final = "a:"  # and the id of a file, among the keys of the page that names it
_IMPORT: Final = "import:"


def carried_keys(card: Card) -> list[str]:
    """The keys by which the files that a page names find it."""
    return [KEY + article_id(card.source, _address(card.url, a.url)) for a in card.metadata.attachments]


def _address(page: str, file: str) -> str:
    """A page that is imported names its files by their place beside it."""
    if not page.startswith(_IMPORT) or ":" in file.partition("/")[0]:
        return file
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.removeprefix(_IMPORT)), unquote(file)))
    return _IMPORT + import_name(path)


def import_name(path: str) -> str:
    """The path of an imported file in its address: white space and what has a meaning in URLs percent-encoded, everything else readable."""
    return re.sub(r"[\s%?#\\]", lambda m: quote(m[0], safe=""), path)


def pages_of(connection: Connection, held: Iterable[Card]) -> dict[str, Card]:
    """Article -> the page that carries it: as a part of itself, or as a file of its own."""
    found = {card.id: [card.parent] for card in held if card.parent}
    alone = sorted({KEY + card.id for card in held} - {KEY + id_ for id_ in found})
    for key, page in fetch(connection, _PAGES, json.dumps(alone)):
        found.setdefault(key.removeprefix(KEY), []).append(page)
    known = cards(connection, {page for pages in found.values() for page in pages})
    carriers = {id_: [known[page] for page in pages if page in known and page != id_] for id_, pages in found.items()}
    return {id_: min(pages, key=_order) for id_, pages in carriers.items() if pages}


def _order(page: Card) -> tuple[bool, str, str]:
    """Of several pages that name a file, first those of notices and not of news, then the earliest."""
    return (not speaks_for_itself(page.kind), page.issued or "9999", page.id)


def files_of(connection: Connection, pages: Iterable[str]) -> set[str]:
    """Articles that are files of their own, named by any of the pages."""
    return {key.removeprefix(KEY) for (key,) in fetch(connection, _FILES, json.dumps(sorted(pages)))}


_PAGES: Final = """
SELECT k.key, k.article FROM json_each(?) AS asked JOIN article_keys AS k ON k.key = asked.value
"""
_FILES: Final = """
SELECT k.key FROM json_each(?) AS asked JOIN article_keys AS k ON k.article = asked.value
JOIN articles AS a ON a.id = substr(k.key, 3) WHERE k.key LIKE 'a:%'
"""
