"""Regions of GB/T 2260: find their names in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import daachorse
import rjieba

Level = Literal["nation", "province", "city", "county", "zone", "former"]
_RANK = {level: n for n, level in enumerate(get_args(Level))}
NATION = "100000"
_GENERIC = ("城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "新区")  # real names of districts, and words


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    code: str  # six digits
    name: str
    short: str  # 内蒙古, 合肥; the name itself where nothing shorter is unambiguous
    level: Level
    parent: str | None  # code


def full_name(region: Region) -> str:
    """As official names write it: districts with their city (西宁市城东区), all others alone."""
    city = gazetteer().regions.get(region.parent or "")
    return city.name + region.name if city and region.level == "county" and region.name.endswith("区") else region.name


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a region. need 0: stands anywhere; 1: only where the text names an ancestor; 2: only right behind an ancestor."""

    region: Region
    need: int
    former: bool = False


class Gazetteer:
    """All regions, and the automaton over everything that they are called."""

    def __init__(self, lines: list[str]) -> None:
        self.regions: dict[str, Region] = {}
        self.forms: dict[str, list[_Form]] = {}
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        codes = {row[0] for row in rows}
        for row in rows:
            self._add(row, codes)
        for forms in self.forms.values():
            forms.sort(key=lambda f: (f.need, f.former, _RANK[f.region.level]))
        self.words = [*self.forms, *_NO_REGIONS]
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self.words, daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    def _add(self, row: list[str], codes: set[str]) -> None:
        code, name, level, *named, former = row
        shorts = [column.split("|") if column else [] for column in named]
        short = next((s for column in shorts for s in column), name)
        region = Region(code=code, name=name, short=short, level=level, parent=_parent(code, codes))  # type: ignore[arg-type]
        if level != "former" or code not in self.regions:
            self.regions[code] = region
        # 东区, 城关区 and other names of two characters or of several places need their city.
        for form in (name, *(former.split("|") if former else ())):
            need = 2 if form in _GENERIC else 1 if len(form) < 3 else 0
            if len(form) < 2:  # 500300 was once named 市
                continue
            self.forms.setdefault(form, []).append(_Form(region, need, former=form != name or level == "former"))
        for need, column in enumerate(shorts):
            for form in column:
                if form != name:  # 兴安盟 has no shorter name: one form, not two that make it ambiguous
                    self.forms.setdefault(form, []).append(_Form(region, need))

    def ancestors(self, region: Region) -> Iterator[Region]:
        """The regions above one, the nearest first, without the nation."""
        parent = region.parent
        while parent and parent != NATION:
            above = self.regions[parent]
            yield above
            parent = above.parent


def _parent(code: str, codes: set[str]) -> str | None:
    if code == NATION:
        return None
    if code.endswith("0000"):
        return NATION
    city = code[:4] + "00"
    return city if city in codes and city != code else code[:2] + "0000"


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer((files("extractors.names") / "data" / "regions.tsv").read_text("utf-8").splitlines())


def region_by_code(code: str) -> Region | None:
    """The region of a six-digit code, former ones too."""
    return gazetteer().regions.get(code)


def is_within(region: Region, whole: Region) -> bool:
    """Whether a region is another one or lies in it."""
    return whole.code in (region.code, NATION) or any(above.code == whole.code for above in gazetteer().ancestors(region))


def region_by_name(name: str, within: Region | None = None) -> Region | None:
    """The region of a full, short or former name; None where unknown, or where several bear it and `within` does not decide."""
    forms = [f for f in gazetteer().forms.get(name, ()) if within is None or is_within(f.region, within)]
    best = {f.region.code: f.region for f in forms if (f.need, f.former) == (forms[0].need, forms[0].former) and f.region.level != "former"}
    if len(best) > 1 and len(name) < 3:  # 吉林, 海南: the province
        best = {code: r for code, r in best.items() if r.level == "province"} or best
    if len(best) != 1:
        return forms[0].region if len(forms) == 1 else None
    return next(iter(best.values()))


# A street, a shore or a direction behind a name: 南京路, 河南岸; a level of government: 会同县级以上…; a clock: 北京时间.
_NOT_BEFORE = ("级以上", "级人民政府", "路", "岸", "大街", "东路", "西路", "南路", "北路", "中路", "域", "时间")

# Longer words that are no places of ours: firms, games, states of a federation.
_NO_REGIONS = ("阿里巴巴", "阿里云", "阿里健康", "阿里影业", "德州仪器", "德州扑克", "佛罗里达州", "内华达州")

# Double surnames, of which some are places too: behind an office (行长, 教授) a person is named.
_SURNAMES = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|长孙|宇文|司徒|呼延|濮阳|南宫|东郭|西门|申屠|轩辕|淳于|钟离|鲜于|澹台|赫连|百里|闻人"
)
_OFFICE_BEFORE = re.compile(r"(?:(?<![成增生])长|书记|主任|主席|委员|代表|记者|经理|总裁|总监|教授|院士|研究员|[程律]师|董事|理事)\s?$")


def _person(text: str, start: int, end: int) -> bool:
    """A double surname behind an office."""
    return _SURNAMES.fullmatch(text, start, end) is not None and _OFFICE_BEFORE.search(text, max(0, start - 5), start) is not None


def find_regions(text: str) -> list[tuple[int, int, Region]]:
    """(start, end, region) of every region named, in order; leftmost longest. A name that several places bear, or that is a word
    of the language, counts only where the text says which: its province or city stands before it or elsewhere in the text."""
    atlas = gazetteer()
    places = ((s, e, atlas.forms.get(atlas.words[n])) for s, e, n in atlas.automaton.find(text))
    raw = [(s, e, forms) for s, e, forms in places if forms and not text.startswith(_NOT_BEFORE, e)]
    sure = [forms[0].region for _, _, forms in raw if forms[0].need == 0 and _alone(forms)]
    named = {region.code for region in sure}
    found: list[tuple[int, int, Region]] = []
    for start, end, forms in raw:
        previous = found[-1][2] if found and found[-1][1] == start else None
        region = _choose(forms, named, previous)
        if region and not _person(text, start, end) and _fits(text, start, end, weak=forms[0].need > 0):
            found.append((start, end, region))
    return found


def region_names(text: str) -> set[str]:
    """Every stretch that may name a region, wherever it stands: quick, and more than `find_regions` finds."""
    atlas = gazetteer()
    return {atlas.words[n] for _, _, n in atlas.automaton.find(text)}


def _alone(forms: list[_Form]) -> bool:
    """Whether the first of the sorted forms means one place: no other is as strong and in use today, or it is a province (吉林)."""
    if len(forms) == 1 or forms[0].region.level == "province":
        return True
    return forms[1].need > forms[0].need or (forms[1].former and not forms[0].former)


def _choose(forms: list[_Form], named: set[str], previous: Region | None) -> Region | None:
    if previous:
        behind = [f.region for f in forms if is_within(f.region, previous) and f.region != previous]
        if len(behind) == 1:
            return behind[0]
    if forms[0].need == 0 and _alone(forms):
        return forms[0].region
    # a weak or shared name: the one candidate whose province or city is named
    near = [f.region for f in forms if f.need < 2 and any(above.code in named for above in gazetteer().ancestors(f.region))]
    return near[0] if len(near) == 1 else None


def _fits(text: str, start: int, end: int, *, weak: bool) -> bool:
    """Whether the segmentation of the surroundings allows a match: 新平 in 创新平台 and 广安 in 推广安全 cut through words.
    Long names are safe; a weak name needs bounds on both sides, a strong one on one side (合肥工业大学 may be one word)."""
    if end - start > 3 or text.startswith("中共", start - 2):  # 中共北京市委 is a word of the dictionary
        return True
    first = max(0, start - 6)
    bounds, at = {first}, first
    for token in rjieba.cut(text[first : end + 6]):
        at += len(token)
        bounds.add(at)
    return start in bounds and end in bounds if weak and end - start == 2 else start in bounds or (end - start == 2 and end in bounds)
