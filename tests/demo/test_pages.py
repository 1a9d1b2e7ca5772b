"""The demo is what it claims: whole links, honest oddities, small binaries, bytes that do not depend on the port."""

import io
import posixpath
import zipfile
from collections import Counter
from datetime import UTC, datetime
from urllib.request import urlopen

import pypdfium2
import pytest
from lxml import html
from openpyxl import load_workbook

from crawler.capture import Capture
from extractors.readers import read
from scripts.demo.pages import SITES, Resource, bulletin, page, pages, render
from scripts.demo.site import serve, sources


@pytest.fixture(scope="module")
def resources() -> dict[str, Resource]:
    return render()


def is_html(path: str) -> bool:
    return path.endswith((".html", ".htm"))


def test_the_corpus_is_as_large_as_a_demo_needs(resources: dict[str, Resource]) -> None:
    count = Counter(path.split("/")[0] for path in resources if is_html(path))
    assert sum(len(pages(name)) for name in SITES) >= 40
    assert set(count) == set(SITES)
    text = [block.html or "" for name in SITES for p in pages(name) for block in p.blocks]
    assert sum(map(len, text)) > 10_000


def test_every_link_leads_somewhere_but_the_one_that_is_gone(resources: dict[str, Resource]) -> None:
    broken = set()
    for path, resource in resources.items():
        if not is_html(path):
            continue
        for href in html.fromstring(resource.body).xpath("//a/@href"):
            if not href.startswith("javascript:"):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
                assert not href.startswith(("/", "http")), f"{path}: {href} is not relative"
                if target not in resources:
                    broken.add(target)
    assert broken == {"lanchuan/zwgk/tzgg/202503/t20250310_0991.html"}


def test_one_site_is_gbk_whatever_its_header_says(resources: dict[str, Resource]) -> None:
    gbk = [r for path, r in resources.items() if path.startswith("yunxiu/")]
    for resource in gbk:
        assert resource.content_type == "text/html; charset=ISO-8859-1"
        assert "云岫" in resource.body.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            resource.body.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        b"".join(r.body for r in gbk).decode("gb2312")  # 喆 and 堃 are not in GB 2312, which the pages declare


def test_government_meta_tags_and_the_disclosure_table(resources: dict[str, Resource]) -> None:
    tree = html.fromstring(resources["lanchuan/zwgk/tzgg/202602/t20260213_1036.html"].body.decode("utf-8"))
    meta = {m.get("name"): m.get("content") for m in tree.xpath("//meta[@name]")}
    assert {"SiteName", "SiteIDCode", "ColumnName", "ArticleTitle", "PubDate", "ContentSource"} <= set(meta)
    assert meta["PubDate"] == "2026-02-13 10:45"
    cells = [c.text for c in tree.xpath("//table[@class='xxgk_table']//td")]
    assert cells[cells.index("发文字号：") + 1] == "澜科规〔2026〕2号"


def test_the_bulletin_is_the_same_in_pdf_and_html(resources: dict[str, Resource]) -> None:
    issue = bulletin()
    assert len(issue.articles) == 8
    document = pypdfium2.PdfDocument(resources["news/qingbao/2026/kejiqingbaocankao-2026-02.pdf"].body)
    printed = "".join("".join(p.get_textpage().get_text_bounded().split()) for p in document)
    shown = "".join("".join(html.fromstring(resources["news/qingbao/2026/02.html"].body.decode()).text_content()).split())
    for piece in issue.articles:
        for text in (piece.title, *piece.text.splitlines(), *issue.imprint):
            squeezed = "".join(text.split())
            assert squeezed in shown
            for part in (squeezed[:20], squeezed[-12:]):  # a page number may stand in the middle of a paragraph
                assert part in printed, f"{part}: build the PDF anew (python -m scripts.demo.build)"


@pytest.mark.parametrize("path", ["news/qingbao/2026/02.html", "news/qingbao/2026/kejiqingbaocankao-2026-02.pdf"])
def test_the_bulletin_is_read_as_its_articles(resources: dict[str, Resource], path: str) -> None:
    url = f"https://news.example/{path}"
    found = read(Capture(source="news", url=url, canonical_url=url, fetched_at=datetime(2026, 4, 1, tzinfo=UTC), body=resources[path].body))
    page, items, issue = found[0], found[1:], bulletin()
    assert [a.title for a in items] == [piece.title for piece in issue.articles]
    assert [a.metadata.origin for a in items] == [piece.origin for piece in issue.articles]
    assert [a.metadata.column for a in items] == [piece.column for piece in issue.articles]
    assert (page.kind, page.metadata.publisher) == ("bulletin", issue.publisher)
    assert page.metadata.origin in (None, issue.publisher)
    assert {b.kind for b in page.blocks} == {"masthead", "contents", "imprint"}


def test_the_zip_has_names_in_gbk(resources: dict[str, Resource]) -> None:
    body = resources["lanchuan/zwgk/tzgg/202601/P020260109325002.zip"].body
    with zipfile.ZipFile(io.BytesIO(body)) as plain:
        assert all(not info.flag_bits & 0x800 for info in plain.infolist())
        assert "推荐项目汇总表.xlsx" not in plain.namelist()
    with zipfile.ZipFile(io.BytesIO(body), metadata_encoding="gbk") as archive:
        assert archive.namelist() == ["推荐项目汇总表.xlsx", "填报说明.txt"]
        sheet = load_workbook(io.BytesIO(archive.read("推荐项目汇总表.xlsx"))).active
        assert sheet is not None
        assert [cell.value for cell in sheet[2]][2:5] == ["东岭晶曜特种玻璃有限公司", "东岭理工大学", 820]


def test_binaries_stay_small(resources: dict[str, Resource]) -> None:
    assert sum(len(r.body) for path, r in resources.items() if not is_html(path)) < 1_000_000


def test_the_server_answers_with_the_statuses_and_types_of_the_pages(resources: dict[str, Resource]) -> None:
    asked: list[str] = []
    with serve(asked=asked) as base, urlopen(base + "robots.txt") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/plain"
        assert b"/lanchuan/nbgl/" in answer.read()
    assert asked == ["robots.txt"]
    assert sorted({r.status for r in resources.values()}) == [200, 403]


def test_sources_are_known_by_addresses_that_do_not_change() -> None:
    here, there = sources("http://127.0.0.1:8001/"), sources("http://127.0.0.1:9002/")
    for one, other in zip(here, there, strict=True):
        assert one.start != other.start
        assert one.canonical_url(one.start[0].url) == other.canonical_url(other.start[0].url)
        assert ".example/" in one.canonical_url(one.start[0].url)


def test_a_wrong_page_names_its_file() -> None:
    with pytest.raises(ValueError, match=r"some\.md: .*`titel`"):
        page("---\ntitel: x\npath: a\ndate: b\ncolumn: c\n---\n正文", "some.md")
