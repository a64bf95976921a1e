"""Which network addresses may be asked: those of the public internet, and of no network behind this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass

from .errors import FetchFailed, FetchRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
# What Python takes for public, in some versions, but is answered by what lies near, or by nobody: protocol
# assignments (the metadata service of a cloud is among them), 6to4 relays, documentation; and Azure's own services.
_NEAR = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "3fff::/20"))
)
_CARRIES_V4 = ipaddress.ip_network("2002::/16")  # 6to4; Teredo is in 2001::/23, NAT64 outside of what is public
_ISATAP = (0x00005EFE, 0x02005EFE)  # in the upper half of the last 64 bits: RFC 5214, section 6.1
_INTRANET = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128"))
)
# Of clouds, in ranges that are private else.
_METADATA = tuple(map(ipaddress.ip_address, ("fd00:ec2::254", "fd20:ce::254", "fd00:c1::a9fe:a9fe", "fd00:42::42")))


def is_public(address: Address) -> bool:
    """True for an address of the public internet.

    False for private, loopback, link-local, shared (RFC 6598), reserved, multicast and documentation addresses, the
    metadata services of clouds, and IPv6 addresses that carry one of IPv4 (mapped, compatible, 6to4, Teredo, NAT64,
    ISATAP). By the registries of RFC 6890.
    """
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if any(address in network for network in _NEAR):
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    return address in _PUBLIC_V6 and address not in _CARRIES_V4 and (int(address) >> 32) & 0xFFFFFFFF not in _ISATAP


def is_intranet(address: Address) -> bool:
    """True for this machine's address and those of private networks, but not for the metadata service of a cloud."""
    return address not in _METADATA and any(address in network for network in _INTRANET)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system knows them.

    Raises:
        OSError: it knows none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class AddressGuard:
    """Gives the addresses of a host that may be connected to.

    Attributes:
        allow_private: private networks and this machine too, for intranets; never link-local addresses.
        allowed: "host:port" pairs, by address, that may be asked whatever they are.
        resolver: what knows the addresses of a host.
    """

    allow_private: bool = False
    allowed: Collection[str] = ()
    resolver: Resolver = resolve

    def addresses(self, host: str, port: int, seconds: float) -> list[str]:
        """The addresses of a host, all of which may be connected to.

        Raises:
            FetchRefused: one of them may not.
            FetchFailed: the host has none, or they don't come within `seconds`.
        """
        found = self._resolved(host, port, seconds)
        for text in found:
            if not self._may_be_asked(text, port):
                hint = (
                    "; an intranet is opened by --allow-private on the command line" if not self.allow_private else ""
                )
                raise FetchRefused(f"{host} is not on the public internet{hint}")
        return found

    def _resolved(self, host: str, port: int, seconds: float) -> list[str]:
        # The system's resolver knows no time limit: it is left to end by itself.
        thread = ThreadPoolExecutor(1, thread_name_prefix="resolve")
        try:
            found = thread.submit(self.resolver, host, port).result(timeout=max(seconds, 0.01))
        except TooLate:
            raise FetchFailed(f"the address of {host} was not found in time", is_transient=True) from None
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise FetchFailed(f"there is no host {host} ({reason})", is_transient=True) from None
        finally:
            thread.shutdown(wait=False)
        if not found:
            raise FetchFailed(f"the host {host} has no address", is_transient=True)
        return list(found)

    def _may_be_asked(self, text: str, port: int) -> bool:
        if f"{text}:{port}" in self.allowed:
            return True
        try:
            address = ipaddress.ip_address(text)
        except ValueError:  # with a zone ("fe80::1%eth0"), say
            return False
        return is_public(address) or (self.allow_private and is_intranet(address))
