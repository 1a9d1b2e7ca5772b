"""An invented government page, and the article that is read from it."""

from datetime import UTC, datetime

from crawler.capture import Capture
from extractors.article import Article
from extractors.documents import compose
from extractors.readers.html import read

URL = "https://kjj.example.gov.cn/tzgg/2024/t20240311_88.html"
MENU = "".join(f'<li><a href="/c{n}/">栏目导航之{n}号入口链接</a></li>' for n in range(40))
PROSE = "为推动科技成果转化，云溪市科技局组织开展概念验证项目征集，重点支持新材料、生物医药等领域，单个项目资助不超过50万元。"
BODY = f"<p>各有关单位：</p><p>　　{PROSE}</p><p>　　{PROSE.replace('云溪', '青坪')}</p>" + (
    "<p style='text-align:right'>云溪市科学技术局</p><p>2024年3月8日</p>"
)
TITLE = "关于征集2024年度概念验证项目的通知"


def page(body: str = f"<div class='mybody'>{BODY}</div>", head: str = "", around: str = "", title: str = TITLE) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{title}_云溪市科学技术局</title>{head}</head><body><ul class='nav'>{MENU}</ul>"
        f"<div class='main'><h1>{title}</h1>{around}{body}</div><div class='footer'>版权所有：云溪市科学技术局 备案号00000000</div></body></html>"
    )


def capture(html: str | bytes, url: str = URL, status: int = 200, **headers: str) -> Capture:
    body = html.encode() if isinstance(html, str) else html
    return Capture(
        source="kjj",
        url=url,
        canonical_url=url,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        status=status,
        body=body,
        headers=tuple(headers.items()),
    )


def one(html: str | bytes, **more: str) -> Article:
    found = capture(html, **more)
    return compose(read(found)[0], found)[0]
