"""How the number and time grammar reads the cases of two public specifications; what differs, and why, stands in docs/metrics.md.

    python -m scripts.bench.conformance [--shared DIR] [--differences]

Recognizers-Text (Chinese number, ordinal and date cases) and WeText (inverse text normalisation), in shared/data/numbers.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from extractors.numbers import Quantity, scan
from extractors.numerals import number_value
from extractors.periods import resolve
from scripts.bench.gold import SHARED

Case = tuple[str, bool, str]  # (text, read alike, what we read)


@dataclass(slots=True)
class Score:
    alike: int = 0
    cases: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, case: Case) -> None:
        text, alike, read = case
        self.cases += 1
        self.alike += alike
        if not alike:
            self.differences.append(f"{text} -> {read}")


def _results(folder: Path, name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for case in json.loads((folder / f"recognizers_{name}.json").read_text("utf-8")):
        for result in case["Results"]:
            yield case, result


def numbers(folder: Path) -> Iterator[Case]:
    """The value of every numeral."""
    for _, result in _results(folder, "NumberModel"):
        if result["Resolution"].get("value") is None:
            continue
        wanted = float(result["Resolution"]["value"])
        try:
            read = float(number_value(result["Text"]))
        except ValueError:
            yield result["Text"], False, "none"
            continue
        yield result["Text"], abs(read - wanted) <= 1e-9 * max(1.0, abs(wanted)), str(read)


def ordinals(folder: Path) -> Iterator[Case]:
    """The value of every ordinal, whether it is a rank or a name."""
    for _, result in _results(folder, "OrdinalModel"):
        read = number_value(result["Text"].removeprefix("第"))
        yield result["Text"], read == int(result["Resolution"]["value"]), str(read)


def dates(folder: Path) -> Iterator[Case]:
    """Dates and stretches of days; a case with several values counts as read when one of them is ours."""
    for case, result in _results(folder, "DateTimeModel"):
        if result["TypeName"] not in ("datetimeV2.date", "datetimeV2.daterange"):
            continue
        days = resolve(result["Text"], date.fromisoformat(case["Context"]["ReferenceDateTime"][:10]))
        values = result["Resolution"]["values"]
        read = (days.start, days.end) if days else None
        yield result["Text"], read is not None and read in {_days(v) for v in values}, str(read)


def _days(value: dict[str, str]) -> tuple[str | None, str | None] | None:
    """First and last day; the specification's ends are exclusive, and open where it has none."""
    days = {key: value[key][:10] for key in ("value", "start", "end") if re.match(r"\d{4}-\d\d-\d\d", value.get(key, ""))}
    if "value" in days:
        return days["value"], days["value"]
    if not days:
        return None
    last = date.fromordinal(date.fromisoformat(days["end"]).toordinal() - 1).isoformat() if "end" in days else None
    return days.get("start"), last


def measures(folder: Path) -> Iterator[Case]:
    """Spoken measures, money and fractions: the first number of the written form is the value that we read first."""
    for name in ("measure", "money", "fraction"):
        for line in (folder / f"wetext_itn_{name}.txt").read_text("utf-8").splitlines():
            spoken, _, written = line.partition(" => ")
            wanted = _written(written)
            if wanted is None:
                continue
            found = next((q for q in scan(spoken) if isinstance(q, Quantity)), None)
            alike = found is not None and abs(found.value - wanted) <= 1e-5 * max(1.0, abs(wanted))
            yield spoken[:30], alike, str(found.value if found else None)


def _written(text: str) -> float | None:
    """The first number of a written form, with its 万 or 亿; a fraction as percent."""
    if match := re.match(r"\D*(\d+)/(\d+)(?!\d*h)", text):
        return round(int(match[1]) / int(match[2]) * 100, 2)
    match = re.search(r"\d[\d.万亿]*", text)
    return float(number_value(match[0])) if match else None


SPECIFICATIONS: tuple[tuple[str, Callable[[Path], Iterator[Case]]], ...] = (
    ("numbers", numbers),
    ("ordinals", ordinals),
    ("dates", dates),
    ("measures", measures),
)


def conformance(shared: Path) -> dict[str, Score]:
    """How many cases of each specification are read alike."""
    out = {}
    for name, cases in SPECIFICATIONS:
        score = out[name] = Score()
        for case in cases(shared / "data" / "numbers"):
            score.add(case)
    return out


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--differences", action="store_true")
    o = a.parse_args()
    for name, score in conformance(o.shared).items():
        print(f"{name}: {score.alike} of {score.cases}")
        for line in score.differences if o.differences else ():
            print("   ", line)


if __name__ == "__main__":
    main()
