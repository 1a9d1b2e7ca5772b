"""Pages that are no article: errors, login walls, lists, pictures of text, bodies that lie elsewhere."""

import re

from crawler.capture import Capture
from extractors.readers.errors import ReadError
from extractors.readers.html_fragment import Fragment
from extractors.readers.html_score import LEAST, Body
from extractors.readers.html_tree import Page, text_of

FEW = 300  # characters: an error or a login says what it has to say in less
PICTURE_TEXT = 30  # characters beside pictures that are themselves the text
FEWEST_LINKS = 8
LONG = 8  # characters of a title
LISTED = 0.5  # prose, as a share of the text of titles that a page links to, that makes it an article
DETAIL = 0.03  # the same where other signs say that it is one: short notices stand beside long menus
ERROR = re.compile(
    r"^\s*(?:HTTP\s*)?(?:4\d\d|50\d)\b|(?:页面|网页|文章|内容|信息|资源|链接)[^，。]{0,6}(?:不存在|未找到|找不到|无法访问|已(?:被)?删除|已下线|丢失|出错)|找不到[^，。]{0,8}(?:页面|网页|文件)|"
    r"Not Found|Forbidden|Bad Gateway|Service Unavailable|Internal Server Error|访问(?:被拒绝|受限|出错|过于频繁)|"
    r"系统(?:繁忙|维护|错误)|请开启JavaScript",
    re.I,
)
LOGIN = re.compile(r"(?:请|需要?)(?:先)?(?:登录|登陆)|登[录陆](?:后|系统|页面|注册)|统一身份认证|用户登[录陆]|验证码|扫码登[录陆]")
FOOTER = re.compile(r"版权所有|ICP备|Copyright|©", re.I)
RESULTS = re.compile(r"(?:搜索|检索|查询)结果")
DAY = re.compile(r"^[\[（(]?(?:(?:19|20)\d\d[-./年])?\d{1,2}[-./月]\d{1,2}日?(?:\s*\d\d:\d\d(?::\d\d)?)?[）)\]]?$")


def refuse_status(capture: Capture) -> None:
    if capture.status >= 400:
        raise ReadError("error-page", f"{capture.url}: HTTP {capture.status}")


def refuse(page: Page, body: Body | None, found: Fragment, capture: Capture, window: str, *, detailed: bool) -> None:
    """Raise ReadError for a page that is no article.

    `window` is its window's title. `detailed`: it states when its article was published, or its headline stands in the window's title.
    """
    text = found.text
    if len(text) < FEW and (ERROR.search(window) or ERROR.search(text)):
        raise ReadError("error-page", f"{capture.url}: {(window or text)[:60]}")
    if len(text) < FEW and _wants_login(page, window, text):
        raise ReadError("login-wall", f"{capture.url}: {(window or text)[:60]}")
    if len(text) < FEW and FOOTER.search(text) and not (body and body.family):
        raise ReadError("empty", f"{capture.url}: nothing but the site's footer; the text may come by script")
    if RESULTS.search(window) or _is_dated(found) or _is_list(page, body, detailed=detailed):
        raise ReadError("list-page", f"{capture.url}: links, no text of its own")
    if len(text) < PICTURE_TEXT and found.pictures and not found.attachments:
        raise ReadError("needs-ocr", f"{capture.url}: {found.pictures} pictures and {len(text)} characters")
    if not text.strip() and not found.attachments:
        raise ReadError("empty", f"{capture.url}: no text in the page")


def _wants_login(page: Page, window: str, text: str) -> bool:
    password = any((i.get("type") or "").lower() == "password" for i in page.every("input"))
    return bool(LOGIN.search(window)) or (bool(LOGIN.search(text)) and (password or len(text) < FEW / 3)) or (password and len(text) < LEAST)


def _is_dated(found: Fragment) -> bool:
    """Many lines that are nothing but a date: teasers of other pages."""
    lines = [found.text[b.start : b.end] for b in found.blocks if b.kind != "cell"]
    days = sum(bool(DAY.match(line)) for line in lines)
    return days >= 5 and days >= 0.15 * len(lines)


def _is_list(page: Page, body: Body | None, *, detailed: bool) -> bool:
    """Little prose beside many links; a detail page by other signs needs less prose."""
    if body is not None and body.family:
        return False
    prose = body.score if body is not None else 0.0
    share = DETAIL if detailed else LISTED
    lengths = [n for a in page.every("a") if (n := len(" ".join(text_of(a).split()))) >= LONG]
    return len(lengths) >= FEWEST_LINKS and prose < share * sum(lengths)
