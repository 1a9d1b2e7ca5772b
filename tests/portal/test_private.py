"""Private numbers are masked on every way out: all routes of the application, and the command line's feed and search."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from crawler.archive import Archive
from crawler.capture import Capture
from extractors.article import Article, Block, Metadata, Note, Stated, article_id
from extractors.private import masked, shown
from extractors.record import Action, AnyRecord, Metric, Organisation, Person, Reference, ResponsibleUnit, Task, identify
from index.embedded import Embedded
from index.follow import catch_up
from index.rows import ArticleRow
from portal.app import ROUTERS, create
from scripts import cli
from store import Store
from store.relate import relate_all

MOBILE, CARD = "13912345678", "11010519491231002X"
LEAK = re.compile(f"{MOBILE}|{CARD}")
TEXT = f"联系人张某，手机{MOBILE}，身份证{CARD}。{MOBILE}海带产量3万吨。依据《{MOBILE}办法》，市局组建{MOBILE}专班。"
# the archived bytes and pictures of their pages are the evidence itself
EXACT = {"/captures/{digest}", "/originals/{digest}"}


def _article(number: int) -> tuple[Capture, Article]:
    url = f"http://list.example/{number}.html"
    body = TEXT + "另有说明。" * number
    capture = Capture(source="demo", url=url, canonical_url=url, fetched_at=datetime(2024, 1, 2, tzinfo=UTC), body=body.encode())
    metadata = Metadata(
        issuers=(f"办公室{MOBILE}",), publisher=MOBILE, theme=MOBILE, origin=MOBILE, keywords=(MOBILE,),
        region_code="370200", published_date="2023-05-01",
    )  # fmt: skip
    article = Article(
        id=article_id("demo", url), source="demo", url=url, capture=capture.digest, title=f"公示{MOBILE}", text=body, metadata=metadata,
        kind="policy", blocks=(Block(kind="paragraph", start=0, end=len(body)),),
        stated=(Stated(field="theme", value=MOBILE, origin="text", where=CARD),),
        notes=(Note(code="reprint", text=f"转自{MOBILE}"),), reader="t/1",
    )  # fmt: skip
    return capture, article


def _records(article: Article) -> list[AnyRecord]:
    at = {"article": article.id, "start": 0, "end": 9, "quote": article.text[:9], "rule": "t"}
    phone = TEXT.index(MOBILE)
    wide = {**at, "start": phone, "end": phone + 11, "quote": MOBILE}
    year = {"year": 2022, "period": "2022年", "period_start": "2022-01-01", "period_end": "2022-12-31"}
    given = {"indicator": "海带产量", "indicator_key": "海带产量", "measure": "flow", "subject": f"{MOBILE}号", **year}
    unit = ResponsibleUnit(text=MOBILE, name=f"市局{MOBILE}", role="lead")
    made: list[AnyRecord] = [
        Metric(**wide, text=MOBILE, value=30000.0, unit="吨", unit_key="吨", **given, notes=(Note(code="sum", text=MOBILE),)),  # type: ignore[arg-type]
        Organisation(**wide, text=MOBILE, type="company", canonical=f"公司{MOBILE}"),  # type: ignore[arg-type]
        Action(**wide, trigger="组建", type="establish", actor=f"市局{MOBILE}", object=MOBILE, tense="done"),  # type: ignore[arg-type]
        Task(**wide, number="1.", title=f"建设{MOBILE}", units=(unit.name,), responsible=(unit,)),  # type: ignore[arg-type]
        Reference(**wide, title=f"{MOBILE}办法", doc_number=None, relation="basis"),  # type: ignore[arg-type]
        Person(**wide, name=f"张某{MOBILE}", title=MOBILE),  # type: ignore[arg-type]
    ]
    return [r for kind in made for r in identify(article, [kind])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(tmp_path_factory.mktemp("private"))


@pytest.fixture(scope="module")
def planted(folder: Path) -> Iterator[tuple[FastAPI, Store]]:
    with Store.open(f"sqlite:///{(folder / 'qingbao.db').as_posix()}") as store, Archive(folder / "warc", store.crawling) as archive:
        for number in (1, 2):
            capture, article = _article(number)
            (held,) = archive.add([capture])
            store.crawling.put([held])
            store.put(held, [article], _records(article))
        relate_all(store)
        with Embedded(folder / "index") as backend:
            catch_up(store, backend)
            yield create(store, archive, backend, hosts=["testserver"]), store


def _addresses(store: Store) -> Iterator[str]:
    """Every route, for each thing that it can show."""
    found = [(a, r) for a, r in store.snapshot()[1]]
    article, records = found[0]
    routes = [route for router in ROUTERS for route in router.routes]
    assert len(routes) > 10
    for route in routes:
        assert isinstance(route, APIRoute)
        if route.path in EXACT:
            continue
        path = route.path.replace("{article_id}", article.id)
        if "{record_id}" in path:
            yield from (path.replace("{record_id}", r.id) for r in records)
        else:
            yield path
    for q in ("", MOBILE, "张某", "海带产量 > 1万", "没有的词"):
        yield from (f"{path}?q={q}&in={tab}" for path in ("/", "/api/v1/search") for tab in ("articles", *{r.kind for r in records}))
        yield f"/trends?q={q or '海带'}"
        yield f"/api/v1/trends?q={q or '海带'}"
    for indicator in ("海带产量", MOBILE):
        yield from (f"{path}?indicator={indicator}&by=year" for path in ("/figures", "/figures/chart.svg", "/api/v1/metrics"))
    yield from (f"{path}?q={q}" for path in ("/suggest", "/api/v1/complete") for q in ("公", "139", "gs", "建设"))


def test_no_route_shows_a_private_number(planted: tuple[FastAPI, Store]) -> None:
    app, store = planted
    client, seen = TestClient(app), set()
    for address in _addresses(store):
        assert "{" not in address, f"{address}: a new route; plant something for it"
        answer = client.get(address)
        assert answer.status_code in (200, 400, 422), (address, answer.status_code)
        said = answer.text if MOBILE not in address else re.sub(rf'(?:value="|q=|indicator=){MOBILE}', "", answer.text)  # what the reader typed
        leak = LEAK.search(said)
        assert not leak, (address, said[max(0, leak.start() - 80) : leak.end() + 20])
        seen |= {"masked"} if "139＊＊＊＊5678" in said else set()
    assert seen


def test_no_search_finds_a_private_number(planted: tuple[FastAPI, Store]) -> None:
    assert TestClient(planted[0]).get(f"/api/v1/search?q={MOBILE}").json()["total"] == 0


@pytest.mark.parametrize("command", [["feed"], ["search", "张某"], ["search", "张某", "--json"], ["metrics", "海带产量", "--json"], ["items"]])
def test_the_command_line_masks_too(planted: tuple[FastAPI, Store], folder: Path, command: list[str]) -> None:
    done = CliRunner().invoke(cli.registered(), command, env={"QINGBAO_DATA": str(folder), "COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert not LEAK.search(done.output)
    assert done.output.strip() or command == ["items"]


def test_addresses_and_what_has_no_number_stay() -> None:
    row = ArticleRow(id=MOBILE, article="a", source="s", article_kind="news", url=f"http://a.example/{MOBILE}.html", title=MOBILE)
    assert shown(row) == replace(row, title=masked(MOBILE))
    plain = replace(row, title="通知")
    assert shown(plain) is plain
    assert shown({"url": MOBILE, "text": (MOBILE, 1)}) == {"url": MOBILE, "text": (masked(MOBILE), 1)}
