"""Search on real questions, laws and policy lists: nothing that stands in a text is missed, and what is known is found first."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import msgspec
import pytest

from extractors.article import Article, Metadata, article_id, from_text
from extractors.docnumber import parse_doc_number
from index.analysis import fold, key_of
from index.backend import Backend, open_backend
from index.build import rows
from index.embedded import Embedded
from index.query import Phrase, Request, Word
from index.rows import Row
from index.search import search
from scripts.bench.retrieval import load, measure
from scripts.settings import SearchSettings
from tests.index.conftest import elasticsearch

__all__ = ["elasticsearch"]
RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
KNOWN_EVERY = 6  # of some 18,000 policies, every 6th is asked for


@pytest.fixture(scope="module", params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    url = request.getfixturevalue("elasticsearch") if request.param == "elasticsearch" else ""
    with open_backend(SearchSettings(engine=request.param, url=url, prefix="real"), Path(tmp_path_factory.mktemp("index"))) as opened:
        yield opened


@pytest.mark.parametrize("name", ["cmrc", "stard"])
def test_retrieval(backend: Backend, shared: Path, floors: dict[str, dict[str, float]], name: str) -> None:
    """Words and pairs together rank no worse than the better of them alone, and not below the floors."""
    found = measure(backend, load(shared / "data" / "retrieval" / f"{name}_retrieval"))
    both = asdict(found["both"])
    for figure, value in both.items():
        assert value >= max(asdict(found[field])[figure] for field in ("text_seg", "text_bi")) - 1e-9, figure
        assert value >= floors["search"][f"{name}_{figure}"], figure


def laws(shared: Path) -> list[str]:
    texts = [p.read_text("utf-8") for p in sorted((shared / "data" / "laws").glob("*.md"))[::4]]
    return [t for t in texts if RUN.search(t)]


def test_every_literal_stretch_is_found(backend: Backend, shared: Path) -> None:
    """Any run of two or more Han characters of any text: all texts that hold it, and no other."""
    texts = laws(shared)
    backend.rebuild((r for i, t in enumerate(texts) for r in rows(from_text(t, name=str(i)), [])), 1)
    held = {article_id("text", str(i)): fold(t) for i, t in enumerate(texts)}
    rng = random.Random(6)
    for _ in range(150):
        run = rng.choice(RUN.findall(rng.choice(texts)))
        size = rng.randint(2, min(9, len(run)))
        start = rng.randint(0, len(run) - size)
        part = run[start : start + size]
        for node in (Phrase(part), Word(part)):
            page = backend.search(Request(where=node, size=1000))
            assert {h.id for h in page.hits} == {i for i, t in held.items() if fold(part) in t}, part


def policies(shared: Path) -> list[Article]:
    found = []
    for number, line in enumerate((shared / "data" / "policy_meta.jsonl").read_text("utf-8").splitlines()):
        row = msgspec.json.decode(line)
        metadata = Metadata(doc_number=row.get("doc_number_raw"), published_date=row.get("published"))
        found.append(from_text(row.get("title") or "", title=row.get("title"), metadata=metadata, name=str(number)))
    return found


def test_a_known_item_comes_first(tmp_path: Path, shared: Path, floors: dict[str, dict[str, float]]) -> None:
    """By its title as pasted, or its 文号 as the list writes it, where those are unique once normalised."""
    held = policies(shared)
    titles = Counter(key_of(a.title or "") for a in held)
    numbers = {a.id: parse_doc_number(a.metadata.doc_number or "") for a in held}
    times = Counter(n.key for n in numbers.values() if n)
    asked: list[tuple[str, str]] = []
    for article in held[::KNOWN_EVERY]:
        number = numbers[article.id]
        if titles[key_of(article.title or "")] == 1 and article.title:
            asked.append((article.title, article.id))
        if number and times[number.key] == 1:
            asked.append((str(article.metadata.doc_number), article.id))
    with Embedded(tmp_path) as backend:
        backend.rebuild((row for a in held for row in rows(a, [])), 1)
        right = sum(first(backend, text) == id_ for text, id_ in asked)
    assert len(asked) > 3000
    assert right / len(asked) >= floors["search"]["known_item"]


def first(backend: Backend, text: str) -> str | None:
    hits = search(backend, text, size=1).hits
    return hits[0].id if hits else None


def test_the_seeds_are_found(tmp_path: Path, shared: Path) -> None:
    """What the whole way must show: the sentence with its count, marked, in its article."""
    texts = [p.read_text("utf-8") for p in sorted((shared / "seeds").iterdir())]
    made: list[Row] = [row for i, t in enumerate(texts) for row in rows(from_text(t, name=str(i)), [])]
    rng = random.Random(9)
    with Embedded(tmp_path) as backend:
        backend.rebuild(made, 1)
        for _ in range(100):
            number = rng.randrange(len(texts))
            sentence = rng.choice(re.findall(r"[\u4e00-\u9fff，]{8,30}", texts[number]))
            page = search(backend, f"“{sentence}”")
            hit = next(h for h in page.hits if h.id == article_id("text", str(number)))
            marked = {hit.row.text[s.start : s.end] for p in hit.passages for s in p.marks}
            assert re.sub(r"\W", "", sentence) in {re.sub(r"\W", "", m) for m in marked}
