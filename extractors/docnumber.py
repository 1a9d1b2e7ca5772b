"""发文字号 as a key: code, year, number, however they are typed (GB/T 9704-2012: 机关代字〔年份〕顺序号)."""

import re
import unicodedata
from typing import NamedTuple

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_OPEN, _CLOSE = r"[\[(（〔【［〈<{「]", r"[\])）〕】］〉>}」]"
_LABEL = re.compile(r"^(?:发文字号|发文号|文件编号|文件字号|文号|文件号|字号)[:：]?")
_CODE = r"(?P<code>[\u3400-\u9fff〇A-Za-z]{1,20}?)"
_YEAR = rf"{_OPEN}?(?P<year>(?:19|20)\d\d)年?{_CLOSE}?"
_NUMBER = r"(?:第|字|No\.?)?0*(?P<number>\d{1,5})(?:号|號)?"
_WHOLE = re.compile(_CODE + _YEAR + _NUMBER + "$")
_IN_TEXT = re.compile(rf"(?P<code>[\u3400-\u9fffA-Za-z]{{2,20}}){_OPEN}(?P<year>(?:19|20)\d\d){_CLOSE}第?0*(?P<number>\d{{1,5}})号")


class DocNumber(NamedTuple):
    code: str  # 机关代字
    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.code}|{self.year}|{self.number}"

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.number}号"


def squeezed(text: str) -> str:
    """Without white space, invisible characters and a label such as 发文字号：; digits and letters in normal width."""
    return _LABEL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def parse_doc_number(text: str) -> DocNumber | None:
    """The 文号 that the whole text states; None when it states none."""
    found = _WHOLE.match(squeezed(text))
    if not found:
        return None
    return DocNumber(found["code"].removesuffix("第"), int(found["year"]), int(found["number"]))


def find_doc_numbers(text: str) -> list[tuple[int, int, DocNumber]]:
    """Bracketed 文号 inside running text, with their offsets."""
    return [(m.start(), m.end(), DocNumber(m["code"], int(m["year"]), int(m["number"]))) for m in _IN_TEXT.finditer(text)]
