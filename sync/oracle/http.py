"""One GET at a time: login, deadline, retries, and what each status means. Knows no Django."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3
from requests.auth import HTTPBasicAuth

from sync.oracle.config import OracleConfig
from sync.oracle.deadline import DeadlineAdapter
from sync.oracle.errors import (
    OracleConfigError,
    OracleError,
    OracleForbidden,
    OracleLoginRefused,
    OracleNotFound,
    OracleQueryRefused,
    OracleSignInPage,
    OracleUnavailable,
)
from sync.oracle.retry import TRANSIENT_STATUSES, Transient, retry_after_s, with_retries

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 10.0
# Sent explicitly: the default differs between tenants, and with it the grammar of q.
FRAMEWORK_VERSION = "2"
LOGIN_REFUSED = (
    "Oracle refused the login: check ORACLE_USERNAME and ORACLE_PASSWORD (nothing more was asked "
    "with them, so that the account is not locked)."
)


@dataclass
class Traffic:
    """What a run has asked for so far."""

    requests: int = 0
    retries: int = 0

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(self.requests + other.requests, self.retries + other.retries)


class OracleHttp:
    """GETs JSON from one tenant. Not for use by several threads at once."""

    def __init__(self, config: OracleConfig, refused: Event | None = None) -> None:
        """
        Args:
            refused: set when the login is refused; connections that share it ask no more.
        """
        self._config = config
        self._refused = refused or Event()
        self.traffic = Traffic()
        self.first_answer_at: datetime | None = None
        """When Oracle first answered, on Oracle's own clock (its Date header)."""
        self._session = requests.Session()
        # Bytes, because requests would otherwise squeeze a password into Latin-1.
        self._session.auth = HTTPBasicAuth(config.username.encode(), config.password.encode())
        self._session.headers.update(
            {"Accept": "application/json", "REST-Framework-Version": FRAMEWORK_VERSION}
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, DeadlineAdapter())
        # A company's proxy is honoured, but never for the simulator beside us.
        self._session.trust_env = not config.is_loopback

    def get(self, url: str, params: dict[str, str]) -> Any:
        """Return the JSON of one answer: numbers exact, NaN and infinities as Decimals.

        Raises: OracleError, with a sentence that says what to change.
        """
        try:
            return with_retries(
                lambda: self._attempt(url, params),
                max_attempts=self._config.max_attempts,
                backoff_s=self._config.backoff_s,
                on_retry=self._count_retry,
            )
        except Transient as failure:
            raise OracleUnavailable(
                f"Oracle at {self._host} did not give an answer in {self._config.max_attempts} "
                f"attempts ({failure}): check ORACLE_BASE_URL and the network, or try again later."
            ) from failure

    def _attempt(self, url: str, params: dict[str, str]) -> Any:
        if self._refused.is_set():
            raise OracleLoginRefused(LOGIN_REFUSED)
        self.traffic.requests += 1
        try:
            with self._send(url, params) as response:
                body = response.raw.read(decode_content=True)
        except (requests.exceptions.InvalidURL, requests.exceptions.SSLError) as error:
            raise OracleConfigError(_connection_advice(error, self._host)) from error
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise Transient(f"no answer within {self._config.timeout_s:g} s") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise Transient(_connection_advice(error, self._host)) from error
        self._note_clock(response)
        self._refuse_failures(response, body)
        return _json(body)

    def _send(self, url: str, params: dict[str, str]) -> requests.Response:
        logger.debug("GET %s", urlsplit(url).path)
        timeout_s = self._config.timeout_s
        return self._session.get(
            url,
            params=params,
            # A redirect would carry the password to wherever it points.
            allow_redirects=False,
            stream=True,
            timeout=(min(CONNECT_TIMEOUT_S, timeout_s), timeout_s),
        )

    def _count_retry(self) -> None:
        self.traffic.retries += 1

    def _note_clock(self, response: requests.Response) -> None:
        if self.first_answer_at is None and (header := response.headers.get("Date")):
            try:
                self.first_answer_at = parsedate_to_datetime(header)
            except ValueError:
                logger.warning("Oracle sent a Date header that is not a date")

    def _refuse_failures(self, response: requests.Response, body: bytes) -> None:
        status = response.status_code
        if status in TRANSIENT_STATUSES:
            raise Transient(
                f"it answered {status}", retry_after_s(response.headers.get("Retry-After"))
            )
        if error := self._error_of_status(status, body):
            raise error
        if _is_web_page(response, body):
            raise OracleSignInPage(_sign_in_page(self._host))

    def _error_of_status(self, status: int, body: bytes) -> OracleError | None:
        if status == 200:
            return None
        if 300 <= status < 400:
            return OracleSignInPage(_sign_in_page(self._host))
        if status == 400:
            return OracleQueryRefused(_detail(body))
        if status == 401:
            self._refused.set()
            return OracleLoginRefused(LOGIN_REFUSED)
        if status == 403:
            return OracleForbidden(
                "Oracle knows the user but refuses access: give the ORACLE_USERNAME the right "
                "to read all opportunities."
            )
        if status == 404:
            return OracleNotFound(
                f"Oracle at {self._host} has nothing at this address: check ORACLE_BASE_URL and "
                f"ORACLE_API_VERSION ({self._config.api_version})."
            )
        return OracleError(
            f"Oracle at {self._host} answered {status}, which it does not document for reading: "
            "check ORACLE_BASE_URL and ORACLE_API_VERSION."
        )

    @property
    def _host(self) -> str:
        return urlsplit(self._config.base_url).netloc


def _json(body: bytes) -> Any:
    try:
        return QUICK.decode(body)
    except (ValueError, RecursionError):
        return _lenient_json(body)


def _lenient_json(body: bytes) -> Any:
    """What is no JSON by the standard but was seen: NaN, and half of a surrogate pair."""
    try:
        return json.loads(body, parse_float=_exact, parse_constant=Decimal)
    except (ValueError, RecursionError):
        raise Transient("its answer was cut or is not JSON") from None


def _exact(number: str) -> Decimal:
    """NaN for what no Decimal can hold: that shall cost its record, not the page."""
    try:
        return Decimal(number)
    except ArithmeticError:
        return Decimal("NaN")


QUICK = msgspec.json.Decoder(float_hook=_exact)


def _is_web_page(response: requests.Response, body: bytes) -> bool:
    is_html = "html" in response.headers.get("Content-Type", "").lower()
    return is_html or body[:200].lstrip()[:1] == b"<"


def _sign_in_page(host: str) -> str:
    return (
        f"{host} answered with a sign-in or maintenance page instead of data: use an "
        "ORACLE_USERNAME that may log in with a password (not single sign-on), and check "
        "ORACLE_BASE_URL."
    )


def _detail(body: bytes) -> str:
    """What Oracle says of a refused query; its error bodies are not reliably JSON."""
    try:
        document = json.loads(body)
        details = document.get("o:errorDetails") or [document]
        return "; ".join(str(each.get("detail") or each.get("title")) for each in details)[:500]
    except (ValueError, AttributeError, TypeError):
        return "no details given"


def _connection_advice(error: Exception, host: str) -> str:
    """A cause in words: the text of such an exception may hold the whole address."""
    words = str(error)
    if isinstance(error, requests.exceptions.InvalidURL):
        return "ORACLE_BASE_URL is not a web address."
    if isinstance(error, requests.exceptions.SSLError):
        return (
            f"{host} has no certificate we can trust: check ORACLE_BASE_URL, or give the "
            "company's certificates in REQUESTS_CA_BUNDLE."
        )
    if "NameResolution" in words or "Name or service not known" in words:
        return "no host has this name"
    if "refused" in words:
        return "nothing listens there"
    return f"the connection broke ({type(error).__name__})"
