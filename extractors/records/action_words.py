"""The lexicon of actions, compiled from action.yml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import daachorse

from extractors.record import ActionType
from extractors.rules import load

# A title, a quoted name, a figure with a classifier. 海岸“净滩”: two characters in quotes behind a word are none.
_NAMED = re.compile(
    r"[《\"\d０-９A-Za-z]|[二三四五六七八九十百千两]+(?:个|家|项|大|批|条|支|套|座|期|场|名|所|只|次|届)|首[个座台套条家项艘单批次款]|“(?!(?<=[\u4e00-\u9fff]“)[^”]{2}”$)"
)
# Statements of a measured value: 网格增至六百个, 达标率保持100%.
_MEASURED = re.compile(r"(?:率|额|量|值|总数|规模|余额|收入)[^，]{0,6}\d|(?:达到?|保持|增至|升至|降至|提高至)[^，]{0,3}\d")
_SUBSTANCE = re.compile(r"PM2\.5|PM10|VOCs|CO2")  # their figures and letters name no deliverable
_BRACKETS_END = re.compile(r"(?:[（(][^（()）]*[）)])+$")
_HOW_MANY_END = re.compile(r"(?:[约近超共达累计]*[\d０-９.,]+(?:余|多)?[万亿千百]?(?:余|多)?(?:元|(?!元)[\u4e00-\u9fff]{0,3})(?:以上|左右|以内)?)$")
_GREW = re.compile(r"[^、，\d]{0,14}(?:增长|下降|提高)\s?\d|(?:项目)?(?:投资额|总额|余额|产值)[^、，\d]{0,4}\d")  # 新设企业增长12%
_BARE = re.compile(r"(?:超过?|近|约|达|逾|共)?\s*[\d.]+\s*(?:余|多)?[万亿]?[\u4e00-\u9fff]{1,2}(?:以上|左右)?$")  # a figure of nothing
_THINGS = re.compile(
    r"(?<![第\d.])\d[\d.]*[余多]?[万千百]?[余多]?(?:个(?!百分|月|小时|工作日)|[家项座条处台套所件名户亩辆艘支只批宗栋株份款间片张]|人(?![次均口])|公里|平方)|[两二三四五六七八九十百]+(?:大|[项家座条套个])"
)
_SHARE = re.compile(r"\d[%％]$")  # 完成全年任务的90%
_MONEY = re.compile(r"\d[万亿]?元")
_COUNTED = re.compile(r"^[^，]{0,4}\d+[余多]?[万千]?[户个件项起宗家处条]")
_FIGURE_FIRST = re.compile(r"[^，]{0,16}?[\d０-９百千万][\d０-９.．]*[余多]?[万亿千百]?(?:元|%|％|户|吨|人次|亩|公里|千瓦|平方|$)|以“")

Strength = Literal["strong", "weak", "counted"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One word of the lexicon and all that it can do in a clause."""

    word: str
    type: ActionType | None = None  # None: it only carries another word
    strength: Strength = "strong"
    noun: ActionType | None = None  # type as a verbal noun behind a light verb
    light: bool = False
    pushing: bool = False
    causing: Literal["hard", "soft"] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A lexicon word in a text."""

    start: int
    end: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class Heads:
    """The last words of objects that decide the type of a verb of many uses."""

    types: tuple[tuple[ActionType, re.Pattern[str]], ...]
    default: ActionType


class Lexicon:
    def __init__(self) -> None:
        rules = load("action")
        self.version = rules.version
        self.verbs = _verbs(rules.rules, rules.tables)
        self.words = [*self.verbs, *(word for word in rules.tables["blocked"] if word not in self.verbs)]
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self.words, daachorse.MATCH_KIND_LEFTMOST_LONGEST)
        self.by_object: dict[str, Heads] = {}
        for row in rules.tables["by_object"]:
            heads = Heads(tuple((kind, _ending(words)) for kind, words in row["heads"].items()), row["default"])
            self.by_object.update(dict.fromkeys(row["verbs"], heads))
        self.concrete = _ending(rules.tables["concrete"])
        self.reported = _ending(rules.tables["reported"])
        self.vague = _ending(rules.tables["vague"])
        self.nounlike = frozenset(rules.tables["nounlike"])
        self.nounlike_inside = self.nounlike | frozenset(rules.tables["nounlike_inside"])
        self.wishing = frozenset(rules.tables["wishing"])
        self.conditional = frozenset(rules.tables["conditional"])
        self.addressing = frozenset(rules.tables["addressing"])
        self.duties = frozenset(rules.tables["duties"])
        self.tail_only = frozenset(rules.tables["tail_only"])
        self.finishing = frozenset(rules.tables["finishing"])
        self.reaching = frozenset(rules.tables["reaching"])
        self.only_before = {word: _ending(words) for word, words in rules.tables["only_before"].items()}
        self.not_before = {word: _ending(words) for word, words in rules.tables["not_before"].items()}
        self.lifting = {word: _ending(words) for word, words in rules.tables["lifting"].items()}
        self.public = frozenset(rules.tables["public"])
        self.joining = re.compile("|".join(rules.tables["joining"]))
        self.practised = _ending(rules.tables["practised"])
        self.unnamed = re.compile("|".join(rules.tables["unnamed"]))
        self.nouns = {word: verb for word, verb in self.verbs.items() if verb.noun}
        self.noun_end = _ending(sorted(self.nouns, key=len, reverse=True))

    def hits(self, text: str) -> list[Hit]:
        return [Hit(s, e, self.verbs[self.words[n]]) for s, e, n in self.automaton.find(text) if n < len(self.verbs)]

    def type_of(self, verb: Verb, target: str) -> ActionType:
        """The type of an action by its verb and, for verbs of many uses, by the last word of its object."""
        heads = self.by_object.get(verb.word)
        if heads is None:
            return verb.type or verb.noun or "other"
        core = object_core(target)
        whole = target.strip()
        return next((kind for kind, ending in heads.types if ending.search(core) or ending.search(whole)), heads.default)

    def is_level(self, verb: Verb, target: str) -> bool:
        """突破十亿元, 服务网格增至六百个: the figure is a level that was reached, not an object."""
        first = target.split("、", maxsplit=1)[0]  # 签约项目46个、金额33亿元
        measured = _MEASURED.search(first if _THINGS.search(first) else target)
        if (verb.word in self.nounlike_inside and measured) or _GREW.match(target):
            return True
        if verb.word in ("完成", "超额完成") and _SHARE.search(target):
            return True
        reached = verb.word in self.reaching and _FIGURE_FIRST.match(target)
        return bool(reached or (verb.type in ("other", "research", "recognise") and _BARE.match(target)))

    def is_counted(self, verb: Verb, target: str) -> bool:
        """修复渔港6座: the object is counted; 安排补助3亿元: or the money is named; 取消渔船检验要求: or it is a demand that is lifted."""
        if (demands := self.lifting.get(verb.word)) and demands.search(object_core(target)):
            return True
        if self.vague.search(object_core(target)):
            return False
        return bool(_THINGS.search(target) or (verb.type == "fund" and _MONEY.search(target)))

    def is_concrete(self, verb: Verb, target: str, *, plan: bool) -> bool:
        """Whether an object is a deliverable: it has a name or a figure, or its last word is a kind of thing that can be delivered.
        The guide's line between action and exhortation (强化引导, 优化服务): what a report says was done counts more readily
        than what a plan wishes."""
        plan = plan or verb.word in self.wishing
        core = object_core(target)
        if self.vague.search(core):
            finished = verb.word in self.finishing and (_THINGS.search(target) or (not plan and _NAMED.search(target)))
            return bool(finished or (not plan and _COUNTED.match(target)))
        if _NAMED.search(_SUBSTANCE.sub("", target)):
            return True
        if plan and self.unnamed.match(target):
            return False
        first = object_core(target.split("等", maxsplit=1)[0]).removesuffix("建设")  # 海藻实验室等各类平台载体, 布局实验室建设
        return bool(self.concrete.search(core) or self.concrete.search(first) or (not plan and self.reported.search(core)))


def object_core(target: str) -> str:
    """An object without what trails its last word: 对接活动56场 -> 对接活动, 平台（筹） -> 平台."""
    core = _BRACKETS_END.sub("", target.strip())
    return _HOW_MANY_END.sub("", core).rstrip('”"》等')


def _ending(words: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})$")


def _verbs(rules: list[dict[str, list[str]]], tables: Mapping[str, object]) -> dict[str, Verb]:
    """Word -> verb. A word may stand in several lists: its type as a verb, as a noun, and its uses in a clause."""
    parts: dict[str, dict[str, object]] = {}
    for rule in rules:
        for word in rule.get("nouns", ()):
            parts.setdefault(word, {})["noun"] = rule["type"]
        for field, strength in (("counted", "counted"), ("weak", "weak"), ("verbs", "strong")):
            for word in rule.get(field, ()):
                parts.setdefault(word, {}).update(type=rule["type"], strength=strength)
    for word in tables["duties"]:  # type: ignore[attr-defined]
        parts.setdefault(word, {"type": "other", "strength": "weak"})
    causing: Mapping[str, list[str]] = tables["causing"]  # type: ignore[assignment]
    uses: tuple[tuple[str, object, object], ...] = (
        ("light", True, tables["light"]),
        ("pushing", True, tables["pushing"]),
        ("causing", "hard", causing["hard"]),
        ("causing", "soft", causing["soft"]),
    )
    for use, value, words in uses:
        for word in words:  # type: ignore[attr-defined]
            parts.setdefault(word, {})[use] = value
    return {word: Verb(word=word, **fields) for word, fields in parts.items()}  # type: ignore[arg-type]


@cache
def lexicon() -> Lexicon:
    return Lexicon()
