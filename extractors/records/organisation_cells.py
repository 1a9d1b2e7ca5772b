"""Names that fill a cell of a column of bodies: what stands under 牵头单位 or 企业名称 is a name from end to end."""

import re
from collections.abc import Iterator

from extractors.article import Article
from extractors.record import OrganisationType
from extractors.records.organisation_reading import Candidate
from extractors.records.organisation_words import words
from extractors.rows import heads, tables

# 单位 alone heads units of measurement as well; 单位性质 and 企业数 name no body.
_COLUMN = re.compile(
    r".{0,6}(?:[\u4e00-\u9fff]单位|企业|公司|机构|院校|高校|部门|[主承协]办方)(?:名称|全称)?(?:[（(][^（()）]*[）)])?|单位(?:名称|全称)|持有人|权利人"
)
_ITEM = re.compile(r"[^、，,；;/\s]+")
_ORGAN = re.compile(r".{2,}(?:局|厅|政府|[工党]委|管委会|委员会|总队|支队)")
_GROUP = re.compile(r"各|有关|相关|其他|\d|等$|.*[级类]")
SHORTEST, LONGEST = 4, 40  # characters


def find(article: Article) -> Iterator[Candidate]:
    """One candidate an item of such a cell that ends as names of bodies end."""
    for rows in tables(article):
        columns: set[int] = set()
        for row in rows:
            named = heads(article, row)
            if any(b.cell and b.cell.header for b in row.values()):
                columns |= {c for c, head in named.items() if _COLUMN.fullmatch(head)}
                continue
            for start, end in sorted({(b.start, b.end) for c, b in row.items() if c in columns}):
                yield from _cell(article.text, start, end)


def _cell(text: str, start: int, end: int) -> Iterator[Candidate]:
    for item in _ITEM.finditer(text, start, end):
        fits = SHORTEST <= len(item[0]) <= LONGEST and not _GROUP.match(item[0])
        if fits and (kind := _type(item[0])):
            yield Candidate(start=item.start(), end=item.end(), type=kind, rule="cell", rank=1, confidence=0.9)


def _type(name: str) -> OrganisationType | None:
    return words().type_of(name) or ("government" if _ORGAN.fullmatch(name) else None)
