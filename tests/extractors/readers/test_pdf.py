"""PDF layout: pages set by hand, each with the exact blocks that a reader sees."""

import pytest

from extractors.readers import pdf as reader
from extractors.readers import scan
from extractors.readers.errors import ReadError
from tests.extractors.readers.made import capture
from tests.extractors.readers.made_pdf import column, pdf, picture, rule, text
from tests.extractors.readers.paragraphs import A, B, C, D, paragraphs, read


def test_lines_are_rejoined_by_their_indents() -> None:
    assert read(pdf(column(80, 120, 40, [A, B, C]))) == paragraphs(A, B, C)


def test_lines_are_rejoined_by_the_gaps_between_paragraphs() -> None:
    assert read(pdf(column(80, 120, 40, [A, B, C], indent=0, gap=1))) == paragraphs(A, B, C)


def test_two_columns_and_a_headline_over_them() -> None:
    page = [text(180, 90, "果农夜校办到田头", 24), *column(60, 140, 20, [A, B]), *column(310, 140, 20, [C, D])]
    assert read(pdf(page)) == ["heading1 果农夜校办到田头", *paragraphs(A, B, C, D)]


def test_a_short_headline_within_the_breadth_of_one_column_stands_over_all() -> None:
    page = [text(240, 90, "新窑", 24), *column(60, 140, 14, [A, B]), *column(220, 140, 14, [C, D]), *column(380, 140, 14, [A, B])]
    assert read(pdf(page)) == ["heading1 新窑", *paragraphs(A, B, C, D, A, B)]


def test_levels_of_headings_by_size_and_by_number() -> None:
    page = [text(140, 90, "东岭县窑炉改造三年安排", 22), text(80, 140, "背景", 13), *column(80, 170, 40, [A])]
    numbered = column(80, 300, 40, ["一、先改旧窑", B, "（一）河东片", C, "1.陶瓷中试线", D])
    page += [text(80, 240, "做法与账目", 16), text(80, 270, "各片进度", 13.2), *numbered]
    assert read(pdf(page)) == [
        "heading1 东岭县窑炉改造三年安排",
        "heading3 背景",
        f"paragraph {A}",
        "heading2 做法与账目",
        "heading3 各片进度",
        "heading1 [一、] 一、先改旧窑",
        f"paragraph {B}",
        "heading2 [（一）] （一）河东片",
        f"paragraph {C}",
        "heading3 [1.] 1.陶瓷中试线",
        f"paragraph {D}",
    ]


def test_a_paragraph_goes_on_over_column_and_page() -> None:
    lines = column(60, 140, 20, [A + B + C])
    left, right, overleaf = lines[:3], [op.replace("60 ", "310 ", 1) for op in lines[3:6]], lines[6:]
    right = [op.split(" Td ")[0].rsplit(" ", 2)[0] + f" 310 {842 - 140 - 16 * n} Td " + op.split(" Td ")[1] for n, op in enumerate(right)]
    overleaf = [op.split(" Td ")[0].rsplit(" ", 2)[0] + f" 60 {842 - 140 - 16 * n} Td " + op.split(" Td ")[1] for n, op in enumerate(overleaf)]
    assert read(pdf([*left, *right], overleaf)) == paragraphs(A + B + C)


def test_the_order_of_drawing_does_not_matter() -> None:
    page = [text(180, 90, "果农夜校办到田头", 24), *column(60, 140, 20, [A, B]), *column(310, 140, 20, [C, D])]
    assert read(pdf(page[::-1])) == read(pdf(page))
    assert read(pdf(page[1::2] + page[::2])) == read(pdf(page))


def test_interlocked_stories_are_read_as_they_are_drawn() -> None:
    """Four stories like the arms of a windmill: no straight cut parts them, and their lines stand in the same rows."""
    page = [*column(60, 100, 26, [A, B]), *column(60, 196, 14, [C, D])]
    page += [*column(340, 100, 18, [D, A, B]), *column(220, 276, 30, [C, D, A])]
    assert read(pdf(page)) == paragraphs(A, B, C, D, D, A, B, C, D, A)


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [[text(80, 50, "东岭科技", 9), *column(80, 120, 40, [words]), text(290, 800, f"— {n} —", 9)] for n, words in enumerate((A, B, C, D), 1)]
    assert read(pdf(*pages)) == paragraphs(A, B, C, D)


def test_heads_that_count_and_heads_that_name() -> None:
    """A number of the issue and of the page may change; the name of an attachment at the top of its page is no running head."""
    pages = [
        [text(80, 50, f"东岭科技工作参考 {n}", 9), text(400, 50, f"第{n}期", 9), text(80, 100, f"附件{n}"), *column(80, 160, 40, [words])]
        for n, words in enumerate((A, B, C), 1)
    ]
    assert read(pdf(*pages)) == ["paragraph 附件1", *paragraphs(A), "paragraph 附件2", *paragraphs(B), "paragraph 附件3", *paragraphs(C)]


def test_a_title_at_the_head_of_one_page_stays() -> None:
    assert read(pdf([text(200, 80, "东岭县人民政府文件", 22), *column(80, 160, 40, [A])])) == ["heading1 东岭县人民政府文件", f"paragraph {A}"]


def test_the_name_and_day_of_a_newspaper_page_are_its_masthead() -> None:
    page = [text(60, 50, "东岭日报", 12), text(400, 50, "2031年3月5日 星期三 第3版", 8), *column(60, 140, 20, [A, B]), *column(310, 140, 20, [C, D])]
    assert read(pdf(page)) == ["masthead 东岭日报", "masthead 2031年3月5日 星期三 第3版", *paragraphs(A, B, C, D)]


def upright(x: float, top: float, words: str, size: float, pitch: float = 1.1) -> list[str]:
    """Single characters below each other."""
    return [text(x, top + n * pitch * size, c, size) for n, c in enumerate(words)]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_vertical_headline_is_read_from_top_to_bottom(backwards: bool) -> None:
    head = upright(60, 140, "果农夜校办到田头", 22)
    page = [*(head[::-1] if backwards else head), *column(110, 140, 20, [A, B]), *column(340, 140, 20, [C, D])]
    assert read(pdf(page)) == ["heading1 果农夜校办到田头", *paragraphs(A, B, C, D)]


def test_vertical_columns_are_read_from_right_to_left() -> None:
    page = [*upright(60, 120, "旧粮库里新窑火", 20), *upright(92, 120, "东岭三年二〇三一", 20), *column(150, 120, 36, [A, B, C])]
    assert read(pdf(page)) == ["heading1 东岭三年二〇三一旧粮库里新窑火", *paragraphs(A, B, C)]


def test_vertical_type_of_a_vertical_font() -> None:
    """The writing mode of the font sets the characters below each other (ISO 32000-1, 9.7.4.3)."""
    head = f"BT /F1 20 Tf 70 700 Td <{'果农夜校办到田头'.encode('utf-16-be').hex()}> Tj ET"
    page = pdf([head, *upright(200, 300, "果农夜校", 20)]).replace(b"UniGB-UCS2-H", b"UniGB-UCS2-V")
    assert "果农夜校办到田头" in [line.split(" ", 1)[1] for line in read(page)]


def test_a_column_of_single_characters_in_a_list_is_not_vertical_type() -> None:
    rows = [("甲一", "男", "东岭县"), ("乙二", "女", "河西乡"), ("丙三", "男", "湾头镇")]
    ops = [text(x, 120 + 13 * n, words) for n, row in enumerate(rows) for x, words in zip((80, 140, 200), row, strict=True)]
    assert [line.split(" ", 2)[2] for line in read(pdf(ops))] == [word for row in rows for word in row]


def test_single_characters_in_the_cells_of_a_table_stay_in_their_cells() -> None:
    ops = [rule(80, 100 + 13 * n, 180, 100 + 13 * n) for n in range(4)] + [rule(x, 100, x, 139) for x in (80, 130, 180)]
    ops += [
        text(x, 110 + 13 * n, words)
        for n, row in enumerate((("甲", "是"), ("乙", "否"), ("丙", "是")))
        for x, words in zip((90, 150), row, strict=True)
    ]
    assert [line.split(" ", 2)[2] for line in read(pdf(ops))] == ["甲", "是", "乙", "否", "丙", "是"]


def test_a_footnote_does_not_part_a_paragraph_from_its_end() -> None:
    lines = column(80, 120, 40, [A + B])
    first = [*lines[:2], text(80, 760, "① 数字来自县统计公报。", 7)]
    rest = [op.split(" Td ")[0].rsplit(" ", 2)[0] + f" 80 {842 - 120 - 16 * n} Td " + op.split(" Td ")[1] for n, op in enumerate(lines[2:])]
    assert read(pdf(first, rest + column(80, 300, 40, [C]))) == [f"paragraph {A + B}", "note ① 数字来自县统计公报。", f"paragraph {C}"]


def test_blocks_carry_page_and_box() -> None:
    article = reader.read(capture(pdf(column(80, 120, 40, [A]), column(80, 120, 40, [B]))))[0]
    assert [b.page for b in article.blocks] == [1, 2]
    box = article.blocks[0].box
    assert box is not None
    assert box.left == pytest.approx(80, abs=1)
    assert box.top == pytest.approx(111, abs=2)
    assert box.right == pytest.approx(480, abs=6)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    """The text is drawn turned the other way, so that it stands upright on the turned page."""
    matrix = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[rotate]
    ops = column(40, 400, 40, [A, B])
    assert read(pdf([f"q {matrix} cm", *ops, "Q"], rotate=rotate)) == paragraphs(A, B)


def test_a_crop_box_moves_the_origin() -> None:
    article = reader.read(capture(pdf(column(80, 120, 40, [A]), extra="/CropBox[50 0 595 792]")))[0]
    box = article.blocks[0].box
    assert box is not None
    assert (box.left, box.top) == (pytest.approx(30, abs=1), pytest.approx(61, abs=2))


def test_slanted_text_is_a_watermark() -> None:
    mark = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 400 Tm <{'内部'.encode('utf-16-be').hex()}> Tj ET"
    assert read(pdf([mark, *column(80, 120, 40, [A])])) == paragraphs(A)


def test_a_watermark_of_the_height_of_the_text_hides_no_text() -> None:
    mark = f"BT /F1 {10 / 0.7} Tf 0.7 0.7 -0.7 0.7 200 400 Tm <{'内部'.encode('utf-16-be').hex()}> Tj ET"
    assert read(pdf([mark, *column(80, 120, 40, [A])])) == paragraphs(A)


def strung(x: float, top: float, *parts: str | int, size: float = 10.0) -> str:
    """One string with shifts to the right, in hundredths of an em, between its parts."""
    inside = " ".join(str(-10 * p) if isinstance(p, int) else f"<{p.encode('utf-16-be').hex()}>" for p in parts)
    return f"BT /F1 {size} Tf {x} {842 - top} Td [{inside}] TJ ET"


def test_letters_set_apart_within_one_string_are_columns() -> None:
    """Ideographs without a mark between them: that they are not evenly spaced shows only where they stand."""
    rows = [("东岭县", "陶瓷中试线", "三百"), ("河西乡", "鲜果分拣线", "九十"), ("湾头镇", "冷链仓库", "七十")]
    ops = [strung(80, 120 + 16 * n, a, 300, b, 400 + 100 * (5 - len(b)), c) for n, (a, b, c) in enumerate(rows)]
    assert [line.split(" ", 2)[2] for line in read(pdf(ops))] == [word for row in rows for word in row]


def test_letters_spaced_to_the_measure_are_one_line() -> None:
    words = A[:12]
    spread = [part for c in words for part in (c, 30)][:-1]
    assert read(pdf([strung(80, 120, *spread)])) == paragraphs(words)


def test_letters_without_a_meaning_leave_their_place_empty() -> None:
    assert read(pdf([text(80, 120, "东岭县\ue123今年建平台\u200b六个")])) == paragraphs("东岭县 今年建平台 六个")


def test_a_word_broken_by_a_hyphen_at_the_end_of_its_line() -> None:
    article = reader.read(capture(pdf([text(80, 120, "the county of Dongling builds a new inno-"), text(80, 136, "vation centre")])))[0]
    assert "inno-" in article.text


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without the extra `ocr`."""
    monkeypatch.setattr(scan, "available", lambda: False)


@pytest.mark.usefixtures("without_ocr")
def test_pages_that_are_pictures_are_named() -> None:
    article = reader.read(capture(pdf(column(80, 120, 40, [A]), [picture(0, 0, 595, 842)])))[0]
    assert [n.code for n in article.notes] == ["needs-ocr"]
    assert "2" in article.notes[0].text


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([picture(0, 0, 595, 842)]), "needs-ocr"),
        (pdf([]), "empty"),
        (b"%PDF-1.7\nnothing", "broken"),
        (pdf(column(80, 120, 40, [A]))[:400], "broken"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        reader.read(capture(data))
    assert caught.value.reason == reason
    assert "import:a" in caught.value.message
