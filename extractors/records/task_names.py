"""A name in a list of units -> the unit that it means."""

import re
from collections.abc import Sequence

from extractors.article import Span
from extractors.names import authority
from extractors.names.authority import at_level, level_of_word
from extractors.names.regions import Region, find_regions, full_name
from extractors.record import Organisation, ResponsibleUnit, UnitRole
from extractors.records.task_words import duties

_OTHER_LABEL = re.compile(r"[：:]")  # 适用范围：…: no longer a unit
_GROUP = re.compile(r"^(?:各|有关|相关|其他|[省市区县]直)|(?:各有关|有关|相关|各成员|各)(?:\w{0,10})?(?:部门|单位|企业|高校|机构)$|等$")
_UNIT = re.compile(
    r"[局厅委办部院会府行社校心司处站所团组队馆室矿港关署联协台班库军段场]$|公司$|集团$|大学$|学院$|区$|中心$|基地$|领导小组|平台$|街道$|[乡镇]$|[)）]$"
)
_RUN_ON = re.compile(r"(?:组建|建立|建设|制定|推进|推动|开展|加强|支持|完善|实施|打造|设立|成立|加快|引导|鼓励|组织|优化|健全)")
_REGION_ONLY = re.compile(r"^[\u4e00-\u9fff]{2,12}(?:市|县|区|盟|旗|州)$")
# 市数据中心 is the city's; 市场监管局, 区域中心 have no word for a level.
_LEVEL = re.compile(r"自治区|省(?![际级])|市(?![场政民容级]|[南北中]区)|区(?![域级])|县(?![域级])|旗(?!舰)|盟|州")
_BY_LEVEL = re.compile(r"[\u4e00-\u9fff]{2,7}(?<!管)[局厅委办社]$")  # what a level word before its neighbour may cover: 省商务厅、供销社
_YOUTH = re.compile(r"团(自治区|[省市县区旗盟州])委$")
_CENTRAL_BANK = re.compile(r"(?:人民银行|人行)(?=[\u4e00-\u9fff]{2,8}(?:[分支]行|营业管理部|营管部)$)")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]$")


class Resolver:
    """Names in a list -> units: what the organisation records say, the groups, and names by their last character.

    `region`: whose 省 or 市 the text means; it completes the names that no organisation record has.
    """

    def __init__(self, text: str, organisations: Sequence[Organisation], region: Region | None = None) -> None:
        self.text = text
        self.region = region
        self.by_start: dict[int, Organisation] = {}
        for o in organisations:
            if o.start not in self.by_start or o.end > self.by_start[o.start].end:
                self.by_start[o.start] = o

    def unit(self, span: Span, role: UnitRole, level: str = "") -> ResponsibleUnit | None:
        """The unit that fills a span, or None if it is none. `level`: the word before its neighbour in the list (省 of 省商务厅、供销社)."""
        name = self.text[span.start : span.end]
        known = self.by_start.get(span.start)
        if known and known.end == span.end:
            return ResponsibleUnit(name=known.canonical, role=role, text=name, span=span)
        if _OTHER_LABEL.search(name) or (known and _RUN_ON.match(self.text, known.end, span.end)):
            return None
        if _GROUP.search(name):
            return ResponsibleUnit(name=name, role=role, text=name, span=span, group=True)
        if aside := _ASIDE.search(name):  # 市交通委（市道运局）
            own = duties().role(aside[0]) if duties().duty.fullmatch(aside[0][1:-1]) else role  # 市交通委（牵头）
            return self.unit(Span(span.start, span.start + aside.start()), own, level)
        if 2 <= len(name) <= 24 and (_UNIT.search(name) or is_region(name)):
            return ResponsibleUnit(name=self._full(name, level), role=role, text=name, span=span)
        return None

    def is_organ(self, unit: ResponsibleUnit) -> bool:
        """Whether an organisation record or the authority file says that a unit is a government organ."""
        known = self.by_start.get(unit.span.start) if unit.span else None
        return known.type == "government" if known else any(e.type == "government" for e in authority().lookup(unit.name))

    def head(self, span: Span) -> Span | None:
        """A known organisation at the head of a piece that runs on into the next sentence."""
        known = self.by_start.get(span.start)
        return Span(known.start, known.end) if known and known.end < span.end else None

    def _full(self, name: str, level: str) -> str:
        """With the region's name for its level word: 省船闸局 of 绿洲省 is 绿洲省船闸局."""
        if bank := _CENTRAL_BANK.match(name):
            return f"中国人民银行{name[bank.end() :]}"
        if youth := _YOUTH.match(name):
            where = at_level(level_of_word(youth[1]), self.region)
            return f"共青团{full_name(where)}委员会" if where else name
        name = re.sub("管委会$", "管理委员会", name)
        own = level_word(name)
        if own or (level and _BY_LEVEL.match(name) and not find_regions(name)):
            where = at_level(level_of_word(own or level), self.region)
            said = name if own else level + name
            if where:
                canonical, _ = authority().canonical(said, where)
                return canonical if canonical != said else full_name(where) + name.removeprefix(own)
        return name


def is_region(name: str) -> bool:
    """Whether a name is one of a region and nothing else; of provinces those that there are, as 全省 is none."""
    if name.endswith(("省", "自治区")):
        return any((start, end) == (0, len(name)) for start, end, _ in find_regions(name))
    return bool(_REGION_ONLY.match(name))


def level_word(name: str) -> str:
    """省 of 省船闸局; "" where a name begins with no such word."""
    found = _LEVEL.match(name)
    return found[0] if found and len(name) > len(found[0]) + 1 else ""
