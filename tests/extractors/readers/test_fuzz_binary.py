"""Damaged files: nothing but ReadError leaves a reader. Bytes are flipped, cut, doubled and zeroed, in the file and inside its compressed parts."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import Article
from extractors.readers import READERS, read
from extractors.readers.errors import ReadError
from extractors.sandbox import Sandbox
from tests.extractors.readers.made import archive, capture, docx, ods, p, tbl, tc, tr
from tests.extractors.readers.made_pdf import column, pdf, rule
from tests.extractors.readers.made_xls import xls
from tests.extractors.readers.test_ofd import lines, made
from tests.extractors.readers.test_sheet import xlsx

A = "东岭县今年新建中试平台六个，带动企业投入四千二百万元，比去年多出一成半。"
TABLE = tbl(tr(tc("县", '<w:vMerge w:val="restart"/>'), tc("数", '<w:gridSpan w:val="2"/>')), tr(tc("", "<w:vMerge/>"), tc("1"), tc("2")))
SAMPLES: dict[str, bytes] = {
    "docx": docx(p(A) + TABLE + p(A, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')),
    "xlsx": xlsx(["名称", "数量"], ["碗", 12], merged=("A1:B1",), formats={"B2": "0.0%"}),
    "ods": ods([["平台", "面积"], ["陶瓷中试线", 320.0]]),
    "xls": xls([["平台", "面积"], ["陶瓷中试线", 320.0]], [(0, 0, 0, 1)]),
    "ofd": made(lines(25, 60, A, 38)),
    "pdf": pdf([*column(80, 120, 40, [A]), *(rule(80, y, 200, y) for y in (300, 320, 340)), *(rule(x, 300, x, 340) for x in (80, 140, 200))]),
    "zip": archive({"一.txt": A, "二.docx": docx(p(A)), "三.zip": archive({"四.csv": "甲,乙\n1,2\n"})}),
    "csv": f'名称,"数\n量"\n{A},2\n'.encode("gb18030"),
}
Damage = Callable[[random.Random, bytes], bytes]


def flipped(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        if out:
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(rng: random.Random, data: bytes) -> bytes:
    a, b = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[:a] + data[b:]


def doubled(rng: random.Random, data: bytes) -> bytes:
    a, b = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[:b] + data[a:b] * rng.choice((1, 5)) + data[b:]


def zeroed(rng: random.Random, data: bytes) -> bytes:
    a = rng.randrange(len(data) + 1)
    return data[:a] + bytes(min(40, len(data) - a)) + data[a + 40 :]


DAMAGES: tuple[Damage, ...] = (flipped, cut, doubled, zeroed)


def inside(rng: random.Random, data: bytes) -> bytes:
    """One part of an archive damaged, the archive made whole again: what a checksum would else refuse reaches the parser."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        victim = rng.choice(old.namelist())
        parts = {name: old.read(name) for name in old.namelist()}
    return archive(parts | {victim: rng.choice(DAMAGES)(rng, parts[victim])}, stored=("mimetype",))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


@pytest.mark.parametrize("kind", SAMPLES)
def test_damage_ends_in_a_read_error_or_an_article(sandbox: Sandbox, kind: str) -> None:
    """In the sandbox: what would leave a reader there shows as `crashed`, a hang as `timeout`."""
    rng = random.Random(kind)
    for n in range(120):
        damage = inside if zipfile.is_zipfile(io.BytesIO(SAMPLES[kind])) and n % 2 else rng.choice(DAMAGES)
        reason, articles = attempt(sandbox, damage(rng, SAMPLES[kind]), f"import:{n}.{kind}")
        assert not reason.startswith(("crashed", "timeout")), (n, reason)
        assert all(0 <= b.start <= b.end <= len(a.text) for a in articles for b in a.blocks)


def attempt(sandbox: Sandbox, body: bytes, url: str) -> tuple[str, tuple[Article, ...]]:
    try:
        return "", sandbox.read(capture(body, url))
    except ReadError as error:
        return f"{error.reason}: {error.message}", ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(set(READERS) - {"doc", "wps", "rtf", "odt"})), st.binary(max_size=300))
def test_a_reader_given_anything_raises_read_error_only(kind: str, body: bytes) -> None:
    try:
        articles = READERS[kind](capture(body, f"import:a.{kind}"))
    except ReadError:
        return
    assert all(b.end <= len(a.text) for a in articles for b in a.blocks)


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_are_whole(kind: str) -> None:
    assert read(capture(SAMPLES[kind], f"import:a.{kind}"))[0].text
