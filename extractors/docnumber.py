"""发文字号 as a key: code, year, number, however they are typed (GB/T 9704-2012: 机关代字〔年份〕顺序号), and orders (令第几号)."""

import re
import unicodedata
from typing import NamedTuple

from extractors.numerals import number_value

# White space, and what joins, breaks or hides without being seen.
_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff]+"
)
_OPEN, _CLOSE = r"[\[(〔【［〈<{「﹝〖]", r"[\])〕】］〉>}」﹞〗]"
_LABEL = re.compile(r"^(?:发文字号|发文号|文件编号|文件字号|文号|文件号|字号)[:：]?")
_CODE = r"(?P<code>[\u3400-\u9fff〇A-Za-z]{1,20}?(?:\([\u3400-\u9fff]{1,8}\)[\u3400-\u9fff]{0,8}?)?)"  # 国科发(农): a part in parentheses
_YEAR = rf"{_OPEN}?(?P<year>(?:19|20)\d\d)年?{_CLOSE}?"
_NUMBER = r"(?:第|字|No\.?|号(?=\d))?0*(?P<number>\d{1,5})(?:号|號)?"
_NO_CODE = ("其他", "其它", "无")  # what tables write where a document has no code
_WHOLE = re.compile(rf"{_CODE}{_YEAR}{_NUMBER}(?:{_OPEN}{_CLOSE})?$")
_ORDER = re.compile(
    rf"(?P<code>[\u3400-\u9fff]{{1,24}}令){_OPEN}?(?:第)?(?P<number>\d{{1,5}}|[一二三四五六七八九十百〇零]{{1,8}})(?:号|號){_CLOSE}?$"
)
# In running text: 国办发〔2021〕1号, 教职成〔2018〕8号 (GB/T 9704-2012, 7.2.5), with brackets of any kind; orders.
DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?\s?[〔［\[【﹝（(]\s?(?:19|20)\d\d\s?[〕］\]】﹞）)]\s?第?\s?\d{1,5}\s?号"
)
ORDER_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,20}令\s?[（(]?第\s?[\d一二三四五六七八九十百]{1,6}\s?号")


class DocNumber(NamedTuple):
    code: str  # 机关代字; for an order the body with 令
    year: int  # 0 for orders, which are numbered through the years
    number: int

    @property
    def key(self) -> str:
        return f"{self.code}|{self.year}|{self.number}"

    def __str__(self) -> str:
        code = self.code.replace("(", "（").replace(")", "）")
        return f"{code}〔{self.year}〕{self.number}号" if self.year else f"{code}第{self.number}号"


def squeezed(text: str) -> str:
    """Without white space, invisible characters and a label such as 发文字号：; digits, letters and brackets in normal width."""
    return _LABEL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def parse_doc_number(text: str) -> DocNumber | None:
    """The 文号 that the whole text states; None when it states none."""
    plain = squeezed(text)
    if (found := _WHOLE.match(plain)) and found["code"] not in _NO_CODE:
        return DocNumber(found["code"].removesuffix("第"), int(found["year"]), int(found["number"]))
    if found := _ORDER.match(plain):
        return DocNumber(found["code"], 0, int(number_value(found["number"])))
    return None
