"""Equip sessions with the proxy and the certificates of the settings, and with one deadline.

A socket's own timeout begins anew with every byte; here it is that of the whole answer.
"""

import base64
import io
import os
import socket
import time
from http.client import HTTPResponse, parse_headers
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_auth_from_url, get_environ_proxies, select_proxy

from sync.oracle.transport.config import OracleConfig, is_loopback

AnySession = TypeVar("AnySession", bound=requests.Session)
CONNECT_TIMEOUT_S = 10.0
SWITCHING_PROTOCOLS = 101


def equipped(session: AnySession, config: OracleConfig, url: str) -> AnySession:
    """Return the session, ready for this one address."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Adapter())
    # A cookie leads to a single node, which may be gone: whoever sends it back stays there.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # On its own requests would let the environment override our settings.
    session.trust_env = False
    from_environment = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    session.verify = config.ca_bundle or from_environment or True
    if proxy := proxy_for(config, url)[1]:
        session.proxies = {"all": proxy}
    return session


def timeouts(timeout_s: float) -> tuple[float, float]:
    """Return the seconds to connect, and for the whole answer."""
    return min(CONNECT_TIMEOUT_S, timeout_s), timeout_s


def proxy_for(config: OracleConfig, url: str) -> tuple[str, str]:
    """Return the setting that names the proxy for this address, and the proxy's own; or blanks.

    The environment's proxy counts, but never for an Oracle on this machine.
    """
    if config.proxy:
        return "ORACLE_PROXY", config.proxy
    found = None if is_loopback(url) else select_proxy(url, get_environ_proxies(url))
    return ("HTTPS_PROXY", found) if found else ("", "")


class _Adapter(HTTPAdapter):
    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """Encode the login in UTF-8; requests would squeeze a password into Latin-1."""
        user, password = get_auth_from_url(proxy)
        login = base64.b64encode(f"{user}:{password}".encode()).decode()
        return {"Proxy-Authorization": f"Basic {login}"} if user else {}

    def get_connection_with_tls_context(self, *arguments: Any, **keywords: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*arguments, **keywords)
        if not issubclass(pool.ConnectionCls, _OneDeadline):
            pool.ConnectionCls = type("Connection", (_OneDeadline, pool.ConnectionCls), {})
        return pool


class _Answer(HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **keywords: Any) -> None:
        super().__init__(_Patient(sock), *arguments, **keywords)  # type: ignore[arg-type]

    def _read_status(self) -> tuple[str, int, str]:
        """Pass over interim answers (102, 103), of which Python knows 100 only.

        If one were taken for the answer, the real one would be left for the next question.
        """
        version, status, reason = super()._read_status()  # type: ignore[misc]
        while 100 < status < 200 and status != SWITCHING_PROTOCOLS:
            parse_headers(self.fp)
            version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, status, reason


class _OneDeadline:
    response_class = _Answer


class _Patient:
    """Offer the part of a socket that an HTTPResponse uses."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_UntilDeadline(self._sock))


class _UntilDeadline(io.RawIOBase):
    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._raw = sock, sock.makefile("rb", buffering=0)
        timeout_s = sock.gettimeout()
        self._ends_at = None if timeout_s is None else time.monotonic() + timeout_s

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._ends_at is not None:
            left_s = self._ends_at - time.monotonic()
            if left_s <= 0:
                raise TimeoutError("the answer took too long")
            self._sock.settimeout(left_s)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
            super().close()
