"""The life of a policy: drafts, terms, extensions, repeals."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from extractors.article import Article, Metadata
from store import Store
from store.facts import Status
from store.relate import facts_of, relate_all, status_on
from tests.store.made import article, capture
from tests.store.papers import BODY, DRAFT, FINAL, REPEAL, TITLE, document, links, put

DAYS = {"2030-12-31": "unknown", "2031-02-01": "draft", "2032-06-01": "in force", "2034-03-01": "repealed"}


@pytest.mark.parametrize("order", list(permutations((DRAFT, FINAL, REPEAL))), ids=lambda pages: "-".join(p.url[-6] for p in pages))
def test_the_trio_has_the_right_status_at_four_dates(store: Store, order: Sequence[Article]) -> None:
    """In whatever order the three come in, with `relate` in between."""
    for page in order:
        put(store, page)
        relate_all(store)
    assert {day: status_on(store, FINAL.id, day).status for day in DAYS} == DAYS
    assert status_on(store, FINAL.id, "2031-04-20").status == "draft"  # issued, and not yet in force
    assert status_on(store, FINAL.id, "2034-01-31").status == "in force"
    said = status_on(store, FINAL.id, "2034-03-01")
    assert (said.since, said.evidence and said.evidence.article) == ("2034-02-01", REPEAL.id)
    assert said.evidence is not None
    assert TITLE in said.evidence.quote
    assert said.evidence.record in {r.id for r in store.records_of(REPEAL.id)}
    assert {day: status_on(store, DRAFT.id, day).status for day in DAYS} == {"2030-12-31": "unknown"} | dict.fromkeys(list(DAYS)[1:], "draft")
    (draft,) = facts_of(store, DRAFT.id, "status")
    assert isinstance(draft, Status)
    assert draft.final == FINAL.id


def test_a_draft_repeals_nothing(store: Store) -> None:
    old = document(4, "云州市技术合同补助规定", BODY.replace("三", "二"), doc_number="云科发〔2025〕3号", issued="2025-02-01")
    put(store, old, DRAFT)
    relate_all(store)
    assert ("repeals") in {relation for _, relation, _ in links(store, DRAFT)}
    assert status_on(store, old.id, "2033-01-01").status == "in force"


def test_a_stated_term_ends_by_itself_and_an_extension_puts_it_off(store: Store) -> None:
    policy = document(
        5, "云州市孵化器补助细则", BODY + "本细则自2031年3月1日起施行，有效期2年。", doc_number="云科规〔2031〕2号", issued="2031-02-11"
    )
    put(store, policy)
    relate_all(store)
    days = ("2031-02-20", "2031-03-01", "2033-02-28", "2033-03-01")
    assert [status_on(store, policy.id, d).status for d in days] == ["unknown", "in force", "in force", "expired"]
    assert status_on(store, policy.id, "2033-03-01").until == "2033-02-28"
    longer = document(
        6,
        "关于延长《云州市孵化器补助细则》有效期的通知",
        "经研究，《云州市孵化器补助细则》（云科规〔2031〕2号）有效期延长至2035年12月31日。",
        issued="2033-01-20",
        doc_number="云科规〔2033〕1号",
    )
    put(store, longer)
    before = store.last_seq()
    relate_all(store)
    assert [status_on(store, policy.id, d).status for d in ("2032-01-01", "2033-02-01", "2034-01-01", "2036-01-01")] == [
        "in force",
        "amended",
        "amended",
        "expired",
    ]
    (line,) = [c for c in store.changes(before) if c.kind == "status" and c.article == policy.id]
    assert line.op == "MOD"
    assert [(e["until"], e["was"]) for e in line.payload["events"] if e["status"] == "amended"] == [("2035-12-31", "2033-02-28")]


def test_a_call_that_is_put_off_is_amended_and_does_not_end(store: Store) -> None:
    call = document(
        9,
        "关于组织申报2031年渔港项目的通知",
        "网上申报截止时间为2031年6月5日18:00。",
        kind="call",
        doc_number="云科发〔2031〕9号",
        issued="2031-04-01",
    )
    more = f"《{call.title}》（云科发〔2031〕9号）"
    told = [f"现将{more}申报截止时间延长至2031年6月{day}日18:00。" for day in (20, 27)]
    put(store, call)
    relate_all(store)
    before = store.last_seq()
    put(store, *(document(n, f"关于延长渔港项目申报时间的通知{n}", t, kind="call", issued=f"2031-06-0{n - 9}") for n, t in enumerate(told, 10)))
    relate_all(store)
    (line,) = [c for c in store.changes(before) if c.kind == "status" and c.article == call.id]
    assert line.op == "MOD"
    amended = [(e["until"], e["was"], e["applications"]) for e in line.payload["events"] if e["status"] == "amended"]
    assert amended == [("2031-06-20", "2031-06-05", True), ("2031-06-27", "2031-06-20", True)]
    assert [status_on(store, call.id, d).status for d in ("2031-05-01", "2031-06-02", "2041-01-01")] == ["in force", "amended", "amended"]
    assert status_on(store, call.id, "2041-01-01").until is None


def test_the_kind_of_a_document_is_no_end(store: Store) -> None:
    call = document(7, "关于组织申报2031年度科技计划项目的通知", BODY, kind="call", doc_number="云科发〔2031〕9号", issued="2031-03-01")
    put(store, call)
    relate_all(store)
    assert status_on(store, call.id, "2041-01-01").status == "in force"


def test_what_a_page_says_of_its_validity(store: Store) -> None:
    policy = document(8, "云州市众创空间管理办法", BODY, doc_number="云科发〔2021〕1号", issued="2021-03-01")
    put(store, replace(policy, metadata=replace(policy.metadata, validity="已废止")))
    relate_all(store)
    assert status_on(store, policy.id, "2031-01-01").status == "repealed"
    assert status_on(store, "nothing", "2031-01-01").status == "unknown"


def test_repealing_the_notice_repeals_what_it_enacts(store: Store) -> None:
    fetched = capture("page", "https://kj.example.cn/2.html")
    page = replace(FINAL, capture=fetched.digest, text="现将办法印发给你们，请遵照执行。")
    child = replace(article(fetched, BODY, piece="1", title=TITLE), kind="policy", role="enacted")
    store.put(fetched, [page, child], [])
    put(store, REPEAL)
    relate_all(store)
    assert status_on(store, child.id, "2034-03-01").status == "repealed"
    assert status_on(store, page.id, "2034-03-01").status == "repealed"


def test_a_repeal_ends_the_copies_too(store: Store) -> None:
    copy = replace(
        document(50, f"云州市科学技术局关于印发《{TITLE}》的通知", FINAL.text, source="reprints", issued="2031-04-30"),
        metadata=Metadata(published_date="2031-04-30"),
    )
    put(store, FINAL, copy, REPEAL)
    relate_all(store)
    assert status_on(store, copy.id, "2034-03-01").status == "repealed"


@pytest.mark.parametrize("row", [f"1.关于印发《{TITLE}》的通知（云科发〔2031〕7号）", f"3 云州市科学技术局关于印发{TITLE}的通知 云科发〔2031〕7号"])
def test_a_row_that_names_the_notice_repeals_the_policy(store: Store, row: str) -> None:
    text = f"经清理，下列文件自2034年2月1日起停止执行。\n宣布失效的文件目录\n{row}\n"
    listed = document(60, "云州市科学技术局关于公布文件清理结果的公告", text, kind="announcement", issued="2034-01-15")
    put(store, FINAL, listed)
    relate_all(store)
    assert status_on(store, FINAL.id, "2034-01-10").status == "in force"
    said = status_on(store, FINAL.id, "2034-03-01")
    assert (said.status, said.evidence and said.evidence.article) == ("repealed", listed.id)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("决定自2035年7月1日起废止《{title}》（{number}）。", "2035-07-01"),
        ("下列文件自2035年8月1日起停止执行：\n1.《{title}》（{number}）\n2.《云州市旧办法》", "2035-08-01"),
        ("《云州市旧办法》自2036年1月1日起废止；《{title}》（{number}）自2035年9月1日起废止。", "2035-09-01"),
        ("现决定废止《{title}》（{number}）。", "2035-05-20"),
    ],
)
def test_a_repeal_holds_from_the_day_that_it_names(store: Store, text: str, day: str) -> None:
    repeal = document(70, "关于废止文件的公告", text.format(title=TITLE, number="云科发〔2031〕7号"), kind="announcement", issued="2035-05-20")
    put(store, FINAL, repeal)
    relate_all(store)
    assert status_on(store, FINAL.id, day).status == "repealed"
    assert status_on(store, FINAL.id, day).since == day
    assert status_on(store, FINAL.id, "2035-05-19").status == "in force"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("决定废止《{title}》（{number}）第四条。", "amended"),
        ("《{title}》中的第二条自2035年6月1日起废止。", "amended"),
        ("《{title}》（{number}）不予废止，继续执行。", "in force"),
        ("宣布失效的文件目录\n1.《{title}》（{number}）", "repealed"),
        ("继续有效的文件\n1.《{title}》（{number}）\n废止的文件\n1.《云州市旧渔具办法》（云科发〔2020〕3号）", "in force"),
    ],
)
def test_a_part_or_nothing_of_it_is_repealed(store: Store, text: str, status: str) -> None:
    page = document(71, "关于文件清理结果的公告", text.format(title=TITLE, number="云科发〔2031〕7号"), kind="announcement", issued="2035-05-20")
    put(store, FINAL, page)
    relate_all(store)
    assert status_on(store, FINAL.id, "2035-12-31").status == status


def test_a_repeal_is_the_end_whatever_end_was_stated(store: Store) -> None:
    final = replace(FINAL, text=FINAL.text + "第六条 本办法有效期五年。\n")
    put(store, final, REPEAL)
    relate_all(store)
    assert status_on(store, final.id, "2033-12-31").until == "2036-04-30"  # the repeal is not known yet
    assert status_on(store, final.id, "2035-01-01").until == "2034-01-31"


def test_a_list_of_what_ends_is_no_policy(store: Store) -> None:
    listed = document(5, "云州市科学技术局失效规范性文件目录", f"1.《{TITLE}》\n", issued="2034-01-15")
    put(store, listed)
    relate_all(store)
    assert facts_of(store, listed.id, "status") == []
