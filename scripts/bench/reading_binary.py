"""Measure the readers of PDF, DOCX and scans on ../shared/data, as research/docs.md §1 does.

    python -m scripts.bench.reading_binary [--shared DIR] [--errors]

Accuracy is 100 minus the character error rate (Levenshtein distance over length, after NFKC and without white space; articles of a page in
their best order). Paragraph F1 counts those that match one of the truth's at 97 % similarity. Speed is pages a second of processor time, and
that time over what PDFium alone takes for the text of the same pages.
"""

import argparse
import io
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.capture import Capture
from extractors.article import Article
from extractors.readers import office, pdf, scan, word

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAME = 0.97
RENDERED = ("三亚", "上海", "东营", "丽水", "北京", "南宁", "威海", "宜宾", "天津", "六安")  # DOCX pairs set anew as PDF
COLUMNS = (("三亚", 2, 10.5), ("上海", 3, 9.0), ("东营", 2, 10.5), ("丽水", 3, 9.0), ("北京", 2, 9.0))  # (pair, columns, points)
SCAN_PAGES = 3


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def distance(a: str, b: str) -> int:
    """Levenshtein distance by bit vectors (Myers 1999, Hyyrö 2003): one step a character of `b`, on integers of len(a) bits."""
    if not a:
        return len(b)
    peq: dict[str, int] = {}
    for i, c in enumerate(a):
        peq[c] = peq.get(c, 0) | 1 << i
    full, last = (1 << len(a)) - 1, 1 << len(a) - 1
    vp, vn, score = full, 0, len(a)
    for c in b:
        x = peq.get(c, 0) | vn
        d0 = (((x & vp) + vp) ^ vp) | x
        hp, hn = vn | ~(d0 | vp) & full, vp & d0
        score += bool(hp & last) - bool(hn & last)
        hp = (hp << 1 | 1) & full
        vp, vn = (hn << 1 & full) | ~(d0 | hp) & full, hp & d0
    return score


def accuracy(got: str, wanted: str) -> float:
    a, b = squeezed(got), squeezed(wanted)
    return 100 - 100 * distance(a, b) / len(b)


def paragraph_f1(got: Sequence[str], wanted: Sequence[str]) -> tuple[float, list[str]]:
    """(F1 in percent, paragraphs that match none)."""
    left = [squeezed(w) for w in wanted]
    unmatched = []
    for g in map(squeezed, got):
        match = g if g in left else next((w for w in left if _alike(g, w)), None)
        if match is None:
            unmatched.append(g)
        else:
            left.remove(match)
    return 200 * (len(got) - len(unmatched)) / (len(got) + len(wanted)), unmatched


def _alike(a: str, b: str) -> bool:
    longer = max(len(a), len(b))
    return abs(len(a) - len(b)) <= (1 - SAME) * longer and distance(a, b) <= (1 - SAME) * longer


def capture(body: bytes, name: str) -> Capture:
    url = f"import:{name}"
    return Capture(source="import", url=url, canonical_url=url, fetched_at=datetime.now(UTC), body=body)


def paragraphs(article: Article) -> list[str]:
    """The blocks that the truth of the test pages holds: no masthead."""
    return [article.text[b.start : b.end] for b in article.blocks if b.kind != "masthead"]


def pair(shared: Path, name: str) -> list[str]:
    text = (shared / "data" / "docx_pairs" / f"{name}.txt").read_text("utf-8")
    return [line.strip() for line in text.split("\n") if line.strip()]


def docx_pairs(shared: Path) -> dict[str, float]:
    """Accuracy of each DOCX against its TXT twin."""
    found = {}
    for path in sorted((shared / "data" / "docx_pairs").glob("*.docx")):
        article = word.read(capture(path.read_bytes(), path.name))[0]
        found[path.stem] = accuracy(article.text, "\n".join(pair(shared, path.stem)))
    return found


def layouts(shared: Path) -> Iterator[tuple[str, bytes, list[list[str]]]]:
    """(name, PDF, articles as paragraphs): the three test documents, then pairs set anew by LibreOffice and typst."""
    for name in "ABC":
        told = json.loads((shared / "data" / "pdf" / f"{name}.json").read_text("utf-8"))
        yield name, (shared / "data" / "pdf" / f"{name}.pdf").read_bytes(), [told] if isinstance(told[0], str) else told
    with tempfile.TemporaryDirectory() as folder:
        if program := office.installed():
            for path in _rendered(shared, program, Path(folder)):
                yield f"office {path.stem}", path.read_bytes(), [pair(shared, path.stem)]
        for name, columns, size in COLUMNS:
            told = [f"{name}工作报告", *pair(shared, name)[:60]]
            yield f"typst {name} {columns}", _set(told, columns, size, Path(folder)), [told]


def _rendered(shared: Path, program: str, folder: Path) -> list[Path]:
    sources = [str(shared / "data" / "docx_pairs" / f"{name}.docx") for name in RENDERED]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources], check=True, capture_output=True)
    return [folder / f"{name}.pdf" for name in RENDERED]


def _set(told: Sequence[str], columns: int, size: float, folder: Path) -> bytes:
    """Paragraphs in columns under a headline that spans them, with a running head and page numbers."""
    import typst

    def plain(text: str) -> str:
        return re.sub(r"^(\d+)([.+-])", r"\1\\\2", re.sub(r"([\\#$*_`<>@~\[\]])", r"\\\1", text))

    source = folder / "set.typ"
    source.write_text(
        f'#set page(paper: "a4", margin: 2.2cm, columns: {columns}, header: align(center)[工作参考], numbering: "1")\n'
        f'#set text(font: "Noto Serif CJK SC", size: {size}pt, lang: "zh")\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.8em, spacing: 0.8em)\n"
        f'#place(top + center, scope: "parent", float: true)[#text(size: 20pt, weight: "bold")[{plain(told[0])}]]\n\n'
        + "\n\n".join(map(plain, told[1:])),
        "utf-8",
    )
    return typst.compile(str(source))


def best_order(got: Sequence[str], articles: Sequence[list[str]]) -> float:
    orders = itertools.permutations(articles)
    return max(accuracy("".join(got), "".join(p for article in order for p in article)) for order in orders)


def speed(body: bytes, rounds: int = 5) -> tuple[float, float]:
    """(pages a second, time over that of PDFium's own text of the same pages): processor time, the best of rounds that take turns."""
    import pypdfium2

    given, count = capture(body, "speed"), len(pypdfium2.PdfDocument(body))
    bare = whole = float("inf")
    for _ in range(rounds):
        bare = min(bare, _seconds(lambda: _bare_text(body)))
        whole = min(whole, _seconds(lambda: pdf.read(given)))
    return count / whole, whole / bare


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _bare_text(body: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    for page in document:
        page.get_textpage().get_text_range()
        page.close()
    document.close()


def peak_mib(path: Path) -> float:
    """Most memory of a process that reads one PDF, over what it has before it opens it."""
    code = (
        "import sys, psutil; from pathlib import Path; from scripts.bench.reading_binary import capture; from extractors.readers import pdf\n"
        "body = Path(sys.argv[1]).read_bytes(); me = psutil.Process(); before = me.memory_info().rss\n"
        "pdf.read(capture(body, 'a')); print((me.memory_info().rss) / 2**20)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return float(done.stdout)


def scanned(shared: Path) -> tuple[float, float] | None:
    """(accuracy, paragraph F1) on the first pages of A as a scan: 200 dpi, tilted, blurred, noisy. None without the extra `ocr`."""
    if not scan.available():
        return None
    import pypdfium2

    a = pypdfium2.PdfDocument(shared / "data" / "pdf" / "A.pdf")
    part, kept = pypdfium2.PdfDocument.new(), io.BytesIO()
    part.import_pages(a, list(range(SCAN_PAGES)))
    part.save(kept)
    told = paragraphs(pdf.read(capture(kept.getvalue(), "part"))[0])
    got = paragraphs(pdf.read(capture(_photographed(a), "scan"))[0])
    return accuracy("".join(got), "".join(told)), paragraph_f1(got, told)[0]


def _photographed(document: Any) -> bytes:
    import numpy
    from PIL import Image, ImageFilter

    noise, images = numpy.random.default_rng(7), []
    for n in range(SCAN_PAGES):
        drawn = document[n].render(scale=200 / 72, grayscale=True).to_pil()
        tilted = drawn.rotate(0.6, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))
        rough = numpy.asarray(tilted).astype(float) + noise.normal(0, 8, (tilted.height, tilted.width))
        packed = io.BytesIO()
        Image.fromarray(rough.clip(0, 255).astype("uint8")).save(packed, "JPEG", quality=55)
        images.append(Image.open(packed))
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", action="store_true", help="print paragraphs that match none of the truth's")
    args = parser.parse_args()
    pairs = docx_pairs(args.shared)
    print(f"DOCX pairs     {len(pairs)}  accuracy mean {sum(pairs.values()) / len(pairs):.3f}  least {min(pairs.values()):.3f}")
    for name, body, articles in layouts(args.shared):
        got = paragraphs(pdf.read(capture(body, name))[0])
        f1, unmatched = paragraph_f1(got, [p for article in articles for p in article])
        pages, times = speed(body)
        print(f"{name:14} accuracy {best_order(got, articles):7.2f}  paragraph F1 {f1:6.1f}  pages/s {pages:5.0f}  times PDFium alone {times:.2f}")
        for text in unmatched if args.errors else ():
            print(f"    {text[:60]} … {text[-30:]}")
    print(f"memory         {peak_mib(args.shared / 'data' / 'pdf' / 'A.pdf'):.0f} MiB on A")
    if told := scanned(args.shared):
        print(f"scan of A      accuracy {told[0]:.2f}  paragraph F1 {told[1]:.1f}")


if __name__ == "__main__":
    main()
