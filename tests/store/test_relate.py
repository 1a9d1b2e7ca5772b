"""Facts across documents: links, the life of a policy, reprints; incremental, replayable."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import Article, ArticleKind, Metadata
from extractors.record import AnyRecord, identify
from extractors.records import reference
from store import Store
from store.facts import FACT_TYPES, Cluster, Link, Status
from store.relate import NAME, facts_of, relate, relate_all, status_on
from tests.store.made import article, capture

TITLE = "云州市科技成果转化办法"
BODY = """第一条 为促进科技成果转化，规范成果转化资金管理，制定本办法。
第二条 对在我市登记的技术合同，按照实际成交额的百分之三给予补助，每家单位每年最高50万元。
第三条 申请单位应当在每年9月30日前，向所在地科技主管部门提交合同登记证明和到账凭证。
第四条 市科技局会同市财政局组织专家评审，评审结果公示5个工作日。
"""


def document(
    number: int,
    title: str,
    text: str,
    *,
    kind: ArticleKind = "policy",
    doc_number: str | None = None,
    issued: str | None = None,
    region: str | None = None,
    issuers: tuple[str, ...] = (),
    source: str = "demo",
) -> Article:
    fetched = capture(text, f"https://kj.example.cn/{number}.html", source)
    metadata = Metadata(doc_number=doc_number, written_date=issued, published_date=issued, region_code=region, issuers=issuers)
    return replace(article(fetched, text, title=title), kind=kind, metadata=metadata)


def put(store: Store, *pages: Article) -> None:
    """Each article as a page of its own, with the references that the extractor finds."""
    for one in pages:
        records: list[AnyRecord] = list(identify(one, reference.extract(one, {})))
        store.put(capture(one.text, one.url, one.source), [one], records)


def links(store: Store, of: Article) -> list[tuple[str, str, str]]:
    return [(f.target, f.relation, f.by) for f in facts_of(store, of.id, "link") if isinstance(f, Link) and f.article == of.id]


DRAFT = document(
    1, f"关于公开征求《{TITLE}（征求意见稿）》意见的公告", BODY + "本办法自印发之日起施行，《云州市技术合同补助规定》同时废止。", issued="2031-01-10"
)
FINAL = document(
    2,
    f"云州市科学技术局关于印发《{TITLE}》的通知",
    BODY + "第五条 本办法自2031年5月1日起施行。",
    doc_number="云科发〔2031〕7号",
    issued="2031-04-12",
)
REPEAL = document(
    3,
    "云州市科学技术局关于公布废止文件目录的公告",
    f"经清理，决定废止下列文件，自2034年2月1日起施行。\n废止文件目录\n1.{TITLE}（云科发〔2031〕7号）\n",
    kind="announcement",
    issued="2034-01-15",
)
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


@pytest.mark.parametrize(
    ("citation", "by"),
    [
        (f"依据《{TITLE}》执行。", "title"),
        (f"依据《{TITLE}》（云科发〔2031〕7号）执行。", "number"),
        (f"依据《{TITLE}》（云科发[2031] 7号）执行。", "number"),
        (f"依据《关于印发〈{TITLE}〉的通知》（云科发〔2031〕7号）执行。", "number"),
        (f"依据《云州市科学技术局关于印发〈{TITLE}〉的通知》执行。", "title"),
        (f"依据《{TITLE}》（云科发〔2031〕8号）执行。", None),  # another number
        ("依据《云州市科技成果登记办法》执行。", None),
    ],
)
def test_references_are_resolved(store: Store, citation: str, by: str | None) -> None:
    citing = document(9, "关于做好成果转化工作的通知", citation, issued="2032-01-01")
    put(store, FINAL, citing)
    relate_all(store)
    assert links(store, citing) == ([(FINAL.id, links(store, citing)[0][1], by)] if by else [])


def test_the_enacted_child_is_found_by_the_inner_title(store: Store) -> None:
    fetched = capture("page", "https://kj.example.cn/2.html")
    child = replace(article(fetched, BODY, piece="1", title=TITLE), kind="policy", role="enacted")
    store.put(fetched, [replace(FINAL, capture=fetched.digest), child], [])
    citing = document(9, "工作通知", f"依据《{TITLE}》执行。", issued="2032-01-01")
    put(store, citing)
    relate_all(store)
    assert [target for target, _, _ in links(store, citing)] == [child.id]


def test_an_older_document_does_not_cite_a_later_one(store: Store) -> None:
    citing = document(9, "工作通知", f"依据《{TITLE}》执行。", issued="2029-01-01")
    put(store, FINAL, citing)
    relate_all(store)
    assert links(store, citing) == []


def test_of_two_documents_of_one_title_the_own_region_s_is_meant(store: Store) -> None:
    rules = [
        document(n, "科技计划管理办法", BODY + str(n), region=code, doc_number=f"科发〔2030〕{n}号") for n, code in ((20, "150100"), (21, "370200"))
    ]
    citing = document(9, "工作通知", "依据《科技计划管理办法》执行。", issued="2032-01-01", region="370203")
    stranger = document(10, "工作通知", "依据《科技计划管理办法》执行，不得变通。", issued="2032-01-01")
    put(store, *rules, citing, stranger)
    relate_all(store)
    assert [target for target, _, _ in links(store, citing)] == [rules[1].id]
    assert links(store, stranger) == []


def test_a_document_that_cites_its_own_title_means_itself(store: Store) -> None:
    """Not its copy on another page; with another 文号 it means the one before it."""
    before = document(60, TITLE, BODY.replace("三", "二"), doc_number="云科发〔2025〕3号", issued="2025-02-01")
    now = document(61, TITLE, BODY + f"原《{TITLE}》（云科发〔2025〕3号）同时废止。", doc_number="云科发〔2031〕7号", issued="2031-04-12")
    alone = document(62, TITLE, BODY + f"《{TITLE}》由市科技局解释。", issued="2031-04-13")
    put(store, before, now, alone)
    relate_all(store)
    assert links(store, now) == [(before.id, "repeals", "number")]
    assert links(store, alone) == []
    assert status_on(store, before.id, "2032-01-01").status == "repealed"


def test_links_follow_what_comes_and_goes(store: Store) -> None:
    citing = document(9, "工作通知", f"依据《{TITLE}》执行。", issued="2032-01-01")
    put(store, citing)
    relate_all(store)
    assert links(store, citing) == []
    put(store, FINAL)
    relate_all(store)
    (link,) = facts_of(store, FINAL.id, "link")
    assert isinstance(link, Link)
    assert (link.article, link.target) == (citing.id, FINAL.id)
    store.put(capture(FINAL.text, FINAL.url), [], [])
    relate_all(store)
    assert links(store, citing) == []
    assert facts_of(store, FINAL.id) == []
    assert [(c.op, c.id) for c in store.changes(0) if c.kind == "link"] == [("ADD", link.id), ("DEL", link.id)]


STORY = """云州高新区首座中试基地建在旧钢厂的原料棚里，占地77平方米的反应车间保留了三根老立柱，工人们把它叫作灯塔，参观者总要在柱下合影留念。
承担放大试验的团队来自三所高校，他们白天跑设备，夜里整理曲线，用84天把一种低温焊料从烧杯推进到吨级料仓，良率一路爬到九成以上。
与别处不同，基地按小时出租机时，企业扫码就能看到每台釜的空档，91家客户里有一半是第一次接触中试的小作坊，账单最小的一笔只有四百元。
为了留住首席技师，园区拿出临湖的98套公寓，凭项目任务书即可入住，孩子就近上学，师傅带徒弟的津贴按月打卡，半年里没有一个人离开。
风险由一只概念验证资金池兜底，失败的批次写进公开的教训簿，后来者查得到温度、配比和当时的判断，105条记录已经帮人省下两个季度的弯路。
傍晚的讲习班对周边职校开放，学生亲手拆装阀门、标定流量计，结业时要独立跑完一个批次，去年有112人凭这张单子找到了工作。"""


def news(number: int, text: str, day: str, *, title: str = "云州高新区中试基地集中建成") -> Article:
    return document(number, title, text, kind="news", issued=day)


def cluster(store: Store, of: Article) -> Cluster | None:
    found = facts_of(store, of.id, "cluster")
    return found[0] if found and isinstance(found[0], Cluster) else None


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


def test_a_repeal_ends_the_copies_too(store: Store) -> None:
    copy = replace(
        document(50, f"云州市科学技术局关于印发《{TITLE}》的通知", FINAL.text, source="reprints", issued="2031-04-30"),
        metadata=Metadata(published_date="2031-04-30"),
    )
    put(store, FINAL, copy, REPEAL)
    relate_all(store)
    assert status_on(store, copy.id, "2034-03-01").status == "repealed"


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
