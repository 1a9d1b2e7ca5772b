"""Out-of-domain check of actions: FewFC (stock market announcements) and xf2020 (general news) in shared/data/events.

    python -m scripts.bench.events [--shared DIR] [--misses N]

Their types and their idea of an event differ from the guide's, so precision says nothing here. Figures, for each set: `covered`, the share of gold
triggers that our lexicon has at all; `found`, the share of these whose trigger an action overlaps; `subject` and `object`, the share of found ones
whose argument shares half of its characters with ours.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.article import from_text
from extractors.record import Action
from extractors.records import extract
from extractors.records.action_words import lexicon
from scripts.bench.gold import SHARED

Event = dict[str, Any]  # text, trigger, start, subject, object


def fewfc(shared: Path) -> Iterator[tuple[str, list[Event]]]:
    for name in ("fewfc_train_base.json", "fewfc_train_trans.json"):
        for line in (shared / "data" / "events" / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row["content"], [_fewfc_event(e) for e in row["events"] if any(m["role"] == "trigger" for m in e["mentions"])]


def _fewfc_event(event: Event) -> Event:
    roles = {m["role"]: m for m in event["mentions"]}
    subject, target = roles.get("sub-org") or roles.get("sub-per") or roles.get("sub"), roles.get("obj-org") or roles.get("target-company")
    trigger = roles["trigger"]
    return {
        "trigger": trigger["word"],
        "start": trigger["span"][0],
        "subject": subject["word"] if subject else None,
        "object": target["word"] if target else None,
    }


def xf2020(shared: Path) -> Iterator[tuple[str, list[Event]]]:
    for row in json.loads((shared / "data" / "events" / "xf2020_train.json").read_text("utf-8")):
        yield row["sentence"], [_xf_event(e) for e in row["events"]]


def _xf_event(event: Event) -> Event:
    roles = {a["role"]: a["text"] for a in event["arguments"]}
    return {"trigger": event["trigger"]["text"], "start": event["trigger"]["offset"], "subject": roles.get("subject"), "object": roles.get("object")}


def alike(a: str | None, b: str | None) -> bool:
    """Whether two phrases share half of their characters."""
    if not a or not b:
        return False
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared >= 0.5 * (len(a) + len(b)) or a in b or b in a


def measure(texts: Iterator[tuple[str, list[Event]]]) -> tuple[Counter[str], Counter[str]]:
    """(counts, triggers that the lexicon has and that were missed)."""
    counts: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for text, events in texts:
        actions = [r for r in extract(from_text(text)) if isinstance(r, Action)]
        for event in events:
            counts["events"] += 1
            if event["trigger"] not in lexicon().verbs:
                continue
            counts["covered"] += 1
            end = event["start"] + len(event["trigger"])
            hit = next((a for a in actions if a.start < end and event["start"] < a.end), None)
            if hit is None:
                missed[event["trigger"]] += 1
                continue
            counts["found"] += 1
            for role, ours in (("subject", hit.actor), ("object", hit.object)):
                counts[f"has {role}"] += bool(event[role])
                counts[role] += alike(event[role], ours)
    return counts, missed


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--shared", type=Path, default=SHARED)
    a.add_argument("--misses", type=int, default=0, metavar="N", help="print the N triggers missed most")
    o = a.parse_args()
    for name, texts in (("fewfc", fewfc(o.shared)), ("xf2020", xf2020(o.shared))):
        c, missed = measure(texts)
        shares = {"covered": (c["covered"], c["events"]), "found": (c["found"], c["covered"])}
        shares |= {role: (c[role], c[f"has {role}"]) for role in ("subject", "object")}
        print(f"{name:7} events {c['events']}", *(f"{k} {n / of:.3f}" for k, (n, of) in shares.items() if of))
        if o.misses:
            print("   ", *(f"{word} {n}" for word, n in missed.most_common(o.misses)))


if __name__ == "__main__":
    main()
