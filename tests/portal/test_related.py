"""What other documents tell of an article: all of it is counted, its first lines are shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from crawler.archive import Archive
from extractors.record import Action, AnyRecord, identify
from extractors.records import reference
from index.embedded import Embedded
from portal import present, related
from portal.app import create
from store import Store
from store.relate import relate_all
from tests.store import test_carriers as carriers
from tests.store import test_listings as listings
from tests.store.made import capture
from tests.store.papers import FINAL, REPEAL, TITLE, document, put


def test_a_document_that_many_cite_shows_the_first_and_counts_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    citing = [document(n, f"第{n}号工作通知", f"依据《{TITLE}》执行，编号{n}。", issued="2032-01-01") for n in range(11, 16)]
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as store:
        put(store, FINAL, *citing)
        relate_all(store)
        monkeypatch.setattr(related, "MOST", 3)
        found = related.related(store, FINAL, "2033-01-01")
        own = related.related(store, citing[0], "2033-01-01")
    (_, events, _), (name, lines, more) = found.groups
    assert found.status == "现行有效"
    assert [line.title for line in events] == [FINAL.title]
    assert (name, len(lines), more) == ("引用本文的文件", 3, 2)
    assert {line.title for line in lines} < {one.title for one in citing}
    assert all(line.href.startswith("/articles/") and "#e-" in line.href for line in lines)
    cited = {name: lines for name, lines, _ in own.groups}["本文引用的文件"]
    assert [(line.title, line.href) for line in cited] == [(FINAL.title, f"/articles/{FINAL.id}")]


def test_a_document_and_the_notice_that_issues_it_are_cited_as_one(tmp_path: Path) -> None:
    enacted = replace(document(20, TITLE, FINAL.text), parent=FINAL.id, role="enacted")
    page = replace(FINAL, text=f"现将《{TITLE}》印发给你们。")
    by_number = document(21, "一图读懂新办法", f"《{TITLE}》（云科发〔2031〕7号）解读如下。", kind="interpretation", issued="2031-05-02")
    by_title = document(22, "云州市科学技术局年度工作安排", f"依据《{TITLE}》开展工作。", issued="2032-01-01")
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as store:
        records: list[AnyRecord] = list(identify(page, reference.extract(page, {})))
        store.put(capture(page.text, page.url), [page, enacted], records)
        put(store, by_number, by_title)
        relate_all(store)
        groups = [{name: [line.title for line in lines] for name, lines, _ in related.related(store, one).groups} for one in (page, enacted)]
    assert sorted(groups[0]["引用本文的文件"]) == sorted([by_number.title or "", by_title.title or ""])
    assert sorted(groups[1]["引用本文的文件"]) == sorted([page.title or "", by_number.title or "", by_title.title or ""])
    assert groups[0]["本文引用的文件"] == [TITLE]


def test_a_page_and_its_file_lead_to_each_other(tmp_path: Path) -> None:
    page, file = carriers.naming(carriers.REPEAL, carriers.LISTED), carriers.LISTED
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as store:
        carriers.put(store, page, file)
        groups = [{name: [line.href for line in lines] for name, lines, _ in related.related(store, one).groups} for one in (page, file)]
    assert groups[0]["附件"] == [f"/articles/{file.id}"]
    assert groups[1]["所属页面"] == [f"/articles/{page.id}"]
    assert "所属页面" not in groups[0]
    assert "附件" not in groups[1]


def test_rows_of_lists_lead_to_their_rows_at_the_other_stage(tmp_path: Path) -> None:
    proposed, final = listings.PROPOSED, listings.FINAL
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as store:
        listings.put(store, proposed, final)
        relate_all(store)
        told, outcome = related.related(store, proposed), related.related(store, final)
        rows = {r.object: r.id for r in store.records_of(final.id) if isinstance(r, Action) and r.stage}
        lines = dict(present.grouped(store.records_of(proposed.id), told.outcomes))["action"]
    first, second, left = (line for line in lines if "拟定名单" in line.how)
    assert [line.links for line in (first, second)] == [(("已列入正式名单", f"/records/{rows[name]}"),) for name in listings.FIRMS[:2]]
    assert left.links == (("未列入正式名单", f"/articles/{final.id}"),)
    assert first.how == "认定 · 计划 · 2031年度第二批 · 拟定名单"
    groups = {name: [(line.title, line.label) for line in some] for name, some, _ in told.groups}
    assert groups["正式名单"] == [(final.title, "正式公布 2 项，未列入 1 项")]
    assert {label for label, _ in outcome.outcomes.values()} == {"此前的公示"}
    assert "此前的公示" in {name for name, _, _ in outcome.groups}


def test_the_status_on_a_day(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{(tmp_path / 'q.db').as_posix()}") as store, Archive(tmp_path / "warc", store.crawling) as archive:
        put(store, FINAL, REPEAL)
        relate_all(store)
        with TestClient(create(store, archive, Embedded(tmp_path / "index")), base_url="http://localhost") as client:
            page = client.get(f"/articles/{FINAL.id}?on=2033-01-01").text
            told = [client.get(f"/api/v1/articles/{FINAL.id}/status?on={day}").json() for day in ("2031-04-01", "2033-01-01", "2034-02-01")]
            today = client.get(f"/api/v1/articles/{FINAL.id}/status").json()
            wrong = [client.get(path).status_code for path in (f"/api/v1/articles/{FINAL.id}/status?on=1", "/api/v1/articles/none/status")]
    assert "2033-01-01 现行有效" in page
    assert 'type="date" name="on" value="2033-01-01"' in page
    assert [t["status"] for t in told] == ["unknown", "in force", "repealed"]
    assert told[2]["evidence"]["article"] == REPEAL.id
    assert today["day"] > "2026"
    assert wrong == [422, 404]
