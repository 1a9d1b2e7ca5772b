"""Old office formats through LibreOffice, where it is installed; a clear word where it is not."""

import subprocess
from pathlib import Path

import docx as python_docx
import psutil
import pytest

from extractors.readers import limits, office, read
from extractors.readers.errors import ReadError
from tests.extractors.readers.made import capture, shown

needed = pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 \'ce\'ef\'ca\'c2\par " + rb"{\deleted \'c9\'be}\u30002?\par}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same document as DOC and ODT."""
    folder = tmp_path_factory.mktemp("office")
    document = python_docx.Document()
    document.add_heading("东岭县科技计划", level=1)
    document.add_paragraph("全县安排资金三千万元。")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for n, text in enumerate(("项目", "数量", "中试线", "4")):
        table.cell(n // 2, n % 2).text = text
    document.add_paragraph("以上。")
    document.save(str(folder / "a.docx"))
    for kind in ("doc", "odt"):
        command = [office.installed() or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True)
    return folder


@needed
@pytest.mark.parametrize(("kind", "name"), [("doc", "a.doc"), ("doc", "a.wps"), ("odt", "a.odt")])
def test_the_same_blocks_in_every_format(made: Path, kind: str, name: str) -> None:
    article = office.read(capture((made / f"a.{kind}").read_bytes(), f"import:{name}"))[0]
    assert shown(article) == [
        "heading1 东岭县科技计划",
        "paragraph 全县安排资金三千万元。",
        "cell 0:0,0! 项目",
        "cell 0:0,1! 数量",
        "cell 0:1,0 中试线",
        "cell 0:1,1 4",
        "paragraph 以上。",
    ]


@needed
def test_rtf_in_chinese() -> None:
    assert read(capture(RTF, "import:a.rtf"))[0].text.splitlines()[0] == "物事"


@needed
def test_a_run_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, made: Path) -> None:
    monkeypatch.setattr(limits, "enter", lambda name: limits.Work(memory_mib=2048, seconds=0.05))
    with pytest.raises(ReadError) as caught:
        office.read(capture((made / "a.doc").read_bytes(), "import:a.doc"))
    assert caught.value.reason == "timeout"
    assert not [c for c in psutil.Process().children(recursive=True) if c.status() != psutil.STATUS_ZOMBIE]


def test_without_libreoffice_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    monkeypatch.setattr(office, "PLACES", {})
    with pytest.raises(ReadError) as caught:
        read(capture(RTF, "import:a.rtf"))
    assert caught.value.reason == "needs-libreoffice"
    assert "LibreOffice" in caught.value.message
