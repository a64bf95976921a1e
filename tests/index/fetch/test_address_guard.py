"""Private and reserved addresses are refused before a connection is made."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Fetcher
from index.errors import FetchFailed, FetchRefused, PrivateAddressRefused
from index.fetch.address_guard import is_private, is_public
from tests.web_server import Site, redirect, serving

# Each points to this machine, to a private network, or to nothing on the web.
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


@pytest.mark.parametrize("form", REFUSED)
def test_private_addresses_are_refused_in_every_notation(form: str, site: Site) -> None:
    site.page("/", "Secret", "A secret.")
    url = form.replace("{port}", site.address.rpartition(":")[2])
    with pytest.raises(FetchRefused):
        Fetcher(delay_seconds=0).fetch(url)
    assert site.requested == []


@pytest.mark.parametrize("form", REFUSED)
def test_redirects_to_private_addresses_are_not_followed(form: str, site: Site, fetcher: Fetcher) -> None:
    with serving() as other:
        other.page("/", "Secret", "A secret.")
        target = form.replace("{port}", other.address.rpartition(":")[2]).replace("\r\n", "%0d%0a")
        site.pages["/go"] = redirect(target)
        with pytest.raises((FetchRefused, FetchFailed)):  # failed: a relative URL redirects to the site itself
            fetcher.fetch(f"{site.url}/go")
        assert other.requested == []


def test_dns_rebinding_does_not_reach_private_addresses(site: Site) -> None:
    """The host name has a public address when it is checked, and this machine's if it were looked up again."""
    port = site.address.rpartition(":")[2]
    answers = iter(["127.0.0.1", "93.184.215.14"] * 20)
    fetcher = Fetcher(delay_seconds=0, max_seconds=0.5, resolver=lambda host, port: [next(answers)])
    for _ in range(10):
        with pytest.raises((FetchRefused, FetchFailed)):
            fetcher.fetch(f"http://rebound.example:{port}/")
    both = Fetcher(delay_seconds=0, resolver=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(FetchRefused, match=r"rebound\.example is not on the public internet"):
        both.fetch(f"http://rebound.example:{port}/")
    assert site.requested == []


def test_private_addresses_can_be_allowed(site: Site) -> None:
    site.page("/a", "Inner", "An inner page.")
    assert Fetcher(allow_private=True, delay_seconds=0).fetch(f"{site.url}/a").body
    with pytest.raises(PrivateAddressRefused, match=r"127\.0\.0\.1 is not on the public internet; private") as refused:
        Fetcher(delay_seconds=0).fetch(f"{site.url}/a")
    assert refused.value.code == "private_address"
    with pytest.raises(FetchRefused, match=r"169\.254\.169\.254 is not on the public internet; link-local") as blocked:
        Fetcher(allow_private=True, delay_seconds=0).fetch("http://169.254.169.254/latest/")
    assert blocked.value.code == ""


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_public_addresses_are_global_ones(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_private, address.is_multicast, address.is_loopback, address.is_link_local))
        assert not is_private(address)
        assert getattr(address, "ipv4_mapped", None) is None
        assert getattr(address, "sixtofour", None) is None
        assert getattr(address, "teredo", None) is None


@given(st.ip_addresses(v=4))
def test_ipv6_addresses_with_an_embedded_ipv4_address_are_not_public(inner: ipaddress.IPv4Address) -> None:
    for start in ("::ffff:", "::", "64:ff9b::", "2600::5efe:", "2600::200:5efe:"):
        assert not is_public(ipaddress.ip_address(f"{start}{inner}"))
