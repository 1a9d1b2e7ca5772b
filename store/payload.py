"""Objects as JSON and back, and the digest of what counts as a change.

Tracked of an article: source, piece, parent, ordinal, role, title, kind, text, metadata and its blocks without offsets, page,
box and confidence. Not tracked: url (the canonical one is its identity), capture, reader, stated and notes (evidence), offsets.
Tracked of a record: all but UNTRACKED_FIELDS, notes, and spans inside its parts; ids of other records in it are tracked.
"""

import hashlib
from typing import Any, Final

import msgspec

from extractors.article import Article
from extractors.item import Item
from extractors.record import LATER_FIELDS, UNTRACKED_FIELDS, AnyRecord
from extractors.records import RECORD_TYPES

_encode = msgspec.json.Encoder(order="deterministic").encode
_articles = msgspec.json.Decoder(Article)
_records: Final = {kind: msgspec.json.Decoder(type_) for kind, type_ in RECORD_TYPES.items()}
_items = msgspec.json.Decoder(Item)
_EVIDENCE: Final = UNTRACKED_FIELDS | {"notes"}


def encode(value: Any) -> str:
    """Deterministic JSON: equal objects give equal text."""
    return _encode(value).decode()


def decode(payload: str) -> Any:
    return msgspec.json.decode(payload)


def decode_article(payload: str) -> Article:
    return _articles.decode(payload)


def decode_record(kind: str, payload: str) -> AnyRecord:
    """Raises KeyError for a kind that RECORD_TYPES does not have."""
    return _records[kind].decode(payload)


def decode_item(payload: str) -> Item:
    return _items.decode(payload)


def digest(value: Any) -> str:
    return hashlib.blake2b(_encode(value), digest_size=16).hexdigest()


def text_digest(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()


def tracked_article(article: Article) -> str:
    a = article
    blocks = [(b.kind, b.level, b.number, b.cell, b.href) for b in a.blocks]
    return digest((a.source, a.piece, a.parent, a.ordinal, a.role, a.title, a.kind, a.text, a.metadata, blocks))


def tracked_record(record: AnyRecord) -> str:
    fields = msgspec.to_builtins(record)
    return digest(
        {
            key: _without_spans(value) if isinstance(value, list | tuple | dict) else value
            for key, value in fields.items()
            if key not in _EVIDENCE and (value is not None or key not in LATER_FIELDS)
        }
    )


def tracked_item(item: Item) -> str:
    """All but where in its articles an item is stated."""
    fields: dict[str, Any] = _without_spans(msgspec.to_builtins(item))
    evidence = [(e.article, e.url, e.quote) for e in item.evidence]
    return digest(fields | {"evidence": evidence})


def _without_spans(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_spans(v) for k, v in value.items() if k != "span"}
    if isinstance(value, list | tuple):
        return [_without_spans(v) for v in value]
    return value
