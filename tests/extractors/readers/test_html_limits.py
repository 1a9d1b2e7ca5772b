"""HTML that goes on without end, nests without end, or is no HTML: read right, or refused with a reason."""

import contextlib
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.capture import Capture
from extractors.article import Article
from extractors.documents import compose
from extractors.readers.errors import ReadError
from extractors.readers.html import read

URL = "https://kjj.example.gov.cn/tzgg/2024/t20240311_88.html"
PROSE = "为推动科技成果转化，云溪市科技局组织开展概念验证项目征集，重点支持新材料、生物医药等领域，单个项目资助不超过50万元。"
HEAD = "<html><head><title>关于征集项目的通知</title><meta name='PubDate' content='2024-03-11'></head>"
PAGE = f"{HEAD}<body><table><tr><td>文号：</td><td>云科〔2024〕9号</td></tr></table><div class='mybody'><p>{PROSE}</p></div></body></html>"


def capture(body: bytes) -> Capture:
    return Capture(source="kjj", url=URL, canonical_url=URL, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=body)


def one(html: str) -> Article:
    found = capture(html.encode("utf-8", "ignore"))
    return compose(read(found)[0], found)[0]


@pytest.mark.parametrize("levels", [100, 300, 1000, 1900])
@pytest.mark.parametrize("tag", ["div", "span"])
def test_deep_nesting_is_read_right(levels: int, tag: str) -> None:
    html = f"<html><body><div>{f'<{tag}>' * levels}{PROSE}{f'</{tag}>' * levels}</div><p>尾</p></body></html>"
    assert PROSE in one(html).text


# A step of a trail that may be read in two ways doubles the time of each one before it; a run that is tried from each of its characters squares it.
@pytest.mark.parametrize(
    "html",
    [
        PAGE.replace("<p>", "<p>" + "政务› 要闻" * 40 + "。</p><p>"),
        PAGE.replace("关于征集项目的通知", "—" * 30_000),
        PAGE.replace("<meta", "<meta name='ContentSource' content='" + " |" * 15_000 + "'><meta"),
    ],
    ids=["trail", "window", "origin"],
)
def test_lines_that_go_on_without_end_are_read_soon(html: str) -> None:
    began = process_time()
    assert PROSE in one(html).text
    assert process_time() - began < 3.0


@pytest.mark.parametrize("closing", ["</div>", ""])
def test_bottomless_nesting_is_refused(closing: str) -> None:
    with pytest.raises(ReadError) as error:
        one("<html><body>" + "<div>" * 200_000 + PROSE + closing * 200_000 + "</body></html>")
    assert error.value.reason == "too-large"


def test_ten_megabytes_on_one_line_are_read() -> None:
    article = one(PAGE.replace(PROSE, PROSE * 50_000))
    assert article.text.count("概念验证") == 50_000


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<table>",
                "<tr>",
                "<td rowspan='9'>",
                "</table>",
                "<br>",
                "<a href='::'>",
                "<a href='http://[x'>",
                "<base href='//['>",
                "<img>",
                "<!--",
                "-->",
                "&#0;",
                "&nbsp;",
                "<h1>",
                "<svg>",
            ]
        ),
        st.text(alphabet="通知，。：索引号2024-年月日附件 ", max_size=30),
        st.text(max_size=10),
    ),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_nothing_but_read_errors_leaves(html: str) -> None:
    try:
        article = one(html)
    except ReadError:
        return
    assert "�" not in article.text
    assert all(0 <= b.start <= b.end <= len(article.text) for b in article.blocks)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_flipped_bytes(noise: bytes, at: int) -> None:
    body = PAGE.encode()
    with contextlib.suppress(ReadError):
        read(capture(body[:at] + noise + body[at + len(noise) :]))
