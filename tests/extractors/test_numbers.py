"""Numbers with their units: values, spans, and what is no quantity."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.numbers import Other, Quantity, quantities, scan
from extractors.numerals import han_value

VALUES = [
    ("建成46 家站房", "46 家", 46, "家"),
    ("共3.75 万家", "3.75 万家", 37500, "家"),
    ("培训7 万余人次", "7 万余人次", 70000, "人次"),
    ("货值12,345.6万元", "12,345.6万元", 123456000, "元"),
    ("货值１２，３４５户", "１２，３４５户", 12345, "户"),
    ("奖励２０００ 万 元", "２０００ 万 元", 20000000, "元"),
    ("走访四百多个村", "四百多个", 400, "个"),
    ("收到两百余件", "两百余件", 200, "件"),
    ("培养一万三千名", "一万三千名", 13000, "名"),
    ("举办十余场", "十余场", 10, "场"),
    ("服务百余家", "百余家", 100, "家"),
    ("贷款数十亿元", "数十亿元", 1000000000, "元"),
    ("得到半数以上的支持", "半数", 50, "%"),
    ("超过六成", "六成", 60, "%"),
    ("占五分之二", "五分之二", 40, "%"),
    ("降低百分之十五", "百分之十五", 15, "%"),
    ("规模超万亿元", "万亿元", 1e12, "元"),
    ("按3:7分担", "3:7", 0.4286, "比"),
    ("发电9.1亿千瓦时", "9.1亿千瓦时", 910000000, "千瓦时"),
    ("均价2100元/吨", "2100元/吨", 2100, "元/吨"),
    ("面积31.2平方公里", "31.2平方公里", 31.2, "平方公里"),
    ("首台套65台（套）", "65台（套）", 65, "台套"),
    ("出口7.2亿美元", "7.2亿美元", 720000000, "美元"),
    ("提高1.3个百分点", "1.3个百分点", 1.3, "百分点"),
    ("增长2.4倍", "2.4倍", 2.4, "倍"),
    ("产值翻番", "翻番", 1, "番"),
    ("利率下调5‰", "5‰", 5, "‰"),
    ("排名全国第17位", "第17位", 17, "位"),
    ("增速居全省首位", "首位", 1, "位"),
    ("总量居全国第三。", "第三", 3, "位"),
    ("惠及90万群众", "90万", 900000, "人"),
    ("捕捞零点五万吨", "零点五万吨", 5000, "吨"),
    ("提高三个百分点", "三个百分点", 3, "百分点"),
    ("下降一个百分点", "一个百分点", 1, "百分点"),
    ("航行两个小时", "两个小时", 2, "个小时"),
    ("拥有9亿人口", "9亿", 900000000, "人"),
    ("配有800万像素相机", "800万像素", 8000000, "像素"),
    ("带宽达到3000M以上", "3000M", 3000, "M"),
]


@pytest.mark.parametrize(("text", "quote", "value", "unit"), VALUES, ids=[v[1] for v in VALUES])
def test_value_and_unit(text: str, quote: str, value: float, unit: str) -> None:
    found = quantities(text)
    assert [(text[q.start : q.end], q.unit) for q in found] == [(quote, unit)]
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("4—6个", 4, 6, "个"),
        ("35%至65%", 35, 65, "%"),
        ("20万—40万元", 200000, 400000, "元"),
        ("20—40万元", 200000, 400000, "元"),
        ("６－１２％", 6, 12, "%"),
        ("五到六成", 50, 60, "%"),
        ("七八个小时", 7, 8, "个小时"),
        ("三成到四成", 30, 40, "%"),
    ],
)
def test_range(text: str, low: float, high: float, unit: str) -> None:
    (q,) = quantities(text)
    assert (q.value, q.value_max, q.unit, q.start, q.end) == (low, high, unit, 0, len(text))


NO_QUANTITY = [
    ("2022年3月15日", "date"),
    ("1-8月", "date"),
    ("2021—2025年", "date"),
    ("前三季度", "date"),
    ("“十四五”规划", "five_year_plan"),
    ("15:30", "clock"),
    ("1点45分", "clock"),
    ("百里荒", "han_word"),
    ("第三名的志愿和第二位获奖者", "ordinal"),
    ("Pro 12支持", "unknown"),
    ("〔2020〕", "document_number"),
    ("55号文", "document_number"),
    ("第十七条", "law_article"),
    ("第三届", "ordinal"),
    ("“2+3+N”", "slogan"),
    ("五位一体", "slogan"),
    ("（三）", "list_number"),
    ("1.加强领导", "list_number"),
    ("一是加强", "list_number"),
    ("千亿级", "grade"),
    ("3.0版", "version"),
    ("5G网络", "code"),
    ("每万人", "per"),
    ("电话0571-87654321", "phone"),
    ("邮编：310000", "postal_code"),
    ("ISBN 978-7-302-51234-5", "isbn"),
    ("千方百计", "idiom"),
    ("进一步", "one"),
    ("九大行动", "bundle"),
    ("12部门", "issuers"),
    ("清单[3]", "footnote"),
]


@pytest.mark.parametrize(("text", "kind"), NO_QUANTITY, ids=[v[0] for v in NO_QUANTITY])
def test_named_class_of_what_is_no_quantity(text: str, kind: str) -> None:
    items = list(scan(text))
    assert items
    assert all(isinstance(i, Other) for i in items)
    assert kind in {i.kind for i in items if isinstance(i, Other)}


def test_a_wrong_currency_is_never_read_as_yuan() -> None:
    assert [q.unit for q in quantities("投资3亿欧元、2亿港元、5亿元")] == ["欧元", "港元", "元"]


def test_first_place_counts_only_where_something_is_ranked() -> None:
    assert [q.value for q in quantities("把安全放在首位，产量居全省首位。")] == [1]
    assert [q.value for q in quantities("第三位获奖的渔民，在起航前40日内领奖。")] == [40]


@pytest.mark.parametrize(
    ("text", "value"),
    [("二〇二三", 2023), ("一亿零三百", 100000300), ("十五", 15), ("三千五百万", 35000000), ("两万亿", 2 * 10**12), ("三点一四", 3.14)],
)
def test_han_value(text: str, value: float) -> None:
    assert float(han_value(text)) == value


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet="0123456789零一二两三十百千万亿余多几数半成点分之番翻首前.,，。年月日第%元家个至-—（） \n甲乙", max_size=40))
def test_items_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for item in scan(text):
        assert end <= item.start < item.end <= len(text)
        assert isinstance(item, Other | Quantity)
        end = item.end
