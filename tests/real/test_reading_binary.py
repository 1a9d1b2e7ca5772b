"""PDF, DOCX and scans as real inputs: floors of accuracy, paragraphs, speed and memory (scripts/bench/reading_binary.py)."""

from pathlib import Path

import pytest

from extractors.readers import pdf, read, scan
from extractors.sandbox import Sandbox
from scripts.bench import reading_binary as bench
from scripts.extracting import capture_file

Floors = dict[str, dict[str, float]]


def test_docx_says_what_its_text_twin_says(shared: Path, floors: Floors) -> None:
    pairs = bench.docx_pairs(shared)
    assert len(pairs) == 43
    assert min(pairs.values()) >= floors["reading_binary"]["docx_accuracy"]


def test_pdf_layouts(shared: Path, floors: Floors) -> None:
    """The three test documents, ten reports set by LibreOffice (where it is installed), five in columns by typst."""
    floor = floors["reading_binary"]
    for name, body, articles in bench.layouts(shared):
        got = bench.paragraphs(pdf.read(bench.capture(body, name))[0])
        assert bench.best_order(got, articles) >= floor["pdf_accuracy"], name
        f1, unmatched = bench.paragraph_f1(got, [p for article in articles for p in article])
        assert f1 >= floor["pdf_paragraph_f1"], (name, unmatched)


def test_pdf_speed_and_memory(shared: Path, floors: Floors) -> None:
    path = shared / "data" / "pdf" / "A.pdf"
    pages, times = bench.speed(path.read_bytes(), 15)
    assert pages >= floors["reading_binary"]["pdf_pages_per_second"]
    assert times <= floors["reading_binary"]["pdf_times_pdfium_at_most"]
    assert bench.peak_mib(path) <= 200


@pytest.mark.skipif(not scan.available(), reason="the extra `ocr` is not installed")
def test_a_scan(shared: Path, floors: Floors) -> None:
    told = bench.scanned(shared)
    assert told is not None
    assert told[0] >= floors["reading_binary"]["scan_accuracy"]


def test_a_bulletin_as_pdf_is_its_articles(shared: Path) -> None:
    articles = read(capture_file(shared / "data" / "pdf" / "A.pdf"))
    assert articles[0].kind == "bulletin"
    assert len([a for a in articles if a.role == "piece"]) == 8


def test_the_sandbox_reads_as_the_process_itself_does(shared: Path) -> None:
    paths = [shared / "data" / "pdf" / "C.pdf", shared / "data" / "docx_pairs" / "六安.docx", next((shared / "seeds").glob("002_*"))]
    captures = [capture_file(path) for path in paths]
    with Sandbox(1) as sandbox:
        assert [sandbox.read(c) for c in captures] == [read(c) for c in captures]
