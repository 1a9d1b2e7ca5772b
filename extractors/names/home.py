"""The region that an article is about or speaks for."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from extractors.article import Article
from extractors.names.regions import NATION, Region, find_regions, gazetteer, is_within, region_by_code, region_by_name

# How much a mention counts by where it stands. The issuer decides; a reprinting site says little.
WEIGHTS = {"issuer": 12.0, "title": 6.0, "publisher": 4.0, "lead": 2.0, "text": 1.0}
LEAD = 300  # characters
LEAST = 3.0  # weight of all mentions of a region for which a text speaks: once in the lead, or three times
HEADING = 30  # characters of a first line that may name the issuer where the reader found no title
SPOKEN = 0.25  # the same, for a city of a text that says 我市
OWN = 0.7  # the same, for a city of the county level that says 我市 of itself
MOST = 0.6  # the same, where a text names several counties of a city
ONE_CITY, ALONE = 4.0, 0.75  # weight, and share of the votes for all cities, of the only city that a text with a province's words names
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
_RUNNING = re.compile("[，。；]")  # a first line of running text is no heading
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
_CITY, _DISTRICT = re.compile("(?<![各外跨])(?:全市(?![第前首唯])|我市)"), re.compile("[全我本][区县]|[区县]委")
# A city's own words, where it may not say 全市: 市属国企, 市科技局, 市知识产权保护中心.
_OF_A_CITY = re.compile(r"(?<![\u4e00-\u9fff各])市(?:属|级|委|政府|直|[\u4e00-\u9fff]{2,8}(?:局|中心))|全市|我市")
# 安徽艺术学院 stands in any city of the province.
_SCHOOL = re.compile("[\u4e00-\u9fff]{0,8}?(?:大学|学院|研究院|工研院)")
AGAIN = 5  # times
SAID = 2  # times
# Who gives a work report: 我代表市人民政府; a city's report speaks of its province (全省第一) as often as of itself.
_SPEAKER = re.compile(r"我谨?代表(?:国务院|(?P<name>[^，。；\n]{0,16}?)(?P<level>自治区|省|市|州|盟|县|旗|区)(?:人民)?政府)")
_LEVELS = {"自治区": "province", "省": "province", **dict.fromkeys("市州盟", "city"), **dict.fromkeys("县旗区", "county")}


def home_region(article: Article) -> Region | None:
    """The finest region that the whole article is about or speaks for; 全国 for national ones; None where the text does not say."""
    m = article.metadata
    return _home(article.text, article.title, tuple(m.issuers), (m.publisher or "", m.origin or ""))


# Organisations, metrics, actions and tasks of an article ask one after the other; each reading of a text is a tenth of their time.
@lru_cache(maxsize=4)
def _home(body: str, title: str | None, issuers: tuple[str, ...], publishers: tuple[str, ...]) -> Region | None:
    heading = title or next((line.strip() for line in body[:LEAD].split("\n") if line.strip()), "")[:HEADING]
    heads = issuers if not title and _RUNNING.search(heading) else (*issuers, heading)
    if any(_NATIONAL.match(t) for t in heads) or _ALL_PROVINCES.search(body[:LEAD]):
        return region_by_code(NATION)
    speaker = _SPEAKER.search(body)
    if speaker and not speaker["level"]:
        return region_by_code(NATION)
    if speaker and speaker["name"] and (named := region_by_name(speaker["name"] + speaker["level"])):
        return named
    votes: Counter[str] = Counter()
    for where, texts in (("issuer", issuers), ("title", (title or "",)), ("publisher", publishers), ("lead", (body[:LEAD],)), ("text", (body,))):
        for text in texts:
            votes.update(_votes(text, WEIGHTS[where]))
    voice = _LEVELS[speaker["level"]] if speaker else _voice(body)
    if voice is None and len(_MINISTRIES.findall(body)) >= max(MINISTRIES, votes.total()):
        return region_by_code(NATION)
    if voice != "province" and (city := _word_and_city(body)):
        return city
    return _above_district(_settle(votes, voice, says_city=bool(_CITY.search(body))), body)


def _word_and_city(text: str) -> Region | None:
    """中山, 长治: words that name a city only beside its province. A text that speaks as a city and writes one again and again is of it."""
    if not _OF_A_CITY.search(text):
        return None
    times = Counter(m[0] for m in _words_and_cities().finditer(text)).most_common(1)
    if not times or times[0][1] < AGAIN or times[0][1] <= max(_votes(text, 1.0).values(), default=0):
        return None
    return next(f.region for f in gazetteer().forms[times[0][0]] if f.need == 1)


def _under_province(region: Region) -> bool:
    above = gazetteer().regions.get(region.parent or "")
    return above is not None and above.level == "province"


@cache
def _words_and_cities() -> re.Pattern[str]:
    forms = gazetteer().forms
    cities = {word: found[0].region for word, found in forms.items() if len(word) == 2 and found[0].need == 1}
    words = [word for word, city in cities.items() if city.name == f"{word}市" and _under_province(city)]
    # 中山大学, 长治久安, 大同小异
    return re.compile(rf"(?:{'|'.join(words)})(?!大学|路|先生|公园|医院|学院|陵|装|舰|久安|小异|时|治)")


def _votes(text: str, weight: float) -> Counter[str]:
    votes: Counter[str] = Counter()
    found = find_regions(text)
    for n, (start, end, region) in enumerate(found):
        if region.level == "province" and end - start < 4 and _SCHOOL.match(text, end):
            continue
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


def _above_district(here: Region | None, text: str) -> Region | None:
    """A text that says 我市 and never 我区 speaks for a city, however often it names one district."""
    if here is None or here.level != "county" or _is_county_city(here) or here.parent is None or _DISTRICT.search(text):
        return here
    return region_by_code(here.parent) if len(_CITY.findall(text)) >= SAID else here


def _is_city(region: Region) -> bool:
    """北京市 says 全市 of itself, too."""
    return region.level == "city" or (region.level == "province" and region.name.endswith("市"))


def _is_county_city(region: Region) -> bool:
    return region.level == "county" and region.name.endswith("市")


def _one_of_several(best: str, here: Region | None, totals: Counter[str], whole: float) -> bool:
    """A city's text names its counties as examples: one of several that leads by little is not what it speaks for."""
    atlas = gazetteer()
    named = [code for code in totals if atlas.regions[code].parent == atlas.regions[best].parent]
    return bool(here and atlas.regions[best].level == "county" and len(named) > 1 and totals[best] < MOST * whole)


def _only_city(best: str, votes: Counter[str], totals: Counter[str], parts: Sequence[str]) -> bool:
    """A province names several of its cities; who names one alone, and that more often than the province, is this city (全省一流)."""
    city = gazetteer().regions[best]
    least = max(ONE_CITY, votes[city.parent or NATION] + 1, ALONE * sum(totals[code] for code in parts))
    return city.level == "city" and totals[best] >= least


def _with_parts(votes: Counter[str]) -> Counter[str]:
    """The votes of each region and of all its parts."""
    atlas, totals = gazetteer(), Counter(votes)
    for code, count in votes.items():
        for above in atlas.ancestors(atlas.regions[code]):
            totals[above.code] += count
    return totals


def _settle(votes: Counter[str], voice: str | None, *, says_city: bool) -> Region | None:
    """Descend from the nation to the part that holds most votes, no deeper than the text's own voice."""
    atlas = gazetteer()
    nation = votes.pop(NATION, 0)
    totals = _with_parts(votes)
    here: Region | None = None
    whole = sum(votes.values())
    while True:
        parts = [code for code in totals if atlas.regions[code].parent == (here.code if here else NATION)]
        best = max(parts, key=lambda code: (totals[code], code), default=None)
        least = SPOKEN if voice == "city" and here and here.level == "province" and not _is_city(here) else DOMINANT
        if best is None or totals[best] < least * whole:
            break
        if _one_of_several(best, here, totals, whole):
            break
        spoken = here is not None and (voice == here.level or (voice == "city" and _is_city(here)))
        own = _is_county_city(atlas.regions[best]) and totals[best] >= OWN * whole
        if spoken and not own and not (voice == "province" and _only_city(best, votes, totals, parts)):
            break
        here, whole = atlas.regions[best], totals[best]
    if here and voice is None and totals[here.code] < LEAST:
        alone = all(is_within(here, atlas.regions[code]) or is_within(atlas.regions[code], here) for code in votes)
        return here if says_city and _is_city(here) and alone else None  # named by the way
    if here is None:
        return atlas.regions[NATION] if nation > whole / 4 and nation >= 4 else None
    if voice == "city" and here.level == "province" and not here.name.endswith("市"):
        return None  # 我市, and the city has no name here
    return here
