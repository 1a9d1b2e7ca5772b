"""Leading groups whose name says what they are to do: 某省推进…建设领导小组, 市应对…工作指挥部, 某县创建…工作专班办公室.

Verbs end other names. Here a region or a level stands before the verb, at the head of a phrase."""

import re
from collections.abc import Iterator

from extractors.names.authority import LEVEL_WORDS
from extractors.record import OrganisationType
from extractors.records.organisation_reading import Candidate, Reading

_DOING = (
    "推进|推动|促进|建设|支持|应对|实施|落实|打造|创建|贯彻|整治|治理|防范|处置|化解|对接|加快|深化|构建|优化|提升"
    "|统筹|保障|保护|争创|申办|筹办|发展|服务|承接|清理|打击|防治|预防|全面|新型|加强|解决"
)
_GROUP = re.compile(
    rf"(?:{_DOING})[^，。；：、！？\n（）()]{{2,24}}?(?:领导小组|推进小组|工作小组|协调小组|指挥部|工作专班|推进委员会|工作委员会|联席会议)"
    r"(?:[\u4e00-\u9fff]{0,12}?(?:执行小组|专项小组|工作组))?(?:办公室)?"
)
_HEAD = re.compile("领导小组|推进小组|工作小组|协调小组|指挥部|工作专班|推进委员会|工作委员会|联席会议")
# Another clause or another body between the verb and the head.
_OTHER = re.compile(r"成立|组建|设立|由|召开|出席|主持|听取|和各|经(?![济营])|[省市县区]委|政府|厅|的")


# An event's committee, which bears the event's year or number: 南京2014年青奥会组织委员会.
_EVENT = re.compile(
    r"(?:\d{4}年?|第[一二三四五六七八九十百\d]{1,4}届)[^，。；：、！？\n（）()\d]{2,24}?(?:组委会|组织委员会|筹委会|筹备委员会|执委会|执行委员会|协调委员会)(?:办公室)?"
)

_GAMES = re.compile("[运博世残]会|运动会|博览会|锦标赛|艺术节|园艺展")


def find(reading: Reading) -> Iterator[Candidate]:
    """Groups behind a region or a level word; the canonical name gives the region."""
    yield from _of_events(reading)
    if not _HEAD.search(reading.text):
        return
    for match in _GROUP.finditer(reading.text):
        start = _owner(reading, match.start())
        if start is not None and not _OTHER.search(match[0]):
            yield Candidate(start=start, end=match.end(), type="government", rule="group", rank=1, confidence=0.8)


def _of_events(reading: Reading) -> Iterator[Candidate]:
    """A year belongs to the name behind a place, and before one with its games (2031年宿州民运会…); a number does anywhere."""
    for match in _EVENT.finditer(reading.text):
        place = reading.region_ends.get(match.start())
        games = match[0][0] != "第" and match.start() + 5 in reading.region_starts and _GAMES.search(match[0])
        if (place or games or match[0][0] == "第") and not _OTHER.search(match[0]):
            kind: OrganisationType = "government" if "协调委员会" in match[0] else "other"
            yield Candidate(start=place[0] if place else match.start(), end=match.end(), type=kind, rule="group", rank=1, confidence=0.8)


def _owner(reading: Reading, at: int) -> int | None:
    """Where the region or the level word right before a verb begins; None where none stands there or a group of regions does."""
    if at in reading.region_ends:
        return reading.region_ends[at][0]
    word = next((w for w in LEVEL_WORDS if reading.text.startswith(w, at - len(w))), None)
    if word is None or at - len(word) not in reading.bounds or reading.is_group(at - len(word)):
        return None
    return at - len(word)
