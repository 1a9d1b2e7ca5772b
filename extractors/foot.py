"""The foot of a document: signature and date (落款), 版记, editors and sources below the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.article import Article, Span, Stated
from extractors.days import HAN_DAY
from extractors.head import line
from extractors.issuers import ORGANISATION
from extractors.metadata import NUMBER

MOST_SIGNERS = 30  # 会签: the longest list of joint issuers seen has 28
SIGNED_DATE = re.compile(rf"^(?P<names>[^，。；：]*?)[ 　]*(?P<day>{HAN_DAY})$")
RELEASE = re.compile(r"^[（(]\s*(?:此件|本件|此文)?\s*(?:主动|依申请|不予)?\s*(?:公开|公开发布|不公开|发至|联系人).{0,60}[）)]$")
ENCLOSURE = re.compile(r"^附\s*件?\s*[：:]")
PRINTED = re.compile(rf"^(?P<by>[^，。；：]{{2,40}}?)[ 　]*(?P<day>{HAN_DAY})\s*印发$")
COPIED = re.compile(r"^(?:抄送|主送|报送|抄报|发送|送|报|分送|印送|发)\s*[：:]")
IMPRINT: Final = re.compile(
    r"^[【（(]?\s*(?:(?:责任|执行|本期|值班|文字|网络)?编\s?辑|编\s?审|审\s?核|校\s?对|主\s?编|签\s?发|审\s?签|初审|复审|终审|监制|来\s?源|信息来源|文章来源|稿件来源|供\s?稿|作\s?者|撰\s?稿|记\s?者|通讯员|"
    r"联系(?:人|电话|方式)|电\s?话|传\s?真|邮\s?[编箱]|电子邮[箱件]|地\s?址|网\s?址|微信|印\s?数|印\s?刷|印刷单位|主办(?:单位)?|承办单位|编印(?:单位)?|编辑部|抄\s?送|抄\s?报|报\s?送|发\s?送|内部资料|版权所有|扫一扫|相关(?:链接|附件|解读|新闻|文章)|"
    r"上一[篇条]|下一[篇条]|打印|关闭|分享)\s*(?:[：:】）)].{0,120})?$"
)
# The same lines run into one.
RUN_ON = re.compile(
    r"^[（(]本文(?:来自|转自)[^。]{2,60}[）)]$|^[^。；，]{0,40}(?:编辑|编印|主办|承办)?\s*(?:责任编辑|编\s?辑|编\s?审|电\s?话|联系电话|邮\s?箱)\s*[：:][^。；]{0,60}$"
)
EDITED = re.compile(r"^([^，。；：]{4,40}?)\s*(?:编辑|编印|主办|编|承办|编制)$")
ORIGIN = re.compile(
    r"^[【（(]?\s*(?:本文(?:来自|转自)|(?:本文)?(?:信息来源|文章来源|稿件来源|来\s?源)\s*[：:])\s*(?P<name>[^】）)，,\s]{2,40}?)(?=责任编辑|[】）)，,\s]|$)"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Blocks `first` to `last` of a 落款."""

    first: int
    last: int
    stated: tuple[Stated, ...]


def signature_of(article: Article, start: int) -> Signature | None:
    """The first signature at or after block `start`: a date line, with the issuers above it or in it."""
    for i in range(start, len(article.blocks)):
        text = line(article, i)
        if len(text) > 200 or not text.rstrip().endswith("日") or (match := SIGNED_DATE.match(text.strip())) is None:
            continue
        inline = _names(match["names"])
        if match["names"].strip() and not inline:
            continue
        above = [] if inline else _signers(article, i, start)
        if not inline and not above and i < len(article.blocks) - 1 and i <= start:
            continue  # a date under the title
        return Signature(above[0] if above else i, i, (*_stated_names(article, above, i, inline), _stated_day(article, i, match)))
    return None


def _signers(article: Article, date_block: int, start: int) -> list[int]:
    found: list[int] = []
    for i in range(date_block - 1, max(start, date_block - MOST_SIGNERS) - 1, -1):
        text = line(article, i).strip()
        if article.blocks[i].cell is None and _names(text) and not ENCLOSURE.match(text):
            found.insert(0, i)
        else:
            break
    return found


def _names(text: str) -> list[str]:
    """The bodies that a signature line names; [] where it is something else."""
    parts = [p for p in re.split(r"[ 　]{1,}", text.strip()) if p]
    whole = "".join(parts)
    if not parts or len(text) > 160 or NUMBER.search(whole):
        return []
    if all(ORGANISATION.match(p) for p in parts):
        return parts
    return [whole] if ORGANISATION.match(whole) and max(map(len, parts)) <= 4 else []


def _stated_names(article: Article, above: Sequence[int], date_block: int, inline: Sequence[str]) -> list[Stated]:
    stated = []
    for i in above or ([date_block] if inline else []):
        text = line(article, i)
        for name in _names(text) if above else inline:
            at = text.find(name)
            span = (
                Span(article.blocks[i].start + at, article.blocks[i].start + at + len(name))
                if at >= 0
                else Span(article.blocks[i].start, article.blocks[i].end)
            )
            stated.append(Stated(field="issuers", value=name, origin="text", where="落款", span=span))
    return stated


def _stated_day(article: Article, i: int, match: re.Match[str]) -> Stated:
    text = line(article, i)
    start = article.blocks[i].start + text.index(match["day"])
    return Stated(field="written_date", value=match["day"], origin="text", where="落款", span=Span(start, start + len(match["day"])))


def tail_of(article: Article, start: int, most: int = 20) -> list[int]:
    """Blocks at the end that are no text: 版记, editors, sources, links to other pages."""
    found: list[int] = []
    for i in range(len(article.blocks) - 1, max(start, len(article.blocks) - most) - 1, -1):
        text = line(article, i).strip()
        if not (IMPRINT.match(text) or RUN_ON.match(text) or PRINTED.match(text) or COPIED.match(text)) or article.blocks[i].cell:
            break
        found.insert(0, i)
    return found


def tail_stated(article: Article, tail: Sequence[int]) -> tuple[Stated, ...]:
    """What 版记 and editors' lines say: 印发 date, source."""
    stated = []
    for i in tail:
        text, at = line(article, i), article.blocks[i].start
        if match := PRINTED.match(text.strip()):
            start = at + text.index(match["day"])
            stated.append(
                Stated(field="printed_date", value=match["day"], origin="imprint", where="版记", span=Span(start, start + len(match["day"])))
            )
        elif match := ORIGIN.match(text):
            stated.append(
                Stated(field="origin", value=match["name"], origin="byline", where="文末", span=Span(*(at + n for n in match.span("name"))))
            )
    return tuple(stated)
