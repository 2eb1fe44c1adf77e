"""Vary who is let in, and how."""

import secrets
import time
from dataclasses import field
from urllib.parse import parse_qsl

from sync.simulator import exact_json
from sync.simulator.messages import Reply, Request, login_of
from sync.tests.misbehaving_oracle.habits.table import Variation, variation

TOKEN_PATH = "/oauth2/v1/token"


@variation("locked", "after so many wrong passwords even the right one is refused")
class Locked(Variation):
    after: int = 5
    _wrong: int = field(default=0, init=False)

    def admits(self, request: Request, *, is_right: bool) -> bool:
        self._wrong += not is_right and bool(login_of(request)[0])
        return is_right and self._wrong < self.after


@variation("bearer", f"Basic is refused; tokens come from POST {TOKEN_PATH}, or are this one")
class Bearer(Variation):
    client: str = "simulator"
    secret: str = "simulator"
    scope: str = ""
    """The scope that a client must ask for; any where it is empty."""
    expires_in: int = 3600
    uses: int = 0
    """Requests after which a token is refused, whatever its lifetime; 0 is never."""
    token: str = ""
    _ends: dict[str, float] = field(default_factory=dict, init=False)
    _used: dict[str, int] = field(default_factory=dict, init=False)

    def before_login(self, request: Request) -> Reply | None:
        if request.path != TOKEN_PATH:
            return None
        if request.method != "POST":
            return Reply(405)
        return self._grant(request, dict(parse_qsl(request.body.decode())))

    def admits(self, request: Request, *, is_right: bool) -> bool:
        scheme, _, token = request.header("Authorization").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return False
        self._used[token] = self._used.get(token, 0) + 1
        is_fresh = not self.uses or self._used[token] <= self.uses
        return is_fresh and (token == self.token or time.monotonic() < self._ends.get(token, 0))

    def reply(self, request: Request, reply: Reply) -> None:
        if reply.status == 401 and request.path != TOKEN_PATH:
            reply.headers["WWW-Authenticate"] = 'Bearer realm="Oracle simulator"'

    def _grant(self, request: Request, form: dict[str, str]) -> Reply:
        client = login_of(request)
        if not client[0]:
            client = form.get("client_id", ""), form.get("client_secret", "")
        if client != (self.client, self.secret):
            return _refused(401, "invalid_client")
        if form.get("grant_type") != "client_credentials":
            return _refused(400, "unsupported_grant_type")
        if self.scope and self.scope not in form.get("scope", "").split():
            return _refused(400, "invalid_scope")
        token = secrets.token_urlsafe()
        self._ends[token] = time.monotonic() + self.expires_in
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": self.expires_in}
        return Reply(body=exact_json.encode(answer))


def _refused(status: int, error: str) -> Reply:
    sentence = "Client authentication failed." if status == 401 else f"Refused: {error}."
    return Reply(status, exact_json.encode({"error": error, "error_description": sentence}))
