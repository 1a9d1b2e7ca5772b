"""Regions of GB/T 2260: find their names in a text, and the region that an article speaks for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import daachorse
import rjieba

from extractors.article import Article

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


# A street, a shore or a direction behind a name: 南京路, 河南岸; a level of government: 会同县级以上….
_NOT_BEFORE = ("级以上", "级人民政府", "路", "岸", "大街", "东路", "西路", "南路", "北路", "中路", "域")

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


# How much a mention counts by where it stands. The issuer decides; a reprinting site says little.
WEIGHTS = {"issuer": 12.0, "title": 6.0, "publisher": 4.0, "lead": 2.0, "text": 1.0}
LEAD = 300  # characters
LEAST = 3.0  # weight of all mentions of a region for which a text speaks: once in the lead, or three times
HEADING = 30  # characters of a first line that may name the issuer where the reader found no title
SPOKEN = 0.25  # the same, for a city of a text that says 我市
OWN = 0.7  # the same, for a city of the county level that says 我市 of itself
DOMINANT = 0.5  # share of a region's mentions that makes the text speak for one part of it

_NATIONAL = re.compile(
    r"《?(国务院|中共中央|中央|国家[^级]|全国人大|中华人民共和国|最高人民|(?![\u4e00-\u9fff]{0,8}[省市区县州盟委])[\u4e00-\u9fff]{2,8}部(?=办公厅|关于|等|、|$))"
)
# A plan of the centre names its departments at every item, and places only as examples.
_MINISTRIES = re.compile(
    "(?<!省)(?:外交|教育|科技|工业和信息化|公安|民政|司法|财政|人力资源社会保障|自然资源|生态环境|住房城乡建设|交通运输|水利|农业农村|商务|文化和旅游|应急管理)部(?!门)"
    "|海关总署|税务总局|市场监管总局|体育总局|人民银行|银保监会|证监会|金融监管总局|发展改革委|卫生健康委|民航局|外汇局|药监局"
)
MINISTRIES = 8  # mentions
_ALL_PROVINCES = re.compile(r"各省、自治区、直辖市")
_AUTONOMOUS = re.compile("内蒙古|广西|西藏|宁夏|新疆|自治区")  # else 全区 and 我区 are said by districts
_OFFICE = "(委|政府|直|人民政府|财政|发展改革|发改|教育|科技|科学技术|工业和信息化|工信|经信)"
_VOICE: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 居全省第一 is said by cities
    (
        "province",
        re.compile(
            rf"(?<![居占在列评选榜获])全省(?![第前首唯十百先])|我省|本省|(?<![各外跨\u4e00-\u9fff])省{_OFFICE}|全区|我区|(?<![古族藏尔])自治区"
        ),
    ),
    ("city", re.compile(rf"全市|我市|本市|(?<![各省盟])市{_OFFICE}")),
    ("county", re.compile(r"全县|我县|本县|(?<!各)县(委|政府|人民政府)|我区|区委|区政府")),
)
# Who gives a work report: 我代表市人民政府; a city's report speaks of its province (全省第一) as often as of itself.
_SPEAKER = re.compile(r"我谨?代表(?:国务院|(?P<name>[^，。；\n]{0,16}?)(?P<level>自治区|省|市|州|盟|县|旗|区)(?:人民)?政府)")
_LEVELS = {"自治区": "province", "省": "province", **dict.fromkeys("市州盟", "city"), **dict.fromkeys("县旗区", "county")}


def home_region(article: Article) -> Region | None:
    """The finest region that the whole article is about or speaks for; 全国 for national ones; None where the text does not say."""
    m = article.metadata
    heading = article.title or next((line.strip() for line in article.text[:LEAD].split("\n") if line.strip()), "")[:HEADING]
    if any(_NATIONAL.match(t) for t in (*m.issuers, heading)) or _ALL_PROVINCES.search(article.text[:LEAD]):
        return region_by_code(NATION)
    speaker = _SPEAKER.search(article.text)
    if speaker and not speaker["level"]:
        return region_by_code(NATION)
    if speaker and speaker["name"] and (named := region_by_name(speaker["name"] + speaker["level"])):
        return named
    votes: Counter[str] = Counter()
    for where, texts in (("issuer", m.issuers), ("title", (article.title or "",)), ("publisher", (m.publisher or "", m.origin or ""))):
        for text in texts:
            votes.update(_votes(text, WEIGHTS[where]))
    votes.update(_votes(article.text[:LEAD], WEIGHTS["lead"]))
    votes.update(_votes(article.text, WEIGHTS["text"]))
    voice = _LEVELS[speaker["level"]] if speaker else _voice(article.text)
    if voice is None and len(_MINISTRIES.findall(article.text)) >= max(MINISTRIES, votes.total()):
        return region_by_code(NATION)
    return _settle(votes, voice)


def _votes(text: str, weight: float) -> Counter[str]:
    votes: Counter[str] = Counter()
    found = find_regions(text)
    for n, (_, end, region) in enumerate(found):
        # of 江西省鹰潭市 only 鹰潭市 counts
        if n + 1 == len(found) or found[n + 1][0] != end or not is_within(found[n + 1][2], region):
            votes[region.code] += weight  # type: ignore[assignment]
    return votes


def _voice(text: str) -> str | None:
    """The level that a text speaks from by its own words (全省, 市科技局), where one level clearly leads."""
    counts = {level: len(pattern.findall(text)) for level, pattern in _VOICE}
    if not _AUTONOMOUS.search(text):
        counts["province"] -= len(re.findall("全区|我区", text))
    best = max(counts, key=lambda level: counts[level])
    rest = sum(counts.values()) - counts[best]
    return best if counts[best] >= 3 and counts[best] > 1.5 * rest else None


def _is_county_city(region: Region) -> bool:
    return region.level == "county" and region.name.endswith("市")


def _settle(votes: Counter[str], voice: str | None) -> Region | None:
    """Descend from the nation to the part that holds most votes, no deeper than the text's own voice."""
    atlas = gazetteer()
    nation = votes.pop(NATION, 0)
    totals: Counter[str] = Counter(votes)
    for code, count in votes.items():
        for above in atlas.ancestors(atlas.regions[code]):
            totals[above.code] += count
    here: Region | None = None
    whole = sum(votes.values())
    while True:
        parts = [code for code in totals if atlas.regions[code].parent == (here.code if here else NATION)]
        best = max(parts, key=lambda code: (totals[code], code), default=None)
        least = SPOKEN if voice == "city" and here and here.level == "province" else DOMINANT
        if best is None or totals[best] < least * whole:
            break
        if here and voice == here.level and not (_is_county_city(atlas.regions[best]) and totals[best] >= OWN * whole):
            break
        here, whole = atlas.regions[best], totals[best]
    if here and voice is None and totals[here.code] < LEAST:
        return None  # named by the way
    if here is None:
        return atlas.regions[NATION] if nation > whole / 4 and nation >= 4 else None
    if voice == "city" and here.level == "province" and not here.name.endswith("市"):
        return None  # 我市, and the city has no name here
    return here
