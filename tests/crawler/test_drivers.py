from crawler.drivers import html_list
from crawler.source import Items, Pages, Source, Start

START = Start(url="https://www.example.org/list/index.html", column="通知")
HTML = """<base href="../n/"><ul class=l>
<li><a href=" t1.html " title="全名的通知">全名…</a><b>2026-03-01</b></li>
<li><a href="javascript:void(0)">更多</a></li>
<li><i>没有链接</i></li>
<li><a href="https://other.example/x.html">别处 的<em>文章</em></a><b>[2026-02-27]</b></li>
</ul><a class=n href="/list/p2.html">下一页</a>"""


def source(items: Items, pages: Pages) -> Source:
    return Source(name="s", title="s", publisher="s", start=(START,), list=items, pages=pages)


def test_links_are_absolute_and_hints_complete() -> None:
    listing = html_list.read(source(Items(item="ul.l > li", date="b"), Pages(next="a.n")), START, START.url, HTML, 1)
    assert [(k.url, k.title, k.date) for k in listing.links] == [
        ("https://www.example.org/n/t1.html", "全名的通知", "2026-03-01"),
        ("https://other.example/x.html", "别处 的 文章", "[2026-02-27]"),
    ]
    assert listing.problem is None
    assert listing.next == "https://www.example.org/list/p2.html"
    assert listing.links[0].hints("通知") == (("title", "全名的通知"), ("date", "2026-03-01"), ("column", "通知"))


def test_a_selector_says_how_many_matches_it_expects() -> None:
    listing = html_list.read(source(Items(item="ul.gone > li", matches=(3, 20)), Pages(next="a.n")), START, START.url, HTML, 1)
    assert listing.problem == "'ul.gone > li' matches 0 times on https://www.example.org/list/index.html, expected 3 to 20"
    assert listing.next is None


def test_numbered_pages_end_at_the_most_that_is_read() -> None:
    numbered = source(Items(item="ul.l > li"), Pages(pattern="index_{n}.html", first=1, max=3))
    following = [html_list.read(numbered, START, START.url, HTML, page).next for page in (1, 2, 3)]
    assert following == ["https://www.example.org/list/index_1.html", "https://www.example.org/list/index_2.html", None]
