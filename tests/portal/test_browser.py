"""A person's way through the pages in a real browser, with JavaScript switched off."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI

from store import Store

CHROMIUM = os.environ.get("QINGBAO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not os.environ.get("QINGBAO_REQUIRE_BROWSER"), reason="no Chromium on this machine"),
]
WIDTHS = [(1280, 860), (390, 844)]


@pytest.fixture(scope="module")
def base(site: tuple[FastAPI, Store]) -> Iterator[str]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(site[0], log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_search_facet_article_record_evidence(base: str, width: int, height: int) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False).new_page()
        page.goto(base)
        page.fill("input[name=q]", "技术合同成交额")
        page.press("input[name=q]", "Enter")
        assert page.locator("mark.hitword").first.inner_text() == "技术合同成交额"
        if page.locator(".toggle-label").is_visible():
            page.click(".toggle-label")
        page.click('.facets a:has-text("新闻动态")')
        assert "新闻动态" in page.locator(".chosen").inner_text()
        page.click(".hit h2 a >> nth=0")
        link = page.locator('.records li a.what[href^="#e-"]').last
        target = str(link.get_attribute("href"))
        link.click()
        page.wait_for_timeout(1200)  # smooth scrolling
        evidence = page.locator(f'[id="{target[1:]}"]')
        box = evidence.bounding_box()
        assert box
        assert 0 <= box["y"] <= height - box["height"]
        assert page.locator(":target").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        browser.close()
