"""Copies: fingerprints, judgement, groups, differences."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.article import Metadata, Span
from store.cards import Card
from store.clusters import differences, groups
from store.copies import Copy, Overlap, bare, copies, first_of, how, judge, shared_grams
from store.prints import prints

TEXT = """一条旧铁路改成的步道串起七个社区，路基上的枕木被编号保存，孩子们放学后沿着编号比赛认树，第41号旁边是一株被雷劈过仍开花的刺槐。
修复队每周三清点松动的石块，用回收的道砟铺出排水沟，暴雨后两小时路面即可通行，三年里没有因积水关闭过一次，省下的维护费够买19盏路灯。
书报亭由退休扳道工轮值，账本公开挂在门口，借出的雨伞九成能还回来，没有还的那些，他写上一句：正在替别人挡雨，数目是26把。"""


HEARD = (
    "夜里只听见缆绳轻响，像有人在远处拧一条湿毛巾",
    "她能从声音里分辨船的吨位，误差不超过一成，靠的是十二年的耳朵",
    "新来的徒弟总把雾号认成汽笛，错了就去擦一遍铜铃",
    "值班簿从此多出一栏，专记海鸥落在哪根桅杆上",
    "省下的柴油换成了候船室的热水和两排靠背椅",
)


def copy(text: str, id_: str = "a", **fields: object) -> Copy:
    return copies([Card(id=id_, text=text, **fields)])[id_]  # type: ignore[arg-type]


def keys(text: str) -> list[int]:
    return copy(text).text.keys.tolist()


def test_layout_does_not_matter() -> None:
    other = TEXT.replace("，", ", ").replace("\n", "\n\n　　").replace("19", "１９")
    assert bare(other) == bare(TEXT)
    assert set(keys(other)) & set(keys(TEXT))
    assert judge(copy(TEXT), copy(other, "b")) == Overlap(1.0, 1.0)


def test_fingerprints_are_the_same_every_time_and_fit_a_column() -> None:
    assert keys(TEXT) == keys(TEXT)
    assert all(0 <= key < 2**63 for key in keys(TEXT))
    assert keys("太短。") == []


def test_many_texts_at_once_are_each_as_if_alone() -> None:
    texts = [TEXT, "", "太短。", TEXT * 30, "𬭚" * 60, TEXT[5:], "\ud83d" + TEXT]
    together = list(prints(texts))
    for text, found in zip(texts, together, strict=True):
        (alone,) = prints([text])
        for ours, own in ((found.keys, alone.keys), (found.grams, alone.grams)):
            assert ours.tolist() == own.tolist() == sorted(set(own.tolist()))
            assert ours.base is None  # of its own: what is kept of one text does not keep the others
    assert [len(found.grams) for found in together[:3]] == [len(set(grams(bare(TEXT)))), 0, 0]


def grams(plain: str) -> list[str]:
    return [plain[i : i + 5] for i in range(len(plain) - 4)]


@given(st.text("路基上的枕木。，１1\n ", max_size=80), st.text("路基上的枕木。，１1\n ", max_size=80))
def test_shared_grams_are_those_of_the_strings(one: str, other: str) -> None:
    a, b = copies([Card(id="a", text=one), Card(id="b", text=other)]).values()
    assert shared_grams(a.text, b.text) == len(set(grams(bare(one))) & set(grams(bare(other))))


def test_an_excerpt_shares_a_sentence_with_its_source() -> None:
    excerpt = TEXT.split("\n")[1]
    assert set(keys(excerpt)) & set(keys(TEXT))
    found = judge(copy(excerpt), copy(TEXT, "b"))
    assert found is not None
    assert found.share_a == 1.0
    assert how(found.share_b, found.share_a) == "abridged"


def test_a_copy_changed_in_every_sentence_shares_a_band() -> None:
    changed = TEXT.replace("社区", "小区").replace("石块", "碎石").replace("账本", "账目").replace("步道", "绿道")
    assert set(keys(changed)) & set(keys(TEXT))
    assert judge(copy(TEXT), copy(changed, "b")) is not None


def test_other_texts_share_nothing() -> None:
    other = "港口的吊机换成了电动的，夜里只听见缆绳轻响；调度员说，她现在能从声音里分辨船的吨位，误差不超过一成，靠的是十二年的耳朵。" * 2
    assert not set(keys(other)) & set(keys(TEXT))
    assert judge(copy(TEXT), copy(other, "b")) is None


def test_a_bulletin_that_carries_a_text_is_no_copy_of_it() -> None:
    rest = "".join(f"{name}码头的吊机换成了电动的，第{n}班调度员说，{what}。" for n, (name, what) in enumerate(zip("甲乙丙丁戊", HEARD, strict=True)))
    assert judge(copy(TEXT), copy(TEXT + rest, "b", kind="news")) is not None
    assert judge(copy(TEXT), copy(TEXT + rest, "b", kind="bulletin")) is None


def test_a_digest_that_carries_a_text_under_its_title_is_no_copy_of_it() -> None:
    rest = "".join(f"{name}码头的吊机换成了电动的，第{n}班调度员说，{what}。" for n, (name, what) in enumerate(zip("甲乙丙丁戊", HEARD, strict=True)))
    digest = copy(f"七个社区的铁路步道\n{TEXT}\n{rest}", "b", title="一周要闻")
    assert judge(copy(TEXT, title="七个社区的铁路步道"), digest) is None
    assert judge(copy(TEXT, title="一周要闻"), digest) is not None  # the same piece, cut shorter
    assert judge(copy(TEXT, title="别的标题也可以"), digest) is not None


def official(issuer: str) -> dict[str, object]:
    return {"kind": "policy", "metadata": Metadata(issuers=(issuer,))}


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ({"metadata": Metadata(doc_number="云科发〔2031〕7号")}, {"metadata": Metadata(doc_number="云科发〔2031〕8号")}, "文号"),
        ({"title": "2031年工作要点"}, {"title": "2032年工作要点"}, "年份"),
        ({"title": "关于公布第一批名单的通知"}, {"title": "关于公布第二批名单的通知"}, "期次"),
        ({"title": "青岛市步道管理办法"}, {"title": "包头市步道管理办法"}, "地区"),
        (official("青山区科技局"), official("云州市科技局"), "发文机关"),
        ({"kind": "policy", "title": "步道管理办法（征求意见稿）"}, {"kind": "policy", "title": "步道管理办法"}, "征求意见稿"),
        (
            {"kind": "announcement", "title": "步道示范段拟认定名单的公示"},
            {"kind": "policy", "title": "关于公布步道示范段名单的通知"},
            "公示",
        ),
        ({"kind": "news", "title": "步道示范段名单公示"}, {"kind": "policy", "title": "步道示范段名单"}, ""),
        ({}, {}, ""),
        ({"title": "2031年工作要点"}, {"title": "步道上的枕木"}, ""),
        ({"metadata": Metadata(doc_number="云科发〔2031〕7号")}, {"metadata": Metadata(doc_number="云科发[2031] 7 号")}, ""),
    ],
)
def test_what_tells_twins_apart(first: dict[str, object], second: dict[str, object], what: str) -> None:
    found = judge(copy(TEXT, **first), copy(TEXT, "b", **second))
    assert found is not None
    assert found.twins == what


def test_other_figures_are_another_document() -> None:
    twin = TEXT.replace("41", "52").replace("19", "30").replace("26", "77")
    found = judge(copy(TEXT), copy(twin, "b"))
    assert found is not None
    assert found.twins == "数字"


def test_an_excerpt_of_two_twins_does_not_join_them() -> None:
    held = {
        c: Card(id=c, text=TEXT, metadata=Metadata(published_date=day)) for c, day in (("o", "2031-05-01"), ("t", "2032-05-01"), ("x", "2032-06-01"))
    }
    shares = {("o", "t"): Overlap(0.9, 0.9, "数字"), ("o", "x"): Overlap(0.3, 1.0), ("t", "x"): Overlap(0.3, 1.0)}
    assert groups(held, shares) == [("o", "x")]
    shares["t", "x"] = Overlap(0.4, 1.0)
    assert groups(held, shares) == [("t", "x")]


@pytest.mark.parametrize(
    ("of_first", "own", "wanted"),
    [
        (1.0, 1.0, "same"),
        (0.4, 1.0, "abridged"),
        (0.1, 0.9, "excerpt"),
        (1.0, 0.3, "longer"),
        (0.62, 1.0, "abridged"),
        (0.9, 0.88, "same"),
        (1.0, 0.7, "longer"),
    ],
)
def test_how(of_first: float, own: float, wanted: str) -> None:
    assert how(of_first, own) == wanted


def test_the_first_is_the_earliest_and_of_one_day_the_longest() -> None:
    early, late = (Card(id=d, text="x", metadata=Metadata(published_date=d)) for d in ("2031-01-01", "2031-01-02"))
    undated = Card(id="0", text="xxx")
    assert first_of([late, undated, early]) is early
    assert first_of([early, replace(early, id="b", text="longer")]).id == "b"


def test_differences_are_spans_of_both() -> None:
    copied = TEXT.replace("19盏", "91盏").replace("，孩子们放学后沿着编号比赛认树", "") + "\n来源：步道报。"
    found = differences(TEXT, copied)
    shown = [(d.op, TEXT[d.first.start : d.first.end][-12:], copied[d.copy.start : d.copy.end][-12:]) for d in found]
    assert [op for op, _, _ in shown] == ["replace", "replace", "insert"]
    assert "19盏路灯。" in shown[1][1]
    assert "91盏路灯。" in shown[1][2]
    assert shown[2][1:] == ("", "来源：步道报。")
    assert differences(TEXT, TEXT.replace("\n", "\n\n")) == []
    assert [d.op for d in differences(TEXT, "")] == ["delete"]
    assert differences("", "") == []
    assert found[0].first == Span(0, TEXT.index("\n"))


def test_a_long_list_whose_cells_recur_is_compared_at_once() -> None:
    first = "\n".join("合格" if n % 2 else f"第{n}号航标" for n in range(20_000))
    copied = first.replace("第9000号航标", "第9000号灯塔")
    start = time.process_time()
    found = differences(first, copied)
    assert time.process_time() - start < 5
    assert [(first[slice(*d.first)], copied[slice(*d.copy)]) for d in found] == [("第9000号航标", "第9000号灯塔")]
