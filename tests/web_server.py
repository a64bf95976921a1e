"""A real web server on loopback: pages, feeds, redirects, compression bombs, slow and endless responses."""

from __future__ import annotations

import gzip
import hashlib
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Serve = Callable[[BaseHTTPRequestHandler], None]
Answer = str | bytes | tuple[int, dict[str, str], bytes] | Serve


@dataclass
class Site:
    """The responses of a server by path, and the paths that were requested."""

    pages: dict[str, Answer] = field(default_factory=dict)
    requested: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def address(self) -> str:
        """The address for a fetcher's `allowed`: "127.0.0.1:port"."""
        return self.url.partition("://")[2]

    def page(self, path: str, title: str, *lines: str, head: str = "") -> str:
        """Serve an article. Returns its URL."""
        words = "".join(f"<p>{line}</p>" for line in lines)
        self.pages[path] = (
            f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
            f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{words}</article></body></html>"
        )
        return self.url + path

    def feed(self, path: str, items: dict[str, str], changed: str = "") -> str:
        """Serve an RSS feed of these items (path → title). Returns its URL."""
        listed = "".join(
            f"<item><title>{title}</title><link>{self.url}{item}</link><guid>{item}</guid>"
            f"<pubDate>Thu, 04 May 2023 10:00:00 GMT</pubDate><description>{changed}</description></item>"
            for item, title in items.items()
        )
        self.pages[path] = (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>The Outlet</title>{listed}</channel></rss>"
        )
        return self.url + path

    def request_count(self, path: str) -> int:
        """The number of requests for a path."""
        return self.requested.count(path)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free loopback port, over TLS if `tls` is given."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requested.append(self.path)
            answer = site.pages.get(self.path)
            try:
                if answer is None:
                    reply(self, 404, {}, b"nothing here")
                elif callable(answer):
                    answer(self)
                elif isinstance(answer, tuple):
                    reply(self, *answer)
                else:
                    self._page(answer.encode() if isinstance(answer, str) else answer)
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.close_connection = True

        def _page(self, data: bytes) -> None:
            etag = f'"{hashlib.sha256(data).hexdigest()[:12]}"'
            if self.headers.get("If-None-Match") == etag:
                reply(self, 304, {"ETag": etag}, b"")
                return
            kind = "application/rss+xml" if data.startswith(b"<?xml") else "text/html; charset=utf-8"
            reply(self, 200, {"Content-Type": kind, "ETag": etag, "Content-Encoding": "gzip"}, gzip.compress(data))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    """Send a complete response."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def redirect(location: str, status: int = 302) -> Answer:
    """A redirect to `location`."""
    return status, {"Location": location}, b""
