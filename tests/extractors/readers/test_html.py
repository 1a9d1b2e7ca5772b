"""HTML pages, invented: bodies, tables, metadata in its many shapes, refusals, limits."""

import pytest

from extractors.article import Article
from extractors.readers.errors import ReadError
from extractors.readers.html import read
from extractors.readers.html_body import families
from tests.extractors.readers.pages import BODY, TITLE, capture, one, page


def lines(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks]


def reason(html: str, **more: int) -> str:
    with pytest.raises(ReadError) as error:
        read(capture(html, **more))
    return error.value.reason


def test_a_short_notice_beside_a_long_menu() -> None:
    article = one(page())
    assert lines(article)[0] == "各有关单位："
    assert lines(article)[-1] == "2024年3月8日"
    assert "栏目导航" not in article.text
    assert "版权所有" not in article.text
    assert article.title == TITLE


@pytest.mark.parametrize("family", families(), ids=lambda f: f.name)
def test_every_family_is_reached_by_its_selector(family) -> None:
    selector = family.body[0]
    attribute = "id" if selector.startswith("#") else "class"
    name = selector.lstrip("#.").removeprefix("[class*=").rstrip("]")
    article = one(page(f"<div>{family.source}<div {attribute}='{name}'>{BODY}</div></div>"))
    assert lines(article)[0] == "各有关单位："


METAS = (
    "<meta name='ArticleTitle' content='关于征集2024年度概念验证项目的通知'><meta name='PubDate' content='2024-03-11 09:30'>"
    "<meta name='ContentSource' content='成果处'><meta name='ColumnName' content='通知公告'>"
)


def test_government_meta_tags() -> None:
    article = one(page(head=METAS, title="通知公告"))
    m = article.metadata
    assert (article.title, m.published_date, m.origin, m.column) == (TITLE, "2024-03-11T09:30:00+08:00", "成果处", "通知公告")
    assert {s.where for s in article.stated if s.field == "published_date"} >= {"meta[name=PubDate]", "/t20240311_"}


TABLES = {
    "table": "<table><tr><td>索 引 号：</td><td>0123/2024-7</td><td>发布机构：</td><td>云溪市科学技术局</td></tr>"
    "<tr><td>文　　号：</td><td>云科〔2024〕9号</td><td>成文日期：</td><td>2024-03-08</td></tr></table>",
    "list": "<ul><li>索引号：0123/2024-7</li><li>发布机构：云溪市科学技术局</li><li>文号：云科〔2024〕9号</li><li>成文日期：2024-03-08</li></ul>",
    "definition": "<dl><dt>索引号：</dt><dd>0123/2024-7</dd><dt>发布机构：</dt><dd>云溪市科学技术局</dd>"
    "<dt>文号：</dt><dd>云科〔2024〕9号</dd><dt>成文日期：</dt><dd>2024-03-08</dd></dl>",
    "spans": "<div><b>索引号：</b><span>0123/2024-7</span><b>主题词：</b><span></span><b>发布机构：</b><span>云溪市科学技术局</span></div>"
    "<div><b>文号：</b><span>云科〔2024〕9号</span><b>成文日期：</b><span>2024-03-08</span></div>",
    "rows without colons": "<div><div><div>索 引 号</div><div>0123/2024-7</div></div><div><div>发布机构</div><div>云溪市科学技术局</div></div>"
    "<div><div>文　　号</div><div>云科〔2024〕9号</div></div><div><div>成文日期</div><div>2024-03-08</div></div></div>",
    "heads": "<table><tr><th>索引号</th><td>0123/2024-7</td><th>发布机构</th><td>云溪市科学技术局</td></tr>"
    "<tr><th>文号</th><td>云科〔2024〕9号</td><th>成文日期</th><td>2024-03-08</td></tr></table>",
    "brackets": "<p>【索引号】0123/2024-7</p><p>【发布机构】云溪市科学技术局</p><p>【文号】云科〔2024〕9号 【成文日期】2024-03-08</p>",
    "one line": "<div>索引号：0123/2024-7 发布机构：云溪市科学技术局 主题分类：科技、教育 文号：云科〔2024〕9号 成文日期：2024-03-08</div>",
}


@pytest.mark.parametrize("shape", TABLES)
def test_the_catalogue_table_in_its_shapes(shape: str) -> None:
    m = one(page(around=TABLES[shape])).metadata
    assert (m.index_number, m.publisher, m.doc_number, m.written_date) == ("0123/2024-7", "云溪市科学技术局", "云科〔2024〕9号", "2024-03-08")
    assert m.issuers == ("云溪市科学技术局",)


@pytest.mark.parametrize("shape", ["table", "heads", "list", "definition"])
def test_a_catalogue_within_the_body_is_metadata(shape: str) -> None:
    article = one(page(f"<div class='mybody'>{TABLES[shape]}后随文字。{BODY}</div>"))
    m = article.metadata
    assert (m.index_number, m.publisher, m.doc_number, m.written_date) == ("0123/2024-7", "云溪市科学技术局", "云科〔2024〕9号", "2024-03-08")
    assert lines(article)[:2] == ["后随文字。", "各有关单位："]
    assert not any(b.cell for b in article.blocks)


def test_a_table_of_documents_in_the_body_is_no_catalogue() -> None:
    table = "<table><tr><td>名称</td><td>文号</td><td>发布日期</td></tr><tr><td>甲办法</td><td>云科〔2020〕1号</td><td>2020-01-05</td></tr></table>"
    article = one(page(f"<div class='mybody'>{BODY}{table}</div>"))
    assert sum(b.cell is not None for b in article.blocks) == 6
    assert article.metadata.doc_number is None


def test_the_day_of_writing_is_not_the_day_of_publication() -> None:
    article = one(page(around="<div><b>成文日期：</b><span>2024-03-01</span></div>"))
    assert (article.metadata.written_date, article.metadata.published_date) == ("2024-03-08", "2024-03-11")


def test_the_number_under_the_title_wins_and_the_conflict_is_noted() -> None:
    body = f"<div class='mybody'><p align='center'>{TITLE}</p><p align='center'>云科〔2024〕10号</p>{BODY}</div>"
    article = one(page(body, around=TABLES["list"]))
    assert article.metadata.doc_number == "云科〔2024〕10号"
    assert [n.code for n in article.notes] == ["conflict-doc_number"]


def test_a_cited_number_is_not_the_page_s_own() -> None:
    body = f"<div class='mybody'><p>根据《管理办法》（云政发〔2020〕3号），现通知如下。</p>{BODY}</div>"
    assert one(page(body)).metadata.doc_number is None


@pytest.mark.parametrize(
    "byline",
    [
        "<div>发布时间：2024-03-11 09:30　来源：科技日报　浏览次数：12</div>",
        "<p><span>2024年03月11日 09:30</span><span>来源：科技日报</span></p>",
        "<div>来源：科技日报 时间：2024-03-11 09:30 字体：[大 中 小]</div>",
        "<div>来源： <a href='/kjrb'>科技日报</a> 2024-03-11 09:30 </div>",
        "<div>【发布日期】 2024-03-11 09:30 【信息来源】 科技日报 【字号 大 中 小】</div>",
        "<div>发布时间：2024-03-11 09:30 来源：科技日报 作者：成果处 浏览次数：<span id='hits'></span>次</div>",
    ],
)
def test_bylines(byline: str) -> None:
    m = one(page(around=byline), url="https://example.org/a.html").metadata
    assert (m.published_date, m.origin) == ("2024-03-11T09:30:00+08:00", "科技日报")


def test_json_ld_and_the_address_are_read_last() -> None:
    script = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2024-03-10T01:00:00Z"}</script>'
    assert one(page(head=script)).metadata.published_date == "2024-03-10T09:00:00+08:00"
    assert one(page()).metadata.published_date == "2024-03-11"


@pytest.mark.parametrize(
    "written",
    [
        '{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2024-03-10T09:00:00+08:00"}]}',
        '{"@context":"x","pubDate":"2024-03-10T09:00:00",}',  # a comma too many
    ],
)
def test_json_ld_as_templates_write_it(written: str) -> None:
    script = f'<script type="application/ld+json">{written}</script>'
    assert one(page(head=script)).metadata.published_date == "2024-03-10T09:00:00+08:00"


def test_a_moment_in_gmt_is_told_in_beijing_time() -> None:
    head = "<meta name='PubDate' content='Sun, 10 Mar 2024 18:30:00 GMT'>"
    assert one(page(head=head)).metadata.published_date == "2024-03-11T02:30:00+08:00"


def test_a_reprint_is_recognised() -> None:
    article = one(page(title=f"（转载）云溪市人民政府{TITLE}"))
    assert article.metadata.issuers[0].startswith("云溪市")
    assert "reprint" in [n.code for n in article.notes]


def test_a_table_with_merged_cells_is_a_grid() -> None:
    table = (
        "<table><tr><th rowspan='2'>序号</th><th colspan='2'>单位</th></tr><tr><th>名称</th><th>区县</th></tr>"
        "<tr><td>1</td><td>甲公司</td><td rowspan='2'>东区</td></tr><tr><td>2</td><td>乙公司</td></tr></table>"
    )
    article = one(page(f"<div class='mybody'>{BODY}{table}</div>"))
    cells = {article.text[b.start : b.end]: b.cell for b in article.blocks if b.cell}
    assert (cells["序号"].rows, cells["单位"].columns, cells["区县"].header) == (2, 2, True)
    assert [(cells[k].row, cells[k].column) for k in ("名称", "区县", "甲公司", "东区", "乙公司")] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]
    assert (cells["东区"].rows, cells["东区"].header) == (2, False)
    assert "1\t甲公司\t东区\n2\t乙公司" in article.text


def test_a_page_of_one_list_keeps_it_where_one_cell_reads_like_prose() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>云溪{name}公司</td><td>{name}保鲜</td><td>{figures}</td></tr>"
        for n, name, figures in ((1, "海藻", "成本降低三成，保鲜期不少于九十天"), *((n, f"第{n}菌菇", "面议") for n in range(2, 30)))
    )
    table = f"<table><tr><td>序号</td><td>企业名称</td><td>技术需求名称</td><td>指标</td></tr>{rows}</table>"
    article = one(page(f"<div class='box'><p>发布日期：2024-03-01</p>{table}</div>", title="云溪市技术需求汇总"))
    assert "第29菌菇保鲜" in article.text
    assert sum(block.cell is not None for block in article.blocks) == 120


def test_attachments_have_absolute_addresses() -> None:
    scripted = "<a href='/module/downfile.jsp?filename=8.doc'>推荐表</a>"
    body = f"<div class='mybody'>{BODY}<p>附件：<a href='../P020240311.docx'>申报书</a></p><p>{scripted}<a href='x.html'>首页</a></p></div>"
    assert [(a.title, a.url) for a in one(page(body)).metadata.attachments] == [
        ("申报书", "https://kjj.example.gov.cn/tzgg/P020240311.docx"),
        ("推荐表", "https://kjj.example.gov.cn/module/downfile.jsp?filename=8.doc"),
    ]


def test_attachments_below_the_body_belong_to_the_page() -> None:
    html = page(f"<div class='mybody'>{BODY}</div><div class='fj'><a href='/files/a.xlsx'>推荐汇总表</a><a href='/b.html'>返回</a></div>")
    assert [(a.title, a.url) for a in one(html).metadata.attachments] == [("推荐汇总表", "https://kjj.example.gov.cn/files/a.xlsx")]


def test_a_window_s_title_that_is_a_column_is_the_last_resort() -> None:
    body = f"<div class='mybody'><p align='center'>云溪市科学技术局{TITLE}</p>{BODY}</div>"
    html = f"<html><head><title>通知公告 - 云溪市科学技术局门户网站</title></head><body>{body}</body></html>"
    assert one(html).title == f"云溪市科学技术局{TITLE}"
    titled = f"<html><head><title>{TITLE}-云溪市科学技术局</title></head><body><div class='art-title'>{TITLE}</div><div>{BODY}</div></body></html>"
    assert one(titled).title == TITLE


def test_captions_and_hidden_parts() -> None:
    picture = "<p><img src='a.jpg'></p><p class='img_descr'>图为评审现场</p>"
    body = f"<div class='mybody'>{BODY}{picture}<div style='display:none'>隐藏</div><!-- 注释 --><div class='share-box'>分享到</div></div>"
    article = one(page(body))
    assert [b.kind for b in article.blocks if article.text[b.start : b.end] == "图为评审现场"] == ["caption"]
    assert not any(word in article.text for word in ("隐藏", "注释", "分享到"))


@pytest.mark.parametrize(
    ("viewer", "target"),
    [
        ("<iframe src='/pdfjs/web/viewer.html?file=/upload/a.pdf'></iframe>", "https://kjj.example.gov.cn/upload/a.pdf"),
        ("<div data-pdf='b.pdf'></div>", "https://kjj.example.gov.cn/tzgg/2024/b.pdf"),
        ("<embed src='https://cdn.example.org/c.pdf'>", "https://cdn.example.org/c.pdf"),
    ],
)
def test_a_viewer_names_the_file_that_is_the_body(viewer: str, target: str) -> None:
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{viewer}</div></body></html>"
    article = one(html)
    assert [n.text for n in article.notes if n.code == "body-elsewhere"] == [target]
    assert article.metadata.attachments[-1].url == target
    assert article.title == TITLE


def test_pages_that_are_no_article() -> None:
    assert reason(page(), status=404) == "error-page"
    assert (
        reason("<html><head><title>404 Not Found</title></head><body><h1>404</h1><p>您访问的页面不存在，请返回首页。</p></body></html>")
        == "error-page"
    )
    assert (
        reason("<html><head><title>用户登录</title></head><body><form><p>请登录后查看。</p><input type='password'></form></body></html>")
        == "login-wall"
    )
    rows = "".join(f"<li><a href='t{n}.html'>关于公布第{n}批科技企业孵化器名单的通知</a><span>2024-03-{n:02d}</span></li>" for n in range(1, 25))
    assert reason(f"<html><head><title>通知公告</title></head><body><ul>{rows}</ul><div>共30页 下一页</div></body></html>") == "list-page"
    pictures = "<html><head><title>通知</title></head><body><div class='TRS_Editor'><p><img src='1.jpg'><img src='2.jpg'></p></div></body></html>"
    assert reason(pictures) == "needs-ocr"
    assert reason("<html><head><title>x</title></head><body><div id='app'></div><script>load()</script></body></html>") == "empty"


LISTED = """<p>经企业申报、专家评审，拟认定湛江蓝藻科技有限公司等3家企业，现予以公示。</p><p>联系人：何一苇</p><p>湛江市海洋局</p>"""
FIRMS = "".join(f"<tr><td>{n}</td><td>{name}有限公司</td><td>霞山区</td></tr>" for n, name in enumerate(("蓝藻科技", "深海装备", "海风能源"), 1))


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="c9">{LISTED}<table>{FIRMS}</table></div>',
        f'<div class="c9"><div>{LISTED * 4}</div><table>{FIRMS}</table></div>',
        f'<div class="c9"><div>{LISTED * 4}</div><div class="t"><table>{FIRMS}</table></div></div>',
    ],
    ids=["lines that are no prose", "beside the prose", "in a block of its own"],
)
def test_a_short_notice_keeps_its_list(body: str) -> None:
    article = one(f"<html><head><title>拟认定名单的公示</title></head><body><ul><li><a href='/a'>首页</a></li></ul>{body}</body></html>")
    assert "湛江市海洋局" in article.text
    assert [article.text[b.start : b.end] for b in article.blocks if b.cell and b.cell.column == 1] == [
        "蓝藻科技有限公司",
        "深海装备有限公司",
        "海风能源有限公司",
    ]


def test_a_calendar_or_a_menu_beside_the_body_is_not_kept() -> None:
    days = "".join(f"<tr><td>{n}</td><td>{n + 1}</td></tr>" for n in range(1, 8))
    menu = "".join(f"<tr><td><a href='/{n}'>栏目{n}</a></td><td><a href='/b{n}'>专题{n}</a></td></tr>" for n in range(5))
    article = one(f"<html><body><div><div>{LISTED * 4}</div><table>{days}</table><table>{menu}</table></div></body></html>")
    assert not any(b.cell for b in article.blocks)


def test_a_list_in_a_notice_is_no_list_page() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>第{n}号科技企业孵化器</td><td>东区</td></tr>" for n in range(200))
    article = one(page(f"<div class='mybody'>{BODY}<table><tr><th>序号</th><th>名称</th><th>区县</th></tr>{rows}</table></div>"))
    assert sum(b.cell is not None for b in article.blocks) == 603


def test_gb2312_pages() -> None:
    html = page().replace("utf-8", "gb2312").replace("云溪", "溁溪")
    assert "溁溪市科学技术局" in one(html.encode("gb18030")).text
