"""Notes under titles of laws: when passed, changed, put into force. Invented laws of real assemblies' form."""

import pytest

from extractors.passed import is_note, passed
from tests.extractors.texts import articles


@pytest.mark.parametrize(
    ("text", "written", "effective"),
    [
        ("2031年4月20日 青岛市第十九届人民代表大会常务委员会第五次会议通过", "2031年4月20日", None),
        ("（2011年5月6日青岛市第十四届人民代表大会常务委员会第八次会议通过　2029年9月30日第二次修正）", "2029年9月30日", None),
        ("2031年7月1日 施行", None, "2031年7月1日"),
        ("（2030年3月1日市政府令第12号公布　自2030年5月1日起施行）", "2030年3月1日", "2030年5月1日"),
        ("根据2028年11月2日市人大常委会《关于修改〈海塘维护条例〉、〈渔港条例〉等三件法规的决定》修正", "2028年11月2日", None),
        ("——2031年1月16日在青岛市第十九届人民代表大会第三次会议上 市长 海立人", "2031年1月16日", None),
        ("（2031年1月16日在县第十二届人民代表大会第一次会议上）", "2031年1月16日", None),
        ("（市政府第四十次常务会议通过　二〇三〇年六月五日公布）", "二〇三〇年六月五日", None),
    ],
)
def test_days(text: str, written: str | None, effective: str | None) -> None:
    assert is_note(text)
    stated = {s.field: (s.value, s.span) for s in passed([(text, 100)])}
    assert {k: v for k, (v, _) in stated.items()} == {k: v for k, v in (("written_date", written), ("effective_date", effective)) if v}
    assert all(span and text[span.start - 100 : span.end - 100] == value for value, span in stated.values())


@pytest.mark.parametrize(
    "text",
    [
        "2031年4月20日，海塘维护条例经会议审议通过，自下月起施行",
        "2031年4月20日市里发布了三项新规。",
        "2031年4月20日",
        "（此件公开发布）",
        "海塘维护条例已经会议通过",
        "第一条 本条例自2031年7月1日起施行。",
    ],
)
def test_what_is_no_note(text: str) -> None:
    assert not is_note(text)


def test_a_line_that_breaks_off_within_a_title_goes_on() -> None:
    first = "2030年5月1日市人大常委会《关于修改〈海塘维护"
    assert is_note(first)
    assert is_note("渔港管理条例〉的决定》第二次修正", first)
    assert not is_note("渔港管理条例〉的决定》第二次修正")


LAW = """海塘维护条例

2019年4月20日 青岛市第十六届人民代表大会常务委员会第十五次会议通过
2021年9月30日 青岛市第十六届人民代表大会常务委员会第三十二次会议修正
2021年11月1日 施行

第一条 为了维护海塘，保障人民生命和财产安全，根据有关法律、行政法规，结合本市实际，制定本条例。
第二条 本市行政区域内海塘的建设、维护和管理，适用本条例，但军事设施除外。
"""


def test_a_law_has_the_day_of_its_last_change() -> None:
    (law,) = articles(LAW)
    assert law.title == "海塘维护条例"
    assert (law.metadata.written_date, law.metadata.effective_date) == ("2021-09-30", "2021-11-01")
    assert law.kind == "policy"
    where = next(s for s in law.stated if s.field == "written_date")
    assert where.span
    assert law.quote(where.span) == "2021年9月30日"


ORDER = """{body}令

第 {number} 号

《海塘维护办法》已经第二十次常务会议审议通过，现予公布，自2031年1月1日起施行。

{signed}

2030年11月12日

海塘维护办法

第一条 为了维护海塘，保障人民生命和财产安全，根据有关法律、行政法规，结合实际，制定本办法。
第二条 海塘的建设、维护和管理，适用本办法，但是军事设施除外，法律另有规定的从其规定。
"""


@pytest.mark.parametrize(
    ("body", "number", "code", "issuer"),
    [
        ("青岛市人民政府", "312", "青岛市人民政府令第312号", "青岛市人民政府"),
        ("中华人民共和国水利部", "四十七", "中华人民共和国水利部令第47号", "水利部"),
    ],
)
def test_an_order_has_its_number_and_issuer(body: str, number: str, code: str, issuer: str) -> None:
    order, rules = articles(ORDER.format(body=body, number=number, signed="部　长　海立人"))
    assert (order.title, order.metadata.doc_number, order.metadata.issuers) == (f"{body}令", code, (issuer,))
    assert (rules.title, rules.role, rules.metadata.written_date) == ("海塘维护办法", "enacted", "2030-11-12")
    assert rules.metadata.doc_number is None
