"""Sign requests with a password, a token that we fetch, or one that a file holds.

All connections of a client share one sign-in. Knows no Django.
"""

import re
from abc import ABC, abstractmethod
from pathlib import Path
from threading import Lock
from typing import ClassVar

import requests
from requests.auth import AuthBase, HTTPBasicAuth

from sync.oracle.errors import OracleConfigError, OracleLoginRefused
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.token_endpoint import USABLE_TOKEN, ClientRefused, TokenEndpoint

LOCKED = "An account that is locked refuses the right password, too, for up to an hour."
OFFERS = re.compile(r"(?:^|,)\s*(basic|bearer)\b", re.IGNORECASE)


class SignIn(AuthBase, ABC):
    advice: ClassVar[str]
    """What to change when Oracle refuses."""
    other_kind: ClassVar[str]
    other_advice: ClassVar[str]
    """What to change when Oracle takes only the other kind of sign-in."""

    def __init__(self) -> None:
        self.refusal: OracleLoginRefused | None = None
        """Set once it is refused; then no connection asks any more."""
        self.was_accepted = False

    @abstractmethod
    def credentials(self) -> tuple[str, ...]:
        """Return all that a refusal depends on, including secrets: never show or store it."""

    @abstractmethod
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign the request. Raises: OracleError, or Transient."""

    def renewed(self, refused: requests.PreparedRequest) -> bool:
        """Return whether there is another token to try than that of this request."""
        return False

    def refuse(self, challenge: str = "") -> OracleLoginRefused:
        """Note the refusal, and return what to raise for this WWW-Authenticate header."""
        offers = {scheme.lower() for scheme in OFFERS.findall(challenge)}
        is_other_kind = offers == {self.other_kind}
        self.refusal = OracleLoginRefused(self.other_advice if is_other_kind else self.advice)
        return self.refusal


def sign_in_for(config: OracleConfig) -> SignIn:
    if config.auth == "client_credentials":
        return ClientCredentials(config)
    return TokenFile(config) if config.auth == "token" else Basic(config)


class Basic(SignIn):
    advice = (
        "Oracle refused the login: check ORACLE_USERNAME and ORACLE_PASSWORD (nothing more was "
        f"asked with them, so that the account is not locked). {LOCKED}"
    )
    other_kind = "bearer"
    other_advice = (
        "Oracle takes no password here but a token: set ORACLE_AUTH to client_credentials (with "
        "ORACLE_TOKEN_URL, ORACLE_CLIENT_ID and ORACLE_CLIENT_SECRET) or to token (with "
        "ORACLE_TOKEN_FILE)."
    )

    def __init__(self, config: OracleConfig) -> None:
        super().__init__()
        self._config = config
        # Bytes, because requests would otherwise squeeze a password into Latin-1.
        self._basic = HTTPBasicAuth(config.username.encode(), config.password.encode())

    def credentials(self) -> tuple[str, ...]:
        config = self._config
        return config.auth, config.base_url, config.username, config.password

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        self._basic(request)
        return request


class _Bearer(SignIn):
    other_kind = "basic"
    other_advice = "Oracle takes no token here but a password: set ORACLE_AUTH to basic."

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._header()
        return request

    def renewed(self, refused: requests.PreparedRequest) -> bool:
        sent = refused.headers["Authorization"]
        return self._header(refused=sent) != sent

    def _header(self, refused: str = "") -> str:
        with self._lock:
            if self.refusal:
                raise self.refusal
            return f"Bearer {self._token(refused.removeprefix('Bearer '))}"

    @abstractmethod
    def _token(self, refused: str) -> str:
        """Return another token than the refused one, if there is any."""


class ClientCredentials(_Bearer):
    advice = (
        "Oracle refused the token that ORACLE_TOKEN_URL gave us: check ORACLE_SCOPE, and whether "
        "the client of ORACLE_CLIENT_ID may read Sales."
    )

    def __init__(self, config: OracleConfig) -> None:
        super().__init__()
        self._config = config
        self._endpoint = TokenEndpoint(config)

    def credentials(self) -> tuple[str, ...]:
        config = self._config
        client = config.client_id, config.client_secret, config.scope
        return config.auth, config.base_url, config.token_url, *client

    def _token(self, refused: str) -> str:
        try:
            return self._endpoint.token(refused)
        except ClientRefused as refusal:
            self.refusal = OracleLoginRefused(str(refusal))
            raise self.refusal from refusal


class TokenFile(_Bearer):
    """Read the file for each request, so that a new token counts at once."""

    advice = (
        "Oracle refused the token in the file of ORACLE_TOKEN_FILE: write a new one into it (it is "
        "read again by itself)."
    )

    def __init__(self, config: OracleConfig) -> None:
        super().__init__()
        self._config = config
        self._read_last = ""

    def credentials(self) -> tuple[str, ...]:
        """Return those that were used last; the file may have gone since."""
        token = self._read_last or self._token("")
        return self._config.auth, self._config.base_url, token

    def _token(self, refused: str) -> str:
        path = self._config.token_file
        try:
            token = Path(path).read_text(encoding="utf-8", errors="replace").strip()
        except OSError as error:
            raise OracleConfigError(
                f"ORACLE_TOKEN_FILE {path} cannot be read: {error.strerror}."
            ) from error
        if not USABLE_TOKEN.fullmatch(token):
            raise OracleConfigError(
                f"ORACLE_TOKEN_FILE {path} does not hold one token: write the token into it, and "
                "nothing else."
            )
        self._read_last = token
        return token
