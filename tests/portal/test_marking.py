"""Marks are put around text without changing it, and every record has exactly one anchor."""

from collections.abc import Iterator
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from extractors.article import Article, Block, Cell, from_text
from extractors.record import AnyRecord, Organisation
from portal.marking import Piece, view_blocks


def record(article: Article, start: int, end: int, n: int) -> Organisation:
    return Organisation(
        article=article.id,
        start=start,
        end=end,
        quote=article.text[start:end],
        rule="test",
        id=f"r{n}",
        text=article.text[start:end],
        type="other",
        canonical="x",
    )


def text_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(p.text + text_of(p.inner) for p in pieces)


def anchors(pieces: tuple[Piece, ...]) -> Iterator[str]:
    for piece in pieces:
        if piece.anchor:
            yield piece.record
        yield from anchors(piece.inner)


def marked(pieces: tuple[Piece, ...], inside: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    for piece in pieces:
        now = inside | {piece.record} if piece.record else inside
        for character in piece.text:
            yield character, now
        yield from marked(piece.inner, now)


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 12)), max_size=8))
def test_every_character_lies_in_exactly_the_marks_that_hold_it(spans: list[tuple[int, int]]) -> None:
    article = from_text("一二三四五六七八九十\n甲乙丙丁戊己庚辛壬癸\n子丑寅卯辰巳午未申")
    records: list[AnyRecord] = [record(article, s, min(s + n, len(article.text)), i) for i, (s, n) in enumerate(spans)]
    blocks = view_blocks(article, records)
    seen = [character for block in blocks for character in marked(block.pieces)]
    at = 0
    for character, holders in seen:
        at = article.text.index(character, at)
        assert holders == {r.id for r in records if r.start <= at < r.end}
    found = [a for block in blocks for a in anchors(block.pieces)]
    visible = {r.id for r in records if r.quote.strip()}
    assert sorted(found) == sorted(visible)


def test_text_outside_blocks_is_shown_and_cells_make_a_table() -> None:
    article = from_text("前言")
    text = "前言\n甲\t乙\n丙\t丁\n结语"
    cells = tuple(
        Block(kind="cell", start=text.index(c), end=text.index(c) + 1, cell=Cell(table=0, row=i // 2, column=i % 2, header=i < 2))
        for i, c in enumerate("甲乙丙丁")
    )
    blocks = view_blocks(Article(id="a", source="s", url="u", capture="", text=text, blocks=cells), [])
    assert article
    assert [b.kind for b in blocks] == ["paragraph", "table", "paragraph"]
    assert [[text_of(c.pieces) for c in row] for row in blocks[1].rows] == [["甲", "乙"], ["丙", "丁"]]
    assert blocks[1].rows[0][0].header


def test_a_link_that_is_no_web_address_is_dropped() -> None:
    article = Article(
        id="a", source="s", url="u", capture="", text="附件", blocks=(Block(kind="attachment", start=0, end=2, href="javascript:alert(1)"),)
    )
    assert view_blocks(article, [])[0].href is None


def test_private_numbers_are_masked_and_the_article_stays() -> None:
    article = from_text("张某 13800138000 负责")
    (block,) = view_blocks(article, [record(article, 3, 10, 0)])
    assert text_of(block.pieces) == "张某 138＊＊＊＊8000 负责"
    assert article.text == "张某 13800138000 负责"


def test_many_records_in_one_block_are_marked_soon() -> None:
    article = from_text("指标一" * 20_000)
    began = process_time()
    (block,) = view_blocks(article, [record(article, at, at + 2, at) for at in range(0, 60_000, 3)])
    assert process_time() - began < 5.0  # each record was held against all others: 20 s
    assert len(list(anchors(block.pieces))) == 20_000
