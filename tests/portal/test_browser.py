"""A person's way through the pages in a real browser, with JavaScript switched off."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from itertools import product

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


def test_names_while_typing_by_keyboard_alone(base: str) -> None:
    """With the script: initials, arrow, Enter; the list box says to a screen reader which name is marked; no policy is broken."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(base)
        field = page.locator("input[name=q]")
        assert field.evaluate("e => e === document.activeElement")
        page.keyboard.type("创新 jshtcje")
        options = page.locator('[role="option"]')
        options.first.wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        marked = page.locator(f'[id="{field.get_attribute("aria-activedescendant")}"]')
        assert marked.get_attribute("aria-selected") == "true"
        page.keyboard.press("Enter")
        page.wait_for_url("**q=*")
        assert field.input_value() == "创新 指标:技术合同成交额"
        assert page.locator(".hit").count() >= 1
        page.keyboard.press("Tab")
        page.goto(base + "/figures")
        page.locator("input[name=indicator]").fill("jshtcje")
        page.locator('[role="option"]').first.click()
        page.wait_for_url("**indicator=*")
        assert page.locator("input[name=indicator]").input_value() == "技术合同成交额"
        page.locator("input[name=indicator]").fill("jsh")
        page.keyboard.press("Escape")
        assert page.locator("[role=listbox]").is_hidden()
        assert not said
        browser.close()


PATHS = ("/", "/?q=%E7%A7%91%E6%8A%80&in=metric", "/figures", "/trends?q=%E7%A7%91%E6%8A%80", "/suggest?q=k", "/sources", "/health", "/nothing")


def test_no_page_is_wider_than_the_window_and_every_field_has_a_name(base: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    unnamed = "[...document.querySelectorAll('input:not([type=hidden]), select')].filter(e => !e.labels.length && !e.ariaLabel).map(e => e.name)"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path, width in product(PATHS, (320, 390, 768, 1280)):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.goto(base + path)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (path, width)
            assert page.evaluate("document.documentElement.lang") == "zh-CN"
            assert page.locator("h1").count() == 1, path
            assert page.evaluate(unnamed) == [], path
            page.close()
        browser.close()
