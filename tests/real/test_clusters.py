"""Reprint clusters on copies made from the seeds and the city reports: reposts, light edits, abridged, excerpts, bulletins, template twins."""

import gc
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from extractors.article import Article, ArticleKind, Metadata, article_id, from_text
from extractors.names.regions import find_regions
from store import Reading, Store, clusters
from store.database import writing
from store.facts import Cluster, touching
from store.prints import prints
from tests.store.made import capture

BASE_SIZE = 900  # characters of a section, about a notice
EXCERPT_SIZE = 80  # characters, about two sentences
BATCH = 500  # articles a step of the follower
FEW = 50  # of a step whose log lines are mostly records


@dataclass(frozen=True)
class Made:
    article: Article
    base: str  # the text that it is a copy of; its own name where it is one of its own
    what: str


def sections(shared: Path) -> Iterator[tuple[str, str]]:
    """Stretches of whole paragraphs from every report and seed."""
    seen = set()  # reports share some paragraphs: real copies, of which one is taken
    for path in sorted([*(shared / "data" / "docx_pairs").glob("*.txt"), *(shared / "seeds").iterdir()]):
        held: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                held.append(line.strip())
            if sum(map(len, held)) >= BASE_SIZE:
                if held[0] not in seen:
                    yield f"{path.stem}-{len(held)}-{hash_of(held[0])}", "\n".join(held)
                seen.add(held[0])
                held = []


def hash_of(text: str) -> str:
    return article_id("base", text)


def article(
    name: str, text: str, *, title: str | None = None, day: str = "2031-05-01", kind: ArticleKind = "news", number: str | None = None
) -> Article:
    made = from_text(text, title=title, kind=kind, name=name, metadata=Metadata(published_date=day, doc_number=number))
    return replace(made, url=f"https://copies.example.cn/{name}")


def copies(name: str, text: str, chance: random.Random) -> Iterator[Made]:
    lines = text.split("\n")
    yield Made(article(name, text), name, "original")
    spaced = re.sub("，", lambda m: chance.choice(("，", ", ", "，\n")), text)
    yield Made(article(f"{name}-repost", f"来源：转载\n{spaced}\n责任编辑：小李", day="2031-05-03"), name, "repost")
    edited = "".join("某" if chance.random() < 0.03 and not c.isdigit() else c for c in text)
    yield Made(article(f"{name}-edited", edited, day="2031-05-04"), name, "edited")
    kept = sorted(chance.sample(range(len(lines)), max(1, round(len(lines) * 0.5))))
    yield Made(article(f"{name}-abridged", "\n".join(lines[i] for i in kept), day="2031-05-05"), name, "abridged")
    sentences = re.findall(r"[^。\n]{30,}。", text)
    at = chance.randrange(max(1, len(sentences)))
    if sum(map(len, sentences[at : at + 4])) >= EXCERPT_SIZE:
        yield Made(article(f"{name}-excerpt", "".join(sentences[at : at + 4]), title="简讯", day="2031-05-06"), name, "excerpt")


def twins(name: str, text: str, chance: random.Random) -> Iterator[Made]:
    """Notices of one template: another year, other figures, another region, another 文号."""
    places = ("鄂尔多斯市", "包头市", "石家庄市", "兰州市", "西宁市", "南昌市")
    for n in range(3):
        place = places[(ord(text[0]) + n) % len(places)]
        changed = re.sub(r"\d+", lambda m: str(int(m[0]) % 7000 + chance.randrange(2, 90)), text)
        for _, _, region in find_regions(text):
            changed = changed.replace(region.name, place).replace(region.short, place.removesuffix("市"))
        title = f"{place}关于做好{2025 + n}年度工作的通知"
        yield Made(
            article(f"{name}-twin{n}", changed, title=title, kind="policy", number=f"工办发〔{2025 + n}〕{n + 3}号"), f"{name}-twin{n}", "twin"
        )


def bulletins(made: list[Made], chance: random.Random) -> Iterator[Made]:
    """Whole numbers that carry excerpts of several texts: copies of none."""
    excerpts = [m.article.text for m in made if m.what == "excerpt"]
    for n in range(len(excerpts) // 12):
        text = "\n\n".join(chance.sample(excerpts, 10))
        yield Made(article(f"bulletin-{n}", text, kind="bulletin", day="2031-05-09"), f"bulletin-{n}", "bulletin")


def corpus(shared: Path) -> list[Made]:
    chance = random.Random(7)
    made = []
    for n, (name, text) in enumerate(sections(shared)):
        made += copies(name, text, chance)
        if n % 5 == 0 and len(re.findall(r"\d+", text)) >= 5:
            made += twins(name, text, chance)
    made += bulletins(made, chance)
    chance.shuffle(made)
    return made


def clustered(made: list[Made], folder: Path, batch: int) -> tuple[dict[str, str], float]:
    """Article -> cluster, and documents a second of processor time, exact judging and the writing of rows and log lines included."""
    with Store.open(f"sqlite:///{folder / f'{batch}.db'}") as store:
        store.put_many([Reading(capture=capture(m.article.text, m.article.url), articles=[m.article], records=[]) for m in made])
        clusters._recent.clear()  # no store is quicker for the one before it
        seconds = 0.0
        for at in range(0, len(made), batch):
            ids = {m.article.id for m in made[at : at + batch]}
            gc.freeze()  # what the test itself holds is not searched for garbage
            with writing(store.engine) as connection:
                begun = time.process_time()
                clusters.refresh(connection, ids)
                seconds += time.process_time() - begun
        with writing(store.engine) as connection:
            found = [f for f in touching(connection, "cluster", [m.article.id for m in made]) if isinstance(f, Cluster)]
    return {member.article: f.id for f in found for member in f.members}, len(made) / seconds


def fingerprinted(made: list[Made]) -> float:
    """Documents a second whose copies could be looked up: the part that every document costs, copies or not."""
    texts = [m.article.text for m in made]
    begun = time.process_time()
    assert len(list(prints(texts))) == len(made)
    return len(made) / (time.process_time() - begun)


def pairs(groups: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {tuple(sorted(pair)) for ids in groups.values() for pair in combinations(ids, 2)}  # type: ignore[misc]


def grouped(keys: dict[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id_, key in keys.items():
        groups.setdefault(key, []).append(id_)
    return groups


def test_copies_are_found_and_twins_told_apart(shared: Path, floors: dict[str, dict[str, float]], tmp_path: Path) -> None:
    made = corpus(shared)
    wanted = pairs(grouped({m.article.id: m.base for m in made}))
    found, rate = clustered(made, tmp_path, BATCH)
    in_few, slow = clustered(made, tmp_path, FEW)
    at_once, fast = clustered(made, tmp_path, len(made))
    quick = fingerprinted(made)
    got = pairs(grouped(found))
    recall, precision = len(wanted & got) / len(wanted), len(wanted & got) / len(got)
    by_id = {m.article.id: m for m in made}
    missed = sorted({tuple(sorted(by_id[i].what for i in pair)) for pair in wanted - got})
    wrong = sorted({tuple(sorted(by_id[i].what for i in pair)) for pair in got - wanted})
    rates = f"{rate:.0f} documents/s ({slow:.0f} by {FEW}, {fast:.0f} all at once), fingerprints {quick:.0f}/s"
    report = f"{len(made)} documents, precision {precision:.4f}, recall {recall:.4f}, {rates}; missed {missed}, wrong {wrong}"
    print(report)
    floor = floors["clusters"]
    assert found == in_few == at_once, "other steps, other clusters"
    assert precision >= floor["precision"], report
    assert recall >= floor["recall"], report
    assert quick >= floor["fingerprints_per_second"], report
    assert rate >= floor["documents_per_second"], report
    assert rate / quick >= floor["pass_of_fingerprints"], report
