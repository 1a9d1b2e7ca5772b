"""Any text gives records whose evidence lies in the text; text without sense or punctuation breaks nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import from_text
from extractors.facts import facts
from extractors.items import items
from extractors.records import EXTRACTORS
from extractors.records.action import extract as actions
from extractors.records.person import extract as people
from extractors.records.reference import extract as references
from extractors.records.task import extract as tasks

OWN = (references, actions, tasks, people)
PIECES = ["湛江市", "海洋局", "建设", "推动", "支持", "组织", "给予", "补助", "平台", "《", "》", "（", "）", "“", "”", "责任单位："]
PIECES += ["一、", "1.", "，", "。", "；", "\n", "经", "同意", "印发", "关于", "的通知", "废止", "〔2031〕5号", "30%", "万元", "院士"]
PIECES += ["联系人：", "陈远帆", "2031年5月20日", "截止", "\u3000", "a", "0", "的"]
ENDLESS = [
    "建设平台",
    "推动企业建设平台",
    "对企业给予补助",
    "《",
    "“",
    "（市局牵头",
    "，市局牵头",
    "责任牵头",
    "各市、",
    "市科技局、",
    "经国务院同意",
    "关于印发",
    "1.",
    "院士张",
    "国",
    "\n",
    "。",
    "获批准",
    "经审议通过",
    "号文件",
    "市水利局、\n",
    "名单：\n1. 海藻园\n",
    "联系人：何　苇 ",
    "航标处：何一苇，3141593 ",
    "遂溪县、徐闻县",
    "面向社会开放共享",
    "优先推荐企业",
    "自5月6日至",
    "完成建设和",
    "不少于2架次",
]
SLOWEST = 6  # processor seconds; a text of 20,000 characters that is scanned from each of them takes ten and more


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_evidence_lies_in_the_text(text: str) -> None:
    article = from_text(text, kind="call")
    for extract in OWN:
        for record in extract(article, {}):
            assert 0 <= record.start < record.end <= len(text)
            assert record.quote == text[record.start : record.end]
            assert all(0 <= s <= e <= len(text) for s, e in record.spans.values())
    assert facts(article) == facts(article)
    assert all(e.quote == text[e.start : e.end] for item in items(article, []) for e in item.evidence)


@pytest.mark.parametrize("piece", ENDLESS)
def test_text_without_end(piece: str) -> None:
    article = from_text(piece * (20000 // len(piece)), kind="call", title="工程师招聘名单的公示")
    start = time.process_time()
    for extract in OWN:
        extract(article, {})
    facts(article)
    items(article, [])
    assert time.process_time() - start < SLOWEST


def test_extractors_are_the_ones_in_use() -> None:
    assert set(OWN) <= {extract for _, extract in EXTRACTORS}
