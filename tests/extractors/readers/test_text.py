"""Plain texts, however they were wrapped, encoded or dressed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.capture import Capture
from extractors.article import Article
from extractors.readers.decode import decode
from extractors.readers.errors import ReadError
from extractors.readers.text import read, read_front_matter, read_markdown
from extractors.readers.wrapping import paragraphs_of, width


def capture(body: bytes, url: str = "import:a.txt", **headers: str) -> Capture:
    return Capture(
        source="import", url=url, canonical_url=url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=body, headers=tuple(headers.items())
    )


def lines(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks]


FIRST = "云溪市加快布局低空经济，建成起降场12处，开通物流航线30条，累计飞行突破1.2万架次，带动产业链企业落户，形成研发、制造、运营协同发展的格局。"
SECOND = "二是强化要素供给。设立规模5亿元的产业基金，对首次认定的高新技术企业给予20万元奖励，推动人才、资本、数据等要素向园区集聚，营造一流创新生态。"
THIRD = "三是拓展应用场景。在巡检、植保、应急等领域推出示范项目18个，服务群众3万人次。"


def wrapped(paragraph: str, columns: int) -> list[str]:
    out, line = [], ""
    for c in paragraph:
        if width(line + c) > columns and c not in "，。、；":
            out.append(line)
            line = ""
        line += c
    return [*out, line]


@pytest.mark.parametrize("columns", [32, 40, 58])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_hard_wrapped_lines_are_rejoined(columns: int, gap: str) -> None:
    whole = [FIRST, SECOND, THIRD] * 3
    text = gap.join(line for p in whole for line in wrapped(p, columns))
    assert paragraphs_of(text.replace("\r", "")) == whole


def test_marked_paragraph_ends_win_over_widths() -> None:
    whole = [FIRST, SECOND, THIRD] * 3
    text = "\n\n".join("\n\n".join(wrapped(p, 40)) + " " for p in whole)
    assert paragraphs_of(text) == whole


def test_one_sentence_a_line_stays_as_it_is() -> None:
    sentences = [s + "。" for s in (FIRST + SECOND + THIRD).split("。") if s] * 3
    assert paragraphs_of("\n".join(sentences)) == sentences


def test_a_page_end_within_a_word_is_mended_and_two_sentences_are_not() -> None:
    cut = FIRST.index("高新") if "高新" in FIRST else FIRST.index("格局") + 1
    assert paragraphs_of(f"{FIRST[:cut]}\n\n{FIRST[cut:]}\n\n{THIRD}") == [FIRST, THIRD]
    heading = "云溪市召开科技大会"
    assert paragraphs_of(f"{THIRD}\n{heading}\n{FIRST}") == [THIRD, heading, FIRST]


def test_run_together_lines_become_blocks_and_the_text_stays() -> None:
    text = (
        "云溪市人民政府关于印发低空经济若干措施的通知 各区人民政府： 现将措施印发给你们。\n"
        " 云溪市人民政府 2024年3月8日 低空经济若干措施 为深入贯彻省委部署，制定本措施。\n做好保障。 二、强化支持。"
    )
    article = read(capture(text.encode()))[0]
    assert article.text == text
    assert lines(article) == [
        "云溪市人民政府关于印发低空经济若干措施的通知",
        "各区人民政府： 现将措施印发给你们。",
        "云溪市人民政府",
        "2024年3月8日",
        "低空经济若干措施",
        "为深入贯彻省委部署，制定本措施。",
        "做好保障。",
        "二、强化支持。",
    ]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5hkscs"])
def test_charsets_are_found(charset: str) -> None:
    sample = FIRST if charset != "big5hkscs" else "臺北市政府公告：補助創新企業研發經費，申請期限為本年度十二月底前，詳見附件說明。"
    assert decode(capture(sample.encode(charset)))[0] == sample


def test_gb2312_means_gb18030() -> None:
    body = f'<meta charset="gb2312"><p>镕基 㙍 {FIRST}</p>'.encode("gb18030")
    assert "镕基 㙍" in decode(capture(body))[0]


def test_a_torn_tail_is_dropped_and_a_lost_byte_is_marked_not_hidden() -> None:
    assert decode(capture((FIRST * 20).encode()[:-1]))[0].startswith(FIRST)
    text, notes = decode(capture((FIRST * 40).encode().replace("云".encode(), b"\xe4\xba", 1)))
    assert "�" not in text
    assert "□" in text
    assert notes[0].code == "damaged-text"


def test_binary_and_hopeless_bytes_are_refused() -> None:
    with pytest.raises(ReadError) as error:
        decode(capture(bytes(range(256)) * 20))
    assert error.value.reason in ("broken", "encoding")


def test_what_is_too_long_is_refused_with_its_length_and_the_limit() -> None:
    with pytest.raises(ReadError, match=r"^import:a.txt: 10000001 characters of text, at most 10000000$") as error:
        read(capture(b"a" * 10_000_001))
    assert error.value.reason == "too-large"


def test_front_matter_is_stated_and_html_below_it_is_read() -> None:
    body = "---\ntitle: '云溪：开通30条航线'\ndate: Tue, 05 Mar 2024 20:30:00 GMT\nauthor: 某网\n---\n<div><p>　　首段。</p><p>次段。</p></div>"
    article = read_front_matter(capture(body.encode()))[0]
    assert (article.title, article.text) == ("云溪：开通30条航线", "云溪：开通30条航线\n首段。\n次段。")
    assert ("published_date", "Tue, 05 Mar 2024 20:30:00 GMT", "front-matter") in [(s.field, s.value, s.origin) for s in article.stated]


def test_markdown_headings_are_blocks_and_marks_go() -> None:
    article = read_markdown(capture("# 云溪市条例\n\n<!-- x -->\n\n第一条 为了**规范**管理，制定本条例。\n".encode()))[0]
    assert article.text == "云溪市条例\n第一条 为了规范管理，制定本条例。"
    assert [(b.kind, b.level) for b in article.blocks] == [("heading", 1), ("paragraph", 0)]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_nothing_but_read_errors_leaves(body: bytes) -> None:
    for reader in (read, read_markdown, read_front_matter):
        try:
            article = reader(capture(body))[0]
        except ReadError:
            continue
        assert "�" not in article.text
        assert all(0 <= b.start < b.end <= len(article.text) for b in article.blocks)


def test_the_first_heading_of_markdown_is_the_title_where_there_is_but_one() -> None:
    body = "# 云溪市渔港管理办法\n\n## 第一章 总则\n\n第一条 渔港的建设和管理，适用本办法。\n"
    assert read_markdown(capture(body.encode()))[0].title == "云溪市渔港管理办法"
    assert read_markdown(capture((body + "\n# 附录\n\n渔港名录。\n").encode()))[0].title is None
    assert read_markdown(capture(("前言。\n\n" + body).encode()))[0].title is None
