"""qingbao names: lookup, import, learn, merge, on a data folder of their own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.records import extract
from scripts.commands.names import app
from store import Reading, Store
from tests.store import made


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def looked_up(*words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("lookup", *words, "--json").splitlines()]


@pytest.mark.usefixtures("data")
def test_lookup() -> None:
    assert [e["canonical"] for e in looked_up("发改委", "--region", "630000")] == ["青海省发展和改革委员会"]
    assert [e["canonical"] for e in looked_up("市科技局", "--region", "西宁")] == ["西宁市科学技术局"]
    assert [e["id"] for e in looked_up("630000-science")] == ["630000-science"]
    assert "中国科学院" in run("lookup", "中科院")
    run("lookup", "没有这样一个单位", code=1)
    run("lookup", "发改委", "--region", "火星", code=2)


@pytest.mark.usefixtures("data")
def test_a_name_of_many_regions_asks_for_one() -> None:
    assert "'科技厅': not in the authority file; a name that many regions have (科技厅) needs --region" in run("lookup", "科技厅", code=1)
    assert "--region" not in run("lookup", "没有这样一个单位", "--region", "150000", code=1)


def test_import_and_merge(data: Path, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("名称,简称\n青海湖畔盐业有限公司,湖畔盐业\n青海湖畔盐湖集团有限公司,\n清华大学,\n", "utf-8-sig")
    assert "2 bodies, 1 were known" in run("import", str(register))
    (old,) = looked_up("湖畔盐业")
    (new,) = looked_up("青海湖畔盐湖集团有限公司")
    run("merge", str(old["id"]), str(new["id"]))
    assert [e["id"] for e in looked_up("湖畔盐业")] == [new["id"]]
    assert looked_up(str(old["id"]))[0]["merged_into"] == new["id"]
    assert (data / "names" / "register.tsv").is_file()
    register.write_bytes("名称\n青海湖畔盐业有限公司\n".encode("gb18030"))
    assert "register.tsv" in run("import", str(register))


def test_learn(data: Path) -> None:
    data.mkdir()
    with Store.open(f"sqlite:///{(data / 'qingbao.db').as_posix()}") as store:
        for n, text in enumerate(("银川塞上云帆航空有限公司（简称“塞上云帆”）获奖。", "银川塞上云帆航空有限公司落户，固原六盘草业有限公司参展。")):
            capture = made.capture(text, url=f"https://kj.example.cn/{n}.html")
            article = made.article(capture, text)
            store.put_many([Reading(capture=capture, articles=(article,), records=extract(article))])
    assert "1 names, 1 new" in run("learn")
    assert [e["canonical"] for e in looked_up("塞上云帆")] == ["银川塞上云帆航空有限公司"]
    assert "2 names, 1 new" in run("learn", "--least", "1")
