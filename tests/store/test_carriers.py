"""Attachments that are files of their own belong to the page that names them; on invented notices."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from extractors.article import Article, Attachment, article_id
from extractors.records import extract
from store import Store
from store.cards import Card
from store.carriers import carried_keys
from store.facts import Supersession
from store.relate import facts_of, relate_all, status_on
from tests.store.made import capture
from tests.store.papers import BODY, TITLE, document

FINAL = document(60, TITLE, BODY, doc_number="云科发〔2031〕7号", issued="2031-04-12")
REPEAL = document(
    61,
    "云州市科学技术局关于废止一批文件的通知",
    "经清理，决定废止文件2件（目录见附件），自2034年2月1日起停止执行。",
    doc_number="云科发〔2034〕2号",
    issued="2034-01-15",
)
LISTED = document(62, "废止文件目录", f"附件\n废止文件目录\n1.{TITLE}（云科发〔2031〕7号）\n2.云州市渔船补助办法（云科发〔2020〕3号）\n")


def naming(page: Article, *files: Article) -> Article:
    return replace(page, metadata=replace(page.metadata, attachments=tuple(Attachment(title="附件", url=f.url) for f in files)))


def put(store: Store, *pages: Article) -> None:
    for one in pages:
        store.put(capture(one.text, one.url, one.source), [one], extract(one))
        relate_all(store)


@pytest.mark.parametrize("order", list(permutations((FINAL, naming(REPEAL, LISTED), LISTED))))
def test_a_list_of_repeals_in_a_file_ends_policies_from_the_day_of_its_page(store: Store, order: Sequence[Article]) -> None:
    put(store, *order)
    assert {day: status_on(store, FINAL.id, day).status for day in ("2034-01-31", "2034-02-01")} == {
        "2034-01-31": "in force",
        "2034-02-01": "repealed",
    }
    put(store, replace(REPEAL, text="内容已撤下。", title="云州市科学技术局通知", blocks=()))  # the page names the file no more
    assert status_on(store, FINAL.id, "2034-02-01").status != "in force"
    assert status_on(store, FINAL.id, "2034-02-01").since != "2034-02-01"


def test_news_that_hangs_out_a_repeal_takes_nothing_from_it(store: Store) -> None:
    newer = document(63, "云州市中试基地办法", f"第一条 本办法自2034年6月1日起施行，《{TITLE}》（云科发〔2031〕7号）同时废止。", issued="2034-05-01")
    told = naming(document(64, "云州出台中试新政", "近日，云州市印发新办法。", kind="news", issued="2034-05-02"), newer)
    put(store, FINAL, newer, told)
    assert status_on(store, FINAL.id, "2034-06-01").status == "repealed"


FIRMS = ("云州蓝藻科技有限公司", "云州深海装备有限公司", "云州海风能源有限公司")


def rows(number: int, title: str, names: Sequence[str]) -> Article:
    lines = "\n".join(f"{n}.{name}" for n, name in enumerate(names, 1))
    return document(number, title, f"附件\n{title}\n{lines}\n", kind="announcement")


PROPOSED = rows(70, "拟认定名单", FIRMS)
SETTLED = rows(71, "认定名单", FIRMS[:2])


def page(number: int, title: str, issued: str, *files: Article) -> Article:
    return naming(document(number, title, "名单见附件。", kind="announcement", issued=issued, region="150000"), *files)


ASKED = page(72, "关于2031年度云州市中试基地拟认定名单的公示", "2031-05-06", PROPOSED)
TOLD = page(73, "云州市科学技术局关于认定2031年度云州市中试基地的通知", "2031-06-20", SETTLED)


@pytest.mark.parametrize("order", [(PROPOSED, SETTLED, ASKED, TOLD), (TOLD, SETTLED, ASKED, PROPOSED)])
def test_lists_in_files_are_those_of_their_pages(store: Store, order: Sequence[Article]) -> None:
    put(store, *order)
    (found,) = facts_of(store, PROPOSED.id, "supersession")
    assert isinstance(found, Supersession)
    assert (found.by, len(found.rows), len(found.left_out)) == (SETTLED.id, 2, 1)
    put(store, page(73, "云州市科学技术局关于认定2031年度云州市科普基地的通知", "2031-06-20", SETTLED))
    assert facts_of(store, PROPOSED.id, "supersession") == []


@pytest.mark.parametrize(
    ("url", "file", "known"),
    [
        ("https://kj.example.cn/t/1.html", "https://kj.example.cn/t/P01.docx", "https://kj.example.cn/t/P01.docx"),
        ("import:文件/通知.html", "附件/名单.xlsx", "import:文件/附件/名单.xlsx"),
        ("import:文件/通知.html", "../%E5%90%8D%E5%8D%95%201.xlsx", "import:名单%201.xlsx"),
        ("import:文件/通知.html", "https://kj.example.cn/P01.docx", "https://kj.example.cn/P01.docx"),
    ],
)
def test_where_a_page_says_that_its_file_lies(url: str, file: str, known: str) -> None:
    card = Card(id="a", source="import", url=url, metadata=naming(FINAL, replace(FINAL, url=file)).metadata)
    assert carried_keys(card) == [f"a:{article_id('import', known)}"]
