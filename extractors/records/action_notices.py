"""The formulas of notices: 关于印发…的通知, 《…》已经…同意, 现印发给你们."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.article import Article, Span
from extractors.publicity import Publicity
from extractors.record import ActionType
from extractors.records.action_actors import Actor, Actors

_HEADLINE = re.compile(
    r"^[ \t\u3000]*([^\n，。；：]{0,60}?)(?:关于)?(?:联合)?(印发|转发|发布|公布)"
    r"((?:《[^\n]+?》|[^《\n。；，]{4,80}?))的(?:通知|公告|通告|函)(?=[\s（(]|$)",
    re.M,
)
# The same over the lines of a title that is broken, at the head of a text.
_BROKEN = re.compile(
    r"\A\s*([^，。；：]{0,60}?)(?:\s?关于)?(?:联合)?\s?(印发|转发|发布|公布)\s?"
    r"((?:《[^》]{4,80}》|[^《。；，：]{4,100}?))的(?:通知|公告|通告|函)(?=[\s（(]|$)"
)
_APPROVED = re.compile(r"(?<![或未需须应可])(?:已?经|获得?)([^，。；\n]{2,50}?)(研究同意|批复同意|审议通过|同意|批准|审定|通过)")
_WHAT = re.compile(r"((?:《[^》\n]{2,80}》[、和及]?)+|[^，。；\n《》]{2,40}》?)，?$")
_TITLE_LINES = 3  # breaks inside a title
_LOOK_BACK = 240  # characters before an approval in which what was approved stands
_DRAWN_UP = re.compile(r"(?:制定|制订|编制|修订)(?:形成)?了?(《[^》\n]+》)")
_CALLED = re.compile(
    r"现(?:就|将|决定|面向[^，。；\n]{0,16})?(组织开展|组织|启动|开展)([^，。；\n]{4,60}?(?:申报|征集|推荐|评选|认定|遴选|备案|评审)(?:工作)?)(?=[，。；\n]|有关|的通知|$)"
)
_HEREBY = re.compile(r"现(?:予|将)?([^，。；\n]{0,80}?)(印发|发布|公布|转发)(?:给你们|如下|实施|，|。|你们)")


@dataclass(frozen=True, slots=True)
class Draft:
    """An action before it is a record."""

    trigger: Span
    type: ActionType
    target: Span
    actor: Actor | None
    sentence: Span
    rule: str
    word: str | None = None  # the trigger as written elsewhere: of a list's rows, in its title
    stage: Literal["proposed", "final"] | None = None
    batch: str | None = None
    publicity: Publicity | None = None
    row: Span | None = None  # of a list


def notices(article: Article, actors: Actors) -> Iterator[Draft]:
    """Issues and approvals that stand in set phrases."""
    text, issuer, issued = article.text, actors.issuer, None
    for m in (*_headed(text), *_HEADLINE.finditer(text)):
        head = Span(*m.span(1))
        inside = actors.within(head)
        if inside or len(m[1].strip()) >= 4:
            issuer = Actor(inside[0].name, Span(inside[0].start, inside[0].end)) if inside else Actor(m[1].strip(), head)
        issued = issued or Span(*m.span(3))
        yield Draft(Span(*m.span(2)), "issue", Span(*m.span(3)), issuer or actors.home, Span(*m.span()), "notice")
    for m in _APPROVED.finditer(text):
        inside, what = actors.within(Span(*m.span(1))), _approved(text, m.start())
        if inside and what:
            issued = what
            actor = Actor(inside[-1].name, Span(inside[-1].start, inside[-1].end))
            yield Draft(Span(*m.span(2)), "other", what, actor, Span(what.start, m.end()), "approval")
    for m in _HEREBY.finditer(text):
        target = Span(*m.span(1)) if len(m[1]) > 3 else issued or _titled(text, m.start())
        if target:
            yield Draft(Span(*m.span(2)), "issue", target, issuer or actors.home, Span(*m.span()), "notice")
    yield from _called(text, issuer or actors.home)


def _called(text: str, actor: Actor | None) -> Iterator[Draft]:
    """现组织开展2031年度…项目申报工作: what a call sets going."""
    for m in _CALLED.finditer(text):
        yield Draft(Span(*m.span(1)), "launch" if m[1] == "启动" else "hold", Span(*m.span(2)), actor, Span(*m.span()), "notice")


def _headed(text: str) -> Iterator[re.Match[str]]:
    """A title that runs over two or three lines."""
    found = _BROKEN.search(text)
    if found and 1 <= found[0].strip().count("\n") <= _TITLE_LINES:
        yield found


def _titled(text: str, at: int) -> Span | None:
    """The last title before 现印发给你们."""
    found = list(_DRAWN_UP.finditer(text, max(0, at - _LOOK_BACK), at))
    return Span(*found[-1].span(1)) if found else None


def _approved(text: str, at: int) -> Span | None:
    """What stands before 经…同意: titles, or the words up to the last comma."""
    first = max(0, at - _LOOK_BACK, text.rfind("\n", 0, at) + 1)
    found = _WHAT.search(text, first, at)
    return Span(*found.span(1)) if found else None
