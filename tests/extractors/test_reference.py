"""References: what spans, tables and repeated citations add to the examples in reference.yml."""

import pytest

from extractors.article import Article, Block, Cell, from_text
from extractors.record import Reference
from extractors.records.reference import DOC_NUMBER, extract


def references(text: str) -> list[Reference]:
    return extract(from_text(text), {})


def test_spans_point_at_title_and_number() -> None:
    text = "根据《北岭市渔港条例》(北政发[2030] 12 号)，"
    (r,) = references(text)
    assert text[r.start : r.end] == r.title == "北岭市渔港条例"
    assert text[slice(*r.spans["doc_number"])] == "北政发[2030] 12 号"
    assert r.doc_number == "北政发[2030]12号"


def test_each_document_once_with_what_any_citation_says() -> None:
    text = "《北岭市渔港条例》很重要。依据《北岭市渔港条例》（北政发〔2030〕12号）办理。按照北政发〔2030〕12号文件执行。"
    assert [(r.title, r.doc_number, r.relation, r.start) for r in references(text)] == [("北岭市渔港条例", "北政发〔2030〕12号", "basis", 1)]


def test_the_long_and_the_short_name_of_a_law_are_one() -> None:
    assert len(references("依照《中华人民共和国渔业法》制定。违反《渔业法》的，责令改正。")) == 1


def test_relation_carries_over_a_list_but_not_over_a_clause() -> None:
    text = "根据《渔业法》（2013年修正）、《北岭市渔港条例》等规定，结合实际，制定《北岭市渔港收费细则》。"
    assert [r.relation for r in references(text)] == ["basis", "basis", "issues"]


def test_a_list_repealed_together() -> None:
    text = "《北岭市帆船办法》（北政发〔2001〕3号）、《北岭市灯塔办法》（北政发〔2002〕4号）和《北岭市渔具办法》同时废止。"
    assert [r.relation for r in references(text)] == ["repeals"] * 3


def test_titles_inside_a_title_are_part_of_it() -> None:
    (r,) = references("依据《北岭市政府关于印发〈北岭市灯塔办法〉的通知》办理")
    assert r.title == "北岭市政府关于印发〈北岭市灯塔办法〉的通知"


@pytest.mark.parametrize("text", ["舞剧《潮声方案组》上演", "《人民文学》刊登", "《暂行办法》规定", "领取《船员证书》", "上文《方案》所述"])
def test_no_document(text: str) -> None:
    assert references(text) == []


def test_rows_of_a_repeal_table() -> None:
    text = "宣布失效的规范性文件目录\n1\n关于扶持帆船制造的通知\n北政发〔2001〕12号\n"
    cells = [("1", 0), ("关于扶持帆船制造的通知", 1), ("北政发〔2001〕12号", 2)]
    blocks = tuple(
        Block(kind="cell", start=text.index("\n" + v) + 1, end=text.index("\n" + v) + 1 + len(v), cell=Cell(table=0, row=0, column=c)) for v, c in cells
    )
    (r,) = extract(Article(id="t", source="s", url="u", capture="", text=text, blocks=blocks, reader="test/1"), {})
    assert (r.title, r.doc_number, r.relation) == ("关于扶持帆船制造的通知", "北政发〔2001〕12号", "repeals")


@pytest.mark.parametrize("number", ["国办发〔2021〕1号", "粤府〔2023〕68号", "京科发[2022]33号", "教财司函（2019）8号", "沪发改规范〔2020〕15 号"])
def test_document_numbers(number: str) -> None:
    assert DOC_NUMBER.fullmatch(number)
