"""References resolved to the documents that they mean."""

from dataclasses import replace

import pytest

from store import Store
from store.facts import Link
from store.relate import facts_of, relate_all, status_on
from tests.store.made import article, capture
from tests.store.papers import BODY, FINAL, TITLE, document, links, put


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
