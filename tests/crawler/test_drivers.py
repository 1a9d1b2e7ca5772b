import json

from crawler.drivers import gkmlpt, html_list, jpage
from crawler.source import Items, Pages, Source, Start

START = Start(url="https://www.example.org/list/index.html", column="通知")
HTML = """<base href="../n/"><ul class=l>
<li><a href=" t1.html " title="全名的通知">全名…</a><b>2026-03-01</b></li>
<li><a href="javascript:void(0)">更多</a></li>
<li><i>没有链接</i></li>
<li><a href="http://[写坏的地址/x.html">坏地址</a></li>
<li><a href="http://www.example.org:端口/x.html">坏端口</a></li>
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


def test_a_base_or_a_next_page_that_is_no_address_is_passed_over() -> None:
    html = '<base href="http://[坏"><ul class=l><li><a href="t1.html">甲</a></li></ul><a class=n href="//[坏">下一页</a>'
    listing = html_list.read(source(Items(item="ul.l > li"), Pages(next="a.n")), START, START.url, html, 1)
    assert [k.url for k in listing.links] == ["https://www.example.org/list/t1.html"]
    assert listing.next is None


def test_a_selector_says_how_many_matches_it_expects() -> None:
    listing = html_list.read(source(Items(item="ul.gone > li", matches=(3, 20)), Pages(next="a.n")), START, START.url, HTML, 1)
    assert listing.problem == "'ul.gone > li' matches 0 times on https://www.example.org/list/index.html, expected 3 to 20"
    assert listing.next is None


def test_numbered_pages_end_at_the_most_that_is_read() -> None:
    numbered = source(Items(item="ul.l > li"), Pages(pattern="index_{n}.html", first=1, max=3))
    following = [html_list.read(numbered, START, START.url, HTML, page).next for page in (1, 2, 3)]
    assert following == ["https://www.example.org/list/index_1.html", "https://www.example.org/list/index_2.html", None]


JPAGE = "https://www.example.org/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=7&path=/&columnid=31&unitid=52&permissiontype=0"
STORE = """<datastore><totalrecord>37</totalrecord><totalpage>2</totalpage><recordset>
<record><![CDATA[ <li><a target="_blank"
href="/art/2026/3/2/art_31_1.html" title="关于组织申报的通知">关于组织申报…</a><span>2026-03-02</span></li> ]]></record>
<record><![CDATA[<li><a href="/art/2026/3/1/art_31_2.html">另一篇</a><span>2026-03-01</span></li>]]></record></recordset></datastore>"""


def test_jpage_reads_the_data_store_page_by_page() -> None:
    start = Start(url=JPAGE)
    described = Source(name="s", title="s", publisher="s", start=(start,), driver="jpage", list=Items(date="span"))
    first = jpage.read(described, start, JPAGE, STORE, 1)
    assert [(k.url, k.title, k.date) for k in first.links] == [
        ("https://www.example.org/art/2026/3/2/art_31_1.html", "关于组织申报的通知", "2026-03-02"),
        ("https://www.example.org/art/2026/3/1/art_31_2.html", "另一篇", "2026-03-01"),
    ]
    assert first.next == JPAGE.replace("page=1", "page=2")
    assert jpage.read(described, start, first.next, STORE, 2).next is None


def test_jpage_reads_what_stands_in_the_column_page() -> None:
    start = Start(url="https://www.example.org/col/col31/index.html")
    described = Source(name="s", title="s", publisher="s", start=(start,), driver="jpage")
    listing = jpage.read(described, start, start.url, f'<html><div id=1><script type="text/xml">{STORE}</script></div></html>', 1)
    assert len(listing.links) == 2
    assert listing.next is None
    empty = jpage.read(described, start, start.url, "<html>改版</html>", 1)
    assert empty.problem == "0 records on https://www.example.org/col/col31/index.html, expected 1 to 200"


def test_gkmlpt_reads_the_column_as_json() -> None:
    start = Start(url="https://www.example.org/gkmlpt/api/all/5?page=1&sid=2")
    described = Source(name="s", title="s", publisher="s", start=(start,), driver="gkmlpt")
    base = "https://www.example.org/gkmlpt/content/4/1/"
    articles = [
        {"id": 1, "title": "关于<br/>公布 名单的通知", "url": base + "post_1.html", "display_publish_time": 1772380800},
        {"id": 2, "title": "附件", "url": base.removeprefix("https:") + "post_2.html", "create_time": 1772294400, "type": "normal"},
        {"id": 3, "title": "毫秒", "url": base + "post_3.html", "display_publish_time": 1772380800000},
        {"id": 4, "title": "坏地址", "url": "http://[x"},
    ]
    text = json.dumps({"classify": {"id": 5}, "total": 5, "articles": articles})
    listing = gkmlpt.read(described, start, start.url, text, 1)
    assert [(k.url, k.title, k.date) for k in listing.links] == [
        ("https://www.example.org/gkmlpt/content/4/1/post_1.html", "关于公布 名单的通知", "2026-03-02"),
        ("https://www.example.org/gkmlpt/content/4/1/post_2.html", "附件", "2026-03-01"),
        ("https://www.example.org/gkmlpt/content/4/1/post_3.html", "毫秒", ""),
    ]
    assert listing.next == "https://www.example.org/gkmlpt/api/all/5?page=2&sid=2"
    assert gkmlpt.read(described, start, listing.next, text, 2).next is None
    assert "not the JSON" in (gkmlpt.read(described, start, start.url, "<html>", 1).problem or "")
