"""What a person gets for what is typed, on a small index of real rows (Elasticsearch runs the same contract below this)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.article import Metadata, from_text
from extractors.record import Metric, MetricChange, Organisation, identify
from index.build import rows
from index.embedded import Embedded
from index.language import QueryError
from index.query import Request, Sort
from index.rows import RecordRow, Row
from index.search import search

TEXTS = {
    "海上": ("青岛市深远海网箱工作方案", "深远海网箱产量达到三万吨。中国科学院参与网箱研究。第二十条另行规定。"),
    "陆上": ("陆上工厂化养殖通知", "发展陆上工厂化养殖，建设循环水车间。（以下简称《陆养方案》）中科院给予指导。"),
    "论文": ("漁業統計年鑑", "漁業產量統計，見第20条。海藻与贝类各有增减。"),
}


def article(name: str) -> list[Row]:
    title, text = TEXTS[name]
    metadata = Metadata(published_date="2023-05-06", doc_number=f"青渔发〔2023〕{len(text)}号", region_code="370200", issuers=("青岛市海洋发展局",))
    made = from_text(text, title=title, metadata=metadata, name=name)
    records = []
    for word, value, change in (("网箱产量", 30000.0, None), ("海藻", 12.5, MetricChange(basis="yoy", direction="+"))):
        at = text.find(word)
        if at >= 0:
            unit = "%" if change else "吨"
            metric = Metric(
                article=made.id,
                start=at,
                end=at + len(word),
                quote=word,
                rule="t",
                text=word,
                value=value,
                unit=unit,
                indicator=word,
                change=change,
                year=2023,
            )
            records += identify(made, [metric])
    for word in ("中国科学院", "中科院"):
        at = text.find(word)
        if at >= 0:
            found = Organisation(
                article=made.id, start=at, end=at + len(word), quote=word, rule="t", text=word, type="institute", canonical="中国科学院"
            )
            records += identify(made, [found])  # type: ignore[list-item]
    return rows(made, records)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    with Embedded(Path(tmp_path_factory.mktemp("index"))) as opened:
        opened.rebuild([row for name in TEXTS for row in article(name)], 1)
        yield opened


def titles(backend: Embedded, text: str, **options: object) -> set[str]:
    page = search(backend, text, **options)  # type: ignore[arg-type]
    assert page.total == len(page.hits)
    return {name for name, (title, _) in TEXTS.items() for hit in page.hits if hit.row.title == title}


def test_typed_words_are_and(backend: Embedded) -> None:
    assert titles(backend, "网箱 产量") == {"海上"}
    assert not search(backend, "网箱 产量").notices


def test_or_when_nothing_holds_all_words_and_the_page_says_so(backend: Embedded) -> None:
    page = search(backend, "循环水 贝类")
    assert page.total == 2
    assert "部分词语" in page.notices[0]


def test_fields_hold_when_words_are_loosened(backend: Embedded) -> None:
    assert titles(backend, "循环水 贝类 标题:通知") == {"陆上"}


def test_a_question_is_or(backend: Embedded) -> None:
    page = search(backend, "陆上养殖有哪些要求？")
    assert page.hits[0].row.title == TEXTS["陆上"][0]
    assert "问句" in page.notices[0]


def test_cursors_go_on_in_loosened_questions(backend: Embedded) -> None:
    request = Request(size=1)
    first = search(backend, "循环水 贝类", request)
    second = search(backend, "循环水 贝类", replace(request, cursor=first.next))
    assert {first.hits[0].id, second.hits[0].id} == {h.id for h in search(backend, "循环水 贝类").hits}


def test_names_of_organisations_expand_and_can_be_switched_off(backend: Embedded) -> None:
    assert titles(backend, "中科院") == {"海上", "陆上"}
    assert "中国科学院" in search(backend, "中科院").notices[0]
    assert titles(backend, "中科院", aliases=False) == {"陆上"}
    assert titles(backend, "机构:中科院") == {"海上", "陆上"}


def test_scripts_and_number_words_fold_unless_literal(backend: Embedded) -> None:
    assert titles(backend, "渔业产量") == {"论文"}
    assert titles(backend, "第20条") == {"海上", "论文"}
    assert titles(backend, "第二十条") == {"海上", "论文"}
    assert titles(backend, "第20条", literal=True) == {"论文"}
    assert titles(backend, "漁業產量", literal=True) == {"论文"}
    assert titles(backend, "字面:漁業") == {"论文"}


def test_conditions_on_numbers_find_articles_and_records(backend: Embedded) -> None:
    assert titles(backend, "网箱产量 > 2万吨") == {"海上"}
    assert titles(backend, "网箱产量 > 4万吨") == set()
    assert titles(backend, "增长 ≥ 10%") == {"论文"}
    assert titles(backend, "网箱产量 ≥ 3万 NOT 标题:通知") == {"海上"}
    page = search(backend, "网箱产量 > 2万", Request(index="records", sort=Sort("value")))
    assert [h.row.value for h in page.hits if isinstance(h.row, RecordRow)] == [30000.0]


def test_a_condition_shows_its_indicator(backend: Embedded) -> None:
    hit = search(backend, "网箱产量 > 2万吨").hits[0]
    assert [hit.row.text[s.start : s.end] for p in hit.passages for s in p.marks] == ["网箱产量"]


def test_a_condition_shows_its_evidence_though_the_words_stand_nowhere(backend: Embedded) -> None:
    (hit,) = search(backend, "增长 ≥ 10%").hits
    assert [hit.row.text[s.start : s.end] for s in hit.passages[0].marks] == ["海藻"]
    (refused,) = search(backend, "漁業 NOT (增长 ≥ 50%)").hits
    assert [hit.row.text[s.start : s.end] for p in refused.passages for s in p.marks] == ["漁業"]


def test_nothing_found_and_nothing_to_loosen(backend: Embedded) -> None:
    page = search(backend, "“没有这样的短语”")
    assert (page.total, page.notices) == (0, ())


def test_document_numbers_are_keys(backend: Embedded) -> None:
    number = len(TEXTS["海上"][1])
    for text in (
        f"文号:青渔发〔2023〕{number}号",
        f"文号:“青渔发[2023]第 {number} 号”",
        f"文号:青渔发(2023)0{number}".replace("(", "〔").replace(")", "〕"),
        f"文号:〔2023〕{number}号",
    ):
        assert titles(backend, text) == {"海上"}, text
    assert titles(backend, "文号:青渔发") == set(TEXTS)


def test_issuers_are_found_by_any_of_their_names_and_articles_by_their_year(backend: Embedded) -> None:
    assert titles(backend, "发文:青岛海洋发展局") == titles(backend, "牵头:青岛市海洋发展局") == set(TEXTS)
    assert titles(backend, "网箱 2023年") == {"海上"}
    assert titles(backend, "网箱 2022") == titles(backend, "网箱 OR 2022")


def test_regions_hold_what_lies_in_them(backend: Embedded) -> None:
    assert titles(backend, "地区:山东") == set(TEXTS)
    assert titles(backend, "地区:青岛") == set(TEXTS)
    assert titles(backend, "地区:浙江") == set()


def test_nicknames(backend: Embedded) -> None:
    assert titles(backend, "《陆养方案》") == {"陆上"}
    assert search(backend, "陆养方案").hits[0].row.title == TEXTS["陆上"][0]


def test_passages_show_what_was_asked(backend: Embedded) -> None:
    hit = search(backend, "网箱研究").hits[0]
    best = hit.passages[0]
    assert [hit.row.text[s.start : s.end] for s in best.marks] == ["网箱研究"]
    assert best.text.startswith("中国科学院")


def test_errors_reach_the_person(backend: Embedded) -> None:
    with pytest.raises(QueryError):
        search(backend, "颜色:红")
