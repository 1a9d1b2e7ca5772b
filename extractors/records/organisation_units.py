"""Sub-units behind a body found before, which belong to its name: …学会低碳专业委员会, …银行渔业金融事业部, …高新区经济发展局."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.record import OrganisationType
from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import words

_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:专业委员会|工作委员会|专委会|委员会|分会)(?![员的])")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:分公司|支公司|分行|支行|事业部|业务部|金融部|营业部|事业群|技术中心|研发中心|中央研究院)")
_SITE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:新?院区|分院|校区|分馆)|新院区")
_FACULTY = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:学部|学术委员会|学位委员会|教授委员会|校友会)(?![员的])")
_ACADEMY = re.compile(rf"[\u4e00-\u9fff]{{2,6}}?分院|{_FACULTY.pattern}")
_PARK = re.compile(r"[\u4e00-\u9fff]{2,6}?分园")
_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:局(?![面部限势域])|办公室)")
_ZONE = re.compile("(?:高新区|经开区|开发区|示范区|保税区|自贸区|新片区|产业园区|科学城)$")
_UNITS: dict[OrganisationType, re.Pattern[str]] = {
    "association": _BRANCH,
    "finance": _DEPARTMENT,
    "company": _DEPARTMENT,
    "platform": _BUREAU,
    "institution": _SITE,
    "university": _FACULTY,
    "institute": _ACADEMY,
}
# What a body does with another one is no part of its name: …协会组织成立…委员会.
_NO_UNIT = re.compile(r"与|和|及|同|联合|组织|成立|设立|组建|牵头|推荐|选举|下设|所属|等|在|将|为|是|各|获|引进|建设")
_NOMINAL = ("n", "vn", "j", "b", "l", "an")


def extended(reading: Reading, mentions: Sequence[Candidate]) -> list[Candidate]:
    """The mentions with the sub-units that stand right behind them; a branch may have a department."""
    return [_with_units(reading, c) for c in mentions]


def _with_units(reading: Reading, mention: Candidate) -> Candidate:
    pattern = _UNITS.get(mention.type)
    if mention.type == "platform" and not _ZONE.search(reading.text, mention.start, mention.end):
        pattern = _PARK
    end = mention.end
    while pattern and (match := pattern.match(reading.text, end)) and not _NO_UNIT.search(match[0]) and is_name(reading, end, match.end()):
        end = match.end()
    if end == mention.end:
        return mention
    canonical = mention.canonical + reading.text[mention.end : end] if mention.canonical else None
    kind: OrganisationType = "government" if pattern is _BUREAU else mention.type
    return replace(mention, end=end, type=kind, canonical=canonical, entity=None)


def is_name(reading: Reading, start: int, end: int) -> bool:
    """Whether only nouns stand there, and a word ends where they do."""
    if end not in reading.bounds and end not in reading.ends:
        return False
    lexicon = words()
    inside = reading.tokens_between(start, end)
    if any(t.text in reading.names.by_name or t.text == "会同" for t in inside):  # another body; a county of that name
        return False
    return all(t.tag.startswith(_NOMINAL) or t.text in lexicon.nominal or t.text in lexicon.generic or t.text in "可持续" for t in inside)
