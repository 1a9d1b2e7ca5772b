"""Bodies that give out a document, as its title names them."""

import re
from typing import Final

BODY_WORDS = (
    "厅|局|委|委员会|部|办|办公室|办公厅|政府|院|中心|组|小组|署|社|行|所|会|公司|大学|学院|联席会议|指挥部|"
    "法院|党委|党组|总局|集团|处|站|馆|区|军|中央"
)
ORGANISATION = re.compile(rf"^[\u4e00-\u9fffA-Za-z“”·（）()]{{2,40}}(?:{BODY_WORDS})$")
_COUNTED: Final = re.compile(r"(?:等|联合)\s*(十[一二三四五六七八九两]?|[一二三四五六七八九两]|\d{1,2})\s*(?:个)?(?:部门|部委|单位|厅局|委局|局委)$")
ORDER_LINE: Final = re.compile(r"第\s?[\d一二三四五六七八九十百〇零]{1,8}\s?号")


def order_issuer(title: str) -> str | None:
    """The body of an order: 国务院 of 中华人民共和国国务院令."""
    body = title.removesuffix("令").removeprefix("中华人民共和国").strip()
    return body if ORGANISATION.match(body) else None


def issuers_in(title: str) -> tuple[tuple[str, ...], int]:
    """(bodies named before 关于/印发 of a title, how many more it only counts)."""
    match = re.match(r"(?:（转载）|\(转载\)|转载[:：])?\s*(.{2,120}?)(?:办公室)?\s*(?:关于|印发|转发|批转|发布|公布|下达)", title)
    if match is None:
        return (), 0
    named = match[0][: match.end() - match.start()]
    named = re.sub(r"(?:关于|印发|转发|批转|发布|公布|下达)$", "", named).strip()
    named = re.sub(r"^(?:（转载）|\(转载\)|转载[:：])", "", named)
    counted = _COUNTED.search(named)
    base = named[: counted.start()] if counted else named
    bodies = tuple(b for b in re.split(r"[ 　、，,]+", base) if b)
    if not bodies or not all(ORGANISATION.match(b) or re.search(r"[省市区县州盟旗]$", b) for b in bodies):
        return (), 0
    return bodies, max(0, _count(counted[1]) - len(bodies)) if counted else 0


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, _, ones = word.rpartition("十")
    digits = "零一二三四五六七八九"
    ten = ((digits.index(tens) if tens else 1) * 10) if "十" in word else 0
    return ten + (2 if ones == "两" else digits.index(ones) if ones else 0)
