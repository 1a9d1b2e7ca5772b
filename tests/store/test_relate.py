"""The follower: reprints, what comes and goes, replay, steps of any size."""

import tempfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import Article
from store import Store
from store.facts import FACT_TYPES
from store.relate import NAME, facts_of, relate, relate_all, status_on
from tests.store.made import article, capture
from tests.store.papers import BODY, DRAFT, FINAL, REPEAL, STORY, TITLE, cluster, document, news, put


def test_reprints_are_one_cluster_of_which_the_first_publisher_is_known(store: Store) -> None:
    original, copy = news(30, STORY, "2031-05-02"), news(31, STORY.replace("，", ", "), "2031-05-04", title="中试基地建成")
    half = news(32, "\n".join(STORY.split("\n")[:3]), "2031-05-05")
    bit = news(33, STORY.split("\n")[1], "2031-05-06")
    other = news(
        34, "青山区召开座谈会，围绕算力设施、人工智能应用场景和数据要素流通进行交流，来自二十余家单位的代表发言并提出建议。" * 2, "2031-05-02"
    )
    put(store, copy, bit, other)
    relate_all(store)
    put(store, half, original)
    relate_all(store)
    found = cluster(store, bit)
    assert found is not None
    assert found.article == original.id
    assert {m.article: m.how for m in found.members} == {original.id: "first", copy.id: "same", half.id: "abridged", bit.id: "excerpt"}
    assert cluster(store, other) is None
    assert found.members[0].article == original.id


@pytest.mark.parametrize(
    ("title", "number", "old", "new"),
    [
        ("关于组织申报2032年度科技计划项目的通知", None, "2031", "2032"),
        ("关于组织申报2031年度科技计划项目的通知", "云科发〔2031〕10号", "", ""),
        ("关于组织申报2031年度第二批科技计划项目的通知", None, "", ""),
        ("呼和浩特市关于组织申报2031年度科技计划项目的通知", None, "", ""),
    ],
)
def test_notices_of_one_template_are_told_apart(store: Store, title: str, number: str | None, old: str, new: str) -> None:
    text = BODY + "请于2031年6月1日前报送材料。"
    first = document(40, "青岛市关于组织申报2031年度第一批科技计划项目的通知", text, doc_number="云科发〔2031〕9号", issued="2031-03-01")
    twin = document(41, title, text.replace(old, new) if old else text, doc_number=number, issued="2032-03-01")
    put(store, first, twin)
    relate_all(store)
    assert cluster(store, twin) is None


def everything(store: Store) -> dict[str, object]:
    ids = [line.id for line in store.changes(0, 10**6) if line.kind == "article"]
    return {fact.id: fact for id_ in ids for fact in facts_of(store, id_)}


def corpus() -> list[Article]:
    return [
        DRAFT,
        FINAL,
        REPEAL,
        news(30, STORY, "2031-05-02"),
        news(31, STORY, "2031-05-04"),
        document(9, "工作通知", f"依据《{TITLE}》执行。", issued="2032-01-01"),
    ]


def test_what_hung_on_an_article_that_is_gone_is_made_anew(store: Store) -> None:
    """A draft, and an enacted child with its 有效期."""
    fetched = capture("page", "https://kj.example.cn/2.html")
    page = replace(FINAL, capture=fetched.digest, text="现将办法印发给你们，请遵照执行。")
    child = replace(article(fetched, BODY + "本办法自2031年5月1日起施行，有效期2年。", piece="1", title=TITLE), kind="policy", role="enacted")
    put(store, DRAFT)
    store.put(fetched, [page, child], [])
    relate_all(store)
    assert [status_on(store, page.id, d).status for d in ("2031-02-01", "2032-01-01", "2034-01-01")] == ["draft", "in force", "expired"]
    store.put(fetched, [page], [])
    store.put(capture(DRAFT.text, DRAFT.url), [], [])
    relate_all(store)
    assert [status_on(store, page.id, d).status for d in ("2031-02-01", "2032-01-01", "2034-01-01")] == ["unknown", "in force", "in force"]
    assert facts_of(store, child.id) == []


def test_its_lines_make_a_mirror_of_its_facts(store: Store) -> None:
    put(store, *corpus())
    relate_all(store)
    store.put(capture("x", FINAL.url), [], [])
    relate_all(store)
    mirror = {}
    for line in store.changes(0, 10**6):
        if line.kind in ("link", "status", "cluster"):
            assert (line.id in mirror) is (line.op != "ADD")
            mirror[line.id] = line.payload
            if line.op == "DEL":
                del mirror[line.id]
    assert mirror.keys() == everything(store).keys()
    assert {p["kind"] for p in mirror.values()} == {"status", "cluster"}


def test_replay_changes_nothing(store: Store) -> None:
    put(store, *corpus())
    relate_all(store)
    before, facts = store.last_seq(), everything(store)
    assert len(facts) > 5
    store.set_place(NAME, 0)
    assert relate_all(store) == before
    assert store.last_seq() == before
    assert everything(store) == facts


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_small_steps_come_to_the_same(store: Store, tmp_path_factory: pytest.TempPathFactory, limit: int) -> None:
    put(store, *corpus())
    relate_all(store)
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('steps') / 'q.db'}") as other:
        for page in reversed(corpus()):
            put(other, page)
            while relate(other, limit):
                pass
        assert everything(other) == everything(store)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("put", "take", "relate")), st.integers(0, 5), st.integers(1, 4)), max_size=25))
def test_whatever_comes_and_goes_between_its_steps(steps: list[tuple[str, int, int]]) -> None:
    """The tables run ahead of its place; in the end its facts are those of a store that never held anything else."""
    pages = corpus()
    there: set[int] = set()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(f"sqlite:///{folder}/one.db") as store,
        Store.open(f"sqlite:///{folder}/fresh.db") as fresh,
    ):
        for step, which, limit in steps:
            if step == "put":
                put(store, pages[which])
                there.add(which)
            elif step == "take":
                store.put(capture(pages[which].text, pages[which].url), [], [])
                there.discard(which)
            else:
                relate(store, limit)
        put(fresh, *(pages[n] for n in sorted(there)))
        relate_all(store)
        relate_all(fresh)
        assert everything(store) == everything(fresh)
        mirror = {line.id: line for line in store.changes(0, 10**6) if line.kind in FACT_TYPES}
        assert {id_ for id_, line in mirror.items() if line.op != "DEL"} == everything(fresh).keys()
