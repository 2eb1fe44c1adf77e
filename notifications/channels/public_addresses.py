"""Refuse connections into the network that BQS stands in (WEBHOOK_ALLOW_PRIVATE).

The address is checked as it is connected to, whatever library connects: a name that resolves to
another address a moment later gains nothing.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings

_is_guarded = ContextVar("is_guarded", default=False)
CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
NAT64 = IPv6Network("64:ff9b::/96")


class PrivateAddress(OSError):
    """Raised for an address that endpoints must not have."""

    def __init__(self, host: object) -> None:
        super().__init__(
            f"{host} is no public address. Set WEBHOOK_ALLOW_PRIVATE if endpoints may be "
            "inside your network."
        )


@contextmanager
def public_addresses_only() -> Iterator[None]:
    """Raise PrivateAddress from whatever connects elsewhere meanwhile, in this thread."""
    _listen()
    token = _is_guarded.set(not settings.WEBHOOK_ALLOW_PRIVATE)
    try:
        yield
    finally:
        _is_guarded.reset(token)


@cache
def _listen() -> None:
    """Once: Python takes no hook away again."""
    sys.addaudithook(_refuse_private)


def _refuse_private(event: str, args: tuple[Any, ...]) -> None:
    if event in CONNECTING and _is_guarded.get() and isinstance(args[1], tuple):
        host = args[1][0]
        if not is_public(host):
            raise PrivateAddress(host)


def is_public(host: str) -> bool:
    """Tell it of an address; a name that was not resolved is none."""
    try:
        address = _in_effect(ip_address(host))
    except ValueError:
        return False
    return address.is_global and not address.is_multicast


def _in_effect(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if address.version == 4:
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
