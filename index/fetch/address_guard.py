"""Protection against server-side request forgery: only addresses of the public internet may be connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from dataclasses import dataclass

from ..errors import FetchFailed, FetchRefused, PrivateAddressRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
# Some Python versions call these global, but local services or no one answers there: protocol assignments (with a cloud
# metadata service among them), 6to4 relays, documentation, and Azure's platform services.
_RESERVED_NETWORKS = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "3fff::/20"))
)
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")  # Teredo is in 2001::/23; NAT64 is outside of 2000::/3
_ISATAP_PREFIXES = (0x00005EFE, 0x02005EFE)  # upper half of the interface identifier (RFC 5214, section 6.1)
_PRIVATE_NETWORKS = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128"))
)
# Cloud metadata services in ranges that are private otherwise.
_METADATA_SERVICES = tuple(
    map(ipaddress.ip_address, ("fd00:ec2::254", "fd20:ce::254", "fd00:c1::a9fe:a9fe", "fd00:42::42"))
)


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet, by the registries of RFC 6890.

    Private, loopback, link-local, shared (RFC 6598), reserved, multicast and documentation addresses don't, nor do
    cloud metadata services and IPv6 addresses with an embedded IPv4 address (mapped, compatible, 6to4, Teredo, NAT64,
    ISATAP).
    """
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if any(address in network for network in _RESERVED_NETWORKS):
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    is_isatap = (int(address) >> 32) & 0xFFFFFFFF in _ISATAP_PREFIXES
    return address in _PUBLIC_V6 and address not in _SIX_TO_FOUR and not is_isatap


def is_private(address: Address) -> bool:
    """Return whether an address is a loopback or private network one, except for cloud metadata services."""
    return address not in _METADATA_SERVICES and any(address in network for network in _PRIVATE_NETWORKS)


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Look up the IP addresses of a host with the system's resolver.

    Raises:
        OSError: the look-up failed.
    """
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))


@dataclass(frozen=True)
class AddressGuard:
    """Looks up the IP addresses of hosts and checks that they may be connected to.

    Attributes:
        allow_private: allow private networks and this machine too; link-local addresses stay blocked.
        allowed: "address:port" pairs that are allowed regardless.
        resolver: looks up the addresses of a host.
    """

    allow_private: bool = False
    allowed: Collection[str] = ()
    resolver: Resolver = resolve_host

    def resolve(self, host: str, port: int, timeout_seconds: float) -> list[str]:
        """Return the IP addresses of a host, all of which may be connected to.

        Raises:
            PrivateAddressRefused: one of them is private.
            FetchRefused: one of them is reserved.
            FetchFailed: the host has none, or the look-up timed out.
        """
        addresses = self._look_up(host, port, timeout_seconds)
        for address in addresses:
            self._check(host, address, port)
        return addresses

    def _look_up(self, host: str, port: int, timeout_seconds: float) -> list[str]:
        # The system's resolver has no timeout of its own: after ours, its thread is left to finish by itself.
        executor = ThreadPoolExecutor(1, thread_name_prefix="resolve")
        try:
            addresses = executor.submit(self.resolver, host, port).result(timeout=max(timeout_seconds, 0.01))
        except LookupTimeout:
            raise FetchFailed(f"the DNS lookup of {host} timed out", is_transient=True) from None
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise FetchFailed(f"website not found: {host} ({reason})", is_transient=True) from None
        finally:
            executor.shutdown(wait=False)
        if not addresses:
            raise FetchFailed(f"website not found: {host} has no IP address", is_transient=True)
        return list(addresses)

    def _check(self, host: str, text: str, port: int) -> None:
        if f"{text}:{port}" in self.allowed:
            return
        address: Address | None
        try:
            address = ipaddress.ip_address(text)
        except ValueError:  # such as one with a zone: "fe80::1%eth0"
            address = None
        if address and (is_public(address) or (self.allow_private and is_private(address))):
            return
        if address and is_private(address):
            raise PrivateAddressRefused(host)
        raise FetchRefused(f"{host} is not on the public internet; link-local and reserved addresses are blocked")
