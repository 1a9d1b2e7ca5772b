"""Privileges that a policy grants by name: who has priority, a 绿色通道, 容缺受理 or a say of its own."""

import re
from collections.abc import Iterator
from typing import Final

from extractors.article import Span
from extractors.item import Item, PolicyDetail, Source, make
from extractors.items_policy import conditions, office_at, until_of
from extractors.record import sentence_span

_RIGHT: Final = re.compile(
    r"(?:^|[。；：，\n]|[)）、.．]\s?)(?:其中)?(?:对于?|支持|允许|鼓励)?"
    r"(?P<who>[^，。；：、\n]{2,30}?(?:企业|单位|项目|人才|人员|机构|团队|中心|平台|院所|高校|实验室|基地|个人))的?，?(?:均?可以?|按规定|依法|予以|给予|实行){0,2}"
    r"(?P<what>优先(?:支持|推荐|保障|安排|立项|列入|享受|纳入|供应)[^，。；\n]{2,40}"
    r"|(?:享受|开通|纳入|提供|实行|实施|开设)?[^，。；、\n]{0,12}(?:绿色通道|容缺受理|告知承诺)(?!等?方面)[^，。；\n]{0,8}|自主(?:处置|使用|决定|转化|支配|立项|聘用|评审)[^，。；\n]{2,30})"
)
_BEFORE: Final = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?(?:[^对]*(?<!针)对(?!外|接|口))?")
_NOBODY: Final = re.compile(r"^(?:有关|相关|各|全市|全省|全区|全县|加强|推进|推动|建立|完善|健全|打造|加快|落实)|\d[家个项人]$")


def rights(source: Source) -> Iterator[Item]:
    """One item a privilege, from policies and calls themselves: reports of them praise."""
    if source.authority != "original" or source.article.kind not in ("policy", "call"):
        return
    text = source.article.text
    for m in _RIGHT.finditer(text):
        target = _BEFORE.sub("", re.sub(r"\s+", "", m["who"]))
        if _NOBODY.search(target):
            continue
        detail = PolicyDetail(
            benefit="权益",
            target=target,
            conditions=tuple(conditions(m["who"], target)),
            office=office_at(source.records, m.start("who")),
            until=until_of(source.article),
            parent=source.document.title,
        )
        span: Span = sentence_span(text, m.start("who"), m.end())
        yield make(source, "policy", f"{target[:40]}：{m['what'].strip()[:40]}", detail, span)
