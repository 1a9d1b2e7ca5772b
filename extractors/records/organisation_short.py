"""Short forms that the article itself gives: …有限公司（以下简称“某某”）, and 某某 or 某某盐湖 of 青海某某盐湖有限公司."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.records.organisation_reading import Candidate, Reading
from extractors.records.organisation_words import words

_INTRODUCED = re.compile(r"[（(](?:以下)?(?:统称|简称|下称)(?:为)?[:：]?[“\"]?([^”\"）)，。、；]{2,12})[”\"]?[）)]")
_COMPANY = re.compile("公司$")
# 以下简称登记机构: a role of the text, not a name.
_KINDS = ("机构", "部门", "单位", "企业", "常务委员会", "政府")
_FORM = re.compile("(?:股份|集团|控股集团)?有限(?:责任)?公司$")
_TOLD = ("head", "enumerated", "cell")
_FIRMS = ("company", "finance")
LEAST = 4  # characters of a name without 有限公司


def find(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Mentions by short forms of organisations found before."""
    by_end = {c.end: c for c in known}
    for match in _INTRODUCED.finditer(reading.text):
        full = by_end.get(match.start())
        if full and not match[1].endswith(_KINDS) and match[1] not in words().generic:
            yield from _mentions(reading, full, re.escape(match[1]), match.start())
    yield from _repeated(reading, known)
    for full in known:
        branch = reading.region_ends.get(full.end - 2) if full.type == "institute" else None
        if branch and reading.text.startswith("分院", full.end - 2):  # 北京分院, an academy's
            yield from _mentions(reading, full, reading.text[branch[0] : full.end], full.end)
        for pattern in _shorter(reading, full) if full.type in _FIRMS and full.rule == "head" else ():
            yield from _mentions(reading, full, pattern, 0)


def _repeated(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """A company's name that one sentence has told is a name wherever it stands again."""
    names = {reading.text[c.start : c.end]: c for c in known if c.rule in _TOLD and c.type in (*_FIRMS, "institute") and c.end - c.start >= LEAST}
    for name, full in names.items():
        at = reading.text.find(name)
        while at >= 0:
            if at in reading.bounds and (at + len(name) in reading.bounds or at + len(name) in reading.ends):
                yield replace(full, start=at, end=at + len(name), rule="short-form", rank=0, canonical=full.canonical or name)
            at = reading.text.find(name, at + 1)


def _shorter(reading: Reading, full: Candidate) -> Iterator[str]:
    """Patterns for the forms in which a text goes on to name a company: its brand, and its name without 有限公司."""
    brand = _brand(reading, full)
    if brand:
        yield brand
    form = _FORM.search(reading.text, full.start, full.end)
    if form is None:
        return
    place = reading.region_starts.get(full.start)
    for start in {full.start, place[0] if place else full.start}:
        if form.start() - start >= LEAST and any(t.text not in words().generic for t in reading.tokens_between(start, form.start())):
            yield re.escape(reading.text[start : form.start()]) + "(?!(?:股份|集团)?有限)"


def _mentions(reading: Reading, full: Candidate, pattern: str, start: int) -> Iterator[Candidate]:
    canonical = full.canonical or reading.text[full.start : full.end]
    for found in re.compile(pattern).finditer(reading.text, start):
        if found.start() in reading.bounds and not full.start <= found.start() < full.end:
            yield replace(full, start=found.start(), end=found.end(), rule="short-form", rank=3, canonical=canonical)


def _brand(reading: Reading, full: Candidate) -> str | None:
    """A pattern for the word of a company's name that no dictionary has, with the place before and the trade behind it, where the text has them."""
    tokens = reading.tokens_between(full.start, full.end)
    at = next((n for n, t in enumerate(tokens) if not t.known and 2 <= len(t.text) <= 4 and re.fullmatch("[\u4e00-\u9fff]+", t.text)), None)
    if at is None or at > 1 or not _COMPANY.search(reading.text, full.end - 4, full.end):
        return None
    before = f"(?:{re.escape(tokens[0].text)})?" if at == 1 else ""
    behind = [re.escape(t.text) for t in tokens[at + 1 : at + 3] if not _COMPANY.search(t.text)]
    trade = f"(?:{''.join(behind)}|{behind[0]})?" if behind else ""
    return f"{before}{tokens[at].text}{trade}"
