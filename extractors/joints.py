"""Whether two stretches of text were one before a line, column or page ended between them."""

import re

import rjieba

NEAR = 40  # characters beside the joint that are looked at: paragraphs may be megabytes
REACH = 6  # characters on each side that a word across the cut may use
ENDED = re.compile(r"[。！？；：:…!?;”’』」）)】〕》>]\s*$")
# Words that cannot end a sentence, marks that cannot end one.
HANGING = re.compile(
    r"(?:[，、,—–（(《“‘「『〈〔+＋/·]|(?<![目别])的|(?<!共)和|[与及或并将把被在对向从由为于以且]|(?<!累)计|以及|通过|根据|按照|关于)\s*$"
)
LEADING = re.compile(r"^\s*[，。、；：！？）)】》”’」』〉〕%％,;:!?]")  # marks that cannot begin one
ASCII_WORD = re.compile(r"[A-Za-z]$")
BARE = re.compile(r"\s+")


def is_open(text: str) -> bool:
    """No mark ends it: the sentence goes on elsewhere."""
    end = text[-NEAR:].rstrip() or text.rstrip()[-NEAR:]
    return bool(end) and not ENDED.search(end)


def word_across(tail: str, head: str) -> bool:
    """A word of the dictionary is cut in two by the joint."""
    left, right = BARE.sub("", tail[-NEAR:])[-REACH:], BARE.sub("", head[:NEAR])[:REACH]
    if not left or not right or not _han(left[-1]) or not _han(right[0]):
        return False
    at = 0
    for word in rjieba.cut(left + right, hmm=False):
        if at < len(left) < at + len(word):
            return True
        at += len(word)
    return False


def fits(tail: str, head: str) -> float:
    """How well `head` continues `tail`: 1 certain, 0 no sign of it."""
    if LEADING.search(head):
        return 1.0
    if not is_open(tail):
        return 0.0
    if word_across(tail, head):
        return 0.9
    if _split_number(tail, head):
        return 0.8
    return 0.6 if HANGING.search(tail[-NEAR:]) else 0.0


def glue(tail: str, head: str) -> str:
    """What stands between two joined stretches: a space between Latin words, else nothing."""
    return " " if ASCII_WORD.search(tail[-1:]) and head[:1].isascii() and head[:1].isalpha() else ""


def _split_number(tail: str, head: str) -> bool:
    return bool(re.search(r"\d$", tail[-1:]) and re.match(r"\s*(?:[万亿千百多余个家项元名人次%％年月日]|\.\d)", head))


def _han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"
