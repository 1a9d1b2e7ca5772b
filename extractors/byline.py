"""Who reports, and when: 新华社…电, 本报讯, X日报记者, in the first lines of a news text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.article import Article, Span, Stated

FIRST = 5  # blocks in which a byline stands
MEDIA = r"[\u4e00-\u9fffA-Za-z]{0,8}(?:新闻|日报|晚报|晨报|时报|早报|商报|都市报|快报|社|网|周刊|杂志|电视台|客户端|财经|融媒体|融媒|云)"
REPORTER = re.compile(rf"^[（(]?\s*(?P<media>{MEDIA})\s*(?:首席|见习|全媒体|融媒体|特约|驻[\u4e00-\u9fff]{{2,4}})?记者")
DATELINE = re.compile(
    r"^[（(]?\s*(?P<media>新华社|中新社|中新网|人民网|新华网|光明网|央视网|中国新闻网|[\u4e00-\u9fff]{2,6}(?:日报|晚报|社|网))(?P<place>[\u4e00-\u9fff·]{0,12}?)(?P<day>\d{1,2}月\d{1,2}日)(?:[电讯]|消息)"
)
PLAIN = re.compile(r"^(?:本报|本刊|本网)?(?:记者|通讯员)\s*[:：]?\s*[\u4e00-\u9fff·\s、]{2,30}$|^(?:本报|本刊|本网)(?:记者|通讯员|见习记者)")


@dataclass(frozen=True, slots=True)
class Byline:
    blocks: tuple[int, ...]  # that are nothing but a byline
    stated: tuple[Stated, ...]


def byline_of(article: Article, start: int) -> Byline:
    """Bylines among the first blocks from `start` on."""
    blocks: list[int] = []
    stated: list[Stated] = []
    for i in range(start, min(start + FIRST, len(article.blocks))):
        block = article.blocks[i]
        text = article.text[block.start : block.end]
        if len(text) <= 40 and (PLAIN.match(text.strip()) or (REPORTER.match(text) and "。" not in text)):
            blocks.append(i)
        stated += _states(text, block.start)
    return Byline(tuple(blocks), tuple(stated))


def _states(text: str, at: int) -> Iterator[Stated]:
    lead = len(text) - len(text.lstrip())
    bare = text.lstrip()
    if match := DATELINE.match(bare):
        yield _stated("origin", match, "media", at + lead)
        yield _stated("published_date", match, "day", at + lead)
    elif match := REPORTER.match(bare):
        yield _stated("origin", match, "media", at + lead)


def _stated(name: str, match: re.Match[str], group: str, at: int) -> Stated:
    return Stated(
        field=name,
        value=match[group],
        origin="byline",
        where="记者" if group == "media" else "电头",
        span=Span(at + match.start(group), at + match.end(group)),
    )
