"""Guard what connects for an endpoint, whatever library connects.

Nothing goes into the network that BQS stands in, nor by a proxy, which would connect on our behalf
(WEBHOOK_ALLOW_PRIVATE). An address is checked as it is connected to: a name that resolves to
another address a moment later gains nothing. All of it ends after a time; the timeouts of
libraries are those of each single read.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Any

from django.conf import settings

from outbox.channels import NotDelivered

BY_HTTP = "http.client.connect"
CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
NAT64 = IPv6Network("64:ff9b::/96")
INSIDE = (
    "{} is no public address. Set WEBHOOK_ALLOW_PRIVATE if endpoints may be inside your network."
)
BY_PROXY = "A proxy would carry it (HTTPS_PROXY). Set WEBHOOK_ALLOW_PRIVATE to use it."


class Refused(OSError):
    """Raised for what endpoints must not do."""


class Guard:
    def __init__(self, seconds: float) -> None:
        self.fault = ""
        """What it refused or ended, in words."""
        self.is_over = False
        self._seconds = seconds
        self._sockets: list[socket] = []

    def meet(self, event: str, args: tuple[Any, ...]) -> None:
        """Look at an event of Python's audit. Raises: Refused."""
        if event == "socket.connect":
            # A second handle: whoever connects may wrap its own, or give it away.
            self._sockets.append(socket(fileno=os.dup(args[0].fileno())))
        if self.is_over:
            raise Refused(self.fault)
        if settings.WEBHOOK_ALLOW_PRIVATE:
            return
        if event == BY_HTTP and getattr(args[0], "proxy", None):
            # It is connected to already, and whoever did it would forget it.
            self.fault = BY_PROXY
            self._shut()
        if event in CONNECTING and isinstance(args[1], tuple) and not is_public(args[1][0]):
            self.fault = INSIDE.format(args[1][0])
            raise Refused(self.fault)

    def end(self) -> None:
        self.fault = f"No answer within {self._seconds} seconds."
        self.is_over = True
        self._shut()

    def _shut(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(SHUT_RDWR)

    def close(self) -> None:
        for each in self._sockets:
            each.close()


_guard: ContextVar[Guard | None] = ContextVar("guard", default=None)


@contextmanager
def guarded(seconds: float) -> Iterator[Guard]:
    """Raise Refused from whatever connects elsewhere meanwhile, in this thread.

    Raises: NotDelivered, where it took longer: half an answer may look like a whole one.
    """
    _listen()
    guard = Guard(seconds)
    timer, token = Timer(seconds, guard.end), _guard.set(guard)
    timer.daemon = True
    timer.start()
    try:
        yield guard
    finally:
        timer.cancel()
        _guard.reset(token)
        guard.close()
    if guard.is_over:
        raise NotDelivered(guard.fault)


@cache
def _listen() -> None:
    """Once: Python takes no hook away again."""
    sys.addaudithook(_meet)


def _meet(event: str, args: tuple[Any, ...]) -> None:
    if event in CONNECTING or event == BY_HTTP:
        guard = _guard.get()
        if guard:
            guard.meet(event, args)


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
