"""The final list takes the place of the proposed one, row by row; on invented notices."""

from dataclasses import replace

import pytest

from extractors.article import Article
from extractors.record import Action
from extractors.records import extract
from store import Store
from store.facts import Supersession
from store.listings import programme
from store.relate import facts_of, relate_all
from tests.store.made import capture
from tests.store.papers import document

FIRMS = ("云州蓝藻科技有限公司", "云州深海装备有限公司", "云州海风能源有限公司")
PROPOSED_TITLE = "关于2031年度第二批云州市中试基地拟认定名单的公示"
FINAL_TITLE = "云州市科学技术局关于公布2031年度第二批云州市中试基地名单的通知"


def listing(number: int, title: str, names: tuple[str, ...], issued: str | None, *, region: str | None = "150000") -> Article:
    lines = "\n".join(f"{n}.{name}" for n, name in enumerate(names, 1))
    return document(number, title, f"{title}\n名单\n{lines}\n", kind="announcement", issued=issued, region=region)


PROPOSED = listing(80, PROPOSED_TITLE, FIRMS, "2031-05-06")
FINAL = listing(81, FINAL_TITLE, FIRMS[:2], "2031-06-20")


def put(store: Store, *pages: Article) -> None:
    for page in pages:
        store.put(capture(page.text, page.url, page.source), [page], extract(page))


def settled(store: Store, of: Article) -> list[Supersession]:
    return [f for f in facts_of(store, of.id, "supersession") if isinstance(f, Supersession)]


def objects(store: Store, *ids: str) -> list[str | None]:
    found = [store.record(id_) for id_ in ids]
    return [r.object for r in found if isinstance(r, Action)]


@pytest.mark.parametrize("order", [(PROPOSED, FINAL), (FINAL, PROPOSED)])
def test_rows_of_the_final_list_take_the_place_of_proposed_ones(store: Store, order: tuple[Article, Article]) -> None:
    for page in order:
        put(store, page)
        relate_all(store)
    (found,) = settled(store, PROPOSED)
    assert (found.article, found.by) == (PROPOSED.id, FINAL.id)
    assert [objects(store, *pair) for pair in found.rows] == [[name, name] for name in FIRMS[:2]]
    assert objects(store, *found.left_out) == [FIRMS[2]]
    assert settled(store, FINAL) == [found]
    lines = [(line.op, line.kind) for line in store.changes(0, 10**6) if line.kind == "supersession"]
    assert lines == [("ADD", "supersession")]
    relate_all(store)
    assert settled(store, PROPOSED) == [found]


@pytest.mark.parametrize(
    "other",
    [
        listing(82, FINAL_TITLE.replace("第二批", "第一批"), FIRMS, "2031-06-20"),
        listing(82, FINAL_TITLE.replace("2031", "2030"), FIRMS, "2031-06-20"),
        listing(82, FINAL_TITLE.replace("中试基地", "科普基地"), FIRMS, "2031-06-20"),
        listing(82, FINAL_TITLE, FIRMS, "2031-06-20", region="340000"),
        listing(82, FINAL_TITLE, FIRMS, "2031-04-20"),
        listing(82, FINAL_TITLE, FIRMS, "2034-04-20"),
        listing(82, FINAL_TITLE, ("云州光伏新材有限公司", "云州量子仪器有限公司"), "2031-06-20"),
        listing(82, PROPOSED_TITLE, FIRMS, "2031-05-08"),
    ],
    ids=["batch", "year", "programme", "region", "before", "long after", "rows", "also proposed"],
)
def test_another_list_settles_nothing(store: Store, other: Article) -> None:
    put(store, PROPOSED, other)
    relate_all(store)
    assert settled(store, PROPOSED) == []


def test_a_name_that_stands_twice_is_settled_twice(store: Store) -> None:
    put(store, listing(84, PROPOSED_TITLE, (*FIRMS, FIRMS[0]), "2031-05-06"), FINAL)
    relate_all(store)
    (found,) = settled(store, FINAL)
    assert [objects(store, *pair) for pair in found.rows] == [[FIRMS[n]] * 2 for n in (0, 1, 0)]
    assert len({proposed for proposed, _ in found.rows}) == 3


def test_what_goes_and_what_is_mended_is_followed(store: Store) -> None:
    put(store, PROPOSED, FINAL)
    relate_all(store)
    longer = replace(FINAL, text=FINAL.text + f"3.{FIRMS[2]}\n", blocks=listing(81, FINAL_TITLE, FIRMS, None).blocks)
    store.put(capture(longer.text, longer.url, longer.source), [longer], extract(longer))
    relate_all(store)
    (found,) = settled(store, PROPOSED)
    assert (len(found.rows), found.left_out) == (3, ())
    store.put(capture("空", FINAL.url, FINAL.source), [], [])
    relate_all(store)
    assert settled(store, PROPOSED) == []


def test_an_attachment_is_known_by_the_title_of_its_page(store: Store) -> None:
    page = document(83, PROPOSED_TITLE, "现予以公示，公示期5个工作日。", kind="announcement", issued="2031-05-06", region="150000")
    rows = listing(83, "附件：申报单位名单", FIRMS, "2031-05-06")
    records = [replace(r, stage="proposed") if isinstance(r, Action) else r for r in extract(rows)]
    attached = replace(rows, id="a" * 20, piece="attachment", parent=page.id, role="attachment")
    store.put(capture(page.text, page.url, page.source), [page, attached], [replace(r, article=attached.id) for r in records])
    put(store, FINAL)
    relate_all(store)
    (found,) = settled(store, FINAL)
    assert (found.article, len(found.rows)) == (attached.id, 2)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于2031年度第二批湛江市中试基地拟认定名单的公示", "中试基地"),
        ("湛江市科学技术局关于公布2031年度第二批湛江市中试基地名单的通知", "中试基地"),
        ("2031年湛江市渔业科技计划项目拟立项公示", "渔业科技计划项目"),
        ("附件：名单", ""),
    ],
)
def test_the_programme_of_a_title(title: str, name: str) -> None:
    assert programme(title) == name
