"""HTML pages, texts and the seeds as real inputs: floors of body, fields, refusals, speed, and what each seed is made of."""

import json
from collections import Counter
from pathlib import Path

import pytest

from extractors.article import Article
from extractors.readers import read
from scripts.bench import gold, reading
from scripts.extracting import capture_file, document

Floors = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def known(shared: Path) -> reading.Figures:
    return reading.measure(shared)


@pytest.fixture(scope="module")
def unknown(shared: Path) -> reading.Figures:
    return reading.measure(shared, ())


def seed(shared: Path, number: str) -> tuple[Article, ...]:
    return read(capture_file(next((shared / "seeds").glob(f"{number}_*"))))


def pieces(articles: tuple[Article, ...]) -> list[Article]:
    return [a for a in articles if a.role == "piece"]


def test_bodies(known: reading.Figures, unknown: reading.Figures, floors: Floors) -> None:
    for figures, floor in ((known, floors["reading"]["body_f1"]), (unknown, floors["reading"]["body_f1_no_families"])):
        assert figures.mean >= floor
        assert min(figures.bodies.values()) >= 0.5


def test_fields(known: reading.Figures, unknown: reading.Figures) -> None:
    for figures in (known, unknown):
        for key in ("title", "published_date", "origin", "doc_number", "issuers", "written_date"):
            assert figures.fields[f"has {key}"] - figures.fields[f"ok {key}"] <= 1, [w for w in figures.wrong if w[1] == key]
        assert not figures.false_numbers


def test_lists_are_refused_and_details_are_not(known: reading.Figures) -> None:
    assert set(known.refused) == {p for p in known.refused if p.startswith("gerapy_list")}
    assert len(known.refused) == 10
    assert set(known.refused.values()) <= {"list-page", "empty"}


def test_news_pages_are_single_news(shared: Path) -> None:
    for path, _ in reading.gold_bodies(shared):
        if "pages_news" in str(path):
            found = reading.read_page(reading.capture_page(path), None)
            assert [a.role for a in found] == ["page"], path.name
            assert found[0].kind in ("news", "announcement", "interpretation"), (path.name, found[0].kind)


def test_speed(shared: Path, floors: Floors) -> None:
    """Pages a second on one core, and beside a bare parse of the same pages in the same rounds, which a busy machine slows as much."""
    took = reading.seconds(shared)
    for name, key in (("families", "families"), ("no families", "no_families")):
        assert 1 / took[name] >= floors["reading"][f"pages_per_second_{key}"]
        assert took["bare parse"] / took[name] >= floors["reading"][f"speed_of_parse_{key}"]


@pytest.mark.parametrize("from_bytes", [False, True])
def test_document_fields_of_the_gold(shared: Path, from_bytes: bool) -> None:
    found: Counter[str] = Counter()
    for name, path in gold.inputs(shared, from_bytes=from_bytes).items():
        wanted = json.loads((shared / "gold" / f"{name}.json").read_text("utf-8"))["document"]
        gold.evaluator(shared).document_fields(wanted, document(read(capture_file(path))), found)
    for name in (n.removeprefix("has ") for n in found if n.startswith("has ")):
        assert found[f"has {name}"] - found[f"ok {name}"] <= (0 if name == "articles" else 1), (name, found)
        assert found[f"false {name}"] == 0, (name, found)


def test_seed_000_is_one_article_of_its_source(shared: Path) -> None:
    (page,) = seed(shared, "000")
    assert (page.metadata.origin, page.metadata.published_date) == ("澎湃新闻", "2022-04-25T16:05:22+08:00")
    assert "线上线下相结合" in page.text
    assert not page.metadata.attachments


def test_seed_001_has_the_articles_of_its_contents(shared: Path) -> None:
    found = seed(shared, "001")
    entries = [found[0].text[b.start : b.end] for b in found[0].blocks if b.kind == "contents"]
    assert len(pieces(found)) == sum("★" in e for e in entries) == 8
    assert {"masthead", "contents", "imprint"} <= {b.kind for b in found[0].blocks}
    assert all(a.metadata.region for a in pieces(found) if a.ordinal != 7)


def test_seed_002_is_a_notice_with_its_plan(shared: Path) -> None:
    page, plan = seed(shared, "002")
    assert plan.parent == page.id
    assert plan.role == "enacted"
    assert plan.metadata.doc_number is None
    assert plan.metadata.issuers == page.metadata.issuers
    assert [n.code for n in page.notes] == ["repaired-title"]


@pytest.mark.parametrize("number", ["000", "003"])
def test_seeds_say_what_the_gold_texts_say(shared: Path, number: str) -> None:
    annotated = (shared / "gold" / "text" / f"s{number}.txt").read_text("utf-8")
    assert reading.squeezed("".join(a.text for a in seed(shared, number))) == reading.squeezed(annotated)


def test_seed_004_has_its_stories_with_their_sentences_whole(shared: Path) -> None:
    found = seed(shared, "004")
    assert found[0].kind == "newspaper"
    assert len(pieces(found)) == 3
    longest = max(pieces(found), key=lambda a: len(a.text)).text
    for whole in ("方式转化科技成果", "公司投后估值2亿元", "创新风险屏障，"):
        assert whole in longest
    assert not [n for n in found[0].notes if n.code == "open-end"]


def test_no_character_of_a_seed_is_lost(shared: Path) -> None:
    for number in ("001", "002", "003", "004"):
        path = next((shared / "seeds").glob(f"{number}_*"))
        assert sorted(reading.squeezed("".join(a.text for a in seed(shared, number)))) == sorted(reading.squeezed(path.read_text("utf-8")))


def test_laws_are_policies_with_titles_and_no_invented_number(shared: Path) -> None:
    for path in sorted((shared / "data" / "laws").glob("*条例*.md")):
        (page,) = read(capture_file(path))
        assert page.title, path.name
        assert page.kind == "policy", path.name
        assert page.metadata.doc_number is None, path.name
