"""Who does it: the subject of a clause, or whoever the text spoke of last, or the region that it speaks for."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.article import Article, Span
from extractors.names.home import home_region
from extractors.names.regions import NATION, Region, find_regions
from extractors.record import Organisation

# Words of the region that the text speaks for.
_OWN_WORD = re.compile(
    r"^(?:[我全本该][省市区县州盟旗]|(?:省|市|县|自治区|区)(?:级|本级|财政|区县)|当地|各级财政|自治区(?![\u4e00-\u9fff]*[厅局委办]))"
)
_LEVEL_OF = re.compile(
    r"(?:[省市县区]级|国家(?!级))[^，、给按安]{2,}(?:基金|公司|中心|平台|银行|医院|集团|园区|开发区)|[省市县区]级(?!有关|相关|各)[^，、的]{2,8}(?:部门|机关)"
)  # 省级产业基金, 省级渔政部门: a body, not the province
_OWN_OFFICE = re.compile(r"[我本](?:局|厅|委|部|院|办|中心|会)")
_MARKER = re.compile(
    r"对于?|向|为了?|与|和|同|联合|会同|在|依托|通过|围绕|聚焦|按照?|根据|(?<!可)以|将|把|从|面向|针对|利用|借助|结合|经|被|给|就|关于|于(?=[\d每本今明])"
)
_SELF = re.compile(
    r"(?:企业|公司|大学|学院|研究院|研究所|中心|实验室|银行|机场|医院|协会|联盟|集团|高校|院所|机构|团队|园区|开发区|高新区|经开区|基金|平台|"
    r"单位|部门|机关|政府|基地|[省市区县州盟旗局厅院委]|办公室)$"
)
_PARTICULAR = re.compile(
    r"(?:[省市县州盟旗局厅委]|中心|实验室|机场|研究院|学院|大学|医院|(?:开发|高新|经开|试验|示范|合作|保税|[^老市城]新)区|公司|银行)$"
)
# A body that a region's name opens.
_OWNED = re.compile(r"(?:中心|实验室|研究院|研究所|学院|大学|医院|公司|[乡镇村园馆校厂社]|街道|社区|联合体|联盟|协会)$")
# Bodies and places that are honoured by their own names: 临海老街入选…
_HONOURED = re.compile(
    r"(?:[园街路镇乡村馆厂店库港桥城谷]|营地|滑雪场|度假[区村]|名胜区|湿地|公园|景区|商圈|社区|集团|学校|中学|小学|商会|合作社|工厂|车间|企业|集群|片区|[农牧]场|口岸|平台|基地|中心|实验室)$"
)
_BRAND = re.compile(r"[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,6}){0,3}$")  # no more can be said of it: short names right before the verb
_COMMON = re.compile(
    r"(?:[工作项个家条座]|产业|产品|经验|做法|案例|指数|项目|成果|技术|活动|改革|模式|水平|质量|环境|能力|规模|总量|数量|排名|成绩|建设|发展|服务|治理|测评|考核|评价|[年月日底初末]|全[省市县区国]|[各多均])$"
)
_NOTE = re.compile(r"[（(]※*[）)]$")
_WISHED = re.compile(
    r"占|进(?=企业|园区|校园|社区|车间)|深入|走进|支持|鼓励|引导|推动|授权|落实|组织|指导|促进|明确|要求|督促|协调|动员|加大|加快|加强|强化|坚持|完善|优化|提升|健全|压实|持续|不断|充分"
)
_CENTRAL = re.compile("国家|国务院|中央|中共中央|中国共产党|全国|最高人民")
_THING = re.compile("[^，组部队的]{0,6}?(?:项目|工程)(?:建设|进展|$)")  # 海洋医院新院项目稳步推进: the hospital does nothing here
_AGENT = "由"
_MODAL = re.compile("(?:要|应当?|须|需|可以?|必须|将|已)$")
# Behind the first of several bodies: 、徐闻县; 、遂溪一中等6所学校.
_LISTED = re.compile(
    r"(?![在从于向对以])[^，、的\d（]{0,12}(?:、[^，、的\d（]{2,20}?)+(?:等\d*[个家所座]?[\u4e00-\u9fff]{0,8})?(?=$|[向与在为以按把将从])"
)
_GROUP = re.compile(
    "各(?:有关|相关)?(?:[省市县区旗盟州]{1,3}|地区?|部门|单位|高校|园区|地市)(?:[、和及]?各?(?:有关|相关)?(?:[市县区旗]{1,2}|部门|单位|高校|园区|政府))?(?:人民政府|政府)?"
)
_GENERIC = re.compile(r"^(?:各|有关|相关|一批|更多|广大|各类|符合|具备|有条件)|[\d０-９]|的")


MASK = "※"  # a masked character


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    name: str  # canonical where it is an organisation
    leading: bool  # an organ or region that may speak for a whole section


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    span: Span | None  # None: the region that the text speaks for
    named: bool = True  # an organisation or region, not a class such as 龙头企业


class Actors:
    """The mentions of one article that can act, and its own region."""

    def __init__(self, article: Article, organisations: Sequence[Organisation]) -> None:
        self.text = article.text
        self.region = home_region(article)
        regions = find_regions(article.text)
        taken = sorted((o.start, o.end) for o in organisations)
        mentions = [Mention(o.start, o.end, o.canonical, self._speaks(o)) for o in organisations]
        mentions += [Mention(s, e, self.text[s:e], self._leads(r)) for s, e, r in regions if not _covered(taken, s)]
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.mentions]
        self.taken = taken
        self.leading = frozenset(m.name for m in mentions if m.leading)
        self.places = frozenset(s for s, _, _ in regions)
        issuers = article.metadata.issuers
        self.issuer = Actor(issuers[0], None) if issuers else None

    def _speaks(self, organisation: Organisation) -> bool:
        """Whether an organisation is an organ of the region that the text speaks for."""
        if organisation.type != "government":
            return False
        if self.region is None or organisation.region == self.region.code:
            return True
        return organisation.region is None and (self.region.code == NATION or not _CENTRAL.match(organisation.canonical))

    def _leads(self, region: Region) -> bool:
        return self.region is not None and region.code == self.region.code

    @property
    def home(self) -> Actor | None:
        if self.region and self.region.code == NATION and self.issuer:
            return self.issuer  # no nation acts: who issues the text does
        return Actor(self.region.name, None) if self.region else None

    def within(self, span: Span) -> list[Mention]:
        first = bisect_left(self.starts, span.start)
        last = bisect_left(self.starts, span.end)
        return [m for m in self.mentions[first:last] if m.end <= span.end]

    def at(self, offset: int) -> Actor | None:
        """The named actor that starts at an offset."""
        first = bisect_left(self.starts, offset)
        if first == len(self.mentions) or self.mentions[first].start != offset:
            return None
        return Actor(self.mentions[first].name, Span(offset, self.mentions[first].end))

    def inside_name(self, at: int) -> bool:
        """Whether an offset lies inside the name of an organisation."""
        return _covered(self.taken, at)

    def subject(self, masked: str, front: Span) -> Actor | None:
        """The subject in what stands before a verb; None where nothing or only a phrase (对…, 在…) stands there."""
        start = front.start
        while start < front.end and self.text[start].isspace():
            start += 1
        head = masked[start : front.end]
        if not head:
            return None
        first = self.at(start)
        if first and first.span and first.span.end <= front.end:
            if _THING.match(masked, first.span.end, front.end):
                return None
            return self._several(masked, first.span, front.end) or self._longer(masked, first, first.span, front.end)
        if _OWN_OFFICE.match(head) and self.issuer:
            return self.issuer
        if (own := _OWN_WORD.match(head)) and not _LEVEL_OF.match(head):
            return Actor(self.region.name, Span(start, start + own.end())) if self.region else None
        marker = next((m for m in _MARKER.finditer(head) if m.start() != 1), None)  # the 为 of 华为 is none
        return None if head.startswith("（") else self._noun_phrase(start, start + (marker.start() if marker else len(head)))

    def honoured(self, masked: str, front: Span) -> Actor | None:
        """Who is said to be honoured (某老街入选…), where only a phrase of no known kind stands before the verb."""
        phrase = masked[front.start : front.end].strip(" \u3000").removesuffix("被")
        start = front.start + masked[front.start : front.end].find(phrase)
        known = phrase and (_HONOURED.search(phrase) or _BRAND.fullmatch(phrase)) and not _COMMON.search(phrase)
        if not known or len(phrase) > 24 or _MARKER.match(phrase) or _WISHED.match(phrase) or _GENERIC.search(phrase) or MASK in phrase:
            return None
        return Actor(phrase, Span(start, start + len(phrase)))

    def part_of(self, masked: str, speaker: Actor, front: Span) -> Actor | None:
        """A place or body that a firm's name only opens: 蓝贝海湾度假区."""
        longer = speaker.span and speaker.span.end < front.end and self.inside_name(speaker.span.start)
        return self.honoured(masked, front) if longer and _HONOURED.search(masked, front.start, front.end) else None

    def _several(self, masked: str, first: Span, end: int) -> Actor | None:
        """Several bodies that do it together: 遂溪县、徐闻县; 湛江一中、遂溪一中等6所学校."""
        listed = _LISTED.match(masked, first.end, end)
        if listed is None or (self.inside_name(first.start) and masked[first.end] != "、"):
            return None
        return Actor(self.text[first.start : listed.end()], Span(first.start, listed.end()))

    def unknown(self, masked: str, front: Span) -> Actor | None:
        """Who stands before a verb under a name of no known kind (海豚充电宣布完成融资): for texts that speak for no region."""
        head = masked[front.start : front.end].lstrip(" \u3000")
        start = front.end - len(head)
        marker = next((m for m in _MARKER.finditer(head) if m.start() != 1), None)
        name = _MODAL.sub("", _NOTE.sub("", head[: marker.start()] if marker else head).strip())
        unfit = MASK in name or name.startswith(("依据", "根据")) or _COMMON.search(name) or _WISHED.match(name) or _GENERIC.search(name)
        if unfit or not 2 <= len(name) <= 16:
            return None
        return Actor(name, Span(start, start + len(name)))

    def _longer(self, masked: str, place: Actor, span: Span, end: int) -> Actor:
        """A region, or the body whose name it opens: 某市潮汐能检验中心."""
        marker = _MARKER.search(masked, span.end, end)
        stop = marker.start() if marker else end
        name = self.text[span.start : stop].rstrip("、和及与 　")
        opens = self.is_place(place) and 2 <= len(name) - (span.end - span.start) <= 24
        body = opens and _OWNED.search(name) and not _GENERIC.search(name) and not re.search("[、，“《]", name)
        return Actor(name, Span(span.start, span.start + len(name))) if body else place

    def _noun_phrase(self, start: int, end: int) -> Actor | None:
        closed = _MODAL.search(self.text, start, end)
        start, end = start + self.text.startswith(_AGENT, start, end), closed.start() if closed else end
        phrase = self.text[start:end].strip("、和及与 　")
        inside = self.within(Span(start, end))
        if _WISHED.match(phrase):
            return None
        if inside and inside[-1].end >= start + len(phrase):
            return Actor(inside[-1].name, Span(inside[-1].start, inside[-1].end))
        if _GROUP.fullmatch(phrase):
            return Actor(phrase, Span(start, start + len(phrase)), named=False)
        if 2 <= len(phrase) <= 40 and _SELF.search(phrase) and not _GENERIC.search(phrase):
            return Actor(phrase, Span(start, start + len(phrase)), named=bool(inside) or _particular(phrase))
        return None

    def is_place(self, actor: Actor) -> bool:
        return actor.span is not None and actor.span.start in self.places and not self.inside_name(actor.span.start)

    def leads(self, actor: Actor) -> bool:
        """Whether an actor may carry on over sentences: an organ or the text's own region, not one of many examples."""
        return actor.name in self.leading


def _particular(phrase: str) -> bool:
    """现代农业中心 names one; 龙头企业, 高校院所 are classes."""
    return len(phrase) >= 3 and bool(_PARTICULAR.search(phrase) or _LEVEL_OF.match(phrase))


def _covered(taken: Sequence[tuple[int, int]], at: int) -> bool:
    i = bisect_left(taken, (at + 1,))
    return i > 0 and taken[i - 1][1] > at
