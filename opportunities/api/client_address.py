"""Find the client's own address, by which sign-ins are counted."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

THIS_MACHINE = "127.0.0.1"


class ClientAddressMiddleware:
    """Put the client's own address into REMOTE_ADDR, where everything else looks for it.

    What a proxy says of a request counts only where TRUSTED_PROXIES names the proxy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A unix socket has no address: who writes there is on this machine.
        nearest = request.META.get("REMOTE_ADDR") or THIS_MACHINE
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = client_address(nearest, forwarded)
        if settings.TRUSTED_PROXIES and not is_trusted(nearest):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)


def client_address(nearest: str, forwarded: str) -> str:
    """Walk back from the nearest hop, past trusted proxies, to the first that is none."""
    for hop in reversed(forwarded.split(",")):
        if not is_trusted(nearest) or not (further := _address_in(hop)):
            break
        nearest = further
    return nearest


def is_trusted(address: str) -> bool:
    return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)


def knows_clients() -> bool:
    """Return False where everybody seems to come from one address, that of the proxy."""
    return bool(settings.TRUSTED_PROXIES or not settings.SECURE_PROXY_SSL_HEADER)


def _address_in(hop: str) -> str:
    """Return the address without the port that some proxies add, or nothing for no address."""
    hop = hop.strip()
    bare = hop.rpartition(":")[0] if hop.count(":") == 1 or "]" in hop else hop
    try:
        address = ip_address(bare.strip("[]"))
    except ValueError:
        return ""
    is_mapped = isinstance(address, IPv6Address) and address.ipv4_mapped
    return str(is_mapped or address)
