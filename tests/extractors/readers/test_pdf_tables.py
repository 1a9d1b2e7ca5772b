"""PDF pages with tables: ruled ones, those that only white space shows, those that go on overleaf."""

from tests.extractors.readers.made_pdf import column, pdf, rectangle, rule, text
from tests.extractors.readers.paragraphs import A, B, C, D, paragraphs, read


def table(left: float, top: float, widths: list[int], rows: list[list[str]]) -> list[str]:
    edges = [left]
    for w in widths:
        edges.append(edges[-1] + w)
    ops = [rule(edges[0], top + 20 * n, edges[-1], top + 20 * n) for n in range(len(rows) + 1)]
    ops += [rule(x, top, x, top + 20 * len(rows)) for x in edges]
    return ops + [text(edges[c] + 2, top + 20 * r + 14, words) for r, row in enumerate(rows) for c, words in enumerate(row) if words]


def test_a_ruled_table_is_a_grid() -> None:
    grid = table(80, 180, [60, 120, 80], [["序号", "平台", "金额（万元）"], ["1", "陶瓷中试线", "320"], ["2", "鲜果分拣线", "86.5"]])
    got = read(pdf([*column(80, 120, 40, [A]), *grid, *column(80, 280, 40, [B])]))
    assert got == [
        f"paragraph {A}",
        "cell 0:0,0! 序号",
        "cell 0:0,1! 平台",
        "cell 0:0,2! 金额（万元）",
        "cell 0:1,0 1",
        "cell 0:1,1 陶瓷中试线",
        "cell 0:1,2 320",
        "cell 0:2,0 2",
        "cell 0:2,1 鲜果分拣线",
        "cell 0:2,2 86.5",
        f"paragraph {B}",
    ]


def test_merged_cells_and_open_sides() -> None:
    ops = [rule(80, y, 280, y) for y in (180, 220, 240)] + [rule(160, 200, 280, 200), rule(160, 180, 160, 240), rule(220, 200, 220, 240)]
    ops += [
        text(84, 204, "县名"),
        text(164, 194, "专利"),
        text(164, 214, "申请"),
        text(224, 214, "授权"),
        text(84, 234, "东岭"),
        text(164, 234, "12"),
        text(224, 234, "7"),
    ]
    assert read(pdf(ops)) == [
        "cell 0:0,0+2x1! 县名",
        "cell 0:0,1+1x2! 专利",
        "cell 0:1,1! 申请",
        "cell 0:1,2! 授权",
        "cell 0:2,0 东岭",
        "cell 0:2,1 12",
        "cell 0:2,2 7",
    ]


def test_touching_cells_are_parted_by_their_rule() -> None:
    ops = [rule(80, y, 180, y) for y in (100, 120, 140)] + [rule(x, 100, x, 140) for x in (80, 130, 180)]
    ops += [text(80, 114, "一二三四五六七八九十"), text(80, 134, "甲乙丙丁戊"), text(130, 134, "己庚辛壬癸")]
    assert [line.split(" ", 2)[2] for line in read(pdf(ops))] == ["一二三四五", "六七八九十", "甲乙丙丁戊", "己庚辛壬癸"]


def test_a_box_is_read_as_a_whole() -> None:
    page = [*column(60, 120, 20, [A, B]), *column(310, 120, 20, [C])]
    page += [rectangle(300, 250, 530, 400), text(310, 270, "名词解释", 14), *column(310, 300, 20, [D])]
    assert read(pdf(page)) == [*paragraphs(A, B, C), "heading1 名词解释", f"paragraph {D}"]


def listed(rows: list[tuple[str, ...]], xs: tuple[int, ...]) -> list[str]:
    return [text(x, 120 + 16 * n, words) for n, row in enumerate(rows) for x, words in zip(xs, row, strict=True) if words]


def test_a_list_without_rules_is_a_table() -> None:
    rows = [("县", "平台", "金额"), ("东岭", "陶瓷中试线", "320"), ("河西", "鲜果分拣线", "86.5"), ("", "冷链仓库", "7")]
    assert read(pdf(listed(rows, (80, 140, 300)) + column(80, 300, 40, [A]))) == [
        "cell 0:0,0! 县",
        "cell 0:0,1! 平台",
        "cell 0:0,2! 金额",
        "cell 0:1,0 东岭",
        "cell 0:1,1 陶瓷中试线",
        "cell 0:1,2 320",
        "cell 0:2,0 河西",
        "cell 0:2,1 鲜果分拣线",
        "cell 0:2,2 86.5",
        "cell 0:3,0 ",
        "cell 0:3,1 冷链仓库",
        "cell 0:3,2 7",
        f"paragraph {A}",
    ]


def test_contents_without_leaders_are_lines() -> None:
    rows = [("果农夜校办到田头", "2"), ("旧粮库里的新窑", "5"), ("冷链通到外省", "11"), ("直播培训班开课", "14")]
    assert read(pdf(listed(rows, (80, 400)))) == [f"paragraph {title} {page}" for title, page in rows]


def test_a_table_goes_on_overleaf_and_its_cut_row_is_made_whole() -> None:
    first = table(80, 700, [60, 120], [["序号", "平台"], ["1", "陶瓷中试线"], ["2", "鲜果分拣线和冷链"]])
    second = table(80, 80, [60, 120], [["序号", "平台"], ["", "仓库"], ["3", "旧粮库"]])
    assert read(pdf(first, second)) == [
        "cell 0:0,0! 序号",
        "cell 0:0,1! 平台",
        "cell 0:1,0 1",
        "cell 0:1,1 陶瓷中试线",
        "cell 0:2,0 2",
        "cell 0:2,1 鲜果分拣线和冷链仓库",
        "cell 0:3,0 3",
        "cell 0:3,1 旧粮库",
    ]
