"""Bulletins with contents and without, on invented issues."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from crawler.capture import Capture
from extractors.article import Article
from extractors.readers import read

BODY = "今年以来，{place}推进科技服务下沉，组织专家{n}名深入企业开展诊断，解决技术难题{n}项，带动研发投入增长{n}%，企业满意度持续提升。" * 2
TITLES = (
    "杭州市打造科创金融超市 服务企业 36 次",
    "四川绵阳：院地合作 结出新果",
    "吉林省推行技术经理人持证上岗制度",
    "广西柳州市建设智能制造中试平台",
)
PLACES = ("杭州", "绵阳", "吉林省", "柳州市")


def articles(text: str) -> tuple[Article, ...]:
    capture = Capture(
        source="import", url="import:b.txt", canonical_url="import:b.txt", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), body=text.encode()
    )
    return read(capture)


def bodies() -> list[str]:
    return [f"{BODY.format(place=place, n=n + 11)}\n{BODY.format(place=place, n=n + 31)}" for n, place in enumerate(PLACES)]


def issue(entries: list[str], headings: tuple[str, ...] = TITLES) -> str:
    contents = "\n".join(entries)
    text = "\n\n".join(f"{title}\n\n{body}" for title, body in zip(headings, bodies(), strict=True))
    top = "创新决策参考\n\n2024年第5期（总第61期）\n\n桂林市科技情报研究所 主办\n\n目　录"
    return f"{top}\n\n{contents}\n\n{text}\n\n桂林市科技情报研究所编印\n责任编辑：某某　电话：0773-0000000\n"


def pieces(found: tuple[Article, ...]) -> list[Article]:
    return [a for a in found if a.role == "piece"]


@pytest.mark.parametrize("leader", ["………{}", " ...... {}", "\t{}", "··········（{}）"])
@pytest.mark.parametrize("mark", ["★ ", "1. ", "- ● ", ""])
def test_articles_follow_the_contents(leader: str, mark: str) -> None:
    found = articles(issue([mark + t + leader.format(n + 2) for n, t in enumerate(TITLES)]))
    page, items = found[0], pieces(found)
    assert [a.title for a in items] == list(TITLES)
    assert [a.ordinal for a in items] == [1, 2, 3, 4]
    assert (page.kind, page.title, page.metadata.publisher) == ("bulletin", "创新决策参考 2024年第5期", "桂林市科技情报研究所")
    assert {b.kind for b in page.blocks} == {"masthead", "contents", "imprint"}
    assert all(a.parent == page.id for a in items)
    assert [a.metadata.region for a in items] == ["杭州市", "绵阳市", "吉林省", "柳州市"]


def test_entries_may_differ_from_headings() -> None:
    entries = [
        "★ 杭州市打造科创金融超市服务企业36次…2",
        "★ 四川绵阳：院地合作结新果…4",
        "★ 吉林省推行技术经理人持证上岗…5",
        "★ 广西柳州市建设智能制造中试平台…7",
    ]
    wrapped = (TITLES[0], TITLES[1], "吉林省推行技术经理人\n持证上岗制度", TITLES[3])
    found = pieces(articles(issue(entries, wrapped)))
    assert len(found) == 4
    assert found[2].text.startswith("吉林省推行技术经理人\n持证上岗制度\n")


def test_an_entry_without_its_article_is_noted() -> None:
    entries = [f"★ {t}……{n}" for n, t in enumerate(TITLES, 2)] + ["★ 西藏拉萨市举办青稞加工技术培训班……9"]
    page = articles(issue(entries))[0]
    assert [n.code for n in page.notes] == ["missing-article"]


def test_without_contents_headings_are_known_by_their_form() -> None:
    text = "\n\n".join(f"{t}\n\n{b}" for t, b in zip(TITLES, bodies(), strict=True))
    found = articles(text)
    assert [a.title for a in pieces(found)] == list(TITLES)
    assert found[0].title is None


def test_subheadings_of_one_article_make_no_bulletin() -> None:
    heads = ("平台聚才更有力", "改革赋能更有效", "服务企业更贴心")
    text = "绵阳市科技创新综述\n" + "\n".join(f"{t}\n{b}" for t, b in zip(heads, bodies()[:3], strict=True))
    assert len(articles(text)) == 1


def test_rows_of_ornaments_are_no_contents() -> None:
    rows = "\n".join(f"□□□□□□\n{body}" for body in bodies())
    assert [a.kind for a in articles(f"海口港新码头今日启用\n{rows}")] == ["news"]


def test_no_character_is_lost() -> None:
    text = issue([f"★ {t}……{n}" for n, t in enumerate(TITLES, 2)])
    said = "".join(a.text for a in articles(text))
    assert Counter("".join(said.split())) == Counter("".join(text.split()))


def test_an_article_put_in_front_leaves_the_ids() -> None:
    before = {a.title: a.id for a in pieces(articles("\n\n".join(f"{t}\n\n{b}" for t, b in zip(TITLES, bodies(), strict=True))))}
    text = "\n\n".join(f"{t}\n\n{b}" for t, b in zip(("海南省三亚市启动种业创新季", *TITLES), (bodies()[0], *bodies()), strict=True))
    after = {a.title: a.id for a in pieces(articles(text))}
    assert before.items() <= after.items()


def listed() -> str:
    """An issue whose contents are bare titles below labels of columns, and whose articles name their sources."""
    contents = "\n\n".join(["【要闻】", *TITLES[:2], "【各地】", *TITLES[2:]])
    sources = ("杭州市科学技术局", "绵阳市科学技术局", "吉林省科学技术厅", "柳州市科学技术局")
    parts = [f"{t}\n\n{b}\n\n（来源：{s}）" for t, b, s in zip(TITLES, bodies(), sources, strict=True)]
    text = "\n\n".join(["【要闻】", *parts[:2], "【各地】", *parts[2:]])
    top = "创新决策参考\n\n2024年第5期（总第61期）\n\n桂林市科技情报研究所　　2024年6月30日\n\n目　录"
    return f"{top}\n\n{contents}\n\n{text}\n\n主办：桂林市科技情报研究所\n电话：0773-0000000\n"


def test_contents_without_marks_and_pages() -> None:
    found = articles(listed())
    page, items = found[0], pieces(found)
    assert [a.title for a in items] == list(TITLES)
    assert (page.kind, page.metadata.publisher, page.metadata.published_date) == ("bulletin", "桂林市科技情报研究所", "2024-06-30")
    assert page.metadata.origin is None
    assert [a.metadata.column for a in items] == ["要闻", "要闻", "各地", "各地"]
    assert [a.metadata.origin for a in items] == ["杭州市科学技术局", "绵阳市科学技术局", "吉林省科学技术厅", "柳州市科学技术局"]
    assert not any("【" in a.text for a in items)
    assert page.text.endswith("主办：桂林市科技情报研究所\n电话：0773-0000000")


def test_a_plan_with_contents_is_no_bulletin() -> None:
    heads = ("发展基础", "总体要求", "保障措施")
    body = "\n".join(f"{h}\n{b}" for h, b in zip(heads, bodies(), strict=False))
    found = articles("桂林市科技创新规划\n目录\n" + "\n".join(heads) + "\n" + body)
    assert found[0].kind == "policy"
    assert not pieces(found)
