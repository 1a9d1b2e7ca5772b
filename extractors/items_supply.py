"""Supply and talent from running text: platforms, results and services on offer; people and teams."""

import re
from collections.abc import Iterator
from typing import Final

from extractors.article import Span
from extractors.item import Item, Source, SupplyDetail, TalentDetail, make
from extractors.names.authority import at_level, level_of_word
from extractors.names.regions import find_regions, full_name, region_by_code
from extractors.record import Action, Organisation, Person, sentence_span
from extractors.records.action_words import object_core
from extractors.records.task_names import level_word

_PLATFORM = re.compile(r"(?:平台|中心|实验室|研究院|中试基地|孵化器|众创空间|联合体|创新园|工作站|指导站)$")
_RESULT = re.compile(r"(?:技术|产品|装备|系统|工艺|品种|新药|疫苗|芯片|机器人|材料|设备|样机|成果)$")
_SERVICE = re.compile(r"(?:服务|检测|检验|测试|认证|咨询|辅导|培训)$")
# Counts and classes offer nothing by name: 各类平台, 一个展示平台, “五大中心”.
_MANY = re.compile(r"\d|首[个家批]|各类|一批|若干|[一二三四五六七八九十百两多]+(?:个|家|批|座|项|套|系列|大)|等")
_VAGUE = re.compile(r"专业化|优质|全方位|精准|便捷|优化|完善|提升|高效|良好|综合性|相关|有关|全生命周期|全链条|全产业链|一站式")
# Words that every second name has: a name of nothing else is a class.
_CLASS = re.compile(
    r"(?:国家级?|省级?|市级|区级|自治区级|全[国省市区]|首[家个]|国际|区域|科技型?|科研|企业|创新|研发|技术|产品|检验|检测|总部|基础|学科|研究|公共|服务|综合|产业化?|成果|交易|转移"
    r"|转化|联合|工程|重点|协同|大?数据|孵化器?|众创|双创|院士|专家|博士后?|工作|中试|新型|高水平|现代|高端|一流|优秀|先进|重大|重要|临床|医学|医疗|更多|原创性?|高质量|和|与|及|的|[一二三四]站式?集成)+"
    r"(?:平台|中心|实验室|研究院|基地|孵化器|空间|联合体|创新园|工作站|成果|技术|产品|装备|设备|材料)"
)
_CLAUSE = re.compile(r"投入|运营|建成|开工|打造|引进|推进|正式|开园")
_QUOTED = re.compile(r"“[^”]{3,}”")
# A 中心 may be a theatre or a depot, and a 平台 for pay slips.
_SCIENCE = re.compile(
    r"科技|科创|科学|创新|技术|研究|研发|双创|成果|转化|知识产权|专利|检测|检验|测试|试验|实验|中试|孵化|工程|算力|超算|数据|仪器|设计|概念验证|医学|院士|博士|专家|企业|产业化"
)
_FIRMS = re.compile(r"科技|科创|成果|研发|技术|产业|企业")
# Not there yet, unless what follows says that it works.
_BEGINS = re.compile(r"开工|动工|奠基|启动建设|在建|封顶|推进|加快|着力|聚力|力争|积极打造|谋划|筹建|规划|支持|引导|加强|完善|布局")
_WORKS = re.compile(r"建成|投用|投运|启用|运行|运营|揭牌|挂牌|成立|投入使用|落户|获批")
_AIMS = re.compile(r"(?:加快|力争|争取|全面|高标准|推动|推进|确保|支持|年内|年底前)[^，。]{0,8}?(?:建成|投用|运行|运营|成立|揭牌|启用)")
_SINCE = re.compile(r"，(?:(?:现|目前|该|平台|中心)[^，。；]{0,10}?(?:已|具备|累计|孵化|服务)|(?:已|累计))")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]$|[“”]")
_BUILT_BY = re.compile(r"由(?P<who>[^，。；\n由]{2,60}?)(?:联合|共同|牵头|合作|投资)*(?:共建|建设|组建|打造|运营|发起|设立|成立|承建)的?$")
_IS_BUILT = re.compile(
    r"该(?:中心|平台|实验室|研究院|基地|院|项目)由(?P<who>[^，。；\n由]{2,60}?)(?:联合|共同|牵头|合作|投资)*(?:共建|建设|组建|打造|发起)"
)
_PRICE: Final = re.compile(r"(?:许可费|转让费|转让价格?|作价|成交额?|合同金额|交易额)[^，。；\d]{0,6}?(\d[\d.]*\s?[万亿]?元)")
_MODES: Final = re.compile(r"作价入股|普通许可|独占许可|排他许可|许可|转让|合作开发|技术入股|面议")
# Whom an engine can match with work; officials, spokesmen and contacts are left out.
_EXPERT = re.compile(
    r"院士|教授|研究员|科学家|学者|专家|博士|带头人|首席|创始人|发明人|总工|工程师|农艺师|畜牧师|兽医师|设计师|技师|主任医师|特派员|经纪人|经理人|导师"
)
_TEAM = re.compile(r"团队|课题组")


def offers(source: Source) -> Iterator[Item]:
    """Named platforms that were set up, results that were made, services that are given; by whom."""
    types = {name: r.type for r in source.records if isinstance(r, Organisation) for name in (r.canonical, r.text)}
    for action in source.records:
        if not isinstance(action, Action) or not action.object or action.tense == "planned":
            continue
        span = sentence_span(source.article.text, action.start, action.end)
        sentence = source.article.quote(span)
        for named in _names(re.sub(r"\s+", "", action.object).removesuffix("建设")):  # 推进“…”平台建设
            detail = _offer(sentence, action, object_core(named), _holder(source, action))
            if detail and _is_there(source, span, action) and _by_name(detail, named, sentence, types.get(action.actor or "")):
                yield make(source, "supply", _placed(named, source), detail, span, (action.id,))


def _holder(source: Source, action: Action) -> str | None:
    """Who did it. Where what was done stands first (某中心揭牌), a body of an earlier clause has no part in it; the region of the report has."""
    said, by = action.spans.get("object"), action.spans.get("actor")
    apart = said and by and said.end <= action.start and "，" in source.article.text[by.end : said.start]
    own = source.document.region
    if builders := _builders(source, action):
        return "、".join(builders)
    return None if apart and not (own and (action.actor or "").startswith(own)) else action.actor


def _builders(source: Source, action: Action) -> list[str]:
    """Who stands behind 由 right before what was set up (由甲公司、乙大学共建的某中心投用) or in the next sentence (该中心由…共建)."""
    said, text = action.spans.get("object"), source.article.text
    built = _BUILT_BY.search(text, max(0, said.start - 80), said.start) if said else None
    built = built or _IS_BUILT.match(text, sentence_span(text, action.start, action.end).end)
    inside = built.span("who") if built else (0, 0)
    return [r.canonical for r in source.records if isinstance(r, Organisation) and inside[0] <= r.start and r.end <= inside[1]]


def _placed(named: str, source: Source) -> str:
    """With the region's name for its level word: 市海藻检测中心."""
    word = level_word(named)
    where = at_level(level_of_word(word), region_by_code(source.document.region_code or "")) if word else None
    return full_name(where) + named.removeprefix(word) if where else named


def _names(said: str) -> list[str]:
    """The names in an object: several where each part of its list is one (甲中心、乙实验室)."""
    parts = said.split("、")
    several = parts if sum(bool(_PLATFORM.search(part)) for part in parts) > 1 else [said]
    return [name for name in several if 5 <= len(name) <= 40 and _is_name(name)]


def _is_name(named: str) -> bool:
    return not (_MANY.search(_QUOTED.sub("", named)) or _VAGUE.match(named) or _CLAUSE.search(named))


def _is_there(source: Source, span: Span, action: Action) -> bool:
    """Not only begun (开工, 推进…) or, in a report of a government, only planned: the half that says so may lie far above."""
    text = source.article.text
    places = [action.start, action.end, *action.spans.get("object", ())]
    first = max(span.start, *(text.rfind(mark, span.start, min(places)) + 1 for mark in "，、"))
    behind = text.find("，", max(places), span.end)
    last = behind if behind >= 0 else span.end
    if source.article.kind == "report":
        return bool(_WORKS.search(text, first, last)) and not _AIMS.search(text, first, last)
    return not _BEGINS.search(text, first, last) or bool(_SINCE.match(text, last, span.end))


def _by_name(detail: SupplyDetail, named: str, sentence: str, holder: str | None) -> bool:
    """Whether an offer can be found: it has a name of its own, or one who has it. What a region or an organ
    calls 服务平台 or 综合服务 is a policy in other words. `holder`: type of the organisation that has it."""
    plain = _ASIDE.sub("", named)
    housed = holder not in (None, "government")
    if detail.offer != "platform":
        return housed and not _CLASS.fullmatch(plain)
    if plain.endswith("平台"):
        own = _QUOTED.search(named) or find_regions(named) or re.search(r"[A-Za-z]{2}", named)
        return bool((own or housed) and (housed or _FIRMS.search(sentence)))
    return (housed or not _CLASS.fullmatch(plain)) and (not plain.endswith("中心") or bool(_SCIENCE.search(plain.split("、")[-1])))


def _offer(sentence: str, action: Action, core: str, holder: str | None) -> SupplyDetail | None:
    transfer = max(_MODES.findall(sentence), key=len, default=None)  # 独占许可 says more than 许可
    if action.type == "establish" and _PLATFORM.search(core):
        return SupplyDetail(offer="platform", holder=holder)
    makes = action.type == "research" or action.trigger in ("转让", "许可", "推广转化", "转化")
    if makes and _RESULT.search(core):
        price = _PRICE.search(sentence)
        return SupplyDetail(offer="result", holder=holder, transfer=transfer, price=price[1] if price else None)
    if action.type in ("serve", "launch") and _SERVICE.search(core):
        return SupplyDetail(offer="service", holder=holder)
    return None


# 某某认为, 某某向记者表示: heard, not offered, unless it is who founded or leads something.
_HEARD = re.compile(r"[^，。；]{0,12}?(?:表示|认为|告诉|指出|说|称|介绍|坦言|透露|分析|发现)")
_LEADS = re.compile(r"院士|创始人|带头人|首席|发明人|科学家")


def talents(source: Source) -> Iterator[Item]:
    """Experts, founders, leaders of teams, whose field or house is known."""
    text = source.article.text
    for person in source.records:
        if not isinstance(person, Person) or not _EXPERT.search(person.title or ""):
            continue
        title = person.title or ""
        team = _TEAM.match(text[person.end : person.end + 8].replace(title, "", 1))
        if not (team or person.organisation or person.field) or not _beside(text, person, title):
            continue
        if source.authority == "secondary" and _HEARD.match(text, person.end) and not (person.field or _LEADS.search(title)):
            continue
        detail = TalentDetail(form="team" if team else "person", role=title, organisation=person.organisation, field=person.field)
        sentence = sentence_span(text, person.start, person.end)
        yield make(source, "talent", person.name + ("团队" if team else ""), detail, sentence, (person.id,))


def _beside(text: str, person: Person, title: str) -> bool:
    """In lists of names the title may be that of the line before."""
    return title in text[text.rfind("\n", 0, person.start) + 1 : person.end + 8]
