"""Pages that hold more than any page should."""

from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_order import Region
from extractors.readers.pdf_paragraphs import Row, rows_of


def line(n: int, x0: float, text: str) -> Line:
    return Line(x0, n * 12.0, 500.0, n * 12.0 + 10.0, 10.0, text, n)


def test_an_item_of_a_thousand_lines_hangs_below_its_number() -> None:
    first = line(0, 50.0, "一、本示例列有下列各行")
    rows = list(rows_of(Region([first, *(line(n, 70.0, "逐行写明的内容") for n in range(1, 1500))], 50.0, 500.0), 1, ()))
    assert len(rows) == 1500
    assert not any(isinstance(row, Row) and row.indented for row in rows[1:-1])
