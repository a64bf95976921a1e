"""Who sends a request."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

_IPV6_PREFIX = 64  # a subscriber has at least so many addresses


def client_of(scope: Scope) -> str:
    """The client of a request: its address, for IPv6 its network."""
    client = scope.get("client")
    return client_key(client[0] if client else "")


def client_key(address: str) -> str:
    """The client at an address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)
