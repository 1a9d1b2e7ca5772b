"""search, index and metrics as a person runs them: on a small store, in processes of their own."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.capture import Capture
from extractors.article import Article, Metadata, article_id
from extractors.record import AnyRecord, Metric, Organisation, identify
from store import Store

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.ci  # a process a command


def page(number: int, city: str, code: str, text: str, value: float, **fields: object) -> tuple[Capture, Article, list[AnyRecord]]:
    url = f"http://demo.example/{number}"
    capture = Capture(source="demo", url=url, canonical_url=url, fetched_at=datetime(2024, 1, 2, tzinfo=UTC), body=text.encode())
    metadata = Metadata(region_code=code, published_date=f"2023-0{number}-01")
    article = Article(
        id=article_id("demo", url), source="demo", url=url, capture=capture.digest, title=f"{city}通报", text=text, metadata=metadata, reader="t/1"
    )
    start = text.index("海带产量")
    shared = {"article": article.id, "rule": "t"}
    days = {"period_start": "2022-01-01", "period_end": "2022-12-31", "year": 2022, "period": "2022年"}
    given = {"indicator": "海带产量", "indicator_key": "海带产量", "measure": "flow", "subject": city, "subject_region": code, **days, **fields}
    metric = Metric(**shared, start=start, end=start + 4, quote="海带产量", text="海带产量", value=value, unit="吨", unit_key="吨", **given)  # type: ignore[arg-type]
    body = Organisation(**shared, start=0, end=3, quote=text[:3], text=text[:3], type="institute", canonical="中国科学院")  # type: ignore[arg-type]
    return capture, article, [*identify(article, [metric]), *identify(article, [body])]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(tmp_path_factory.mktemp("data"))
    with Store.open(f"sqlite:///{folder / 'qingbao.db'}") as store:
        for capture, article, records in (
            page(1, "青岛市", "370200", "中科院说海带产量达12万吨。", 120000.0),
            page(2, "烟台市", "370600", "中科院说海带产量达9万吨。", 90000.0),
            page(
                3,
                "大连市",
                "210200",
                "中科院说海带产量要达20万吨。",
                200000.0,
                status="target",
                year=2025,
                period_start="2025-01-01",
                period_end="2025-12-31",
            ),
        ):
            store.put(capture, [article], records)
    assert run(folder, "index").returncode == 0
    return folder


def run(data: Path, *arguments: str, columns: str = "200") -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "QINGBAO_DATA": str(data), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "COLUMNS": columns}
    return subprocess.run(
        [sys.executable, "-m", "scripts.cli", *arguments], cwd=data, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def found(data: Path, *arguments: str) -> set[str]:
    done = run(data, "search", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return {hit["row"]["title"][:2] for hit in json.loads(done.stdout)["hits"]}


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (("海带",), {"青岛", "烟台", "大连"}),
        (("海带", "--region", "山东"), {"青岛", "烟台"}),
        (("海带", "--kind", "metric", "--region", "青岛"), {"青岛"}),
        (("", "--indicator", "海带产量", "--min", "10万"), {"青岛", "大连"}),
        (("", "--indicator", "海带产量", "--min", "10万", "--max", "15万吨"), {"青岛"}),
        (("", "--kind", "指标", "--since", "2024"), {"大连"}),
        (("海带", "--since", "2023-03"), {"大连"}),
        (("", "--org", "中科院", "--kind", "organisation"), {"青岛", "烟台", "大连"}),
        (("海带产量 > 10万吨 地区:山东",), {"青岛"}),
        (("海带 年份:2022..2023 地区:山东",), {"青岛", "烟台"}),
        (("海带 年份:2023年 地区:山东", "--kind", "metric"), {"青岛", "烟台"}),
        (("海带 年份:2022",), set()),
    ],
)
def test_search(data: Path, arguments: tuple[str, ...], titles: set[str]) -> None:
    assert found(data, *arguments) == titles


def test_pages_for_people(data: Path) -> None:
    done = run(data, "search", "海带产量", "--size", "2")
    assert done.returncode == 0
    assert "共 3 条" in done.stdout
    cursor = done.stdout.rpartition("--cursor ")[2].split()[0]
    rest = run(data, "search", "海带产量", "--size", "2", "--cursor", cursor)
    assert "3." not in rest.stdout
    assert "1. " in rest.stdout


def test_a_wrong_query_is_wrong_use_and_points(data: Path) -> None:
    done = run(data, "search", "海带 发布:最近")
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith("^")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "海带", "--min", "很多"), "“很多”不是数字"),
        (("search", "海带", "--region", "火星"), "不认识地区“火星”"),
        (("search", "海带", "--kind", "散文"), "没有类型“散文”；可用的有 政策、"),
        (("search", "海带", "--cursor", "zzz"), "翻页标记无法识别"),
        (("search", "海带 年份:去年"), "“去年”不是年份"),
        (("trends", "海带 (产量"), "\n海带 (产量\n"),
        (("trends", "海带", "--kind", "散文"), "没有类型“散文”"),
        (("metrics", "海带产量", "--since", "昨天"), "“昨天”不是日期"),
    ],
)
def test_what_cannot_be_read_is_wrong_use_and_said(data: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(data, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("metrics", "紫菜产量"), "紫菜产量：没有可以比较的数值\n"),
        (("complete", "xyz"), "没有以“xyz”开头的名称\n"),
        (("trends", "海带", "--kind", "报纸"), "没有带日期的文章，看不出趋势\n"),
        (("search", "鲸鱼"), "没有结果\n"),
    ],
)
def test_where_nothing_is_found_a_line_says_so(data: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(data, *arguments)
    assert (done.returncode, done.stdout) == (0, said)


def test_a_folder_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path, "search", "海带")
    assert (done.returncode, done.stdout) == (0, "提示：索引还没有建立，请运行 qingbao index\n没有结果\n")


def test_a_hit_is_not_broken_where_a_window_would_end(data: Path) -> None:
    done = run(data, "search", "海带", "--kind", "metric", "--size", "1", columns="20")
    assert [line[:3] for line in done.stdout.splitlines()] == ["1. ", "   ", "   ", "   ", "共 3"]


def test_index_again_and_rebuild(data: Path) -> None:
    again = run(data, "index")
    assert "followed 0 lines" in again.stdout
    built = run(data, "index", "--rebuild")
    assert "rebuilt: 9 rows" in built.stdout
    assert "3 articles, 6 records" in built.stdout


def test_metrics(data: Path, tmp_path: Path) -> None:
    chart = tmp_path / "out.svg"
    done = run(data, "metrics", "海带产量", "--by", "region,year", "--chart", str(chart), "--json")
    assert done.returncode == 0, done.stderr
    points = json.loads(done.stdout)["points"]
    assert {(p["region"], p["year"], p["state"], *p["values"]) for p in points} == {
        ("370200", 2022, "actual", 120000.0), ("370600", 2022, "actual", 90000.0), ("210200", 2025, "target", 200000.0),
    }  # fmt: skip
    assert all(p["records"] for p in points)
    assert chart.read_text("utf-8").startswith("<svg")
    assert "青岛市" in run(data, "metrics", "海带产量").stdout
    assert run(data, "metrics", "海带产量", "--by", "colour").returncode == 2


def test_trends_are_shares_of_what_is_held(data: Path) -> None:
    done = run(data, "trends", "烟台", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["years"] == [{"year": "2023", "share": pytest.approx(1 / 3), "found": 1, "held": 3, "sources": 1}]
    assert "33.3%" in run(data, "trends", "烟台").stdout
    assert run(data, "trends", "烟台", "--region", "辽宁", "--json").stdout.count('"found": 0') == 2  # the year, and its one source


def test_complete(data: Path) -> None:
    done = run(data, "complete", "zhongguokx", "--json")
    assert [(c["text"], c["what"], c["count"]) for c in json.loads(done.stdout)] == []
    done = run(data, "complete", "zhongguokexue", "--json")
    assert [(c["text"], c["what"], c["count"]) for c in json.loads(done.stdout)] == [("中国科学院", "organisation", 3)]
    assert "海带产量" in run(data, "complete", "hdcl").stdout


@pytest.mark.skipif(os.name != "posix", reason="no SIGINT to one process")
def test_an_interruption_is_no_traceback_however_early(data: Path) -> None:
    handler = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell's job in the background inherits that it is ignored
    code = f"import sys, signal, scripts.cli as c\n{handler}\nc.registered = lambda only: signal.raise_signal(signal.SIGINT)\nc.main()"
    environment = {**os.environ, "QINGBAO_DATA": str(data), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_command_loads_only_what_it_needs(data: Path) -> None:
    """`qingbao --help` and `search` begin at once: no crawler, no web server, no database, no readers."""
    code = "import sys\nfrom scripts.cli import main\ntry: main()\nfinally: print('|'.join(sys.modules))"
    heavy = {"index", "tantivy", "rjieba", "scrapy", "fastapi", "sqlalchemy", "pypinyin", "jieba", "extractors.readers", "extractors.records"}
    environment = {**os.environ, "QINGBAO_DATA": str(data), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    for arguments, allowed in ((["--help"], set()), (["search", "海带"], {"index", "tantivy", "rjieba"})):
        done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, encoding="utf-8", check=True)
        assert set(done.stdout.splitlines()[-1].split("|")) & heavy == allowed, arguments
