"""qingbao import as an editor runs it: files of several kinds, a table of what became of each, an exit code that says so."""

import json
import zipfile
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from extractors.readers import scan
from scripts.commands.documents import import_

NOTICE = """<html><head><title>关于印发《海蓝县种苗提升方案》的通知</title></head><body><div class="TRS_Editor">
<p>各乡镇人民政府：</p><p>现将《海蓝县种苗提升方案》印发给你们，请认真贯彻执行。</p>
<p>海蓝县人民政府办公室</p><p>2024年3月5日</p><p>海蓝县种苗提升方案</p>
<p>一、总体目标</p><p>到2026年，建成种苗基地三处，扶持种苗企业十二家，带动农户增收。</p>
<p>二、重点任务</p><p>支持种苗企业与高校共建试验站，推广良种良法，每年举办培训班四期。</p></div></body></html>"""
LIST = "<html><head><title>通知公告</title></head><body><ul>{}</ul></body></html>".format(
    "".join(f'<li><a href="/t{n}.html">关于第{n}批项目的公告</a><span>2024-01-{n:02}</span></li>' for n in range(1, 25))
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735812e0000000049454e44ae426082"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path / "data"))
    papers = tmp_path / "papers"
    (papers / "county").mkdir(parents=True)
    (papers / "county" / "notice.html").write_text(NOTICE, "utf-8")
    (papers / "county" / "really-html.doc").write_text(NOTICE.replace("海蓝县", "云杉县"), "utf-8")
    (papers / "list.html").write_text(LIST, "utf-8")
    (papers / "note.txt").write_text("县里召开种苗产业推进会，部署春季生产。\n", "utf-8")
    (papers / "numbers.json").write_text("{}", "utf-8")
    with zipfile.ZipFile(papers / "cut.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:document>")
    return papers


def run(*words: str | Path) -> Result:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(import_)
    return CliRunner().invoke(app, [str(w) for w in words], catch_exceptions=False)


def test_the_report_says_what_became_of_each_file(folder: Path) -> None:
    result = run(folder, "--json")
    said = json.loads(result.stdout)
    rows = {(r["folder"], r["format"]): r for r in said["rows"]}
    assert (said["files"], said["new"]) == (6, 6)
    assert rows["papers/county", "html"]["inside"] == {"enacted": 1}
    assert rows["papers/county", "html"]["articles"] == 2
    assert rows["papers/county", "doc"]["readers"] == ["html"]
    assert {(r["file"], r["reason"]) for r in said["refused"]} == {
        ("papers/list.html", "list-page"),
        ("papers/numbers.json", "unsupported"),
        ("papers/cut.docx", "broken"),
    }
    assert all("import:" not in r["message"] for r in said["refused"])
    assert {("papers/note.txt", "untitled"), ("papers/note.txt", "undated")} <= {(s["file"], s["code"]) for s in said["look_at"]}
    assert not any(s["file"] == "papers/county/notice.html" for s in said["look_at"])
    assert result.exit_code == 3


def test_the_table_is_told_again_for_files_that_are_known(folder: Path) -> None:
    first, again = run(folder), run(folder)
    assert again.exit_code == first.exit_code == 3
    assert again.stdout == first.stdout
    assert "0 new" in again.stderr
    assert "doc (read as html)" in first.stdout
    assert "refused: list-page × 1: a list of links" in first.stdout
    assert "[warning" not in first.stderr
    lines = first.stdout.splitlines()
    assert lines[0].split() == ["folder", "format", "files", "read", "refused", "articles", "found", "inside"]
    assert next(line for line in lines if line.startswith("all")).split()[:5] == ["all", "6", "3", "3", "5"]


def test_files_that_are_all_read_end_well(folder: Path) -> None:
    result = run(folder / "county", "--as", "spring")
    assert result.exit_code == 0
    assert "refused:" not in result.stdout
    assert "spring/county" in result.stdout


def test_nothing_is_said_to_be_read_before_it_is(folder: Path) -> None:
    result = run(folder / "county", "--no-process")
    assert result.exit_code == 0
    assert "1 not read yet" in result.stdout
    assert all(r["read"] == 0 for r in json.loads(run(folder / "county", "--no-process", "--json").stdout)["rows"])


@pytest.mark.skipif(scan.available(), reason="the extra `ocr` is installed")
def test_a_scan_says_what_it_needs(folder: Path) -> None:
    (folder / "county" / "scan.png").write_bytes(PNG)
    result = run(folder / "county")
    assert result.exit_code == 3
    assert "install the extra `ocr`" in result.stdout


def test_many_folders_are_counted_under_their_first(folder: Path) -> None:
    for n in range(45):
        (folder / "years" / str(n)).mkdir(parents=True)
        (folder / "years" / str(n) / "a.txt").write_text(f"第{n}次会议研究了种苗工作。\n", "utf-8")
    said = run(folder, "--no-process").stdout
    assert "papers/years" not in said
    assert next(line for line in said.splitlines() if " txt " in line).split()[:3] == ["papers", "txt", "46"]
