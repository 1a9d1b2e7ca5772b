"""An article beside its original: page images with the places of the blocks, foreign pages without scripts."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from crawler.archive import Archive
from crawler.capture import Capture
from extractors.article import Article
from extractors.readers import original, read
from index.embedded import Embedded
from portal.app import create
from store import Store
from tests.extractors.readers.made import docx
from tests.extractors.readers.made_pdf import pdf, text

WORDS = "<p>各乡镇要落实种苗补贴，按季度公开发放情况，接受群众监督，并于年底前报送总结。</p>" * 4
HOSTILE = (
    "<html><head><title>关于种苗的通知</title></head><body style='visibility: hidden'>"
    f"<div class='TRS_Editor'><script>alert(1)</script>{WORDS}</div></body></html>"
)
BLACK = "0 g 300 500 100 50 re f"  # 100 by 50 points
BULLETIN = (
    "青禾县农情简报\n2026 年第 3 期\n★ 种苗基地建成三处……2\n★ 夜校开课四十期……3\n"
    "种苗基地建成三处\n3月2日，青禾县农业农村局在东岭镇建成种苗基地三处，面积120亩。\n"
    "夜校开课四十期\n今年以来，青禾县科技局开办农民夜校40期，听课农户超过五千户。\n"
)
FILES: dict[str, bytes] = {
    "bulletin.txt": BULLETIN.encode(),
    "report.pdf": pdf([text(72, 100, "一、种苗工作", 16), text(72, 140, "全县建成种苗基地三处。", 12), BLACK], []),
    "notice.html": HOSTILE.encode("gb18030").replace(b"<head>", b"<head><meta charset=gbk>"),
    "note.txt": "县里召开种苗产业推进会。\n联系电话 13812345678 。\n".encode("gb18030"),
    "plan.docx": docx("<w:p><w:r><w:t>种苗提升方案。</w:t></w:r></w:p>"),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, Article]]]:
    folder: Path = tmp_path_factory.mktemp("original")
    with Store.open(f"sqlite:///{(folder / 'q.db').as_posix()}") as store, Archive(folder / "warc", store.crawling) as archive:
        held = {}
        for name, body in FILES.items():
            url = f"import:{name}"
            capture = Capture(source="import", url=url, canonical_url=url, fetched_at=datetime(2026, 3, 1, tzinfo=UTC), body=body)
            (placed,) = archive.add([capture])
            store.crawling.put([placed])
            articles = read(placed)
            store.put(placed, articles, [])
            held[name] = articles[0]
        with Embedded(folder / "index") as backend, TestClient(create(store, archive, backend, hosts=["testserver"])) as made:
            yield made, held


def page(client: tuple[TestClient, dict[str, Article]], name: str) -> BeautifulSoup:
    answer = client[0].get(f"/articles/{client[1][name].id}/original")
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def test_a_pdf_page_stands_beside_its_blocks(client: tuple[TestClient, dict[str, Article]]) -> None:
    shown = page(client, "report.pdf")
    sheets = shown.select("svg.sheet")
    assert len(sheets) == 2  # a page without text is shown too
    boxes, words = shown.select("rect[id]"), shown.select("p[id]")
    assert [b["id"].replace("b-", "t-") for b in boxes] == [w["id"] for w in words] != []  # type: ignore[union-attr]
    second = next(w for w in words if "种苗基地" in w.text)
    box = next(b for b in boxes if b["id"] == str(second["id"]).replace("t-", "b-"))
    assert 140 - 24 <= float(str(box["y"])) <= 140 + 12
    assert 60 <= float(str(box["x"])) <= 80
    image = client[0].get(str(sheets[0].image["href"]))  # type: ignore[union-attr, index]
    assert image.headers["content-type"] == "image/png"
    assert image.content.startswith(b"\x89PNG")
    blank = client[0].get(str(sheets[1].image["href"]))  # type: ignore[union-attr, index]
    assert dark(image.content) >= 100 * 50 * (original.DPI / 72) ** 2
    assert dark(blank.content) == 0


def dark(png: bytes) -> int:
    """How many black pixels an RGB picture of 8 bits has."""
    at, parts = 8, dict[bytes, bytes]()
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert int.from_bytes(png[at + 8 + size : at + 12 + size], "big") == zlib.crc32(name + data)
        parts[name] = data
        at += 12 + size
    width, height = (int.from_bytes(parts[b"IHDR"][n : n + 4], "big") for n in (0, 4))
    rows, stride = zlib.decompress(parts[b"IDAT"]), 3 * width + 1
    assert (len(rows), parts[b"IHDR"][8:10]) == (stride * height, b"\x08\x02")
    return sum(rows[y * stride + 1 : (y + 1) * stride].count(b"\0\0\0") for y in range(height))


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_page_keeps_to_its_own_policy_and_names_every_link(client: tuple[TestClient, dict[str, Article]], name: str) -> None:
    """A script would be refused by the browser, and needs not be there; a link without a name says nothing to a screen reader."""
    shown = page(client, name)
    assert not shown.select("script")
    assert [str(a) for a in shown.select("a[href]") if not (a.get_text(strip=True) or a.get("aria-label"))] == []
    assert not [svg for svg in shown.select("svg[role=img]") if svg.select("a")]  # whatever an image holds is hidden from a screen reader


def test_foreign_html_runs_nothing_and_loads_nothing(client: tuple[TestClient, dict[str, Article]]) -> None:
    frame = page(client, "notice.html").select_one("iframe")
    assert frame
    assert frame.has_attr("sandbox")
    answer = client[0].get(str(frame["src"]))
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "接受群众监督" in answer.text  # GBK bytes, told as UTF-8
    assert "<script>alert(1)</script>" in answer.text  # as archived; the sandbox keeps it from running
    assert "body{visibility:visible!important" in answer.text  # else this page would stay hidden without its script
    own = client[0].get(f"/articles/{client[1]['notice.html'].id}/original").headers["content-security-policy"]
    assert "frame-src 'self'" in own
    assert "script-src" not in own
    assert "default-src 'none'" in own


def test_text_is_shown_as_text_and_numbers_of_people_stay_masked_beside_it(client: tuple[TestClient, dict[str, Article]]) -> None:
    shown = page(client, "note.txt")
    answer = client[0].get(str(shown.iframe["src"]))  # type: ignore[index]
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "推进会" in answer.text
    assert "推进会" in shown.select_one("article.text").text  # type: ignore[union-attr]
    assert "13812345678" not in shown.text


def test_a_format_that_browsers_do_not_show_is_offered_as_a_file(client: tuple[TestClient, dict[str, Article]]) -> None:
    shown = page(client, "plan.docx")
    assert "这种格式不能在此显示" in shown.text
    assert not shown.select("iframe, img, svg.sheet")
    assert "种苗提升方案。" in shown.text
    link = shown.select_one(".message a")
    assert link
    assert client[0].get(str(link["href"])).content == FILES["plan.docx"]


def test_the_article_leads_to_its_original(client: tuple[TestClient, dict[str, Article]]) -> None:
    id_ = client[1]["report.pdf"].id
    assert f"/articles/{id_}/original" in client[0].get(f"/articles/{id_}").text


def test_the_original_of_a_bulletin_leads_to_each_of_its_pieces(client: tuple[TestClient, dict[str, Article]]) -> None:
    found = {str(a["href"]): a.get_text() for a in page(client, "bulletin.txt").select(".children a")}
    assert list(found.values()) == ["种苗基地建成三处", "夜校开课四十期"]
    for address in found:
        assert address.endswith("/original")
        assert client[0].get(address).status_code == 200


@pytest.mark.parametrize("path", ["/articles/none/original", "/originals/none", "/originals/{report.pdf}", "/originals/{report.pdf}?page=9"])
def test_what_is_not_there_is_not_found(client: tuple[TestClient, dict[str, Article]], path: str) -> None:
    asked = path.replace("{report.pdf}", client[1]["report.pdf"].capture)
    assert client[0].get(asked).status_code == 404


def test_a_page_number_is_a_number(client: tuple[TestClient, dict[str, Article]]) -> None:
    assert client[0].get(f"/originals/{client[1]['report.pdf'].capture}?page=x").status_code == 422
