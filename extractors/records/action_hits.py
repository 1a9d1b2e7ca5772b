"""The words of the lexicon that a text holds as words of their own."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

import rjieba

from extractors.article import Span
from extractors.records.action_actors import MASK
from extractors.records.action_words import Hit, lexicon, object_core

_REST = re.compile(r"[^，,。；;：:！？\n]{0,120}")
_HONOURS = re.compile("获批|获评|荣获|入选|上榜|跻身|入围")  # 产业/城获批 is 产业城/获批
_TWO_WORDS = re.compile(
    r"(全力|大力|积极|深入|全面|切实|成功|正式|联合|着力|认真|扎实|有序|获|新|财政)(?=[支发开推做实启举提省市全国首完参建组创投])"
)
_VERB_AND_OBJECT = re.compile(
    "(发放|签订|筹集|下发|下达|出席|统筹)(?=贷款|合同|资金|文件|任务|会议|安排)"
)  # words of four characters to the segmenter
# 培育出, 签订协议, 开展调研 are cut as one word.
_OUT = re.compile("(?:研发|培育|研制|开发|打造|培养|探索|孵化)(?=出)|(?:签订|签署|达成|开展|荣获|蝉联|颁发|起草|赠送|筹集|遴选|通过|研制)(?!率)")
_HIDDEN_BEHIND = 3  # characters
_TITLED = re.compile("获(?=[“《])")  # 镇获 is no word
_RATE = re.compile(r"率(?!先|领|队|军)")  # 开工率
_PROCEDURES = frozenset({"申报", "推荐", "评选", "遴选", "征集", "公示", "备案", "认定"})
_NEEDED = re.compile("要求|条件|材料|单位|程序|时间|方式|流程|主体|对象|书|系统|指南|截止|渠道|范围|名额|期限|表(?!彰)|函|资格|事项|方向|限额|说明")
_FINISHED = re.compile(r"(?<=[\u4e00-\u9fff])完成(?:建设|扩建|交付|铺轨)(?=[，。；、\n]|$)")
_BUILT = re.compile(rf"[新改扩续][（(]{MASK}{{1,3}}[）)]建")


class Verbs:
    """The lexicon words of a masked text that are words of their own (no 孵化 of 孵化器) and not part of an organisation's name."""

    def __init__(self, masked: str, inside_name: Callable[[int], bool]) -> None:
        bounds = _bounds(masked)
        raw = _hits(masked, bounds)
        whole = [h for h in raw if h.start in bounds and (h.end in bounds or h.verb.word.endswith("为"))]  # 评为/省级 is cut as 评/为省/级
        words = [h for h in whole if not _is_noun(masked, h) and not inside_name(h.start)]
        composed = [*_bracketed(masked), *_finished(masked)]
        hidden = {at for h in composed for at in range(h.start, h.end)}
        self.hits = sorted([*(h for h in words if h.start not in hidden and _may_govern(masked, h)), *composed], key=lambda h: h.start)
        self.starts = [h.start for h in self.hits]
        self.inside_name = inside_name

    def within(self, span: Span) -> list[Hit]:
        return self.hits[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]


def _is_noun(masked: str, hit: Hit) -> bool:
    """开工率; 申报要求, 推荐函: what a procedure needs."""
    return bool(_RATE.match(masked, hit.end) or (hit.verb.word in _PROCEDURES and _NEEDED.match(masked, hit.end)))


def _bounds(masked: str) -> set[int]:
    """Where words end. 全力支持, 获省 are two words."""
    bounds = set(accumulate(map(len, rjieba.cut(masked)), initial=0))
    two = {m.end(1) for pattern in (_TWO_WORDS, _VERB_AND_OBJECT) for m in pattern.finditer(masked) if m.start() in bounds}
    titled = {at for m in _TITLED.finditer(masked) for at in m.span()}
    out = {m.end() for m in _OUT.finditer(masked) if m.start() in bounds}
    honoured = {m.start() for m in _HONOURS.finditer(masked) if m.end() in bounds}
    return bounds | two | honoured | titled | out


def _hits(masked: str, bounds: set[int]) -> Iterator[Hit]:
    """The lexicon's words, longest first; where one is no word here (新设 of 创新设立), those that it hid."""
    for hit in lexicon().hits(masked):
        yield hit
        if hit.start not in bounds or hit.end not in bounds:
            behind = lexicon().hits(masked[hit.start + 1 : hit.end + _HIDDEN_BEHIND])
            yield from (Hit(h.start + hit.start + 1, h.end + hit.start + 1, h.verb) for h in behind if h.start + hit.start + 1 < hit.end)


def _finished(masked: str) -> Iterator[Hit]:
    """渔港完成建设: what was finished stands before it."""
    yield from (Hit(m.start(), m.end(), lexicon().verbs["完工"]) for m in _FINISHED.finditer(masked))


def _bracketed(masked: str) -> Iterator[Hit]:
    """新（改扩）建, 改（扩）建."""
    yield from (Hit(m.start(), m.end(), lexicon().verbs["新建"]) for m in _BUILT.finditer(masked))


def _may_govern(masked: str, hit: Hit) -> bool:
    """通过省级验收, but not 通过网络: a word of many uses needs one of its endings."""
    word, words = hit.verb.word, lexicon()
    ending, barred = words.only_before.get(word), words.not_before.get(word)
    if not ending and not barred:
        return True
    rest = _REST.match(masked, hit.end)
    core = object_core(rest[0]) if rest else ""
    return not (ending and not ending.search(core)) and not (barred and barred.search(core))
