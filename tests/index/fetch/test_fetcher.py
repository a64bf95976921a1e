"""Responses: validators, redirects, misbehaving servers, certificates."""

from __future__ import annotations

import gzip
import ssl
import time
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import trustme

from index import Fetcher
from index.errors import FetchFailed
from index.fetch.fetcher import FetchResult, Validators
from tests.web_server import Site, redirect, reply, serving


def test_an_unchanged_page_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/a", "Bridge", "The bridge is open.")
    page = fetcher.fetch(url)
    assert b"The bridge is open." in (page.body or b"")
    assert (page.url, page.media_type, page.charset) == (url, "text/html", "utf-8")
    assert fetcher.fetch(url, page.validators).body is None


def test_redirects_are_followed_to_a_limit(site: Site, fetcher: Fetcher) -> None:
    site.page("/end", "End", "The end.")
    for number in range(9):
        site.pages[f"/{number}"] = redirect(
            f"/{number + 1}" if number < 8 else "/end", (301, 302, 303, 307, 308)[number % 5]
        )
    assert fetcher.fetch(f"{site.url}/4").url == f"{site.url}/end"
    with pytest.raises(FetchFailed, match="redirected more than 5 times"):
        fetcher.fetch(f"{site.url}/3")
    site.pages["/loop"] = redirect("/loop")
    with pytest.raises(FetchFailed, match="redirected more than 5 times"):
        fetcher.fetch(f"{site.url}/loop")
    site.pages["/nowhere"] = (302, {}, b"")
    with pytest.raises(FetchFailed, match=r"no target address \(HTTP 302\)"):
        fetcher.fetch(f"{site.url}/nowhere")


def _slow_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def _slow_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: 1\r\n".encode())
        time.sleep(0.05)


def _silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(5)


def _infinite_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(1_000_000):
        handler.wfile.write(b"x" * 65_536)


def _infinite_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(10_000):
        handler.wfile.write(b"x" * 65_536)


def _not_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")


_PACKER = zlib.compressobj(9, wbits=31)
_BOMB = b"".join(_PACKER.compress(b"\0" * 1_000_000) for _ in range(100)) + _PACKER.flush()  # 100 MB in 100 kB


def _gzip_bomb(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, _BOMB)


def _truncated_gzip(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Encoding": "gzip"}, gzip.compress(b"words " * 9_000)[:40])


def _truncated_body(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Length": "1000"}, b"only so much")


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (_slow_body, "longer than 1.5 seconds|no response within 1.5 seconds"),
        (_slow_headers, "longer than 1.5 seconds|no response within 1.5 seconds"),
        (_silent, "no response within 1.5 seconds|longer than 1.5 seconds"),
        (_infinite_body, "larger than 1 MB"),
        (_infinite_header, "the connection failed"),
        (_not_http, "the connection failed"),
        (_gzip_bomb, "larger than 1 MB"),
        (_truncated_gzip, "incomplete"),
        (_truncated_body, "the connection failed"),
        ((200, {"Content-Length": "99999999"}, b"x"), "larger than 1 MB"),
        ((200, {"Content-Encoding": "br"}, b"x"), "unsupported Content-Encoding: br"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "damaged"),
        ((404, {}, b""), r"page not found \(HTTP 404\)"),
        ((403, {}, b""), r"the server denied access \(HTTP 403\)"),
        ((500, {}, b""), r"server error \(HTTP 500\)"),
        ((204, {}, b""), r"unexpected response \(HTTP 204\)"),
    ],
)  # fmt: skip
def test_misbehaving_servers_fail_within_the_limits(site: Site, fetcher: Fetcher, serve: object, reason: str) -> None:
    site.pages["/a"] = serve  # type: ignore[assignment]
    began = time.monotonic()
    with pytest.raises(FetchFailed, match=reason):
        fetcher.fetch(f"{site.url}/a")
    assert time.monotonic() - began < 10  # the limit is 1.5 seconds; without it, the slow servers take 10 or more


def test_gzip_with_several_members(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    site.pages["/a"] = (200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, packed)
    assert fetcher.fetch(f"{site.url}/a").body == b"one two"


def test_certificates_are_verified_for_the_host_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is made to an IP address, but the certificate must be for the host name."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("outlet.example").configure_cert(tls)
    with serving(tls) as site:
        site.page("/a", "A page", "A page.")
        port = site.address.rpartition(":")[2]

        def https_fetcher() -> Fetcher:
            return Fetcher(allowed=[site.address], delay_seconds=0, resolver=lambda host, port: ["127.0.0.1"])

        with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
            https_fetcher().fetch(f"https://outlet.example:{port}/a")
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        assert https_fetcher().fetch(f"https://outlet.example:{port}/a").body
        with pytest.raises(FetchFailed, match="Hostname mismatch"):
            https_fetcher().fetch(f"https://other.example:{port}/a")
        assert site.request_count("/a") == 1


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would be connected to instead of the checked address."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    page: FetchResult = Fetcher(allowed=[site.address], delay_seconds=0).fetch(
        site.page("/a", "A page", "A page."), Validators()
    )
    assert page.body
