"""Rows → bulk actions, sent in bounded chunks with patience."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, Final

from elasticsearch import Elasticsearch, helpers

from index import documents
from index.elastic_errors import of_status
from index.elastic_plan import FRESH, ORDER, SOURCE
from index.fields import index_of
from index.plan import FOLDED
from index.query import IndexName
from index.rows import Row

CHUNK_ROWS: Final = 500
CHUNK_BYTES: Final = 8_000_000
_UNDER_WAY: Final = 2  # chunks: the server has a thread for each, and a third would wait
_TRIES: Final = 5  # of a chunk that the server is too busy for
_BACKOFF: Final = 0.5  # seconds before the first of them, doubling
_HARMLESS: Final = (404, 409)  # deleting what is not there; a newer version is there


def document(row: Row) -> dict[str, Any]:
    terms = documents.terms(row)
    body: dict[str, Any] = {**terms, **documents.values(row)}
    if folded := documents.folded_fields(terms):
        body[FOLDED] = folded
    body[FRESH] = documents.fresh_value(row.date)
    body[ORDER] = documents.id_order(row.id)
    body[SOURCE] = documents.encode(row).decode()
    return body


def puts(rows: Iterable[Row], names: dict[IndexName, str], seq: int) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {**_target(names[index_of(row)], row.id, seq), "_op_type": "index", "_source": document(row)}


def deletes(gone: Sequence[tuple[IndexName, str]], names: dict[IndexName, str], seq: int) -> Iterator[dict[str, Any]]:
    for index, id_ in gone:
        yield {**_target(names[index], id_, seq), "_op_type": "delete"}


def _target(index: str, id_: str, seq: int) -> dict[str, Any]:
    """The change's seq is the version: an older one is refused by the server, the same one again changes nothing."""
    return {"_index": index, "_id": id_, "version": seq, "version_type": "external_gte"}


def send(client: Elasticsearch, url: str, actions: Iterable[dict[str, Any]]) -> int:
    """How many rows were written. Raises ApiError, ConnectionError and what `of_status` makes of a refused row.

    Chunks are on their way while the next one's terms are made; no id may come twice.
    """
    count = 0
    with ThreadPoolExecutor(_UNDER_WAY) as senders:
        under_way: deque[Future[int]] = deque()
        for chunk in _chunks(actions):
            if len(under_way) == _UNDER_WAY:
                count += under_way.popleft().result()
            under_way.append(senders.submit(_send, client, url, chunk))
        return count + sum(one.result() for one in under_way)


def _chunks(actions: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held = iter(actions)
    while chunk := list(islice(held, CHUNK_ROWS)):
        yield chunk


def _send(client: Elasticsearch, url: str, chunk: list[dict[str, Any]]) -> int:
    count = 0
    answers = helpers.streaming_bulk(
        client,
        chunk,
        chunk_size=CHUNK_ROWS,
        max_chunk_bytes=CHUNK_BYTES,
        max_retries=_TRIES,
        initial_backoff=_BACKOFF,
        raise_on_error=False,
    )
    for done, answer in answers:
        (result,) = answer.values()
        if not done and result["status"] not in _HARMLESS:
            raise of_status(url, result["status"], result)
        count += bool(done)
    return count
