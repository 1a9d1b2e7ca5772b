"""The index equals the store, document by document, whatever happened on the way."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.capture import Capture
from extractors.article import Article, Block, Metadata, article_id
from extractors.record import AnyRecord, Metric, Organisation, identify
from index.backend import Backend
from index.build import rows
from index.embedded import Embedded
from index.facts import related
from index.follow import catch_up, follow, place_name, rebuild
from index.query import Request, Row, Term, Word
from store import Store
from store.relate import relate_all

ROOT = Path(__file__).resolve().parents[2]
STARTED = "2024-03-01T08:00:00+00:00"


def page(name: str, text: str, *, minute: int = 0, pieces: tuple[str, ...] = ()) -> tuple[Capture, list[Article], list[AnyRecord]]:
    """A page with its pieces; each text states 园区 N 家 once, and 云岭大学 where it is named."""
    from datetime import datetime, timedelta

    url = f"http://demo.example/{name}"
    at = datetime.fromisoformat(STARTED) + timedelta(minutes=minute)
    capture = Capture(source="demo", url=url, canonical_url=url, fetched_at=at, body=text.encode())
    parent = article_id("demo", url)
    articles = [_article(capture, parent, "", None, text)]
    articles += [_article(capture, article_id("demo", url, f"p{i}"), f"p{i}", parent, piece) for i, piece in enumerate(pieces)]
    return capture, articles, [r for a in articles for r in _records(a)]


def _article(capture: Capture, id_: str, piece: str, parent: str | None, text: str) -> Article:
    return Article(
        id=id_,
        source="demo",
        url=capture.url,
        capture=capture.digest,
        piece=piece,
        parent=parent,
        role="piece" if parent else "page",
        title=text[:6],
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text)),),
        reader="test/1",
        metadata=Metadata(published_date="2024-02-03", issuers=("云岭市科学技术局",), region_code="530100", doc_number="云科发〔2024〕7号"),
    )


def _records(article: Article) -> list[AnyRecord]:
    found: list[AnyRecord] = []
    for word, kind in (("园区", "metric"), ("云岭大学", "organisation")):
        start = article.text.find(word)
        if start >= 0:
            at = {"article": article.id, "start": start, "end": start + len(word), "quote": word, "rule": "test"}
            made = Metric(**at, text=word, value=float(len(article.text)), unit="家", indicator="园区") if kind == "metric" else None  # type: ignore[arg-type]
            found += identify(article, [made or Organisation(**at, text=word, type="university", canonical=word)])  # type: ignore[arg-type, list-item]
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'q.db'}")


@pytest.fixture
def backend(tmp_path: Path) -> Embedded:
    return Embedded(tmp_path / "index")


def expected(store: Store) -> dict[str, Row]:
    _, held = store.snapshot()
    pairs = list(held)
    held = {a.id: a for a, _ in pairs}
    facts = related(store)([a.id for a, _ in pairs])
    return {r.id: r for a, records in pairs for r in rows(a, records, held.get(a.parent or ""), facts[a.id])}


def contents(backend: Backend) -> dict[str, Row]:
    return {r.id: r for name in ("articles", "records") for r in backend.rows(name)}  # type: ignore[arg-type]


def test_the_index_follows_the_store(store: Store, backend: Embedded) -> None:
    store.put(*page("a", "开发园区一共有云岭大学", pieces=("第一篇：园区", "第二篇：云岭大学")))
    assert catch_up(store, backend) > 0
    assert contents(backend) == expected(store)
    store.put(*page("b", "另一处园区"))
    store.put(*page("a", "新标题园区", minute=5, pieces=("第二篇：云岭大学",)))
    assert catch_up(store, backend) > 0
    assert contents(backend) == expected(store)
    assert follow(store, backend) == 0
    piece = backend.search(Request(where=Word("第二篇"))).hits[0].row
    assert piece.parent_title == "新标题园区"


def test_records_carry_their_articles_fields(store: Store, backend: Embedded) -> None:
    store.put(*page("a", "开发园区一共有云岭大学"))
    catch_up(store, backend)
    hit = backend.search(Request(index="records", where=Term("regions", ("530000",)), filters=(Term("kind", ("metric",)),))).hits[0].row
    assert hit.issuers == ("云岭市科学技术局",)
    assert hit.published == "2024-02-03"
    assert hit.doc_key == "云科发|2024|7"


def test_a_lost_index_is_built_again(store: Store, tmp_path: Path) -> None:
    store.put(*page("a", "开发园区一共有云岭大学"))
    with Embedded(tmp_path / "one") as first:
        catch_up(store, first)
    with Embedded(tmp_path / "two") as second:
        catch_up(store, second)
        assert contents(second) == expected(store)


def test_replay_from_the_start(store: Store, backend: Embedded) -> None:
    rng = random.Random(4)
    for n in range(30):
        store.put(
            *page(
                f"p{n % 9}", "园区" * rng.randint(0, 2) + f"第{n}次" + "云岭大学" * rng.randint(0, 1), minute=n, pieces=("园区",) * rng.randint(0, 1)
            )
        )
        if n % 4 == 0:
            follow(store, backend, limit=rng.randint(1, 9))
    catch_up(store, backend)
    generation = backend.generation()
    assert generation
    store.set_place(place_name(generation), 0)
    catch_up(store, backend)
    assert contents(backend) == expected(store)


def test_rebuild_then_follow(store: Store, backend: Embedded) -> None:
    for n in range(5):
        store.put(*page(f"p{n}", f"园区第{n}处"))
    assert rebuild(store, backend) == len(expected(store))
    assert follow(store, backend) == 0
    store.put(*page("p1", "园区改了", minute=3))
    catch_up(store, backend)
    assert contents(backend) == expected(store)


def test_another_field_table_means_a_rebuild(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(*page("a", "开发园区"))
    with Embedded(tmp_path / "i") as old:
        catch_up(store, old)
    monkeypatch.setattr("index.fields.FORMAT", 999)
    with Embedded(tmp_path / "i") as new:
        assert new.health().stale
        catch_up(store, new)
        assert not new.health().stale
        assert contents(new) == expected(store)


def test_an_articles_metadata_changes_its_records_rows(store: Store, backend: Embedded) -> None:
    capture, articles, records = page("a", "开发园区")
    store.put(capture, articles, records)
    catch_up(store, backend)
    capture, articles, records = page("a", "开发园区", minute=9)
    articles = [replace(a, metadata=replace(a.metadata, issuers=("青禾县人民政府",))) for a in articles]
    store.put(capture, articles, records)
    catch_up(store, backend)
    hits = backend.search(Request(index="records", where=Term("issuers", ("青禾县人民政府",)))).total
    assert hits == 1


WRITER = """
import sys
from pathlib import Path
from index.embedded import Embedded
from index.facts import related
from index.follow import follow
from store import Store
from store.relate import relate_all
store, backend = Store.open(sys.argv[1]), Embedded(Path(sys.argv[2]))
while follow(store, backend, limit=7):
    print("batch", flush=True)
print("end", flush=True)
"""


@pytest.mark.ci
@pytest.mark.parametrize("round_", [0, 1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 20))])
def test_kill_in_the_middle_of_indexing(store: Store, tmp_path: Path, round_: int) -> None:
    """Killed at a random moment, then followed normally: the index equals the store."""
    for n in range(150):
        store.put(*page(f"p{n % 60}", f"园区第{n}处" + "云岭大学" * (n % 2), minute=n, pieces=("园区",) * (n % 3)))
    rng = random.Random(round_)
    command = [sys.executable, "-c", WRITER, f"sqlite:///{tmp_path / 'q.db'}", str(tmp_path / "index")]
    for _ in range(3):
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout
        child.stdout.readline()
        time.sleep(rng.uniform(0, 0.3))
        child.kill() if os.name == "nt" else os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    with Embedded(tmp_path / "index") as backend:
        catch_up(store, backend)
        assert contents(backend) == expected(store)


def test_what_relate_finds_reaches_the_rows(store: Store, backend: Embedded) -> None:
    """Of two copies one is the first, on both rows, though the cluster's line in the log names one of them."""
    text = "".join(f"第{n}段说明园区的第{n * 7}项安排，各单位要在第{n * 3}周前完成网箱的检修与登记。" for n in range(1, 30))
    first, copy = page("first", text), page("copy", text, minute=30)
    store.put(*first)
    catch_up(store, backend)
    store.put(*copy)
    catch_up(store, backend)
    relate_all(store)
    assert catch_up(store, backend) > 0
    held = {r.id: r for r in backend.rows("articles")}
    assert sorted(held[made[1][0].id].first for made in (first, copy)) == [False, True]
    assert contents(backend) == expected(store)
    assert held[copy[1][0].id].cluster == held[first[1][0].id].cluster is not None
