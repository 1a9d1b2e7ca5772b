"""Companies whose projects are named: 甲8万吨石墨…项目, and the items of 甲、乙石墨二期等重大产业项目."""

import re
from collections.abc import Iterator
from functools import cache

import rjieba

from extractors.records.organisation_reading import Reading
from extractors.records.organisation_words import any_trade

_FIRST = "推动|推进|加快|支持|力促|促进|确保|引进|帮助|助力|携手"
# At the head of a list's item, or behind the verb of its first.
HEADS_ITEM = rf"(?:(?<=[，。；、：\n“（])|(?<={_FIRST}))(?!{_FIRST})"
# What a plant is to turn out, before its project is named.
_OUTPUT = r"\d[\d.]*[万亿]?(?:吨|吉瓦|兆瓦|千瓦|台|套|片|辆|件|只|平方米)"
_PLANT = re.compile(rf"{HEADS_ITEM}[\u4e00-\u9fff]{{2,3}}(?=(?:年产)?{_OUTPUT}[^，。；\n]{{0,60}}?(?:项目|[一二三四]期|生产线|产线|投产|开工))")
_PROJECTS = re.compile(r"等(?:一批)?\d*[余个]?[重大点产业优质标志性制造工业亿元级以上百十]{0,12}项目")
# A list of what is built for the public.
_WORKS = re.compile("高速|[铁公道]路|大桥|隧道|水库|机场|航站|港区|码头|医院|学校|校区|街区|公园|小区|河道")
_LISTED = re.compile("[^、]+")
_NO_BRAND = re.compile(
    r"[做推建抓促创打强提办引育聚增优深补延拓壮培扩赋并新大小低高零研]|.*[级型类性化式规基晶路街港区湖河桥线村镇山岛站园楼馆道城茶酒]$"
)


def owners(reading: Reading) -> Iterator[tuple[int, int]]:
    """(start, end) of each company by its brand, with its trade where one stands behind it."""
    yield from (match.span() for match in _PLANT.finditer(reading.text) if _is_brand(reading, *match.span()))
    yield from _of_lists(reading)


def _of_lists(reading: Reading) -> Iterator[tuple[int, int]]:
    """Brands, with their trades, among the items of a list of projects: 甲、乙石墨二期等重大产业项目."""
    for match in _PROJECTS.finditer(reading.text):
        start = max(reading.text.rfind(sign, max(0, match.start() - 120), match.start()) for sign in "，。；：\n") + 1
        if _WORKS.search(reading.text, start, match.end() + 4):
            continue
        for item in _LISTED.finditer(reading.text, start, match.start()):
            named = _owner().match(reading.text, item.start())
            if named and named.end() <= item.end() and _is_brand(reading, *named.span("brand")):
                yield named.start("brand"), named.end("name")


@cache
def _owner() -> re.Pattern[str]:
    return re.compile(rf"(?:{_FIRST})?(?P<name>(?P<brand>[\u4e00-\u9fff]{{2,3}}?)(?:{any_trade()})?)(?:[一二三四]期|总部|生产基地)?(?=、|等)")


def _is_brand(reading: Reading, start: int, end: int) -> bool:
    """陇岑 in 陇岑8万吨石墨项目: a word or two signs that no dictionary has, no place."""
    brand, inside = reading.text[start:end], reading.tokens_between(start, end)
    fit = not _NO_BRAND.match(brand) and not rjieba.has_word(brand) and not any(s in reading.place_starts for s in range(start, end))
    return fit and bool(inside) and inside[0].start == start and inside[-1].end == end and inside[0].tag[0] in "ngz"
