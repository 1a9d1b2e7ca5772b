"""文号 in every form that people and pages type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.docnumber import DocNumber, parse_doc_number

WANTED = DocNumber("云科发", 2031, 7)


@pytest.mark.parametrize(
    "text",
    [
        "云科发〔2031〕7号",
        "云科发[2031]7号",
        "云科发【2031】7号",
        "云科发（2031）7号",
        "云科发(2031〕7号",
        "云科发﹝2031﹞7号",
        "云科发〖2031〗7号",
        "云科发 〔 2031 〕 7 号",
        "云科发〔2031〕第7号",
        "云科发〔2031〕007号",
        "云科发〔２０３１〕７号",
        "云科发〔2031年〕7号",
        "云科发〔2031〕7",
        "云科发2031年7号",
        "云科发\u200b〔2031〕7号\ufeff",
        "\u2060云科\u200d发〔20\u00ad31〕7号",
        "发文字号：云科发〔2031〕7号",
        "文号: 云科发〔2031〕7号〔〕",
        "云科发〔2031〕号7",
    ],
)
def test_one_number_however_it_is_typed(text: str) -> None:
    assert parse_doc_number(text) == WANTED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("国科发(农)〔2031〕12号", DocNumber("国科发(农)", 2031, 12)),
        ("国科发（农）字〔2031〕12号", DocNumber("国科发(农)字", 2031, 12)),
        ("云州市人民政府令第45号", DocNumber("云州市人民政府令", 0, 45)),
        ("云州市人民政府令（第十二号）", DocNumber("云州市人民政府令", 0, 12)),
        ("省政府令 第 5 号", DocNumber("省政府令", 0, 5)),
    ],
)
def test_parts_in_parentheses_and_orders(text: str, wanted: DocNumber) -> None:
    assert parse_doc_number(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "发文字号：", "〔2031〕7号", "2031年7月1日", "云科发7号", "第7号", "其他〔2031〕7号", "云科发〔31〕7号", "关于印发办法的通知"]
)
def test_what_states_no_number(text: str) -> None:
    assert parse_doc_number(text) is None


def test_written_out_it_reads_as_the_standard_has_it() -> None:
    assert str(WANTED) == "云科发〔2031〕7号"
    assert str(DocNumber("国科发(农)", 2031, 12)) == "国科发（农）〔2031〕12号"
    assert str(DocNumber("云州市人民政府令", 0, 45)) == "云州市人民政府令第45号"
    assert WANTED.key == "云科发|2031|7"


codes = st.text("云科发府办函规农青政", min_size=2, max_size=8)


@given(codes, st.integers(1950, 2099), st.integers(1, 99999))
def test_what_is_written_out_is_read_back(code: str, year: int, number: int) -> None:
    assert parse_doc_number(str(DocNumber(code, year, number))) == DocNumber(code, year, number)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    found = parse_doc_number(text)
    assert found is None or found.number >= 0
