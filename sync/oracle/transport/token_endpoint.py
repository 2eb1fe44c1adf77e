"""Exchange client credentials for a token. Authlib fetches it, and says when it ends."""

import re
import time
from typing import Any

import requests
from requests.auth import HTTPBasicAuth

from sync.oracle.errors import OracleConfigError
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.failures import BROKEN, WANTS_LOGIN, failure_of, proxy_wants_login
from sync.oracle.transport.retry import Peer, Transient, may_pass, retry_after_s
from sync.oracle.transport.session import equipped, timeouts

RENEWED_BEFORE_S = 60
USABLE_TOKEN = re.compile(r"[\x21-\x7e]+")
# What RFC 6749 lets an endpoint say, and what of it means that this client gets no token.
REFUSALS = {"invalid_client", "unauthorized_client", "access_denied", "invalid_grant"}
PASSING = {"temporarily_unavailable", "server_error"}
CLIENT_SETTINGS = "ORACLE_CLIENT_ID and ORACLE_CLIENT_SECRET"


class ClientRefused(Exception):
    """Report that the endpoint does not know our client, or not with this secret."""


class TokenEndpoint:
    """Fetch and hold one token. Not for use by several threads at once."""

    def __init__(self, config: OracleConfig) -> None:
        self._config = config
        self._peer = Peer(config.token_url, "ORACLE_TOKEN_URL", "The token endpoint")
        self._session: Any = None

    def token(self, refused: str = "") -> str:
        """Return a token that lasts for a minute at least, and is not the refused one."""
        held = self._session and self._session.token
        if not held or held["access_token"] == refused or held.is_expired(self._session.leeway):
            held = self._fetched()
        return str(held["access_token"])

    def _fetched(self) -> Any:
        # Loaded only where it is used: it takes as long as a small sync.
        from authlib.integrations.base_client import OAuthError

        self._session = self._session or self._new_session()
        self._session.token = None
        try:
            token = self._ask()
        except OAuthError as error:
            raise self._refusal(str(error.error)) from error
        except requests.HTTPError as error:
            raise self._failure_of_status(error.response) from error
        except BROKEN as error:
            raise failure_of(error, self._peer, self._config, self._config.timeout_s) from error
        except (ValueError, TypeError) as error:  # Authlib's, of a body that it cannot read.
            raise self._no_token() from error
        return self._checked(token)

    def _new_session(self) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        session = OAuth2Session(self._config.client_id, scope=self._config.scope or None)
        session.register_compliance_hook("access_token_response", self._refuse_failure)
        return equipped(session, self._config, self._config.token_url)

    def _ask(self) -> Any:
        client_id, secret = self._config.client_id, self._config.client_secret
        return self._session.fetch_token(
            self._config.token_url,
            grant_type="client_credentials",
            # Bytes, because Authlib would otherwise squeeze a secret into Latin-1.
            auth=HTTPBasicAuth(client_id.encode(), secret.encode()),
            # A redirect would carry the secret to wherever it points.
            allow_redirects=False,
            timeout=timeouts(self._config.timeout_s),
        )

    def _refuse_failure(self, answer: requests.Response) -> requests.Response:
        """Refuse before Authlib reads it: its errors do not tell what may pass."""
        if answer.status_code in (200, 400, 401):
            return answer
        raise self._failure_of_status(answer)

    def _checked(self, token: Any) -> Any:
        text = token.get("access_token") if isinstance(token, dict) else None
        if not (isinstance(text, str) and USABLE_TOKEN.fullmatch(text)):
            # Authlib holds it all the same, and the next question would be sent with it.
            self._session.token = None
            raise self._no_token()
        if isinstance(ends_at := token.get("expires_at"), int):
            # Else a token that lives for a minute would be fetched for each request.
            half_of_life_s = max(ends_at - time.time(), 0) / 2
            self._session.leeway = min(RENEWED_BEFORE_S, half_of_life_s)
        return token

    def _no_token(self) -> OracleConfigError:
        return OracleConfigError(
            f"{self._peer.host} answered without a token, with a sign-in page perhaps: check "
            "ORACLE_TOKEN_URL."
        )

    def _refusal(self, code: str) -> Exception:
        endpoint = f"The token endpoint {self._peer.host}"
        if code in REFUSALS:
            return self._client_refused(code)
        if code in PASSING:
            return Transient(code, peer=self._peer)
        if code == "invalid_scope":
            return OracleConfigError(f"{endpoint} does not give this scope: change ORACLE_SCOPE.")
        return OracleConfigError(
            f"{endpoint} gives no token for client credentials: check ORACLE_TOKEN_URL and "
            "ORACLE_SCOPE."
        )

    def _failure_of_status(self, answer: requests.Response) -> Exception:
        status = answer.status_code
        if may_pass(status):
            wait_s = retry_after_s(answer.headers.get("Retry-After"))
            return Transient(f"it answered {status}", wait_s, peer=self._peer)
        if status == WANTS_LOGIN:
            return proxy_wants_login(self._peer, self._config)
        if status == 401:
            return self._client_refused("401")
        return OracleConfigError(
            f"The token endpoint {self._peer.host} answered {status}: check ORACLE_TOKEN_URL."
        )

    def _client_refused(self, words: str) -> ClientRefused:
        return ClientRefused(
            f"The token endpoint {self._peer.host} refused our client ({words}): check "
            f"{CLIENT_SETTINGS}."
        )
