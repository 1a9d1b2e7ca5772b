"""The left edge of a name that ends in a head: which words before 研究院 or 有限公司 belong to it."""

import re
from dataclasses import dataclass

from extractors.names.authority import LEVEL_WORDS
from extractors.records.organisation_reading import Reading, Token
from extractors.records.organisation_words import Words

LONGEST = 32  # characters of a name before its head
_OPEN, _CLOSE = "（(“《〈‘「", "）)”》〉’」"
_INNER = re.compile(r"[·•—\-－]")
NATION = ("国家", "全国", "中国", "中华")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+]*|\d+(?=[A-Za-z])")
_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千万亿几数\d.%]+[余多来]?[个家项名日年]?")
_DOING = "获做推建抓促创打强提办引育聚增优深补延拓壮培扩赋"
_KEPT = (
    "先进",
    "绿色",
    "智能",
    "智慧",
    "数字",
    "航空",
    "未来",
    "洁净",
    "清洁",
    "精准",
    "精密",
    "柔性",
    "低碳",
    "特种",
    "极端",
)  # adjectives that names begin with
ZONES = ("经开区", "高新区", "综保区")
_ORDINAL = re.compile("第[一二三四五六七八九十]+")  # of a school, of a hospital
_GRAMMAR = "的和与从在由等为是、，。；：及对向把被将有市省县区到 \n"
_AND = ("与", "和", "及", "暨")
_PROPER_TAGS = ("nz", "ns", "nt", "nr", "nrt", "nrfg", "eng")
_MOVED = ("技术", "成果", "科技", "产业", "知识产权")
_STOP_TAGS = frozenset(("p", "c", "d", "r", "u", "ul", "ud", "uz", "ug", "uj", "uv", "y", "e", "o", "t", "q", "w", "x"))
_DROP_TAGS = frozenset(("a", "ad", "b", "d", "v", "vd", "f", "m", "q", "an", "i", "l", "t", "z"))
# Country pairs before a place: 中以常州…, 中新苏州….
_PAIR = re.compile(r"中[以新德韩日俄法英欧非美意奥荷白丹芬瑞泰匈]$")
_CALLS = "赴到请派携邀访找促助让使令经按据向从用是有如即含及同随因受获设建办开创引"  # verbs that stand before a name
_HAN = "一二三四五六七八九十"
KIND_LIKE = re.compile(r"[一二三四五六七八九十两双多].*|.*[型化级类性式度期年月日号版]$|.*\d.*")
_SLOGAN = re.compile(r".*[\d\[].*|[一二三四五六七八九十百千万\d双多].{0,5}|互联网\+?.{0,4}|[A-Za-z+]{1,4}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a name: `proper` says which one it is, `place` where; `joint` is 与, 和 or 及."""

    start: int
    end: int
    text: str
    tag: str
    proper: bool = False
    place: bool = False
    joint: bool = False
    known: bool = False  # a body found before, or a quotation


def pieces_before(reading: Reading, start: int, known_ends: dict[int, int], words: Words, *, firm: bool) -> list[Piece]:
    """The words of a name before its head at `start`, in text order; empty where none belongs to it."""
    walked = _walk(reading, start, known_ends, words, firm=firm)
    joined = _settle_joints(walked, words)
    named = _drop_leads(reading, _with_brand(joined), words)
    return [*(_first_sign(reading, named[0].start) if firm and named else ()), *named]


def _first_sign(reading: Reading, at: int) -> list[Piece]:
    """The sign between a sign of punctuation and a company's name, which the segmentation reads as a verb: 。|归|创通…有限公司."""
    text = reading.text
    lone = at > 1 and text[at - 2] in "。，、；：\n（“" and "\u4e00" <= text[at - 1] <= "\u9fff" and text[at - 1] not in _GRAMMAR
    last = reading.token_before(at) if lone else None
    return [Piece(at - 1, at, last.text, "n")] if last and len(last.text) == 1 and last.tag == "v" and text[at - 1] not in _CALLS else []


def _with_brand(pieces: list[Piece]) -> list[Piece]:
    """Two signs that begin a name as one word, a brand that the segmentation does not know: 宁|福|公司."""
    first = pieces[:2]
    if len(first) < 2 or any(len(p.text) > 1 or p.tag[0] not in "njgz" or p.text in (*LEVEL_WORDS, *_AND) for p in first):
        return pieces
    return [Piece(first[0].start, first[1].end, first[0].text + first[1].text, "nz", proper=True), *pieces[2:]]


def _walk(reading: Reading, start: int, known_ends: dict[int, int], words: Words, *, firm: bool) -> list[Piece]:
    """Leftwards over everything that a name may hold."""
    at = start
    found: list[Piece] = []
    while at > max(0, start - LONGEST):
        piece = _piece_ending(reading, at, known_ends, words) or _joining(reading, at, found) or (_sign(reading, at) if firm and found else None)
        # 联合北京大学, 服务长三角: a verb where the name begins right behind it
        if piece is None or (found and _calls(reading, piece, found[-1], words)):
            break
        other = piece.tag == "quote" and not piece.place and words.ends_in_head(reading.text[max(0, piece.start - 4) : piece.start])
        if other or (found and found[-1].place and firm and words.ends_in_head(piece.text)):
            break  # another name stands before
        found.append(piece)
        at = piece.start
    return [*(_place_before(reading, at) if firm and found else ()), *found[::-1]]


def _calls(reading: Reading, piece: Piece, behind: Piece, words: Words) -> bool:
    """Whether a noun of action is a verb that calls the name behind it (服务|长三角), and no part of 技术转移 or 成果转化."""
    before = reading.token_before(piece.start)
    compound = before is not None and before.text in _MOVED
    return piece.text in words.nominal and (behind.proper or behind.text in LEVEL_WORDS) and not compound


def _place_before(reading: Reading, at: int) -> list[Piece]:
    """A place and one sign behind it where a company's name stopped at the sign: 酒泉经纬…有限公司, 经 being a preposition elsewhere."""
    if at - 1 not in reading.places or reading.text[at - 1] in _GRAMMAR:
        return []
    first = reading.places[at - 1]
    return [Piece(first, at - 1, reading.text[first : at - 1], "ns", proper=True, place=True), Piece(at - 1, at, reading.text[at - 1], "n")]


def _sign(reading: Reading, at: int) -> Piece | None:
    """The last sign of a company's brand, which the segmentation reads as a word: 宁夏|云帆|达|果蔬有限公司."""
    last, before = reading.token_before(at), reading.token_before(at - 1)
    if last is None or before is None or len(last.text) > 1 or last.text in _GRAMMAR or last.tag[0] in "pcumrqw":
        return None
    return Piece(at - 1, at, last.text, "n") if not before.known and len(before.text) > 1 and before.tag[0] in "nj" else None


def _joining(reading: Reading, at: int, found: list[Piece]) -> Piece | None:
    """驻 between two places (某国驻重庆总领事馆), and a brand that the segmentation cut into two signs before a place (国能|蚌埠电厂)."""
    if not found or not (found[-1].place or found[-1].text.startswith("中国")):
        return None
    text = reading.text[at - 1 : at]
    if text == "驻":
        return Piece(at - 1, at, text, "v")
    last, first = reading.token_before(at), reading.token_before(at - 1)
    signs = last is not None and first is not None and len(last.text) == len(first.text) == 1 and first.tag[0] in "njg" and last.tag[0] in "vnag"
    if not signs or text in _GRAMMAR or reading.text[at - 3 : at - 2] not in "、，。；：\n（和与":
        return None
    return Piece(at - 2, at, reading.text[at - 2 : at], "nz", proper=True)


def _piece_ending(reading: Reading, at: int, known_ends: dict[int, int], words: Words) -> Piece | None:
    text = reading.text
    if at in known_ends:
        return Piece(known_ends[at], at, text[known_ends[at] : at], "nt", proper=True, known=True)
    if at in reading.places:
        first = reading.places[at]
        return Piece(first, at, text[first:at], "ns", proper=True, place=True)
    if text[at - 1] in _CLOSE:
        return _bracketed(reading, at)
    if text.endswith(ZONES, 0, at):  # 经|开区, as words are cut
        return Piece(at - 3, at, text[at - 3 : at], "n")
    token = reading.token_ending(at)
    return _piece(reading, token, at, words) if token else None


def _piece(reading: Reading, token: Token, at: int, words: Words) -> Piece | None:
    text, first = reading.text[token.start : at], token.start
    if "——" in reading.text[first - 1 : at + 1]:  # breaks off
        return None
    tag, proper = _by_form(text, token)
    if tag:
        return Piece(first, at, text, tag, proper=proper, joint=tag == "c")
    if _is_brand(reading, token, text):
        return Piece(first, at, text, "nz", proper=True)
    stopped = token.tag in _STOP_TAGS and not (token.tag == "t" and text in words.generic)  # 未来, 现代 stand in names
    if stopped or _is_count(reading, token) or words.ends_name(text, token.tag, known=token.known):
        return None
    return Piece(first, at, text, token.tag, proper=_is_proper(text, token, words))


def _by_form(text: str, token: Token) -> tuple[str, bool]:
    """(tag, proper) of what its signs tell: 与, 第九, ·, Latin; ("", False) of other words."""
    if text in _AND:
        return "c", False
    if _ORDINAL.fullmatch(text):
        return "ordinal", True
    if _INNER.fullmatch(text):
        return "x", False
    return ("eng", len(text) > 2 or token.tag == "eng") if _LATIN.fullmatch(text) else ("", False)


def _is_brand(reading: Reading, token: Token, text: str) -> bool:
    """A guessed word that the tagger takes for a verb, at the head of a list's item: 、合霍|产业园; not 做优, 推深."""
    guessed = token.tag == "v" and len(text) == 2 and not token.known and text[0] not in _DOING
    return guessed and reading.text[token.start - 1 : token.start] in "、，。；：—与和“（\n"


def _is_proper(text: str, token: Token, words: Words) -> bool:
    """Whether a word says which one: a proper noun by its tag, or none that the dictionary has; not a kind (创新型, 孵化器)."""
    kind = KIND_LIKE.fullmatch(text) and token.tag not in ("ns", "nz") and not (len(text) == 3 and text[0] in _HAN and not token.known)  # 九思膜
    if len(text) == 1 or text in words.generic or kind:
        return False
    return not token.known or (token.tag in _PROPER_TAGS and not words.is_head(text))


def _is_count(reading: Reading, token: Token) -> bool:
    """A number, or a guessed word glued to one (33条自…); ordinals stay (第一医院)."""
    if token.text[0].isdigit() or _NUMBER.fullmatch(token.text):
        return True
    return reading.text[token.start - 1 : token.start].isdigit() and not token.known


def _bracketed(reading: Reading, at: int) -> Piece | None:
    """“蒙某某” or （合肥） as one piece; None where a sentence or nothing stands inside."""
    text = reading.text
    opened = text.rfind(_OPEN[_CLOSE.index(text[at - 1])], max(0, at - 14), at)
    inner = text[opened + 1 : at - 1]
    if opened < 0 or not inner.strip() or re.search(r"[，。；：、？！\n]", inner):
        return None
    quote = text[at - 1] in "”’"
    place = any(opened < s < at for s in reading.place_starts)
    if not quote and not place and inner not in ("集团", "控股", "中国", "技术", "国际", "工业", "产业"):
        return None
    named = quote and len(inner) > 2 and not _SLOGAN.fullmatch(inner)
    return Piece(opened, at, text[opened:at], "quote", proper=named or place, place=place and not quote, known=named)


def _settle_joints(pieces: list[Piece], words: Words) -> list[Piece]:
    """Keep 与/和/及 inside a name only where what stands before it begins with a proper word and is no name of its own."""
    for n in range(len(pieces) - 1, -1, -1):
        if pieces[n].joint:
            before, after = pieces[:n], pieces[n + 1 :]
            own = not before or not after or after[0].proper or before[-1].tag == "nt" or before[-1].place
            named = any(p.proper or p.text in LEVEL_WORDS for p in before) or any(p.text in ("全国", "国家") for p in after)
            if own or words.ends_in_head("".join(p.text for p in before)) or not named:
                return after
    return pieces


def _drop_leads(reading: Reading, pieces: list[Piece], words: Words) -> list[Piece]:
    """Begin at the first proper word, else behind the leading words that do not name."""
    for n, piece in enumerate(pieces):
        if piece.place and _PAIR.search(reading.text, max(0, piece.start - 2), piece.start):
            return [Piece(piece.start - 2, piece.start, reading.text[piece.start - 2 : piece.start], "j"), *pieces[n:]]
        if piece.proper and not (piece.tag == "quote" and piece.text[0] in "（("):
            glued = n > 0 and not piece.place and len(pieces[n - 1].text) == 1 and pieces[n - 1].tag == "a" and pieces[n - 1].text not in "新大老高好"
            return pieces[n - glued :]
        if piece.text in LEVEL_WORDS and _level_stands(reading, piece.start):
            return pieces[n:]
        kept = piece.text in _KEPT or (piece.tag not in _DROP_TAGS and piece.text not in words.leads)
        if kept and piece.tag not in ("x", "c", "quote"):
            return _from_anchor(pieces[n:])
    return []


def _level_stands(reading: Reading, at: int) -> bool:
    """Whether 省 or 市 begins a name: behind a sign, a preposition or a verb, and not of a group (各市)."""
    before = reading.token_before(at)
    return (before is None or before.tag[:1] in "pcdvxwu" or before.text in "\n的") and not reading.is_group(at)


def _from_anchor(pieces: list[Piece]) -> list[Piece]:
    """A common noun before a place, a known body or a quotation is no part of the name that begins there (龙头企业合肥…)."""
    first = next((n for n, p in enumerate(pieces) if (p.place and p.tag == "ns") or p.known), 0)
    return pieces if any(p.proper or p.text in NATION for p in pieces[:first]) else pieces[first:]
