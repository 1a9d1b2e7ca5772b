"""What only a server can do: refuse, be down, be killed, be full, be another version. Real nodes but for versions that cannot be had."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random
from time import sleep

import pytest
from elasticsearch import Elasticsearch

from index.elastic import Elastic
from index.errors import EngineDown, NotAllowed, ReadOnly, SchemaMismatch, SearchError, Untrusted, WrongVersion
from index.fields import index_of
from index.follow import catch_up, follow, index_place
from index.query import Request, Word
from scripts import elasticsearch_node as nodes
from scripts.settings import SearchSettings
from store import Store
from tests.index.conftest import require_node
from tests.index.contract.corpus import make
from tests.index.test_follow import contents, expected, page

pytestmark = pytest.mark.elasticsearch
ROWS = make(seed=8, articles=60)


@pytest.fixture
def backend(elasticsearch: str, request: pytest.FixtureRequest) -> Iterator[Elastic]:
    prefix = f"alone-{abs(hash(request.node.nodeid)):x}"
    with Elastic(SearchSettings(engine="elasticsearch", url=elasticsearch, prefix=prefix)) as opened:
        opened.rebuild(ROWS, 1)
        yield opened
        opened.drop()


def raw(backend: Elastic) -> Elasticsearch:
    return backend._client


def test_an_older_change_never_wins(backend: Elastic) -> None:
    """Replay and reordering are harmless: the change's seq is the row's version."""
    row = next(r for r in ROWS if index_of(r) == "articles")
    backend.apply([replace(row, text="后来的文字")], [], seq=9)
    backend.apply([replace(row, text="先前的文字")], [], seq=5)
    backend.apply([], [("articles", row.id)], seq=6)
    assert backend.search(Request(where=Word("后来的文字"))).total == 1


def test_one_generation_is_left_behind_the_aliases(backend: Elastic) -> None:
    before = backend.generation()
    backend.rebuild(ROWS, 2)
    names = backend._generations()
    assert len(names) == 2
    assert all(str(backend.generation()) in name for name in names)
    assert backend.generation() != before


def test_a_full_disk_is_said(backend: Elastic) -> None:
    names = list(backend._held().values())
    raw(backend).indices.put_settings(index=names, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(ReadOnly):
        backend.apply(ROWS[:1], [], seq=3)
    assert backend.search(Request(where=Word("企业"))).total > 0
    raw(backend).indices.put_settings(index=names, settings={"index.blocks.read_only_allow_delete": None})
    backend.apply(ROWS[:1], [], seq=3)


def test_an_index_of_other_fields_is_refused(backend: Elastic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "_schema", "another")
    assert backend.generation() is None
    assert backend.health().stale
    with pytest.raises(SchemaMismatch):
        backend.apply(ROWS[:1], [], seq=3)


def test_the_mapping_is_strict(backend: Elastic) -> None:
    from index.elastic_write import send

    name = backend._held()["articles"]
    action = {"_op_type": "index", "_index": name, "_id": "x", "_source": {"unheard_of": 1}}
    with pytest.raises(SchemaMismatch):
        send(raw(backend), "test", [action])


def test_a_silent_server_is_said() -> None:
    settings = SearchSettings(engine="elasticsearch", url=f"http://127.0.0.1:{nodes.free_port()}")
    with Elastic(settings) as backend, pytest.raises(EngineDown):
        backend.search(Request(where=Word("企业")))
    with Elastic(settings) as backend, pytest.raises(EngineDown):
        backend.generation()


class Other(BaseHTTPRequestHandler):
    """Answers as versions do that the tests cannot start; keeps the last Authorization header."""

    body = b"{}"
    product = ""
    seen: str | None = None

    def do_GET(self) -> None:
        type(self).seen = self.headers["Authorization"]
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.elasticsearch+json; compatible-with=8")
        if self.product:
            self.send_header("X-Elastic-Product", self.product)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def other() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_other_products_and_versions_are_refused(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Elastic(SearchSettings(engine="elasticsearch", url=other)) as backend, pytest.raises(WrongVersion):
        backend.generation()
    monkeypatch.setattr(Other, "product", "Elasticsearch")
    monkeypatch.setattr(Other, "body", b'{"nodes": {"a": {"version": "7.17.1"}}}')
    with Elastic(SearchSettings(engine="elasticsearch", url=other)) as backend, pytest.raises(WrongVersion, match=r"7\.17\.1"):
        backend.generation()


def test_an_api_key_goes_before_a_password(other: str) -> None:
    with (
        Elastic(SearchSettings(engine="elasticsearch", url=other, api_key="c2VjcmV0", user="u", password="p")) as backend,
        pytest.raises(WrongVersion),
    ):
        backend.generation()
    assert Other.seen == "ApiKey c2VjcmV0"


def test_basic_authentication_with_the_security_module_on() -> None:
    require_node()
    node = nodes.start(security=True)
    try:
        settings = SearchSettings(engine="elasticsearch", url=node.url, user=nodes.USER, password=nodes.PASSWORD)
        with Elastic(settings) as backend:
            backend.rebuild(ROWS, 1)
            assert backend.search(Request(where=Word("企业"))).total > 0
            assert backend.health().version == node.version
        for wrong in (replace(settings, password="wrong"), replace(settings, user="", password="")):
            with Elastic(wrong) as backend, pytest.raises(NotAllowed):
                backend.search(Request(where=Word("企业")))
    finally:
        nodes.stop(node)


def test_tls_by_an_authority_or_by_a_fingerprint() -> None:
    """A real handshake with a certificate that only the given authority vouches for."""
    require_node()
    node = nodes.start(security=True, encrypted=True)
    assert node.tls
    try:
        bare = SearchSettings(engine="elasticsearch", url=node.url, user=nodes.USER, password=nodes.PASSWORD)
        with Elastic(replace(bare, ca_certs=node.tls.ca)) as backend:
            backend.rebuild(ROWS, 1)
        with Elastic(replace(bare, fingerprint=node.tls.fingerprint)) as backend:
            assert backend.search(Request(where=Word("企业"))).total > 0
        for wrong in (bare, replace(bare, fingerprint="0" * 64)):
            with Elastic(wrong) as backend, pytest.raises(Untrusted):
                backend.search(Request(where=Word("企业")))
    finally:
        nodes.stop(node)


@pytest.mark.parametrize("wrong", [{"ca_certs": "no/such/file"}, {"fingerprint": "short"}])
def test_tls_settings_that_cannot_be_used_are_said(wrong: dict[str, str]) -> None:
    with pytest.raises(SearchError, match=r"search\.url"):
        Elastic(replace(SearchSettings(engine="elasticsearch", url="https://127.0.0.1:1"), **wrong))  # type: ignore[arg-type]


def follow_for_ever(store: Store, backend: Elastic) -> None:
    while True:
        follow(store, backend, limit=5)


@pytest.mark.parametrize("round_", [0, 1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 20))])
def test_kill_the_server_in_the_middle_of_bulk(tmp_path: Path, round_: int) -> None:
    """The log waits while it is down; when it is back the index catches up alone and equals the store, document by document."""
    require_node()
    rng = Random(round_)
    store = Store.open(f"sqlite:///{tmp_path / 'q.db'}")
    for n in range(240):
        store.put(*page(f"p{n % 90}", f"园区第{n}处" + "云岭大学" * (n % 2), minute=n, pieces=("园区",) * (n % 3)))
    node = nodes.start()
    try:
        with Elastic(SearchSettings(engine="elasticsearch", url=node.url, timeout=30)) as backend:
            backend.rebuild([], 0)
            killer = threading.Thread(target=lambda: (sleep(rng.uniform(0.05, 0.8)), nodes.kill(node)))
            killer.start()
            with pytest.raises(EngineDown):
                follow_for_ever(store, backend)
            killer.join()
            with pytest.raises(EngineDown):
                follow(store, backend)
            node = nodes.restart(node)
            assert index_place(store, backend) <= store.last_seq()
            catch_up(store, backend)
            assert contents(backend) == expected(store)
    finally:
        nodes.stop(node)
        store.close()
