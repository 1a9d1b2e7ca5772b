"""What stands around a verb, compiled from the table `grammar` of action.yml."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.article import Span
from extractors.rules import load

_NUMBERING = (
    r"[一二三四五六七八九十]+是|[（(]※{1,3}[）)]|[（(]?[一二三四五六七八九十\d]+[)）、.．]"
    r"|第[一二三四五六七八九十百]+(?:[条款项，,]|(?![方届批轮期次代位]))"
)
# 新华社湛江6月3日电（记者…）, 本报讯（记者…）
_DATELINE = r"[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日[电讯](?:[（(]※*[）)])?|[\u4e00-\u9fff]{1,5}[报社网][电讯][（(]※*[）)]"
_TIMES = (
    r"截至[^，]{2,12}，?|(?:\d{4}|[０-９]{4})年度?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|底|末)?|到\d{4}年|"
    r"[前一二三四]+季度|\d+[-—–~～至]\d+月|\d{1,2}月(?:\d{1,2}日)?(?:以来)?"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    adverbs: re.Pattern[str]  # at the end of what stands before a verb
    adverb_ends: frozenset[str]  # their last characters
    opener: re.Pattern[str]  # at the start of a clause
    preposition: re.Pattern[str]
    noun_right: re.Pattern[str]
    actor_end: re.Pattern[str]
    relative: re.Pattern[str]  # …的企业 at the end of a clause
    clause: re.Pattern[str]
    tail_verbs: frozenset[str]
    serial: frozenset[str]


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def grammar() -> Grammar:
    words = load("action").tables["grammar"]
    never = "".join(f"(?<!{word})" for word in words["no_adverbs"])
    adverbs = rf"(?:{_any(words['adverbs'])}){never}|(?<![\u4e00-\u9fff])(?:{_any(words['adverbs_first'])})"
    return Grammar(
        adverbs=re.compile(rf"(?:{adverbs}|[\s\u3000])+$"),
        adverb_ends=frozenset(word[-1] for word in (*words["adverbs"], *words["adverbs_first"])),
        opener=re.compile(rf"^(?:[\s\u3000]|{_DATELINE}|{_NUMBERING}|{_TIMES}|{_any(words['openers'])})+"),
        preposition=re.compile(_any(words["prepositions"])),
        noun_right=re.compile(
            rf"{_any(words['noun_right'])}|专项(?=[启获通由，]|$)|[中后前时期](?=$|，)|中(?=获|取得|荣|斩|夺|名列|位列|位居|排名|居)|[“《]※*[”》](?:取得|实现|任务|成为)"
        ),
        actor_end=re.compile(rf"(?:{_any(words['actor_ends'])})$"),
        relative=re.compile(rf"的[^，的\d]{{0,14}}(?:{_any(words['receivers'])})等?中?$|的$"),
        clause=re.compile(rf"(?:(?!并(?:{_any(words['behind_and'])}))[^，,：:])+|并[^，,：:]+"),
        tail_verbs=frozenset(words["tail_verbs"]),
        serial=frozenset(words["serial"]),
    )


def front_of(masked: str, start: int, end: int) -> Span:
    """What stands before a verb, without opening words and adverbs."""
    known = grammar()
    opener = known.opener.match(masked[start:end])
    start += opener.end() if opener else 0
    ends = start < end and (masked[end - 1] in known.adverb_ends or masked[end - 1].isspace())
    adverbs = known.adverbs.search(masked[start:end]) if ends else None
    return Span(start, start + adverbs.start() if adverbs else end)
