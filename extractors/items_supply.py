"""Supply and talent from running text: platforms, results and services on offer; people and teams."""

import re
from collections.abc import Iterator
from typing import Final

from extractors.item import Item, Source, SupplyDetail, TalentDetail, make
from extractors.record import Action, Person, sentence_span
from extractors.records.action_words import object_core

_PLATFORM = re.compile(r"(?:平台|中心|实验室|研究院|中试基地|孵化器|众创空间|联合体|创新园|工作站|指导站|公共服务平台)$")
_RESULT = re.compile(r"(?:技术|产品|装备|系统|工艺|品种|新药|疫苗|芯片|机器人|材料|设备|样机|成果)$")
_SERVICE = re.compile(r"(?:服务|检测|检验|测试|认证|咨询|辅导|培训)$")
_MANY = re.compile(r"\d|各类|一批|若干|[二三四五六七八九十百]+(?:个|家)|等")  # counts and classes offer nothing by name
_VAGUE = re.compile(r"专业化|优质|全方位|精准|便捷|优化|完善|提升|高效|良好|综合性|相关|有关")
_MODES: Final = re.compile(r"作价入股|普通许可|独占许可|排他许可|许可|转让|合作开发|技术入股|面议")
_OFFICIAL = re.compile(r"书记|[部厅局处科市区县州盟旗省镇乡]长|主席|秘书长|调研员|巡视员|联系人|咨询人")
_TEAM = re.compile(r"团队|课题组")


def offers(source: Source) -> Iterator[Item]:
    """Named platforms that were set up, results that were made, services that are given; by whom."""
    for action in source.records:
        if not isinstance(action, Action) or not action.object or action.tense == "planned":
            continue
        named = re.sub(r"\s+", "", action.object)
        if _MANY.search(re.sub(r"“[^”]*”", "", named)) or not 5 <= len(named) <= 40 or _VAGUE.match(named):
            continue
        if detail := _offer(source, action, object_core(named)):
            span = sentence_span(source.article.text, action.start, action.end)
            yield make(source, "supply", named, detail, span, (action.id,))


def _offer(source: Source, action: Action, core: str) -> SupplyDetail | None:
    mode = _MODES.search(source.article.quote(sentence_span(source.article.text, action.start, action.end)))
    transfer = mode[0] if mode else None
    if action.type == "establish" and _PLATFORM.search(core):
        return SupplyDetail(offer="platform", holder=action.actor)
    makes = action.type == "research" or action.trigger in ("转让", "许可", "推广转化", "转化")
    if makes and _RESULT.search(core):
        return SupplyDetail(offer="result", holder=action.actor, transfer=transfer)
    if action.type in ("serve", "launch") and _SERVICE.search(core):
        return SupplyDetail(offer="service", holder=action.actor)
    return None


def talents(source: Source) -> Iterator[Item]:
    """Experts, founders, leaders of teams; not officials and not contacts."""
    for person in source.records:
        if not isinstance(person, Person) or _OFFICIAL.search(person.title or ""):
            continue
        sentence = sentence_span(source.article.text, person.start, person.end)
        team = _TEAM.match(source.article.text[person.end : person.end + 8].replace(person.title or "", "", 1))
        detail = TalentDetail(form="team" if team else "person", role=person.title, organisation=person.organisation, field=person.field)
        yield make(source, "talent", person.name + ("团队" if team else ""), detail, sentence, (person.id,))
