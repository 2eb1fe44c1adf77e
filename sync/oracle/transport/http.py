"""GET one answer at a time: login, deadline, retries. Knows no Django."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from sync.oracle.errors import OracleProtocolError, OracleUnavailable
from sync.oracle.transport.body import json_of
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.failures import (
    BROKEN,
    WANTS_LOGIN,
    failure_of,
    given_up,
    named_charset,
    proxy_wants_login,
    refuse_failure,
)
from sync.oracle.transport.retry import Patience, Peer, Transient, with_retries
from sync.oracle.transport.server_clock import ServerClock
from sync.oracle.transport.session import equipped, proxy_for, timeouts
from sync.oracle.transport.sign_in import SignIn, sign_in_for
from sync.oracle.transport.timing import timed

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOGIN_REFUSED = 401
# Sent explicitly: the default differs between tenants, and with it the grammar of q.
FRAMEWORK_VERSION = "2"


@dataclass
class Traffic:
    """Count the requests of a run so far."""

    requests: int = 0
    retries: int = 0

    def count_retry(self) -> None:
        self.retries += 1

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(self.requests + other.requests, self.retries + other.retries)


class Link:
    """Keep a sign-in, and connections open, from one reading to the next."""

    def __init__(self, config: OracleConfig) -> None:
        self.config, self.sign_in = config, sign_in_for(config)
        self.session = signed_session(config, self.sign_in)


class OracleHttp:
    """GET JSON from one tenant. Not for use by several threads at once."""

    def __init__(
        self,
        config: OracleConfig,
        sign_in: SignIn,
        clock: ServerClock,
        session: requests.Session | None = None,
    ) -> None:
        """
        Args:
            sign_in: once it is refused, the connections that share it ask no more.
            clock: takes note of every answer.
            session: one that is signed; its connections are used again.
        """
        self._config, self._sign_in, self._clock = config, sign_in, clock
        self._peer = Peer(config.base_url, "ORACLE_BASE_URL", "Oracle")
        self.traffic = Traffic()
        self._session = session or signed_session(config, sign_in)

    def get(
        self,
        url: str,
        params: dict[str, str],
        understand: Callable[[Any], T],
        patience: Patience | None = None,
    ) -> T:
        """Return what `understand` makes of the JSON of one answer.

        Args:
            understand: raises OracleProtocolError of what is no such answer; it is then asked
                for again. Numbers are exact, NaN and infinities Decimals.
            patience: that of the settings, unless the question is not worth it.

        Raises: OracleError, with a sentence that says what to change.
        """
        patience = patience or self._config.patience
        try:
            return with_retries(
                lambda: self._attempt(url, params, understand, patience.timeout_s),
                max_attempts=patience.max_attempts,
                backoff_s=self._config.backoff_s,
                on_retry=self.traffic.count_retry,
            )
        except Transient as failure:
            sentence = given_up(failure, self._peer, patience.max_attempts)
            raise failure.error or OracleUnavailable(sentence) from failure

    def _attempt(
        self, url: str, params: dict[str, str], understand: Callable[[Any], T], timeout_s: float
    ) -> T:
        response, body = self._ask(url, params, timeout_s)
        if response.status_code == LOGIN_REFUSED and self._sign_in.renewed(response.request):
            response, body = self._ask(url, params, timeout_s)
        self._clock.note(response.headers.get("Date"))
        self._refuse_login(response)
        refuse_failure(response, body, self._config)
        self._sign_in.was_accepted = True
        try:
            return understand(json_of(body, named_charset(response)))
        except OracleProtocolError as error:
            raise Transient(str(error), error=error) from error

    def _ask(
        self, url: str, params: dict[str, str], timeout_s: float
    ) -> tuple[requests.Response, bytes]:
        if self._sign_in.refusal:
            raise self._sign_in.refusal
        self.traffic.requests += 1
        logger.debug("GET %s", urlsplit(url).path)
        try:
            with (
                timed(),
                self._session.get(
                    url,
                    params=params,
                    # A redirect would carry the password to wherever it points.
                    allow_redirects=False,
                    stream=True,
                    timeout=timeouts(timeout_s),
                ) as response,
            ):
                return response, response.raw.read(decode_content=True)
        except BROKEN as error:
            raise failure_of(error, self._peer, self._config, timeout_s) from error

    def _refuse_login(self, response: requests.Response) -> None:
        if response.status_code == LOGIN_REFUSED:
            raise self._sign_in.refuse(response.headers.get("WWW-Authenticate", ""))
        if response.status_code == WANTS_LOGIN and any(proxy_for(self._config, response.url)):
            raise proxy_wants_login(self._peer, self._config)


def signed_session(config: OracleConfig, sign_in: SignIn) -> requests.Session:
    session = equipped(requests.Session(), config, config.base_url)
    session.auth = sign_in
    session.headers.update(
        {"Accept": "application/json", "REST-Framework-Version": FRAMEWORK_VERSION}
    )
    return session


def unchanged(answer: Any) -> Any:
    """Accept any JSON as an answer."""
    return answer
