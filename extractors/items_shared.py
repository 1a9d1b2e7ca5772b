"""Instruments and tests that a body opens to others, by name: 面向社会开放共享透射电镜, 可对外提供低温测试等服务."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from extractors.article import Article, Span
from extractors.item import Item, Source, SupplyDetail, make
from extractors.record import Organisation, sentence_span

_OPENS: Final = re.compile(
    r"(?:面向|向|对)(?:社会|外|企业|全社会|行业|中小企业)[^，。；\n]{0,6}?(?P<verb>开放共享|开放|共享|提供)(?P<what>[^，。；\n]{4,80}?)(?:等|[\d０-９]|(?=[，。；\n]))"
)
_INSTRUMENT: Final = re.compile(r"(?:镜|仪|光谱|质谱|色谱|衍射|装置|设备|试验机|测试台|风洞|环境舱|生产线|试验场|计算集群|算力)$")
_TEST: Final = re.compile(r"(?:检测|测试|分析|表征|试验|检验|校准|检定|标定|验证|试制|中试|计算|仿真|评价)$")
_CLASS: Final = re.compile(r"(?:大型|科研|科学|仪器|设备|先进|各类|实验|检测|测试|分析|检验|专业|技术|一站式|相关|和|及|的)+")
_CHARGES: Final = re.compile(r"(?:收费标准|服务价格|收费)[：:]\s*([^\n。]{4,80})")
_LEAST: Final = 4  # characters of a name


def shared(source: Source) -> Iterator[Item]:
    """Each instrument, and each sentence's tests together, of a body that is known."""
    text = source.article.text
    charges = _CHARGES.search(text)
    for m in _OPENS.finditer(text):
        holder = _holder(source, m.start())
        for name, offer in _offered(m):
            if holder and name != holder:
                detail = SupplyDetail(offer=offer, holder=holder, price=charges[1].strip() if charges else None)
                yield make(source, "supply", name, detail, _sentence(source.article, m))


def _offered(m: re.Match[str]) -> Iterator[tuple[str, Literal["instrument", "service"]]]:
    """The instruments one by one; the tests of a list as one service."""
    parts = [part for part in re.split(r"、|和|及", m["what"].strip("了的")) if len(part) >= _LEAST and not _CLASS.fullmatch(part)]
    if m["verb"] != "提供":
        yield from ((part, "instrument") for part in parts if _INSTRUMENT.search(part))
    elif tests := [part for part in parts if _TEST.search(part)]:
        yield "、".join(tests), "service"


def _holder(source: Source, at: int) -> str | None:
    """The body that the title names, else the last that stands before in the paragraph, else who issues the text."""
    bodies = [r for r in source.records if isinstance(r, Organisation) and r.type not in ("government", "media")]
    title = source.article.title or ""
    line = source.article.text.rfind("\n", 0, at) + 1
    titled = [r.canonical for r in bodies if r.text in title]
    before = [r.canonical for r in bodies if line <= r.start and r.end <= at]
    return next(iter([*titled, *before[-1:], *source.article.metadata.issuers]), None)


def _sentence(article: Article, m: re.Match[str]) -> Span:
    return sentence_span(article.text, m.start(), m.end())
