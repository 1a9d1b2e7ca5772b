"""Random puts, corrections and deletions against a model of plain dicts."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from extractors.record import AnyRecord, Metric
from store import Store
from tests.store.made import article, capture, metrics
from tests.store.mirror import Mirror, follow, tables, tracked

SENTENCES = ("甲新增 12 家。", "乙备案 30 家，其中 12 家。", "丙 7 家。", "各单位：")
QUOTES = ("12 家", "30 家", "7 家")
URLS = tuple(f"https://kj.example.cn/{n}.html" for n in range(3))

pieces = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("\n".join), min_size=1, max_size=3)


class Puts(RuleBasedStateMachine):
    """`model` is what the store should hold: id -> object, corrections applied. `mirror` knows the log only."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(f"sqlite:///{Path(self.folder.name) / 'q.db'}")
        self.model: dict[str, dict[tuple[str, str], Any]] = {url: {} for url in URLS}
        self.corrected: dict[str, tuple[str | None, str]] = {}  # record -> indicator before, after
        self.mirror: Mirror = {}
        self.seq = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def expected(self, record: AnyRecord) -> AnyRecord:
        assert isinstance(record, Metric)
        before, after = self.corrected.get(record.id, (None, None))
        return replace(record, indicator=after) if record.id in self.corrected and record.indicator == before else record

    @rule(url=st.sampled_from(URLS), texts=pieces, version=st.integers(1, 3), unit=st.sampled_from(("家", "个")))
    def put(self, url: str, texts: list[str], version: int, unit: str) -> None:
        fetched = capture("\f".join(texts), url)
        articles = [article(fetched, text, piece=str(n) if n else "") for n, text in enumerate(texts)]
        records: list[AnyRecord] = [replace(r, unit=unit) for a in articles for r in metrics(a, *QUOTES, version=version)]  # type: ignore[call-arg]
        held = self.model[url]
        new: dict[tuple[str, str], Any] = {("article", a.id): a for a in articles}
        new |= {("metric", r.id): self.expected(r) for r in records}
        diff = self.store.put(fetched, articles, records, reader_version=str(version))
        ops = {(line.kind, line.id): line.op for line in diff.lines}
        wanted = dict.fromkeys(held.keys() - new.keys(), "DEL") | dict.fromkeys(new.keys() - held.keys(), "ADD")
        wanted |= {key: "MOD" for key in new.keys() & held.keys() if seen(new[key]) != seen(held[key])}
        assert ops == wanted
        assert len(diff.lines) == len(ops)
        self.model[url] = new

    def records(self) -> list[Metric]:
        return [thing for held in self.model.values() for (kind, _), thing in held.items() if kind == "metric"]

    @precondition(lambda self: self.records())
    @rule(data=st.data(), indicator=st.sampled_from(("孵化器", "众创空间")))
    def correct(self, data: st.DataObject, indicator: str) -> None:
        record = data.draw(st.sampled_from(sorted((r for r in self.records() if r.id not in self.corrected), key=lambda r: r.id) or [None]))
        if record is None:
            return
        self.store.correct(record.id, "indicator", None, indicator, who="li")
        self.corrected[record.id] = (None, indicator)
        for held in self.model.values():
            if ("metric", record.id) in held:
                held["metric", record.id] = replace(record, indicator=indicator)

    @rule(url=st.sampled_from(URLS))
    def vanish(self, url: str) -> None:
        self.store.put(capture("", url), [], [])
        self.model[url] = {}

    @invariant()
    def log_and_tables_agree_with_the_model(self) -> None:
        self.seq = follow(self.store, self.mirror, self.seq)
        held = tables(self.store)
        assert tracked(held) == tracked(self.mirror)
        model = {key: thing for things in self.model.values() for key, thing in things.items()}
        assert self.objects() == model
        stale = {c.record for c in self.store.stale_corrections()}
        assert stale == {id_ for id_ in self.corrected if ("metric", id_) not in model}

    def objects(self) -> dict[tuple[str, str], Any]:
        found: dict[tuple[str, str], Any] = {}
        for one, records in self.store.snapshot()[1]:
            found |= {("article", one.id): one} | {(r.kind, r.id): r for r in records}
        return found


def seen(thing: Any) -> Any:
    """What of an object is tracked, as far as this test varies it."""
    if isinstance(thing, Metric):
        return replace(thing, start=0, end=0, version=0)
    return replace(thing, capture="", blocks=tuple(replace(b, start=0, end=0) for b in thing.blocks))


TestPuts = Puts.TestCase
TestPuts.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
