"""The fetcher: what it refuses, before it asks; what it bears; its manners."""

from __future__ import annotations

import gzip
import ipaddress
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpcore2
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from index.fetch.address_guard import is_intranet, is_public
from index.fetch.errors import FetchFailed, FetchRefused
from index.fetch.fetcher import Fetched, Fetcher, Validators
from index.fetch.gzip import Gunzip
from index.fetch.politeness import _without_others
from index.fetch.urls import normal_url, without_tracking
from tests.web_server import Site, redirect, reply, serving

# Each leads to this machine, to a network behind it or nowhere on the web.
REFUSED = [
    "http://127.0.0.1/", "http://127.0.0.1:{port}/", "http://127.1:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://0177.0.0.1:{port}/", "http://0x7f.0.0.1:{port}/", "http://127.0.1:{port}/",
    "http://0:{port}/", "http://0.0.0.0:{port}/", "http://localhost:{port}/", "http://LOCALHOST.:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/", "http://127。0。0。1:{port}/", "http://[::1]:{port}/", "http://[::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/", "http://[64:ff9b::127.0.0.1]:{port}/", "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/", "http://[2001:0:7f00:1::]:{port}/", "http://[2600::5efe:127.0.0.1]:{port}/",
    "http://[fe80::1]:{port}/", "http://[fe80::1%25lo]:{port}/", "http://[fc00::1]:{port}/", "http://[fd00:ec2::254]/",
    "http://[ff02::1]:{port}/", "http://[fec0::1]/", "http://[2001:db8::1]/", "http://10.0.0.1/",
    "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
    "http://100.100.100.200/", "http://192.0.0.192/", "http://168.63.129.16/", "http://224.0.0.1/",
    "http://255.255.255.255/", "http://240.0.0.1/", "http://198.18.0.1/", "http://192.0.2.1/",
    "http://user@127.0.0.1:{port}/", "http://example.org@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@example.org/",
    "http://127.0.0.1%2eexample.org:{port}/", "http://127.0.0.1:{port}%00.example.org/", "http:///127.0.0.1:{port}/",
    "http://\ud800:{port}/",
    "http://127.0.0.1:{port}\r\nHost: example.org/", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/",
    "dict://127.0.0.1:{port}/", "data:text/html,<p>x", "http://127.0.0.1:22/", "http://127.0.0.1:99999/", "http://[::1/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the guard fail, nothing outside of this machine is asked all the same."""
    connect = httpcore2.SyncBackend.connect_tcp

    def connect_here(self: httpcore2.SyncBackend, host: str, *rest: Any, **more: Any) -> httpcore2.NetworkStream:
        assert host in ("127.0.0.1", "93.184.215.14"), f"{host} would have been asked"
        if host != "127.0.0.1":
            raise httpcore2.ConnectError("not asked")
        return connect(self, host, *rest, **more)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect_here)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    """May ask the test's own server, and nothing else of this machine."""
    return Fetcher(allowed=[site.address], delay_seconds=0, max_seconds=1.5, max_bytes=1_000_000)


@pytest.mark.parametrize("form", REFUSED)
def test_no_form_of_an_inner_address_is_asked(form: str, site: Site) -> None:
    site.page("/", "Secret", "Nobody should read this.")
    url = form.replace("{port}", site.address.rpartition(":")[2])
    with pytest.raises(FetchRefused):
        Fetcher(delay_seconds=0).fetch(url)
    assert site.asked == []


@pytest.mark.parametrize("form", REFUSED)
def test_no_redirect_leads_to_an_inner_address(form: str, site: Site, fetcher: Fetcher) -> None:
    with serving() as other:
        other.page("/", "Secret", "Nobody should read this.")
        place = form.replace("{port}", other.address.rpartition(":")[2]).replace("\r\n", "%0d%0a")
        site.pages["/go"] = redirect(place)
        with pytest.raises((FetchRefused, FetchFailed)):  # failed: what isn't absolute leads back to the site
            fetcher.fetch(f"{site.url}/go")
        assert other.asked == []


def test_a_name_that_changes_its_address_is_asked_where_it_was_checked(site: Site) -> None:
    """DNS rebinding: public for the check, this machine for the connection, were there two look-ups."""
    port = site.address.rpartition(":")[2]
    answers = iter(["127.0.0.1", "93.184.215.14"] * 20)
    fetcher = Fetcher(delay_seconds=0, max_seconds=0.5, resolver=lambda host, port: [next(answers)])
    for _ in range(10):
        with pytest.raises((FetchRefused, FetchFailed)):
            fetcher.fetch(f"http://rebound.example:{port}/")
    both = Fetcher(delay_seconds=0, resolver=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(FetchRefused, match=r"rebound\.example is not on the public internet"):
        both.fetch(f"http://rebound.example:{port}/")
    assert site.asked == []


def test_an_intranet_is_opened_by_a_setting(site: Site) -> None:
    site.page("/a", "Inner", "An inner page.")
    assert Fetcher(allow_private=True, delay_seconds=0).fetch(f"{site.url}/a").data
    with pytest.raises(FetchRefused):
        Fetcher(allow_private=True, delay_seconds=0).fetch("http://169.254.169.254/latest/")


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_public_addresses_are_no_others(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_private, address.is_multicast, address.is_loopback, address.is_link_local))
        assert not is_intranet(address)
        assert getattr(address, "ipv4_mapped", None) is None
        assert getattr(address, "sixtofour", None) is None
        assert getattr(address, "teredo", None) is None


@given(st.ip_addresses(v=4))
def test_no_address_of_six_carries_one_of_four(inner: ipaddress.IPv4Address) -> None:
    for start in ("::ffff:", "::", "64:ff9b::", "2600::5efe:", "2600::200:5efe:"):
        assert not is_public(ipaddress.ip_address(f"{start}{inner}"))


def test_a_page_comes_with_what_tells_its_version(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/a", "Bridge", "The bridge is open.")
    page = fetcher.fetch(url)
    assert b"The bridge is open." in (page.data or b"")
    assert (page.url, page.media_type, page.charset) == (url, "text/html", "utf-8")
    assert fetcher.fetch(url, page.validators).data is None


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
    with pytest.raises(FetchFailed, match="redirected to nowhere"):
        fetcher.fetch(f"{site.url}/nowhere")


def _dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def _dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: 1\r\n".encode())
        time.sleep(0.05)


def _silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(5)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(1_000_000):
        handler.wfile.write(b"x" * 65_536)


def _endless_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(10_000):
        handler.wfile.write(b"x" * 65_536)


def _garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")


_PACKER = zlib.compressobj(9, wbits=31)
_BOMB = b"".join(_PACKER.compress(b"\0" * 1_000_000) for _ in range(100)) + _PACKER.flush()  # 100 MB in 100 kB


def _bomb(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, _BOMB)


def _cut(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Encoding": "gzip"}, gzip.compress(b"words " * 9_000)[:40])


def _half(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Length": "1000"}, b"only so much")


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (_dripping, "longer than 1.5 seconds|no answer within"),
        (_dripping_headers, "longer than 1.5 seconds|no answer within"),
        (_silent, "no answer within 1.5 seconds|longer than"),
        (_endless, "more than 1 MB"),
        (_endless_header, "the connection failed"),
        (_garbage, "the connection failed"),
        (_bomb, "more than 1 MB"),
        (_cut, "the end is missing"),
        (_half, "the connection failed"),
        ((200, {"Content-Length": "99999999"}, b"x"), "more than 1 MB"),
        ((200, {"Content-Encoding": "br"}, b"x"), "packed in a way that wasn't asked for"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "damaged"),
        ((404, {}, b""), r"there is no such page \(HTTP 404\)"),
        ((403, {}, b""), r"the server refuses it \(HTTP 403\)"),
        ((500, {}, b""), r"an error of the server \(HTTP 500\)"),
        ((204, {}, b""), r"it can't be had \(HTTP 204\)"),
    ],
)  # fmt: skip
def test_what_servers_may_do_is_borne(site: Site, fetcher: Fetcher, serve: object, reason: str) -> None:
    site.pages["/a"] = serve  # type: ignore[assignment]
    began = time.monotonic()
    with pytest.raises(FetchFailed, match=reason):
        fetcher.fetch(f"{site.url}/a")
    assert time.monotonic() - began < 10  # the limit is 1.5 seconds; without it, the slow ones take 10 and more


def test_robots_are_heeded(site: Site, fetcher: Fetcher) -> None:
    site.page("/open", "Open", "An open page.")
    site.page("/private/a", "Private", "A private page.")
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    assert fetcher.fetch(f"{site.url}/open").data
    with pytest.raises(FetchRefused, match=r"asks programs not to read this page \(robots.txt\)"):
        fetcher.fetch(f"{site.url}/private/a")
    assert site.asked == ["/robots.txt", "/open"]


def test_without_an_answer_about_robots_nothing_is_asked(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", "A page", "A page.")
    site.pages["/robots.txt"] = (503, {}, b"")
    with pytest.raises(FetchFailed, match=r"robots\.txt can't be read: error 503"):
        fetcher.fetch(f"{site.url}/a")
    assert site.asked == ["/robots.txt"]


def test_a_huge_robots_txt_costs_little(site: Site) -> None:
    fetcher = Fetcher(allowed=[site.address], delay_seconds=0)
    site.page("/a", "A page", "A page.")
    agents = "".join(f"User-agent: bot{number}\n" for number in range(8_000))
    rules = "".join(f"Disallow: /{number}*x*y$\n" for number in range(8_000))
    ours = "User-agent: other\nUser-agent: AskTheArticles\nDisallow: /no\n"
    site.pages["/robots.txt"] = (200, {}, (agents + rules + ours).encode())
    began = time.monotonic()
    assert fetcher.fetch(f"{site.url}/a").data
    with pytest.raises(FetchRefused):
        fetcher.fetch(f"{site.url}/no/a")
    assert time.monotonic() - began < 10  # with all of it, minutes


_ROBOTS_LINES = st.sampled_from(
    ["User-agent: *", "User-agent: AskTheArticles", "User-agent: AskTheArticles/0.1", "user agent: GPTBot",
     "Useragent: x*", "User-agent: ask", "User-agent *", "User-agent: a: b", "User-agent:", "Disallow:", "Disallow: /",
     "Disallow: /a", "Allow: /a", "Disallow /", "Sitemap: http://h/s.xml", "Host: h", "Crawl-delay: 5", "foo: bar", "",
     "# no", "User-agent: bot # AskTheArticles"]
)  # fmt: skip


@given(st.lists(_ROBOTS_LINES, max_size=12))
def test_other_agents_under_one_name_change_no_verdict(lines: list[str]) -> None:
    text, agent = "\n".join(lines), "AskTheArticles/0.1"
    whole, ours = Protego.parse(text), Protego.parse(_without_others(text, agent))
    assert ours.crawl_delay(agent) == whole.crawl_delay(agent)
    for path in ("/", "/a", "/b"):
        assert ours.can_fetch(f"http://h{path}", agent) == whole.can_fetch(f"http://h{path}", agent)


@given(st.lists(st.binary(max_size=60), max_size=4), st.integers(1, 30), st.booleans())
def test_gunzip_does_as_gzip_does(members: list[bytes], size: int, is_padded: bool) -> None:
    packed = b"".join(map(gzip.compress, members)) + b"\0" * 9 * (is_padded and bool(members))
    unpack = Gunzip(10_000)
    found = b"".join(unpack(packed[at : at + size]) for at in range(0, len(packed), size))
    assert (found, unpack.is_whole) == (gzip.decompress(packed), True)


def test_a_site_without_robots_txt_is_not_asked_for_it_again_at_once(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = (500, {}, b"")
    for number in range(5):
        with pytest.raises(FetchFailed, match=r"robots\.txt"):
            fetcher.fetch(f"{site.url}/{number}")
    assert site.asked == ["/robots.txt"]


def test_a_fetch_that_was_stopped_tells_nothing_about_the_site(site: Site, fetcher: Fetcher) -> None:
    url, stop = site.page("/a", "A page", "A page."), threading.Event()

    def rules(handler: BaseHTTPRequestHandler) -> None:
        stop.set()
        reply(handler, 200, {"Content-Length": "1"}, b"")
        time.sleep(0.2)
        handler.wfile.write(b" ")

    site.pages["/robots.txt"] = rules
    with pytest.raises(FetchFailed, match="stopped"):
        fetcher.fetch(url, stop=stop)
    assert fetcher.fetch(url).data


def test_gzip_of_several_members_is_one(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    site.pages["/a"] = (200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, packed)
    assert fetcher.fetch(f"{site.url}/a").data == b"one two"


def test_a_host_is_asked_once_in_a_while(site: Site) -> None:
    url = site.page("/a", "A page", "A page.")
    fetcher = Fetcher(allowed=[site.address], delay_seconds=0.3)
    began = time.monotonic()
    for _ in range(3):
        fetcher.fetch(url)
    assert time.monotonic() - began >= 0.9


def test_told_to_wait_it_waits(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", "A page", "A page.")
    site.pages["/busy"] = (429, {"Retry-After": "1"}, b"")
    with pytest.raises(FetchFailed, match="asked too often"):
        fetcher.fetch(f"{site.url}/busy")
    began = time.monotonic()
    fetcher.fetch(f"{site.url}/a")
    assert time.monotonic() - began > 0.7
    site.pages["/busy"] = (503, {"Retry-After": "3600"}, b"")
    with pytest.raises(FetchFailed, match="HTTP 503"):
        fetcher.fetch(f"{site.url}/busy")
    with pytest.raises(FetchFailed, match=r"asks to wait 3,[56]\d\d seconds"):
        fetcher.fetch(f"{site.url}/a")
    assert site.times("/a") == 1


def test_certificates_are_checked_against_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to a checked address, but the certificate has to be the name's."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("outlet.example").configure_cert(tls)
    with serving(tls) as site:
        site.page("/a", "A page", "A page.")
        port = site.address.rpartition(":")[2]
        told = {"allowed": [site.address], "delay_seconds": 0, "resolver": lambda host, port: ["127.0.0.1"]}
        with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
            Fetcher(**told).fetch(f"https://outlet.example:{port}/a")
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        assert Fetcher(**told).fetch(f"https://outlet.example:{port}/a").data
        with pytest.raises(FetchFailed, match="Hostname mismatch"):
            Fetcher(**told).fetch(f"https://other.example:{port}/a")
        assert site.times("/a") == 1


def test_nothing_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would be asked in place of the address that was checked."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    page: Fetched = Fetcher(allowed=[site.address], delay_seconds=0).fetch(
        site.page("/a", "A page", "A page."), Validators()
    )
    assert page.data


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Outlet.Example:443/Bridge#top", "https://outlet.example/Bridge"),
        ("http://outlet.example", "http://outlet.example/"),
        ("https://straße.example/ä?q=ü", "https://xn--strae-oqa.example/%C3%A4?q=%C3%BC"),
        ("https://outlet.example/a?utm_source=x&id=7&fbclid=abc", "https://outlet.example/a?id=7"),
        ("https://outlet.example/a?cid=7&ref=home&session=2", "https://outlet.example/a?cid=7&ref=home&session=2"),
    ],
)
def test_one_page_has_one_address(url: str, expected: str) -> None:
    assert without_tracking(normal_url(url)) == expected
    assert without_tracking(normal_url(expected)) == expected
