"""Short forms that the article itself introduces: …有限公司（以下简称“某某”）."""

import re
from collections.abc import Iterator, Sequence

from extractors.records.organisation_reading import Candidate, Reading

_INTRODUCED = re.compile(r"[（(](?:以下)?(?:统称|简称|下称)(?:为)?[:：]?[“\"]?([^”\"）)，。、；]{2,12})[”\"]?[）)]")
# 以下简称登记机构: a role of the text, not a name.
_KINDS = ("机构", "部门", "单位", "企业", "常务委员会", "政府")


def find(reading: Reading, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Mentions of names that the text gives to an organisation found before it."""
    by_end = {c.end: c for c in known}
    for match in _INTRODUCED.finditer(reading.text):
        full = by_end.get(match.start())
        if full and not match[1].endswith(_KINDS):
            canonical = full.canonical or reading.text[full.start : full.end]
            for found in re.finditer(re.escape(match[1]), reading.text[match.start() :]):
                start = match.start() + found.start()
                yield Candidate(
                    start=start,
                    end=start + len(match[1]),
                    type=full.type,
                    rule="short-form",
                    rank=3,
                    canonical=canonical,
                    entity=full.entity,
                    region=full.region,
                )
