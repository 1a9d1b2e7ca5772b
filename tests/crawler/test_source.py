import textwrap
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from crawler.crawl import newest, unmet
from crawler.drivers import DRIVERS
from crawler.source import Canonical, Link, Source, SourceError, Start, load_file, load_sources, rebase

GOOD = """
title: 某局
publisher: 某局
start: [{url: "https://www.example.org/list/index.html", column: 通知}]
list: {item: "ul > li"}
"""


def written(folder: Path, text: str, name: str = "some.yml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_source_needs_little_and_has_defaults(tmp_path: Path) -> None:
    source = load_file(written(tmp_path, GOOD))
    assert (source.name, source.driver, source.list.link, source.pages.max) == ("some", "html_list", "a[href]", 5)
    assert source.allows_host("http://www.example.org/x")
    assert not source.allows_host("http://example.org/x")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD + "expct: {}", "unknown field `expct`"),
        (GOOD.replace("item:", "items:"), r"\$\.list"),
        (GOOD + "driver: magic", "'magic' is none of gkmlpt, html_list, jpage"),
        (GOOD.replace('list: {item: "ul > li"}', ""), "list.item: the driver html_list needs it"),
        (GOOD + "hosts: [other.example.org]", "is not an http"),
        (GOOD.replace("https:", "ftp:"), "is not an http"),
        (GOOD + "pages: {pattern: index_2.html}", "has no {n}"),
        (GOOD + 'detail: {allow: ["("]}', r"detail: '\('"),
        (GOOD.replace("ul > li", "ul >> li"), "list.item"),
        (GOOD + "start: []\n", "start"),
        ("title: x", "missing required field"),
        ("- a", "mapping"),
        ("a: [", "not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        load_file(written(tmp_path, text))
    assert "some.yml" in str(caught.value)


def test_a_folder_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    shipped = load_sources()
    first = next(iter(shipped))
    written(tmp_path, GOOD, "mine.yml")
    written(tmp_path, GOOD, f"{first}.yml")
    found = load_sources([tmp_path])
    assert set(found) == {*shipped, "mine"}
    assert found[first].title == "某局"
    with pytest.raises(SourceError, match="no such folder"):
        load_sources([tmp_path / "nowhere"])


def test_every_shipped_source_says_what_is_healthy() -> None:
    for name, source in load_sources().items():
        assert source.expect.articles > 1, name
        assert source.expect.newest_days, name
        assert source.publisher, name
        assert not source.loopback, name


def test_canonical_urls_do_not_depend_on_the_base(tmp_path: Path) -> None:
    text = GOOD + 'canonical: {from: "https://www.example.org/", to: "https://known.example/"}'
    source = rebase(load_file(written(tmp_path, text)), "http://127.0.0.1:8123/")
    assert source.start[0].url == "http://127.0.0.1:8123/list/index.html"
    assert source.canonical_url("http://127.0.0.1:8123/a/b.html?x=2&a=1#top") == "https://known.example/a/b.html?x=2&a=1"
    assert source.fetch_url("https://known.example/a/b.html") == "http://127.0.0.1:8123/a/b.html"
    assert source.canonical_url("HTTP://Other.Example") == "http://other.example/"


def test_detail_patterns_allow_and_deny(tmp_path: Path) -> None:
    source: Source = load_file(written(tmp_path, GOOD + r"detail: {allow: ['/t\d+\.html$'], deny: [/old/]}"))
    assert source.wants("https://www.example.org/n/t12.html")
    assert not source.wants("https://www.example.org/old/t12.html")
    assert not source.wants("https://www.example.org/n/x.html")
    assert not source.wants("https://elsewhere.org/n/t12.html")


def fields_of(kind: type, prefix: str = "") -> set[str]:
    """Dotted names of all keys."""
    found = set()
    for field in msgspec.structs.fields(kind):
        name = prefix + field.encode_name
        types = [t for t in (field.type, *get_args(field.type)) if isinstance(t, type)]
        nested = [t for t in types if issubclass(t, msgspec.Struct) and t not in (Start, Canonical)]
        found |= fields_of(nested[0], name + ".") if nested else {name}
    return found


def test_every_key_and_driver_is_documented_and_the_example_loads(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text("utf-8")
    for name in (*fields_of(Source), *DRIVERS):
        assert f"| `{name}` |" in text, name
    block = text.split("```yaml\n")[1].split("```")[0]
    example = load_file(written(tmp_path, textwrap.dedent(block)))
    assert example.wants("https://kjj.linzhou.example/tzgg/t20260301_12.html")


def test_the_newest_day_passes_over_what_is_no_day() -> None:
    links = [Link(url="u", date=text) for text in ("2026-02-30", "[2026/2/3]", "2025年12月31日", "昨天", "")]
    assert newest(links) == date(2026, 2, 3)
    assert newest([]) is None


def test_an_old_list_is_an_alarm(tmp_path: Path) -> None:
    source = load_file(written(tmp_path, GOOD + "expect: {articles: 1, filled: [title, date], newest_days: 30}"))
    links = [Link(url="u", title="t", date="2026-02-01")]
    assert unmet(source, links, date(2026, 3, 1)) == []
    assert unmet(source, links, date(2026, 4, 1)) == ["expect.newest_days: newest is 2026-02-01, at most 30 days old expected"]
