"""Take the screenshots of docs/ from the demo: search and article page, desktop and phone width.

    qingbao demo --no-serve && python -m scripts.screenshots [--out docs]

Needs the extra `dev` and a Chromium that Playwright can start (QINGBAO_CHROMIUM names another than `chromium`).
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTHS = {"desktop": (1280, 860), "phone": (390, 844)}
QUERY = "/?q=%E5%88%9B%E6%96%B0%E8%81%94%E5%90%88%E4%BD%93"  # 创新联合体


@contextmanager
def portal() -> Iterator[str]:
    """The demo's portal on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = subprocess.Popen([sys.executable, "-m", "scripts.cli", "demo", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(timeout=30)


def shoot(browser: Browser, base: str, out: Path) -> None:
    for name, (width, height) in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(base + QUERY)
        page.screenshot(path=out / f"search-{name}.png")
        page.click(".hit h2 a")
        page.screenshot(path=out / f"article-{name}.png")
        page.close()


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, default=Path("docs"))
    o = a.parse_args()
    chromium = os.environ.get("QINGBAO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with portal() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shoot(browser, base, o.out)
        browser.close()


if __name__ == "__main__":
    main()
