"""Names while typing: what the last word of a question may become, as JSON for the script and as a page for browsers without one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from index.backend import Backend
from index.complete import Completion, What, complete
from index.errors import SearchError
from index.terms import FIELD_NAMES
from portal.site import answer, site_of
from portal.trouble import refused

router = APIRouter()
SIZE: Final = 5  # names of each kind
_FIELDS: Final[dict[str, What]] = {
    "organisation": "organisation",
    "issuer": "organisation",
    "lead": "organisation",
    "units": "organisation",
    "indicator": "indicator",
    "title": "title",
}
_PREFIX: Final[dict[What, str]] = {"organisation": "机构:", "indicator": "指标:", "title": "标题:"}
_LAST: Final = re.compile(r"(?P<before>(?:.*[\s(（])?)(?P<field>[^\s:：()（）\"“”]{1,20}[:：])?(?P<part>[^\s:：()（）\"“”]*)", re.S)
_MARKS: Final = ("“”", '""', "「」", "＂＂")
_PLAIN: Final = re.compile(r"[^\s()（）\"“”「」《》＂:：<>=≥≤＜＞＝,，、;；]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`query` is the whole question once the name is chosen."""

    text: str
    what: What
    count: int
    query: str


def suggestions(backend: Backend, text: str, size: int = SIZE) -> list[Suggestion]:
    """For the last word of a question, or the value of its last field. Raises SearchError."""
    last = _LAST.fullmatch(text)
    if not last or not last["part"]:
        return []
    wanted = _FIELDS.get(FIELD_NAMES.get((last["field"] or "").rstrip(":：").lower(), ""))
    if last["field"] and not wanted:
        return []
    found = (c for c in complete(backend, last["part"], size) if wanted in (None, c.what))
    return [Suggestion(text=c.text, what=c.what, count=c.count, query=last["before"] + _written(c, last["field"])) for c in found]


def _written(found: Completion, field: str | None) -> str:
    """A completion as the query language has it."""
    if found.what == "field":
        return found.text
    return (field or _PREFIX[found.what]) + quoted(found.text)


def quoted(name: str) -> str:
    """A name as a value of the query language, between quotation marks that it does not hold itself."""
    if _PLAIN.fullmatch(name):
        return name
    marks = next((pair for pair in _MARKS if not set(pair) & set(name)), _MARKS[0])
    return marks[0] + name.translate({ord(mark): None for mark in marks}) + marks[1]


Typed = Annotated[str, Query(max_length=500, description="A question as far as it is typed; its last word is completed.")]


@router.get("/api/v1/complete")
def api(request: Request, q: Typed = "", size: Annotated[int, Query(ge=1, le=20)] = SIZE) -> Response:
    """Organisations, indicators, titles and fields that begin so (by characters, 拼音 or initials), each with the question that it makes."""
    return answer(_found(request, q, size))


@router.get("/suggest", include_in_schema=False)
def page(request: Request, q: Typed = "") -> Response:
    """The same as a page of links."""
    return site_of(request).page("suggest.html", here="/", text=q, groups=_grouped(_found(request, q, 20)))


def _found(request: Request, text: str, size: int) -> list[Suggestion]:
    try:
        return suggestions(site_of(request).backend, text, size)
    except SearchError as error:
        raise refused(error) from error


def _grouped(found: Iterable[Suggestion]) -> dict[str, list[Suggestion]]:
    groups: dict[str, list[Suggestion]] = {}
    for one in found:
        groups.setdefault(one.what, []).append(one)
    return groups
