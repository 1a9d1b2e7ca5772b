"""Odd texts and scraps of documents in any order: no hang, every character once."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers.errors import ReadError
from tests.extractors.texts import articles

BOMBS = {
    "spaces": " " * 200_000 + "x",
    "leaders": "…" * 100_000,
    "dashes": "- " * 100_000,
    "tabs": "a" + "\t" * 100_000 + "b",
    "labels": "来源：" * 20_000,
    "crumbs": "首页 > " * 30_000,
    "days": "2024年1月1日 " * 20_000,
    "numbers": "（一）" * 60_000,
    "open lines": "\n".join("平台服务产业高质量建设推进项目人才金融成果" for _ in range(8_000)),
    "entries": "\n".join(f"★ 平台服务产业高质量建设{n}……{n % 100}" for n in range(8_000)),
    "short lines": "\n".join(f"平台服务产业{n}" for n in range(8_000)),
    "one line": "平台服务产业高质量建设" * 50_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_odd_texts_do_not_hang(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(ReadError):
        articles(BOMBS[name])
    assert time.process_time() - start < 5


SCRAPS = """云溪市人民政府关于印发低空经济若干措施的通知
云政发〔2024〕3号
各区人民政府：
现印发给你们，请认真贯彻执行。
云溪市人民政府
2024年3月8日
附件1
附件：1. 低空经济若干措施
低空经济若干措施
（试行）
第一条 为规范管理，制定本办法。
一、总体要求
★ 云溪市推进改革……3
2024年第3期
云溪市推进改革
某某局 编辑
本报记者 某某
（图片由某某提供）
抄送：市委办
来源：某报
推动企业创新发展，累计服务企业三百家，带动投资
额五亿元，成效明显。
《
”

"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*SCRAPS.splitlines(), "　　"]), min_size=1, max_size=40))
def test_pieces_hold_every_character_once_and_spans_fit(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = articles(text)
    except ReadError:
        return
    assert sorted("".join("".join(a.text for a in found).split())) == sorted("".join(text.split()))
    assert len({a.id for a in found}) == len(found)
    for article in found:
        assert all(0 <= b.start <= b.end <= len(article.text) for b in article.blocks)
        assert all(a.end <= b.start for a, b in zip(article.blocks, article.blocks[1:], strict=False))
        assert all(s.span is None or article.quote(s.span) == s.value for s in article.stated)
        assert article.parent is None or article.parent in {a.id for a in found}
