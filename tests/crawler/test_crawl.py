"""Real Scrapy over HTTP on loopback: what is fetched, what is not, and what is left behind when it is killed."""

import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from scripts.demo.pages import Resource, render
from scripts.demo.site import serve, sources
from tests.crawler.crawling import Site, archived, memory, run, small_source, start


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The bureau of the demo crawled once: its folder and the paths that were asked for."""
    asked: list[str] = []
    folder = tmp_path_factory.mktemp("demo")
    with serve(asked=asked) as base:
        report = run(sources(base)[0], folder)
    assert report.healthy, report
    assert (report.listed, report.fetched, report.new, report.declined, report.gone) == (26, 27, 27, 2, 1)
    return folder, asked


def test_every_page_is_known_by_its_canonical_url_with_hints(demo: tuple[Path, list[str]]) -> None:
    urls = memory(demo[0]).urls
    row = urls["https://kjj.lanchuan.example/zwgk/tzgg/202604/t20260403_1044.html"]
    assert dict(row["hints"]) == {"title": "关于市科技计划管理系统停机维护的通知", "date": "2026-04-03", "column": "通知公告"}
    assert not any("127.0.0.1" in url for url in urls)
    captured = [dict(c["hints"]) for c in memory(demo[0]).captures]
    assert all(hints["region"] == "澜川市" and hints["publisher"] == "澜川市科学技术局" for hints in captured)


def test_pinned_items_do_not_stop_the_paging(demo: tuple[Path, list[str]]) -> None:
    folder, asked = demo
    assert [p for p in asked if p.startswith("lanchuan/zwgk/tzgg/index")] == [f"lanchuan/zwgk/tzgg/index{n}.html" for n in ("", "_1", "_2", "_3")]
    states = Counter(row["state"] for row in memory(folder).urls.values())
    assert states == {"fetched": 27, "declined": 2, "gone": 1}


def test_attachments_are_fetched_with_their_page_as_parent(demo: tuple[Path, list[str]]) -> None:
    found = {url: dict(row["hints"]) for url, row in memory(demo[0]).urls.items() if not url.endswith(".html")}
    assert len(found) == 4
    archive = found["https://kjj.lanchuan.example/zwgk/tzgg/202601/P020260109325002.zip"]
    assert archive == {
        "parent": "https://kjj.lanchuan.example/zwgk/tzgg/202601/t20260109_1030.html",
        "title": "附件2：推荐项目汇总表及填报样例.zip",
        "page": "澜川市科学技术局关于组织申报2026年度市级科技计划项目的通知",
        "date": "2026-01-09",
    }


def test_robots_and_refusals_are_obeyed_and_noted(demo: tuple[Path, list[str]]) -> None:
    folder, asked = demo
    urls = memory(folder).urls
    assert not any(path.startswith("lanchuan/nbgl/") for path in asked)
    assert urls["https://kjj.lanchuan.example/nbgl/202504/1207.html"]["reason"] == "Forbidden by robots.txt"
    assert asked.count("lanchuan/zwgk/tzgg/202504/t20250421_0998.html") == 1
    assert urls["https://kjj.lanchuan.example/zwgk/tzgg/202504/t20250421_0998.html"]["reason"] == "HTTP 403"
    assert urls["https://kjj.lanchuan.example/zwgk/tzgg/202503/t20250310_0991.html"]["state"] == "gone"


def test_again_fetches_lists_only_whatever_the_port(demo: tuple[Path, list[str]]) -> None:
    folder, _ = demo
    before = archived(folder)
    asked: list[str] = []
    with serve(asked=asked) as base:
        report = run(sources(base)[0], folder)
    assert report.healthy
    assert (report.listed, report.fetched, report.new) == (26, 0, 0)
    assert all("index" in path or path == "robots.txt" for path in asked)
    assert archived(folder) == before


def test_gbk_lists_and_compressed_pages(tmp_path: Path) -> None:
    with serve() as base:
        _, gbk, news = sources(base)
        assert run(gbk, tmp_path / "gbk").healthy
        assert run(news, tmp_path / "news").healthy
    titles = [dict(row["hints"]).get("title") for row in memory(tmp_path / "gbk").urls.values()]
    assert "云岫市重点实验室建设与运行管理办法" in titles
    bodies = dict(archived(tmp_path / "news"))
    assert "禾盐3号".encode() in bodies["news/kejizixun/2025-10/21/c_09987.html"]  # served compressed, archived as it came, read decoded


class Slow(dict[str, Resource]):
    """Takes its time, so that there is a middle to be killed in."""

    def get(self, path: str, default: Resource = None) -> Resource:  # type: ignore[assignment, override]
        time.sleep(0.1)
        return super().get(path, default)


def test_a_killed_crawl_goes_on_without_loss_or_doubles(tmp_path: Path) -> None:
    with serve(Slow(render())) as base:
        source = sources(base)[0]
        for pause in (0.4, 1.6):  # before and after the first group was kept
            child = start(source, tmp_path)
            while not (tmp_path / "memory.json").exists() and child.poll() is None:
                time.sleep(0.02)
            time.sleep(pause)
            child.kill()
            child.communicate()
            assert memory(tmp_path).pending(source.name)
        assert run(source, tmp_path).healthy
    held = [c["url"] for c in memory(tmp_path).captures]
    assert len(held) == len(set(held)) == 27
    in_warc = ["https://kjj.lanchuan.example/" + path.removeprefix("lanchuan/") for path, _ in archived(tmp_path)]
    assert sorted(in_warc) == sorted(held)


def test_a_changed_page_is_found_by_revisiting(tmp_path: Path) -> None:
    site = Site()
    site.list_page("list.html", ["a.html", "b.html"])
    site.add("a.html", "甲")
    site.add("b.html", "乙")
    with serve(site.resources) as base:
        assert run(small_source(base), tmp_path).new == 2
        site.add("b.html", "乙的新文")
        report = run(small_source(base), tmp_path, revisit=True)
    assert (report.fetched, report.new, report.unchanged) == (2, 1, 1)
    assert [path for path, _ in archived(tmp_path)] == ["a.html", "b.html", "b.html"]


DECLINED, GONE = ("declined", 1), ("gone", 1)  # the state, and how often it is asked for
MEANINGS = {401: DECLINED, 403: DECLINED, 404: GONE, 410: GONE, 412: DECLINED, 500: ("failed", 3), 521: DECLINED}


def test_what_an_answer_means(tmp_path: Path) -> None:
    site, paths = Site(), []
    site.list_page("list.html", ["ok.html", *(f"{status}.html" for status in (202, *MEANINGS))])
    site.add("ok.html")
    site.add("202.html", "请稍候，正在验证您的浏览器", status=202)
    for status in MEANINGS:
        site.add(f"{status}.html", status=status)
    with serve(site.resources, paths) as base:
        report = run(small_source(base), tmp_path)
    urls = memory(tmp_path).urls
    for status, (state, asked) in MEANINGS.items():
        row = urls[f"http://small.example/{status}.html"]
        assert (row["state"], row["reason"], paths.count(f"{status}.html")) == (state, f"HTTP {status}", asked)
    assert urls["http://small.example/202.html"]["state"] == "failed"
    assert (report.new, report.declined, report.gone, report.failed) == (1, 4, 2, 2)


def test_a_failed_page_is_asked_for_again(tmp_path: Path) -> None:
    site = Site()
    site.list_page("list.html", ["a.html"])
    site.add("a.html", status=500)
    with serve(site.resources) as base:
        assert run(small_source(base), tmp_path).failed == 1
        site.add("a.html")
        assert run(small_source(base), tmp_path).new == 1


class Timed(dict[str, Resource]):
    """Notes when each path was asked for."""

    at: list[tuple[str, float]]

    def get(self, path: str, default: Resource = None) -> Resource:  # type: ignore[assignment, override]
        self.at.append((path, time.monotonic()))
        return super().get(path, default)


def test_crawl_delay_of_robots_txt_is_kept(tmp_path: Path) -> None:
    site = Site()
    site.list_page("list.html", ["a.html", "b.html"])
    site.add("a.html")
    site.add("b.html")
    site.resources["robots.txt"] = Resource(body=b"User-agent: *\nCrawl-delay: 1\n", content_type="text/plain")
    timed = Timed(site.resources)
    timed.at = []
    with serve(timed) as base:
        assert run(small_source(base), tmp_path).new == 2
    assert [path for path, _ in timed.at] == ["robots.txt", "list.html", "a.html", "b.html"]
    times = [at for _, at in timed.at[1:]]
    assert all(later - earlier > 0.95 for earlier, later in pairwise(times))


class Busy(dict[str, Resource]):
    """Answers 503 with Retry-After to the first request for a.html."""

    at: list[float]

    def get(self, path: str, default: Resource = None) -> Resource:  # type: ignore[assignment, override]
        if path == "a.html":
            self.at.append(time.monotonic())
            if len(self.at) == 1:
                return Resource(body=b"", content_type="text/html", status=503, headers=(("Retry-After", "2"),))
        return super().get(path, default)


def test_retry_after_is_waited_for(tmp_path: Path) -> None:
    site = Site()
    site.list_page("list.html", ["a.html"])
    site.add("a.html")
    busy = Busy(site.resources)
    busy.at = []
    with serve(busy) as base:
        assert run(small_source(base), tmp_path).new == 1
    assert len(busy.at) == 2
    assert busy.at[1] - busy.at[0] >= 2


def test_a_robots_file_that_is_down_closes_the_site_for_now(tmp_path: Path) -> None:
    site, paths = Site(), []
    site.list_page("list.html", ["a.html"])
    site.add("robots.txt", status=503)
    with serve(site.resources, paths) as base:
        report = run(small_source(base), tmp_path)
    assert set(paths) == {"robots.txt"}
    assert any("robots.txt: HTTP 503" in line for line in report.unmet)


def test_expectations_that_are_not_met_are_named(tmp_path: Path) -> None:
    site = Site()
    site.add("list.html", '<ul><li><a href="a.html">甲</a></li></ul>')
    site.add("empty.html", "改版了")
    site.add("a.html")
    with serve(site.resources) as base:
        report = run(small_source(base, articles=5, starts=("list.html", "empty.html")), tmp_path)
    assert not report.healthy
    said = "\n".join(report.unmet)
    assert "'ul > li' matches 0 times on" in said
    assert "expect.articles: 1 listed, at least 5 expected" in said
    assert "expect.filled: date is empty for 1 of 1" in said


def test_without_leave_this_machine_is_not_fetched(tmp_path: Path) -> None:
    site, paths = Site(), []
    site.list_page("list.html", ["a.html"])
    with serve(site.resources, paths) as base:
        for name in ("127.0.0.1", "localhost"):
            report = run(small_source(base.replace("127.0.0.1", name), loopback=False), tmp_path / name)
            assert report.fetched == 0
            assert not report.healthy
    assert paths == []


def test_redirects_and_links_to_other_hosts_are_refused(tmp_path: Path) -> None:
    inside, inside_paths = Site(), []
    inside.add("secret.html", "内网")
    site, paths = Site(), []
    site.list_page("list.html", ["a.html", "b.html", "c.html", "d.html"])
    site.add("c.html")
    site.add("d.html", status=302, Location="/c2.html")
    site.add("c2.html", "改址")
    with serve(inside.resources, inside_paths) as inner, serve(site.resources, paths) as base:
        site.add("a.html", status=302, Location=inner.replace("127.0.0.1", "localhost") + "secret.html")
        site.add("b.html", status=302, Location="ftp://127.0.0.1/secret")
        site.add("c.html", '<a href="http://[x/1.pdf">坏地址</a>')
        report = run(small_source(base), tmp_path)
    assert inside_paths == []
    urls = memory(tmp_path).urls
    assert urls["http://small.example/a.html"]["state"] == "declined"
    assert urls["http://small.example/a.html"]["reason"] == "host 'localhost' is not one of the source"
    assert urls["http://small.example/b.html"]["state"] != "fetched"
    assert report.new == 2
    assert ("c2.html", "<html><body>改址</body></html>".encode()) in archived(tmp_path)  # the WARC names the address that answered
    assert urls["http://small.example/d.html"]["state"] == "fetched"  # … and the page is known by the one that was listed


@pytest.mark.skipif("sys.platform != 'linux'")
def test_a_crawl_on_a_full_disk_says_so_and_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    import subprocess

    warc = tmp_path / "warc"
    warc.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(warc)], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        site = Site()
        site.list_page("list.html", [f"p{n}.html" for n in range(120)])
        for n in range(120):
            site.add(f"p{n}.html", "".join(str(n * m % 9973) for m in range(2000)))
        with serve(site.resources) as base:
            report = run(small_source(base), tmp_path)
        assert "ArchiveError" in report.error
        assert "No space left" in report.error
        held = [c["url"] for c in memory(tmp_path).captures]
        assert sorted(f"http://small.example/{path}" for path, _ in archived(tmp_path)) == sorted(held)
        assert len(memory(tmp_path).pending("small")) == 120 - len(held)
    finally:
        subprocess.run(["umount", str(warc)], check=True)
