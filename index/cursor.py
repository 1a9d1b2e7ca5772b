"""Cursors: opaque to people, bound to their request, readable by any process."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from index.errors import BadCursor
from index.fields import LARGEST
from index.query import Request

DEEPEST: Final = 1_000_000  # hits that pages may go through


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page ended: the last hit's sort values, how many hits were shown, and the engine's snapshot if one is held."""

    request: str
    shown: int
    after: tuple[Any, ...] = ()
    snapshot: str | None = None


def fingerprint(request: Request) -> str:
    asked = repr((request.index, request.where, request.filters, request.sort))
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def write(place: Place) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read(request: Request) -> Place | None:
    """The place that the request's cursor names. Raises BadCursor."""
    if request.cursor is None:
        return None
    try:
        raw = base64.b64decode(request.cursor + "=" * (-len(request.cursor) % 4), altchars=b"-_", validate=True)
        place = msgspec.json.decode(raw, type=Place)
    except (ValueError, msgspec.DecodeError) as error:
        raise BadCursor("翻页标记无法识别") from error
    if place.request != fingerprint(request):
        raise BadCursor("翻页标记属于另一次查询")
    if not 0 <= place.shown <= DEEPEST or (request.sort.field and not _is_key(place.after)):
        raise BadCursor("翻页标记无法识别")
    return place


def _is_key(after: tuple[Any, ...]) -> bool:
    """(value or none, number of the id), and in an Elasticsearch snapshot the document's place in its shard. Elasticsearch says of a missing
    whole number that it is the least or the largest."""
    known = len(after) in (2, 3) and isinstance(after[0], int | float | str | None) and isinstance(after[1], int)
    return known and all(-LARGEST - 1 <= part <= LARGEST for part in after if isinstance(part, int))
