"""Library items as the follower keeps them: reprints, originals that come late, what goes, corrections, replay, other rules."""

import tempfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import Article
from extractors.item import Item
from extractors.items import stated
from extractors.records import extract
from store import Store, relate
from store.items import items_of
from tests.store.made import capture
from tests.store.papers import document

RULES = """第一条 为支持海藻加工业发展，制定本办法。本办法自2031年5月1日起施行，有效期3年。
第二条 对在湛江市注册满2年的海藻加工企业，按购置设备额的30%给予补助，最高60万元。
第三条 申请单位应当在每年9月30日前，向所在地海洋主管部门提交设备购置发票和付款凭证。
第四条 对新认定的示范渔场，给予40万元奖励，所需资金由市财政安排，按年度拨付到位。
"""
TITLE = "湛江市海藻加工业扶持办法"
ORIGINAL = document(50, TITLE, RULES, doc_number="湛海发〔2031〕12号", issued="2031-04-12")
REPRINT = document(51, "转载：海藻加工企业可领补助", RULES, issued="2031-04-20", source="portal")
STORY = document(52, "一图读懂扶持办法", RULES, kind="news", issued="2031-04-21", source="paper")
TOLD = f"近日，湛江市海洋局印发《{TITLE}》，对购买保险的近海养殖户给予20%保费补贴。"
REPORT = document(53, "动态", TOLD, kind="bulletin", issued="2031-05-02", source="bulletin")
REPEAL = document(
    54, "关于废止一批文件的公告", f"决定自2032年7月1日起废止《{TITLE}》（湛海发〔2031〕12号）。", kind="announcement", issued="2032-06-15"
)
PAGES = [ORIGINAL, REPRINT, STORY, REPORT, REPEAL]


def put(store: Store, *pages: Article) -> None:
    for one in pages:
        store.put(capture(one.text, one.url, one.source), [one], extract(one))


def take(store: Store, page: Article) -> None:
    store.put(capture(page.text, page.url, page.source), [], [])


def held(store: Store) -> dict[str, Item]:
    relate.relate_all(store)
    return {item.id: item for item in items_of(store)}


def where(item: Item) -> list[str]:
    return [e.article for e in item.evidence]


def mirror(store: Store) -> dict[str, dict[str, Any]]:
    """What a consumer of the log holds; each line must fit what came before."""
    found: dict[str, dict[str, Any]] = {}
    for line in store.changes(0, 10**6):
        if line.kind == "item":
            assert (line.id in found) is (line.op != "ADD"), line
            found[line.id] = line.payload
            if line.op == "DEL":
                del found[line.id]
    return found


def lines(store: Store, after: int) -> list[tuple[str, str]]:
    return [(line.op, line.id) for line in store.changes(after, 10**6) if line.kind == "item"]


def test_a_reprint_adds_evidence(store: Store) -> None:
    put(store, ORIGINAL)
    before = held(store)
    assert len(before) == 2
    after = store.last_seq()
    put(store, REPRINT, STORY)
    now = held(store)
    assert now.keys() == before.keys()
    for item in now.values():
        assert where(item)[0] == ORIGINAL.id
        assert set(where(item)) == {ORIGINAL.id, REPRINT.id, STORY.id}
        assert (item.authority, item.document, item.doc_number) == ("original", TITLE, "湛海发〔2031〕12号")
    assert sorted(lines(store, after)) == [("MOD", id_) for id_ in sorted(before)]


def test_an_original_that_comes_late_takes_the_items_over(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    put(store, REPRINT)
    before, after = held(store), store.last_seq()
    assert {item.document for item in before.values()} == {REPRINT.title}
    put(store, ORIGINAL)
    now = held(store)
    assert [op for op, _ in lines(store, after)] == ["DEL", "DEL", "ADD", "ADD"]
    assert {id_ for op, id_ in lines(store, after) if op == "DEL"} == before.keys()
    assert all(where(item) == [ORIGINAL.id, REPRINT.id] for item in now.values())
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('other') / 'q.db'}") as other:
        put(other, ORIGINAL, REPRINT)
        assert held(other) == now


def test_a_late_original_of_the_same_number_keeps_the_identity(store: Store) -> None:
    put(store, replace(REPRINT, metadata=ORIGINAL.metadata))
    before, after = held(store), store.last_seq()
    put(store, ORIGINAL)
    assert held(store).keys() == before.keys()
    assert {op for op, _ in lines(store, after)} == {"MOD"}


def test_what_goes_takes_its_evidence_and_its_items_along(store: Store) -> None:
    put(store, ORIGINAL, REPRINT)
    assert len(held(store)) == 2
    take(store, REPRINT)
    assert all(where(item) == [ORIGINAL.id] for item in held(store).values())
    take(store, ORIGINAL)
    assert held(store) == {}
    assert mirror(store) == {}


def test_a_report_is_second_hand_of_the_document_that_is_held(store: Store) -> None:
    put(store, REPORT)
    (item,) = held(store).values()
    assert (item.authority, item.doc_number) == ("secondary", None)
    put(store, ORIGINAL)
    (item,) = (i for i in held(store).values() if where(i) == [REPORT.id])
    assert (item.authority, item.document, item.doc_number) == ("secondary", TITLE, "湛海发〔2031〕12号")


def test_it_holds_until_the_policy_ends(store: Store) -> None:
    put(store, ORIGINAL)
    assert {i.policy.until for i in held(store).values() if i.policy} == {"2034-04-30"}
    put(store, REPEAL)
    assert {i.policy.until for i in held(store).values() if i.policy} == {"2032-06-30"}


def test_what_is_put_up_for_comment_is_nobody_s_due(store: Store) -> None:
    """Nor is the final text, which says nearly the same, an item of its draft."""
    drafted = RULES.replace("40万元", "20万元")
    draft = document(55, f"关于公开征求《{TITLE}（征求意见稿）》意见的通知", drafted, issued="2031-01-12")
    put(store, draft, replace(draft, id="d" * 20, url="https://kj.example.cn/56.html", title=f"{TITLE}（征求意见稿）"))
    assert held(store) == {}
    put(store, ORIGINAL)
    assert {(item.document, *where(item)) for item in held(store).values()} == {(TITLE, ORIGINAL.id)}


CALL = document(
    57,
    "关于组织申报2031年海藻加工项目的通知",
    "各有关单位：\n网上申报截止时间为2031年6月5日18:00，县区推荐截止时间为2031年6月12日17:00，纸质材料于2031年6月16日前报送。\n",
    kind="call",
    doc_number="湛海发〔2031〕20号",
    issued="2031-04-28",
)
LATER = document(
    58,
    "关于延长2031年海藻加工项目申报时间的通知",
    f"各有关单位：\n现将《{CALL.title}》（湛海发〔2031〕20号）申报截止时间延长至2031年6月20日18:00，县区推荐截止时间延长至2031年6月27日17:00。\n",
    kind="call",
    issued="2031-06-03",
)


@pytest.mark.parametrize("order", [(CALL, LATER), (LATER, CALL)])
def test_a_call_that_is_put_off_is_one_opportunity_with_its_new_times(store: Store, order: tuple[Article, Article]) -> None:
    for page in order:
        put(store, page)
        relate.relate_all(store)
    (item,) = (i for i in held(store).values() if i.opportunity)
    assert item.document == CALL.title
    assert item.opportunity
    assert [d.due for d in item.opportunity.deadlines] == ["2031-06-20T18:00:00+08:00", "2031-06-27T17:00:00+08:00", "2031-06-16"]
    take(store, LATER)
    (item,) = (i for i in held(store).values() if i.opportunity)
    assert item.opportunity
    assert item.opportunity.deadlines[0].due == "2031-06-05T18:00:00+08:00"
    assert item.id in mirror(store)


def test_a_correction_reaches_the_item(store: Store) -> None:
    put(store, ORIGINAL)
    item = next(i for i in held(store).values() if i.policy and i.policy.amount and i.policy.amount.share)
    metric = next(r for r in store.records_of(ORIGINAL.id, "metric") if r.kind == "metric" and r.unit == "%")
    store.correct(metric.id, "value", 30.0, 35.0, who="an editor")
    changed = held(store)[item.id]
    assert changed.policy
    assert changed.policy.amount
    assert changed.policy.amount.share == 35.0


def test_what_only_moves_is_told_to_nobody(store: Store) -> None:
    put(store, ORIGINAL)
    before, after = held(store), store.last_seq()
    put(store, replace(ORIGINAL, text="各有关单位：\n" + ORIGINAL.text))
    now = held(store)
    assert now.keys() == before.keys()
    assert all(now[id_].evidence[0].start == before[id_].evidence[0].start + 7 for id_ in now)
    assert lines(store, after) == []


def test_other_rules_log_only_what_they_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version reads the log again; one item differs."""
    put(store, *PAGES)
    before, after = held(store), store.last_seq()

    def changed(source: Any) -> list[Item]:
        return [replace(i, title="海藻设备补助") if "30%" in i.evidence[0].quote else i for i in stated(source)]

    monkeypatch.setattr("store.items.stated", changed)
    monkeypatch.setattr("store.relate.NAME", "relate/other")
    other = held(store)
    (told,) = lines(store, after)
    assert told == ("MOD", next(id_ for id_, item in other.items() if item.title == "海藻设备补助"))
    assert other.keys() == before.keys()
    monkeypatch.undo()
    assert held(store) == before
    assert store.place("relate/other") == 0


def test_replay_changes_nothing(store: Store) -> None:
    put(store, *PAGES)
    before, seq = held(store), store.last_seq()
    store.set_place(relate.NAME, 0)
    assert held(store) == before
    assert store.last_seq() == seq


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("put", "take", "relate")), st.integers(0, 4), st.integers(1, 9)), max_size=20))
def test_whatever_comes_and_goes_the_items_are_those_of_what_is_there(steps: list[tuple[str, int, int]]) -> None:
    there: set[int] = set()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(f"sqlite:///{folder}/one.db") as store,
        Store.open(f"sqlite:///{folder}/fresh.db") as fresh,
    ):
        for step, which, limit in steps:
            if step == "put":
                put(store, PAGES[which])
                there.add(which)
            elif step == "take":
                take(store, PAGES[which])
                there.discard(which)
            else:
                relate.relate(store, limit)
        put(fresh, *(PAGES[n] for n in sorted(there)))
        assert held(store) == held(fresh)
        assert mirror(store).keys() == held(store).keys()
