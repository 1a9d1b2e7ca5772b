"""Serves the demo on loopback, and describes its sources for the crawler."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import as_file
from urllib.parse import unquote, urlsplit

from crawler.source import Source, load_file, rebase
from scripts.demo.pages import HERE, SITES, Resource, render

GONE = Resource(body="<html><body>您访问的页面不存在</body></html>".encode(), content_type="text/html; charset=utf-8", status=404)


class Handler(BaseHTTPRequestHandler):
    """Answers from `resources`; `asked` notes every path."""

    protocol_version = "HTTP/1.1"
    resources: dict[str, Resource]
    asked: list[str]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        self.asked.append(path)
        resource = self.resources.get(path, GONE)
        body, packed = resource.body, resource.gzip and "gzip" in self.headers.get("Accept-Encoding", "")
        if packed:
            body = gzip.compress(body, mtime=0)
        self.send_response(resource.status)
        self.send_header("Content-Type", resource.content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (*resource.headers, *([("Content-Encoding", "gzip")] if packed else [])):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the summary of the demo says what was fetched."""


@contextmanager
def serve(resources: dict[str, Resource] | None = None, asked: list[str] | None = None) -> Iterator[str]:
    """The base URL, http://127.0.0.1:<a free port>/, while the block runs. `asked` collects the paths that are requested."""
    facts = {"resources": render() if resources is None else resources, "asked": [] if asked is None else asked}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("DemoHandler", (Handler,), facts))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sources(base: str) -> list[Source]:
    """The demo's sources, fetched from `base`. They are known by invented .example addresses, so that ids do not depend on the port."""
    found = []
    for name in SITES:
        with as_file(HERE / "sources" / f"demo-{name}.yml") as path:
            found.append(rebase(load_file(path), f"{base}{name}/"))
    return found
