"""Turn failed answers and broken connections into errors, in plain words.

The text of a connection's error may hold a whole address, so it is read here and never shown.
"""

import json
import re

import requests
import urllib3

from sync.oracle.errors import (
    OracleConfigError,
    OracleError,
    OracleForbidden,
    OracleNotFound,
    OracleProtocolError,
    OracleQueryRefused,
    OracleSignInPage,
)
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.retry import Peer, Transient, may_pass, retry_after_s
from sync.oracle.transport.session import proxy_for

BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
TIMED_OUT = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
PROXY_STATUS = re.compile(r"Tunnel connection failed: (\d{3})")
WANTS_LOGIN = 407


def given_up(failure: Transient, peer: Peer, attempts: int) -> str:
    """Return the sentence for the last of so many attempts."""
    peer = failure.peer or peer
    tries = "1 attempt" if attempts == 1 else f"{attempts} attempts"
    return (
        f"{peer.name} at {peer.host} did not give an answer in {tries} ({failure}): "
        f"check {peer.setting} and the network, or try again later."
    )


def failure_of(
    error: Exception, peer: Peer, config: OracleConfig, timeout_s: float
) -> OracleConfigError | Transient:
    """Return what to raise in its place."""
    if isinstance(error, requests.exceptions.InvalidURL):
        return OracleConfigError(f"{peer.setting} is not a web address.")
    if isinstance(error, requests.exceptions.SSLError):
        return OracleConfigError(_untrusted(peer, config))
    if isinstance(error, requests.exceptions.ProxyError):
        return _proxy_failure(error, peer, config, timeout_s)
    return Transient(_in_words(error, timeout_s), peer=peer)


def proxy_wants_login(peer: Peer, config: OracleConfig) -> OracleConfigError:
    setting, proxy = _proxy(peer, config)
    return OracleConfigError(
        f"The proxy {proxy.host} wants a user and a password, and refuses those that it gets "
        f"(407): write them into {setting}, as in http://user:password@host:port."
    )


def _proxy_failure(
    error: Exception, peer: Peer, config: OracleConfig, timeout_s: float
) -> OracleConfigError | Transient:
    setting, proxy = _proxy(peer, config)
    refusal = PROXY_STATUS.search(str(error))
    if not refusal:
        return Transient(_in_words(error, timeout_s), peer=proxy)
    status = int(refusal[1])
    if status == WANTS_LOGIN:
        return proxy_wants_login(peer, config)
    if status >= 500 or status == 429:
        return Transient(f"it answered {status} when asked for {peer.host}", peer=proxy)
    return OracleConfigError(
        f"The proxy {proxy.host} refuses to connect us to {peer.host} ({status}): have this host "
        f"allowed there, or change {setting}."
    )


def _proxy(peer: Peer, config: OracleConfig) -> tuple[str, Peer]:
    setting, url = proxy_for(config, peer.url)
    host = url.rsplit("@", 1)[-1].rsplit("//", 1)[-1].rstrip("/")
    return setting or "ORACLE_PROXY", Peer(f"//{host}", setting or "ORACLE_PROXY", "The proxy")


def _untrusted(peer: Peer, config: OracleConfig) -> str:
    if config.ca_bundle:
        return (
            f"{peer.host} has no certificate that the file of ORACLE_CA_BUNDLE vouches for: put "
            f"the company's own certificates into it, or check {peer.setting}."
        )
    return (
        f"{peer.host} has no certificate we can trust: check {peer.setting}, or give the "
        "company's certificates, a file in PEM form, in ORACLE_CA_BUNDLE."
    )


def _in_words(error: Exception, timeout_s: float) -> str:
    if isinstance(error, TIMED_OUT) or "timed out" in str(error):
        return f"no answer within {timeout_s:g} s"
    words = str(error)
    if "NameResolution" in words or "Name or service not known" in words:
        return "no host has this name"
    if "refused" in words:
        return "nothing listens there"
    return f"the connection broke ({type(error).__name__})"


# --- answers -------------------------------------------------------------------------------------


def refuse_failure(response: requests.Response, body: bytes, config: OracleConfig) -> None:
    """Raise OracleError for an answer without data, or Transient where that may pass."""
    status = response.status_code
    if may_pass(status):
        raise Transient(f"it answered {status}", retry_after_s(response.headers.get("Retry-After")))
    if status < 300 and (status != 200 or not body.strip()):
        raise _no_data(f"{status} without data", config)
    if error := _error_of_status(status, body, config):
        raise error
    is_html = "html" in response.headers.get("Content-Type", "").lower()
    if is_html or body[:200].lstrip()[:1] == b"<":
        raise OracleSignInPage(_sign_in_page(config.host))


def _no_data(what: str, config: OracleConfig) -> Transient:
    """Return what to raise for an answer without data, which is no error either."""
    sentence = (
        f"Oracle at {config.host} was reached, but each time its answer was {what}: try again "
        "later. If it happens again, look at what stands between (a gateway or proxy), and check "
        "ORACLE_BASE_URL."
    )
    return Transient(f"its answer was {what}", error=OracleProtocolError(sentence))


def _error_of_status(status: int, body: bytes, config: OracleConfig) -> OracleError | None:
    if status == 200:
        return None
    if 300 <= status < 400:
        return OracleSignInPage(_sign_in_page(config.host))
    if status == 400:
        return OracleQueryRefused(_detail(body))
    if status == 403:
        return OracleForbidden(
            f"Oracle knows {config.identity} but refuses access: give it the right to read all "
            "opportunities."
        )
    if status in (404, 410):
        return OracleNotFound(
            f"Oracle at {config.host} has nothing at this address: check ORACLE_BASE_URL and "
            f"ORACLE_API_VERSION ({config.api_version})."
        )
    return OracleError(
        f"Oracle at {config.host} answered {status}, which it does not document for reading: "
        "check ORACLE_BASE_URL and ORACLE_API_VERSION."
    )


def _sign_in_page(host: str) -> str:
    return (
        f"{host} answered with a sign-in or maintenance page instead of data: use an "
        "ORACLE_USERNAME that may log in with a password (not single sign-on), or a token (see "
        "ORACLE_AUTH), and check ORACLE_BASE_URL."
    )


def named_charset(response: requests.Response) -> str:
    """Return the charset that the answer names, if any: `requests` would invent one."""
    is_named = "charset" in response.headers.get("Content-Type", "").lower()
    return (response.encoding or "") if is_named else ""


def _detail(body: bytes) -> str:
    """Return what Oracle says of a refused query; its error bodies are not reliably JSON."""
    try:
        document = json.loads(body)
        details = document.get("o:errorDetails") or [document]
        return "; ".join(str(each.get("detail") or each.get("title")) for each in details)[:500]
    except (ValueError, AttributeError, TypeError):
        return "no details given"
