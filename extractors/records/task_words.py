"""How a text says who is responsible: the words of task.yml, compiled."""

import re
from dataclasses import dataclass
from functools import cache

from extractors.record import UnitRole
from extractors.rules import load

_EACH = r"(?:结合实际|按照?(?:各自)?职责(?:分工)?|按(?:任务)?分工|根据职责(?:分工)?)?(?:抓好|做好)?"
_NAMES = r"(?:[^（()）。；：:\n]|[（(][^（()）\n]{1,16}[)）]){2,200}?"  # 各县（市）政府 keeps its brackets
_OPEN, _CLOSE = "（(【〔［[", "）)】〕］]"
_IN_NOTE = rf"(?:[^{re.escape(_OPEN + _CLOSE)}。：:]|[（(][^{re.escape(_OPEN + _CLOSE)}。：:]{{1,16}}[)）])"
# （市科技局牵头，完成时限：2031年底）
_WHEN = r"[，,；;\s]\s*(?:完成)?(?:时[限间]|时间(?:进度|节点|安排)|时限要求)[：:][^）)】〕］\]\n]{2,30}"


@dataclass(frozen=True, slots=True)
class Duties:
    """Where lists of units stand, and which role a word gives."""

    roles: tuple[tuple[re.Pattern[str], UnitRole], ...]
    label: re.Pattern[str]  # 责任单位：
    lone: frozenset[str]  # labels without 单位: 牵头
    hosts: frozenset[str]  # labels that name the hosts of an event too: 主办单位
    label_end: re.Pattern[str]  # what closes a labelled list
    note: re.Pattern[str]  # （市海洋局牵头，市水利局配合）
    bare: re.Pattern[str]  # （市海洋局、市水利局） at the end of a line
    clause: re.Pattern[str]  # 由市科技局牵头，市财政局配合。
    sentence: re.Pattern[str]  # 市科技局牵头，市财政局配合。
    duty: re.Pattern[str]  # 牵头, 共同负责
    tail: re.Pattern[str]  # 按职责负责 at the end of a clause

    def role(self, words: str) -> UnitRole:
        """The role that a label or a duty verb gives. Raises ValueError for words of no role."""
        for pattern, role in self.roles:
            if pattern.search(words):
                return role
        raise ValueError(f"no role in {words!r}")


@cache
def duties() -> Duties:
    rules = load("task")
    words = "|".join(word for rule in rules.rules for word in rule["words"])
    duty = f"(?:共同|分别|具体|联合)?(?:{words})"
    label = _label(words, "|".join(rules.tables["label_tails"]), "|".join(rules.tables["lone_labels"]))
    helped = rf"(?:，{_NAMES}(?:(?:配合|协助|参与|参加)(?:落实|实施|推进)?|落实))?"
    own = rf"{_NAMES}(?:牵头(?:负责)?|按(?:照)?(?:各自)?职责(?:分工)?负责|分别负责|共同负责)"
    return Duties(
        roles=tuple((re.compile("|".join(rule["words"])), rule["role"]) for rule in rules.rules),
        label=re.compile(label),
        lone=frozenset(rules.tables["lone_labels"]),
        hosts=frozenset(rules.tables["hosts"]),
        label_end=re.compile(rf"[）)\]】〕］。\n]|{label}"),
        note=re.compile(rf"[{re.escape(_OPEN)}](?:由)?({_IN_NOTE}{{2,400}}?{duty}{_IN_NOTE}{{0,20}}?)(?:{_WHEN})?[{re.escape(_CLOSE)}]"),
        bare=re.compile(rf"[{re.escape(_OPEN)}]({_IN_NOTE}{{3,300}})[{re.escape(_CLOSE)}]\s*?(?=\n|\Z)"),
        clause=re.compile(
            rf"(?:^|[。；，\n])\s{{0,9}}(?:此项|该项|本项)?(?:工作|任务)?由({_NAMES}(?:牵头|负责)(?:落实|实施)?{helped})(?=[，。；\n]|$)", re.M
        ),
        sentence=re.compile(rf"(?<=[。；\n])(?=[^\n]{{0,400}}(?:牵头|负责))\s{{0,9}}({own}{helped})(?=[。；\n]|\Z)"),
        duty=re.compile(duty),
        tail=re.compile(f"(?:等(?:有关|相关)?(?:部门|单位|部门单位)?)?{_EACH}(?:{duty}(?:推进|组织实施|组织)?){{1,3}}(?:落实)?$"),
    )


def _label(words: str, tails: str, lone: str) -> str:
    """责任单位：, 牵头（责任）单位：; without 单位 only where nothing stands before it (牵头：)."""
    aside = f"(?:[（(](?:{words}|{tails})[)）])?"
    alone = rf"(?:(?<=[\n（(；;，,。【])|^)(?:{lone})"
    first = "".join(sorted({word[0] for word in (words + "|" + lone).split("|")}))
    return f"(?=[{first}])((?:{words}){{1,3}}{aside}(?:{tails}){aside}|{alone})(?:(?:及分工)?\\s*[：:]|[】〕］]\\s*[：:]?)\\s*"
