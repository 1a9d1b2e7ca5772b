"""Government organs in a text: 省科技厅, 青海省水利厅, and the bare 工信厅 of a list that shares its region."""

import re
from collections.abc import Iterator
from functools import cache

import daachorse

from extractors.names.authority import LEVEL_WORDS, level_of, organ_id
from extractors.names.bodies import Entity
from extractors.names.organs import OrganForm, forms, meant
from extractors.names.regions import NATION, Region
from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import words

_ZONE = re.compile(r"(高新技术产业开发区|经济技术开发区|经济开发区|高新区|经开区|开发区|自贸区|综保区|管委会|管理委员会)$")
# What makes another word of 政府, 委, 局: 政府采购, 委托, 局面.
_NOT_AFTER = re.compile(r"采购|性|网(?!站)|(?<=政府)网|购买|主导|投资基金|引导基金|公报|质量奖|债|科学技术奖|奖")
_MEMBER = re.compile(r"[员托派任内外]|会(?![同商签])")  # behind 委
_EVERY = re.compile(r"[各]$")
_EVERY_REGION = re.compile("各[省市区县州盟旗地、（）()]{1,5}$")
_SHARED = re.compile(r"\s*[、，和及与]\s*$")
# A sub-unit behind an organ: 规划建设处; not 处长.
_UNIT = re.compile(r"(?:[\u4e00-\u9fff]{2,11}?(?:处|科|司|总队|支队|办公室|办公厅)|督查室|研究室|参事室)(?![长置理罚分于以级学技研室员])")
_ZONE_PART = re.compile(r"[\u4e00-\u9fff]{2,4}(?:片区|保税港区|综合保税区)")  # of a free trade zone
_UNIT_TAGS = ("n", "vn", "c", "p", "an", "b", "j", "l")
_NO_UNIT = re.compile(
    r"牵头|负责|会同|联合|组织|制定|印发|召开|举办|负责人|有关|相关|各|等|的|关于|将|已|还|及时|积极|主要|工作人员|副|在|到|下设|设立|为|是|就"
)
_NUMBERED = re.compile("[一二三四五六七八九十]+[处科]?")
_CHIEF = re.compile(r"(副?处|科|司|主任)长?")
_PARTY = re.compile("(中共|共青团|民革|民盟|民建|民进|农工党|致公党)$")
_SISTERS = ("人大", "政协", "政府", "人大常委会")  # bare behind another organ: 市委、人大
_JOINT = re.compile(r"党委[、和及]?$")


@cache
def _automaton() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, list[OrganForm]]:
    listed = list(forms().values())
    return daachorse.CharwiseDoubleArrayAhoCorasick([f.text for f in listed], daachorse.MATCH_KIND_LEFTMOST_LONGEST), listed


def find(reading: Reading) -> Iterator[Candidate]:
    """Organs of regions, in order. A bare one takes its region from the organ before it in a list, else from the article."""
    automaton, listed = _automaton()
    last: tuple[int, Region | None] = (-1, None)
    group = -1  # the end of 各区卫生局, whose list goes on with groups: 、财政局
    for start, end, number in automaton.find(reading.text):
        first = _prefix(reading, start)
        form = meant(listed[number], reading.text[first:start])
        if _is_group(reading, form, first, start, group):
            group = end
            continue
        if not _stands(reading, form, first, start, end, last[0]):
            continue
        central = _national(reading, form, first, start)
        if central:
            body, name = central
            yield Candidate(start=first, end=end, type=body.type, rule="government", rank=2, canonical=name, entity=body.id)
            continue
        banner = _banner(reading, form, first, start)
        region = _region(reading, form, first, start, last)
        if region is None and form.text == "人民政府":  # 区人民政府 of a law: of every district
            continue
        last = (end, region)
        yield _candidate(reading, form, banner, end, region)


def _prefix(reading: Reading, at: int) -> int:
    """Where the words that say whose organ it is begin: regions, a zone, or one level word."""
    text, first = reading.text, at
    zone = _ZONE.search(text, max(0, first - 12), first)
    if zone:
        first = zone.start()
    while first in reading.region_ends:
        first = reading.region_ends[first][0]
    if first < at and not zone:
        return first
    for word in LEVEL_WORDS:
        if text.startswith(word, first - len(word)) and first - len(word) in reading.bounds:
            return first - len(word)
    token = reading.token_before(first)
    if token and token.tag == "ns" and token.text.endswith(LEVEL_WORDS) and len(token.text) > 2:
        return token.start  # 鼓楼区 of a city that the text does not name
    return first


def _shared(reading: Reading, last: int, start: int) -> bool:
    """Whether only 、 or 和 stands between the organ before and this one."""
    return last >= 0 and bool(_SHARED.fullmatch(reading.text, last, start))


def _is_group(reading: Reading, form: OrganForm, first: int, start: int, group: int) -> bool:
    """各区卫生局, and what a list adds without a prefix of its own; 厅 are a province's."""
    bare = first == start and not form.text.endswith("厅")
    return bare and (_shared(reading, group, start) or bool(_EVERY_REGION.search(reading.text, max(0, start - 6), start)))


def _banner(reading: Reading, form: OrganForm, first: int, start: int) -> int:
    """Over 中共 and 共青团 before a region's committee: 中共河北省委, 共青团武汉市委."""
    match = _PARTY.search(reading.text, max(0, first - 4), first) if form.text.startswith("委") and first < start else None
    return match.start() if match else first


def _stands(reading: Reading, form: OrganForm, first: int, start: int, end: int, last: int) -> bool:
    """Whether this is one particular organ, and not a group of them or a part of another word."""
    text = reading.text
    if _NOT_AFTER.match(text, end) or (form.text.endswith("委") and _MEMBER.match(text, end)):
        return False
    if first < start:
        return not reading.is_group(first) if text[first:start] in LEVEL_WORDS else not _EVERY.search(text, max(0, first - 2), first)
    # 社科院 in the centre's list of members
    member = form.table == "mass" and text[start - 1 : start].isspace() and _national(reading, form, first, start) is not None
    if member or (form.key == "p-government" and form.text == "政府" and _JOINT.search(text, max(0, start - 3), start)):
        return True
    return (form.text in _SISTERS and _shared(reading, last, start)) or _stands_bare(reading, form, start, last)


def _stands_bare(reading: Reading, form: OrganForm, start: int, last: int) -> bool:
    """Whether an organ without a prefix is one, and not the end of a longer name."""
    if not form.bare or start not in reading.bounds:
        return False
    if form.table == "mass" and not _shared(reading, last, start):
        return False  # 各民主党派、工商联: a group, unless organs stand before it
    before = reading.token_before(start)
    return before is None or not before.tag.startswith(("n", "j", "b", "vn", "eng"))


def _region(reading: Reading, form: OrganForm, first: int, start: int, last: tuple[int, Region | None]) -> Region | None:
    prefix = reading.text[first:start]
    if first < start and prefix not in LEVEL_WORDS:
        inside = [r for s, (e, r) in reading.region_starts.items() if first <= s and e <= start] if len(prefix) > 12 else None
        end = reading.region_ends.get(start)
        return inside[-1] if inside else end[1] if end else None
    if not prefix and _shared(reading, last[0], start):
        return last[1]
    return reading.region_at(first, level_of(prefix, form))


def _national(reading: Reading, form: OrganForm, first: int, start: int) -> tuple[Entity, str] | None:
    """What a bare form means in a text of the centre: 发展改革委 there is 国家发展和改革委员会."""
    if first < start or reading.home is None or reading.home.code != NATION:
        return None
    for name in (f"国家{form.text}", f"国务院{form.text}", f"中国{form.text}"):
        if name in reading.names.by_name:
            body = reading.names.by_name[name][0]
            return body, body.called(name)
    return None


def _candidate(reading: Reading, form: OrganForm, first: int, end: int, region: Region | None) -> Candidate:
    unit = _unit(reading, end, form)
    canonical = entity = None
    if region:
        canonical = form.canonical(region, reading.day) + reading.text[end:unit]
        entity = organ_id(form, region) if unit == end else None
        if reading.text.startswith("共青团", first):
            canonical, entity = f"共青团{region.name}委员会", f"{region.code}-m-youth"
    return Candidate(
        start=first, end=unit, type=form.type, rule="government", rank=2, canonical=canonical, entity=entity, region=region.code if region else None
    )


def _unit(reading: Reading, end: int, form: OrganForm) -> int:
    """The end of a sub-unit's name behind an organ, or the organ's own end."""
    if form.table == "mass":
        part = _ZONE_PART.match(reading.text, end) if form.key == "m-free-trade" else None
        return part.end() if part else end
    match = _UNIT.match(reading.text, end)
    if not match or _NO_UNIT.search(match[0]):
        return end
    last = match.end()
    if last not in reading.bounds and last not in reading.ends and not _CHIEF.match(reading.text, last):
        return end
    inside = reading.tokens_between(end, last)
    nominal, generic = words().nominal, words().generic
    holds = all(t.tag.startswith(_UNIT_TAGS) or t.text in nominal or t.text in generic or _NUMBERED.fullmatch(t.text) or t.end > last for t in inside)
    return last if holds and not any(t.start in reading.place_starts for t in inside) else end
