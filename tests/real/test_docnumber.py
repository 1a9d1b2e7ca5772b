"""文号 as 18 thousand pages of six provincial governments state them."""

import json
import re
from pathlib import Path

from extractors.docnumber import parse_doc_number


def test_stated_numbers_are_read(shared: Path, floors: dict[str, dict[str, float]]) -> None:
    rows = [json.loads(line) for line in (shared / "data" / "policy_meta.jsonl").read_text("utf-8").splitlines()]
    stated = [raw for row in rows if re.search(r"\d", raw := row.get("doc_number_raw") or "") and "其他" not in raw]
    read = [(raw, found) for raw in stated if (found := parse_doc_number(raw))]
    right = [found for raw, found in read if str(found.number) in raw and (not found.year or str(found.year) in raw)]
    assert len(stated) > 17_000
    assert len(right) / len(stated) >= floors["docnumber"]["read"]
