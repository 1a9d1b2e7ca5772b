"""Published lists across documents: the final list (认定名单的通知) takes the place of the proposed one (拟认定名单的公示), row by row."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.engine import Connection

from extractors.names.regions import find_regions
from extractors.record import Action
from store.cards import Card, cards
from store.carriers import files_of, pages_of
from store.database import fetch, insert
from store.facts import Supersession, fact_id, replace, touching
from store.payload import decode_record
from store.tables import list_rows
from store.titles import folded

LONGEST: Final = 550  # days from a proposed list to its final one
SHORTEST: Final = 4  # characters that name a programme
_BATCH: Final = re.compile(r"第([一二三四五六七八九十\d]+)批次?")
_YEAR: Final = re.compile(r"(\d{4})年?度?")
# What titles of lists say beside the programme's name.
_FRAME: Final = re.compile(
    r"关于|公布|公示|公告|通告|通知|印发|发布|下达|结果|名单|情况|清单|附件|拟|认定|命名|推荐|入选|入库|备案|立项|评审|遴选|表彰|奖励|资助|补助|奖补|支持|通过|验收|予以|进行|确定|的|对|为"
)


@dataclass(frozen=True, slots=True)
class _List:
    """The rows of one article that have one stage."""

    card: Card
    page: Card | None  # that carries it
    rows: tuple[Action, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(c.title for c in (self.card, self.page) if c and c.title)

    @property
    def issued(self) -> str | None:
        return self.card.issued or (self.page.issued if self.page else None)

    @property
    def region(self) -> str | None:
        return self.card.metadata.region_code or (self.page.metadata.region_code if self.page else None)

    @property
    def names(self) -> dict[str, Action]:
        return {folded(row.object or ""): row for row in reversed(self.rows)}


def refresh(connection: Connection, ids: Iterable[str]) -> None:
    """Bring supersessions up to date after changes of some articles, or of the rows on them."""
    changed = set(ids)
    changed |= {id_ for (id_,) in fetch(connection, _CARRIED, json.dumps(sorted(changed)))} | files_of(connection, changed)
    _index(connection, changed)
    partners = {id_ for (id_,) in fetch(connection, _PARTNERS, json.dumps(sorted(changed)))}
    old = [f for f in touching(connection, "supersession", changed) if isinstance(f, Supersession)]
    if partners or old:
        replace(connection, old, [*_superseded(connection, changed, partners)])


_CARRIED: Final = """
SELECT DISTINCT r.article FROM json_each(?) AS asked JOIN articles AS a ON a.parent = asked.value JOIN list_rows AS r ON r.article = a.id
"""
_STATED: Final = """
SELECT r.id, r.article, r.payload FROM json_each(?) AS asked JOIN records AS r ON r.article = asked.value
WHERE r.kind = 'action' AND r.payload LIKE '%"stage":"%' ORDER BY r.n
"""
# Articles that have a row of the same name at the other stage.
_PARTNERS: Final = """
SELECT DISTINCT other.article FROM json_each(?) AS asked JOIN list_rows AS own ON own.article = asked.value
JOIN list_rows AS other ON other.name = own.name AND other.stage <> own.stage
"""


def _index(connection: Connection, ids: set[str]) -> None:
    asked = json.dumps(sorted(ids))
    connection.exec_driver_sql("DELETE FROM list_rows WHERE article IN (SELECT value FROM json_each(?))", (asked,))
    rows = [_row(payload) for _, _, payload in fetch(connection, _STATED, asked)]
    insert(connection, list_rows, ("record", "article", "name", "stage"), [(r.id, r.article, folded(r.object or ""), r.stage or "") for r in rows])


def _row(payload: str) -> Action:
    record = decode_record("action", payload)
    assert isinstance(record, Action)
    return record


def _superseded(connection: Connection, changed: set[str], partners: set[str]) -> Iterator[Supersession]:
    lists = _lists(connection, changed | partners)
    for proposed in lists:
        for final in lists:
            touched = proposed.card.id in changed or final.card.id in changed
            if touched and proposed.rows[0].stage == "proposed" and final.rows[0].stage == "final" and (found := _by(proposed, final)):
                yield found


def _lists(connection: Connection, ids: set[str]) -> list[_List]:
    by_article: dict[str, list[Action]] = {}
    for _, article, payload in fetch(connection, _STATED, json.dumps(sorted(ids))):
        by_article.setdefault(article, []).append(_row(payload))
    held = cards(connection, by_article)
    pages = pages_of(connection, held.values())
    return [_List(held[id_], pages.get(id_), tuple(rows)) for id_, rows in sorted(by_article.items()) if id_ in held]


def _by(proposed: _List, final: _List) -> Supersession | None:
    """What a final list settles of a proposed one; None where it is of another programme, batch, region or time."""
    names = final.names
    rows = tuple((row.id, names[name].id) for row in proposed.rows if (name := folded(row.object or "")) in names)
    if not rows or not _follows(proposed, final) or not _agree(proposed, final):
        return None
    return Supersession(
        id=fact_id("supersession", proposed.card.id, final.card.id),
        article=proposed.card.id,
        by=final.card.id,
        rows=rows,
        left_out=tuple(row.id for row in proposed.rows if folded(row.object or "") not in names),
    )


def _follows(proposed: _List, final: _List) -> bool:
    """Whether a list may be the outcome of another: of one region, and issued in the time after it, where both are known."""
    regions = {proposed.region, final.region} - {None}
    if len(regions) > 1:
        return False
    if not proposed.issued or not final.issued:
        return True
    return 0 <= (date.fromisoformat(final.issued) - date.fromisoformat(proposed.issued)).days <= LONGEST


def _agree(proposed: _List, final: _List) -> bool:
    """Whether two lists are of one programme, year and batch."""
    for form in (_YEAR, _BATCH):
        stated = [_first(form, (lists.rows[0].batch or "", *lists.titles)) for lists in (proposed, final)]
        if all(stated) and stated[0] != stated[1]:
            return False
    ours, theirs = ([programme(title) for title in lists.titles] for lists in (proposed, final))
    return any(min(len(a), len(b)) >= SHORTEST and (a in b or b in a) for a in ours for b in theirs)


def _first(form: re.Pattern[str], texts: Sequence[str]) -> str | None:
    return next((m[1] for text in texts if (m := form.search(text))), None)


def programme(title: str) -> str:
    """What a list is of, without its issuer, region, year, batch and stage: 关于公布2031年度云州市中试基地名单的通知 -> 中试基地."""
    named = title.rsplit("关于", maxsplit=1)[-1]
    bare = _FRAME.sub("", _BATCH.sub("", _YEAR.sub("", named)))
    places: list[Any] = find_regions(bare)
    return folded(bare[places[0][1] :] if places and places[0][0] == 0 else bare)
