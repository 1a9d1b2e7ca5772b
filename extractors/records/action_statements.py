"""Sentences -> actions: what a predicate states, who is meant, and where the line to exhortation runs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.article import Span
from extractors.records.action_actors import Actor, Actors
from extractors.records.action_clauses import clauses, predicates, sentences
from extractors.records.action_frames import GIVEN, Predicate, aspect_end, ends_at_verb
from extractors.records.action_grammar import front_of, grammar
from extractors.records.action_hits import Verbs
from extractors.records.action_notices import Draft
from extractors.records.action_rewards import Reward, rewards
from extractors.records.action_tense import Tenses
from extractors.records.action_words import lexicon, object_core

_SHARED = re.compile(r"\d[万亿]?元(?=与|用于|共同|支持)")  # 出资五百万元与某行共同…
# What a meeting did, behind its name.
_HELD = re.compile(r"(?<=[会议])(?:专题|专门|集中)?(?:研究|审议|部署|学习|讨论|传达|听取|推进|总结|通报|安排)(?!会|院|所|班|交流|中心)")
# What those do who were sent for: 选聘专家为企业咨询; what a choice is for: 选定六家院所作为试点.
_SENT = re.compile(r"(?<=[人员家队长授师士门位])(?:为|来|赴|到|对|在)(?=[^，]{2})|作为|担任")
# A title in the text: 关于推进某事的实施方案.
_TITLE = re.compile(
    r"\s*[^，\n]{0,24}关于[^，\n]{4,60}(?:方案|办法|意见|措施|规划|计划|规定|细则|通知|决定|公告|通告|通报|公示|名单|批复|报告|函)\s*"
)
_NOBODY = re.compile(r"(?:你们|你单位|各单位|贵单位|各地|不得|从\d)|(?:通过|依托|利用|面向)[^，]*$")  # 印发给你们; 通过网络发布
_MOVED = re.compile(r"(?:将(?![于在会要为对向与由从以按])|把)([^，]{2,})$")
_MOVED_AWAY = re.compile(r"(?:将|把)([^，]{2,})$")  # 将在渔港建设中的审批权限下放
# What a report of a region about itself pushes as a matter of course: 加强政府自身建设, 推进法治建设.
_PUSHED = re.compile("(?:加快|持续)?推进$|加快$")
_GENERAL = re.compile("(?:政府|自身|法治|作风|队伍|体系|能力|制度|机制|环境|文化|文明|民生|乡村|社会)$")
_WHEN = re.compile(r"(?:即?将|已|拟|预计)?(?:[于在](?=\d|今|明)[^，]*|在(?![建校线岗职研编])[^，的]{2,20})$")  # 渔港将于三月开港; 论坛在某市开幕
_MADE_BY = re.compile(r"(?:由[^，的]{2,40}|组建|研发|研制|承建|打造)的(?=[^，]{4})")  # 由某校牵头组建的实验室揭牌
_FOR = re.compile(r"(?<!作)[为向给]([^，]{2,})$")  # 为9家渔企授牌
# 某集团研发的新药获批
_MADE_OF = re.compile(
    r"(?:[与和同][^，的]{2,16})?(?:自主|联合|牵头|独立|共同|成功)?(?:研发|研制|开发|建设|组建|申报|主办|承建|打造|培育|投资|共建|成立)[^，的]{0,8}的"
)
_JOINED = re.compile(r"[与和同][^，]+(?:联手|携手|合作|联合)$")  # 某公司与某所联手，研发…
_ATTENDS = re.compile(r"出席|致辞|主持")  # whoever attends a meeting is not whom the text speaks of
_SAYS = re.compile(r"(?:方面|[相有]关负责人|负责人|负责同志)?(?:表示|介绍|宣布|透露|称|指出)$")
_PRICE = re.compile(r"以[\d.]+[余多]?[万亿]?元(?:的?价格)?$")  # 将一项专利以60万元转让
_GIVING = frozenset({"推荐", "推荐申报", "授予", "评选", "遴选", "表彰", "表扬"})  # who does these is not honoured
_PAYING = frozenset({"抓好", "完成", "做好"})
_STATUS = re.compile(r"首[家个批座款]|国家|全[国省市]|[省市州]级|示范|试点|基地|成员|样板|唯一")  # what one may become: no “引擎”
_ALL_TOLD = re.compile(r"(?:共有?|其中|已有)(?=\d)")  # 共有9家渔企获批
_LEVEL = re.compile(r"(?:到|至)?[约近超逾]?\d")  # 渔企增加到60家
_SUM = re.compile(r"(?:总?额|产?值|收入|总?量)$")  # 渔业总产值完成37亿元
_MADE = re.compile(r"出(?![口版台租资海境入厂圈])|成功|了")  # 研发出深海浮标, 突破了浮标难题
_AUDIENCE = re.compile(r"(?:[\d余多来][名位人]|代表|嘉宾|学员|同志|负责人)[^，]{0,12}$")  # 60名学员参加: who came, not what was held
_FIGURE = re.compile(r"\s*[约近超共逾]?\d[\d.]*[余多]?[万亿]?[个家项座条处台套所]")
# 招收学员突破900人; 储备渔港项目47个、总投资9亿元
_REACHED = re.compile(r"(?:突破|达到|增至|扩大到)(?=\d)|、(?:同比)?(?:增长|下降|居全|总投资|总规模|投资额|惠及)(?![^，]*的)")
_TAKEN_IN = re.compile(r"(?:力争|争取|推动)?([^，]*(?:装置|项目|工程|产品|平台|用地|试点|课题|技术|线路|道路|铁路|产业|园区)等?)")  # 渔港项目纳入规划
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
# 一是支持渔民建码头。 A numbered sentence announces what follows; its general verbs state nothing yet.
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]+是|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])[^“《\d]{4,40}")


def statements(masked: str, actors: Actors, tenses: Tenses) -> Iterator[Draft]:
    """The actions of running text."""
    verbs = Verbs(masked, actors.inside_name)
    topic: Actor | None = None  # whom the text spoke of last, over sentences
    before: Actor | None = None  # whom the last part of the same sentence spoke of: …；…
    for sentence in sentences(masked):
        if _TITLE.fullmatch(masked[slice(*sentence)]):
            continue
        plan = tenses.at(sentence.start) == "planned"
        paid = [_reward(masked, reward, sentence, actors) for reward in rewards(masked, sentence, told=not plan)]
        yield from paid
        reader = _Sentence(masked, sentence, actors, plan, [d.trigger.start for d in paid])
        yield from reader.read(before or (None if plan else topic), verbs)
        goes_on = masked.startswith(("；", ";"), sentence.end) and reader.carried and reader.carried.named
        before = reader.carried if goes_on else None
        if not plan and reader.carried and actors.leads(reader.carried):
            topic = reader.carried


def _reward(masked: str, reward: Reward, sentence: Span, actors: Actors) -> Draft:
    payer = actors.subject(masked, reward.front)
    return Draft(reward.trigger, "fund", reward.target, payer if payer and payer.named else actors.home, sentence, "reward")


class _Sentence:
    """One sentence, with the actor that carries over its clauses."""

    def __init__(self, masked: str, span: Span, actors: Actors, plan: bool, paid: list[int]) -> None:
        self.masked, self.span, self.actors, self.plan, self.paid = masked, span, actors, plan, paid
        self.heading = bool(_HEADING.fullmatch(masked[span.start : span.end]))
        self.line = masked.rfind("\n", 0, span.start) + 1
        self.carried: Actor | None = None

    def read(self, topic: Actor | None, verbs: Verbs) -> Iterator[Draft]:
        self.carried, aside, joined = topic, None, None
        for clause in clauses(self.masked, self.span, verbs):
            self.carried = aside if aside and (self.masked.startswith("并", clause.start) or joined) else self.carried
            rewarded = any(clause.start <= at < clause.end or self._is_condition(clause, at) for at in self.paid)
            found = [] if rewarded else predicates(self.masked, clause, verbs)
            for predicate in found:
                if draft := self._state(predicate):
                    yield draft
            aside = None if found else self._passed(clause, unopened=self.carried is topic)
            joined = _JOINED.search(self.masked, clause.start, clause.end)

    def _is_condition(self, clause: Span, paid: int) -> bool:
        """在海外设立渔港的企业，…给予补助: who is paid, not what is done."""
        return clause.end < paid and bool(grammar().relative.search(self.masked[clause.start : clause.end]))

    def _passed(self, clause: Span, *, unopened: bool) -> Actor | None:
        """Whom a clause that states no action itself speaks of, for what 并… adds; who said something is the sentence's actor."""
        front = front_of(self.masked, clause.start, clause.end)
        subject = self.actors.subject(self.masked, front)
        subject = subject if subject and subject.named else None
        if unopened and subject and self._opens(clause, subject):
            self.carried = subject
        if says := _SAYS.search(self.masked, front.start, clause.end):
            self.carried = subject or self.carried or self.actors.unknown(self.masked, Span(front.start, says.start()))
        return subject

    def _opens(self, clause: Span, subject: Actor) -> bool:
        """Whether the sentence goes on to speak of a clause's subject: in the first one a place, in others one that may speak for the section."""
        if _ATTENDS.search(self.masked, clause.start, clause.end):
            return False
        first = clause.start == self.span.start and not self.plan and self.actors.is_place(subject)
        return first or self.actors.leads(subject)

    def _told(self) -> bool:
        """Whether this sentence reports of somebody whom it names."""
        span = self.carried.span if self.carried and self.carried.named else None
        return span is not None and span.start >= self.span.start and not self.plan

    def _named(self, predicate: Predicate, *, praised: bool) -> tuple[Actor | None, Actor | None]:
        """The subject of a predicate, and who acts where that is another; one who is `praised` by a name of any kind."""
        subject = self.actors.subject(self.masked, predicate.front)
        speaker = self.actors.subject(self.masked, predicate.outer) if predicate.outer else subject
        if praised and not predicate.causer and (speaker is None or self.actors.is_place(speaker)):
            speaker = subject = self.actors.honoured(self.masked, predicate.front) or speaker
        elif praised and speaker and (longer := self.actors.part_of(self.masked, speaker, predicate.front)):
            speaker = subject = longer
        return subject, speaker

    def _state(self, predicate: Predicate) -> Draft | None:
        if self.paid and predicate.verb.type == "fund" and predicate.verb.word in lexicon().nounlike:
            return None  # 最高补助…: a further figure of the reward
        praised = (predicate.verb.type == "recognise" or predicate.verb.word == "通过") and predicate.verb.word not in _GIVING
        subject, speaker = self._named(predicate, praised=praised)
        target = _target(self.masked, predicate)
        if speaker and speaker.span and target and speaker.span.start >= target.start:
            made = _MADE_OF.match(self.masked, speaker.span.end, target.end)
            speaker = subject = speaker if made else None  # 海洋博物馆竣工: what was finished did not do it
        honoured = praised and speaker and self.actors.home and not self.actors.leads(speaker)
        self.carried = self.carried if honoured or predicate.verb.word == "出席" else speaker or self.carried
        told = self._told()
        if target is None or (self.heading and not told and not (subject and subject.named) and predicate.verb.strength == "weak"):
            return None
        phrase = self.masked[slice(*target)]
        duty = bool(self.carried and self.carried.named and self.carried.span and self.carried.span.start >= self.line)
        if not _counts(self.masked, predicate, target, subject, plan=self.plan, duty=duty) and not (
            not self.plan and _practised(self.masked, predicate, told=told)
        ):
            return None
        # 某市推进码头建设 reports the pushing; a plan's 推进码头建设 means the building
        if predicate.pusher and (told or (not self.plan and predicate.verb.noun == "establish")):
            predicate, target = replace(predicate, trigger=predicate.pusher), Span(target.start, predicate.trigger.end)
            phrase = self.masked[slice(*target)]
        caused = subject if predicate.causer and subject and subject.named else None
        kind = predicate.verb.noun if predicate.noun else lexicon().type_of(predicate.verb, phrase)
        actor = caused or speaker or self.carried or self.actors.home or self.actors.unknown(self.masked, predicate.front)
        return Draft(predicate.trigger, kind or "other", target, actor, self.span, predicate.verb.type or "light")


def _counts(masked: str, predicate: Predicate, target: Span, subject: Actor | None, *, plan: bool, duty: bool) -> bool:
    """Whether a predicate states an action: the line between deliverable and exhortation. `duty`: whose duty it would be is named."""
    words, verb, phrase = lexicon(), predicate.verb, masked[slice(*target)]
    named = bool(subject and subject.named)
    if words.is_level(verb, phrase) or phrase.startswith(("并", "和", "或")) or _only_tells(masked, predicate, target):
        return False
    if predicate.causer and not named and (plan or predicate.causer.causing == "soft"):
        return False  # 鼓励各类企业建设…: encouragement of a class
    if verb.word in words.duties:
        return predicate.causer is None and duty
    if verb.strength == "counted" and not predicate.noun:
        return words.is_counted(verb, phrase)
    made = verb.type == "research" and verb.word != "取得" and _MADE.match(masked, predicate.trigger.end)
    if predicate.pusher and verb.noun == "fund" and masked[slice(*predicate.pusher)] not in _PAYING:
        return False  # 强化渔业建设支持
    weak = predicate.noun or (verb.strength == "weak" and not made)
    return not weak or words.is_concrete(verb, phrase, plan=plan)


def _only_tells(masked: str, predicate: Predicate, target: Span) -> bool:
    """渔企均突破900家 tells a level, 60名学员参加 who came."""
    if predicate.verb.word == "突破" or (predicate.verb.word in lexicon().reaching and target.start < predicate.trigger.start):
        return bool(_LEVEL.match(masked, predicate.trigger.end, predicate.target.end))
    if predicate.verb.word == "完成" and _LEVEL.match(masked, *target):
        return bool(_SUM.search(masked[slice(*predicate.front)]))
    if predicate.verb.word == "成为":
        return not _STATUS.search(masked, *target)
    return predicate.verb.word == "参加" and bool(_AUDIENCE.search(masked, predicate.front.start, predicate.front.end))


def _practised(masked: str, predicate: Predicate, *, told: bool) -> bool:
    """某市推进公立医院改革: a report credits a named actor with it."""
    words = lexicon()
    if predicate.pusher:
        general = not told and (
            _GENERAL.search(masked, predicate.target.start, predicate.trigger.start) or not _PUSHED.match(masked, *predicate.pusher)
        )
        return not general and bool(words.practised.search(masked[slice(*predicate.trigger)]))
    return predicate.verb.word in words.wishing and bool(words.practised.search(object_core(masked[slice(*predicate.target)])))


def _target(masked: str, predicate: Predicate) -> Span | None:
    """The object of a predicate, trimmed; for 将 X 纳入, X 落成 and 与 X 合作 it stands before the verb."""
    front = masked[predicate.front.start : predicate.front.end]
    start, end = aspect_end(masked, predicate.target), predicate.target.end
    moved = (_MOVED_AWAY if predicate.verb.word == "下放" else _MOVED).search(front)
    if moved and not masked.startswith("为", predicate.trigger.end):
        start, end = predicate.front.start + moved.start(1), predicate.front.start + moved.end(1)
        end = price.start() if (price := _PRICE.search(masked, start + 2, end)) else end
    elif predicate.verb.word == "纳入" and (taken := _TAKEN_IN.fullmatch(front)):
        start, end = predicate.front.start + taken.start(1), predicate.front.start + taken.end(1)
    elif (start >= predicate.trigger.end and ends_at_verb(predicate.verb, masked[start:end])) or _FIGURE.fullmatch(masked, start, end):
        partner = _partner(predicate, front)
        start, end = predicate.front.start + (partner.start(1) if partner else 0), predicate.front.end
        end = when.start() if not partner and (when := _WHEN.search(masked, start + 2, end)) else end
    if predicate.verb.type == "fund" and (shared := _SHARED.search(masked, start, end)):
        end = shared.end()
    start = made.end() if (made := _MADE_BY.match(masked, start, end)) else start
    return _trimmed(masked, start, _core_end(masked, predicate, start, end))


def _partner(predicate: Predicate, front: str) -> re.Match[str] | None:
    """What an object before its verb opens behind: 与某校合作, 为九家渔企授牌."""
    if predicate.verb.type == "cooperate":
        return re.search(r"[与和同]([^，]{2,})$", front)
    return _FOR.search(front) if predicate.verb.word in GIVEN else None


def _core_end(masked: str, predicate: Predicate, start: int, end: int) -> int:
    """Where an object ends: before a gap, before what those who were drawn did (吸引六家企业入驻), before what a meeting did."""
    ends = [gap] if (gap := _GAP.search(masked, start + 4, end)) else []
    if predicate.verb.word in lexicon().addressing and (joined := lexicon().joining.search(masked, start + 2, end)):
        ends.append(joined)
    if predicate.verb.word in lexicon().addressing and (sent := _SENT.search(masked, start + 2, end)):
        ends.append(sent)
    if predicate.verb.type == "hold" and (held := _HELD.search(masked, start + 2, end)):
        ends.append(held)
    if reached := _REACHED.search(masked, start + 2, end):
        ends.append(reached)
    return min((m.start() for m in ends), default=end)


def _trimmed(masked: str, start: int, end: int) -> Span | None:
    start = counted.end() if (counted := _ALL_TOLD.match(masked, start, end)) else start
    while start < end and masked[start] in " \u3000、和与及的":
        start += 1
    while start < end and masked[end - 1] in " \u3000、和与及":
        end -= 1
    return Span(start, end) if end - start >= 2 and not _NOBODY.match(masked, start, end) else None
