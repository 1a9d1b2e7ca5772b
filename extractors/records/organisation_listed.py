"""Listed bodies in a text: 国务院, 科技部, 中科院, 合工大, with the sub-units that stand behind them."""

import re
from collections.abc import Iterator

from extractors.names.bodies import Entity
from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_units import is_name

_UNIT = re.compile(r"办公厅|办公室|[\u4e00-\u9fff]{2,8}司(?![法令机])")
_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,6}?局(?![面部限势域])")  # 教育部教材局
_BRANCH = re.compile(r"([\u4e00-\u9fff]{2,9}?)(分行|支行|分公司|营业部|电力(?:公司)?|供电公司|公司)")
_NOT_AFTER = re.compile(r"[门署长级]|有关部门|各部|部委|科技奖|生(?=[^物])")
_CAMPUS = re.compile(r"（[\u4e00-\u9fff]{2,4}）")


def find(reading: Reading) -> Iterator[Candidate]:
    """Bodies of the authority file, by any name; an uncertain short form only where a certain one stands too."""
    names = reading.names
    hits = [(s, e, names.words[n]) for s, e, n in names.automaton.find(reading.text)]
    certain = {body.id for _, _, word in hits for body in names.by_name.get(word, ())}
    for start, end, word in hits:
        listed = names.by_name.get(word)
        body = listed[0] if listed else names.uncertain[word]
        if (listed or body.id in certain) and _stands(reading, start, end):
            yield _candidate(reading, body, word, start, end)


def _stands(reading: Reading, start: int, end: int) -> bool:
    if _NOT_AFTER.match(reading.text, end) and end not in reading.place_starts:
        return False
    if end - start < 4 and reading.is_in_number(end):
        return False
    inside = start in reading.bounds and (end in reading.bounds or end in reading.ends or end in reading.place_starts)
    # Long names are sure even where the segmentation joins them to their neighbours.
    return inside or end - start >= 5 or (start in reading.bounds and end - start == 4)


def _candidate(reading: Reading, body: Entity, word: str, start: int, end: int) -> Candidate:
    last = _extended(reading, body, end)
    entity, part = body.id if last == end else None, reading.text[end:last]
    return Candidate(
        start=start,
        end=last,
        type=body.type,
        rule="listed",
        rank=2,
        canonical=_called(body, word, part),
        entity=entity,
        region=body.region,
    )


def _called(body: Entity, word: str, part: str) -> str:
    """国网青海电力 is a company of its own; 英特尔云南公司 keeps its form; branches are written out."""
    if part.endswith("电力"):
        return f"{word}{part}有限公司"
    return word + part if part.endswith("公司") and not part.endswith("分公司") else body.called(word) + part


def _extended(reading: Reading, body: Entity, end: int) -> int:
    """Over a department of a ministry, a branch of a bank, a campus in brackets."""
    pattern = {"government": _UNIT, "finance": _BRANCH, "company": _BRANCH, "university": _CAMPUS}.get(body.type)
    match = pattern.match(reading.text, end) if pattern else None
    if pattern is _UNIT and not match and (bureau := _BUREAU.match(reading.text, end)):
        return bureau.end() if is_name(reading, end, bureau.end()) else end
    if not match:
        return end
    if pattern is _CAMPUS or (pattern is _UNIT and is_name(reading, end, match.end())):
        return match.end()
    if pattern is _UNIT:
        return end
    return match.end() if end in reading.region_starts else end
