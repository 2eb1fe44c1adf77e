"""A provider of OpenID Connect as the tests hold it: a process of its own, asked over HTTP."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client

GRACE_S = 10
# By ending alone: the tests' own settings know neither its port nor its warnings.
PROGRAM = Path(sys.prefix) / "bin" / "oidc-provider-mock"


class OpenIdProvider:
    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [PROGRAM, "--port", str(port)],
            env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._session = requests.Session()
        self._session.trust_env = False
        self._await()
        return self

    def __exit__(self, *error: object) -> None:
        self._session.close()
        self._process.terminate()
        self._process.wait(GRACE_S)

    def _await(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                self._session.get(f"{self.url}/jwks")
                return
            except requests.ConnectionError:
                assert time.monotonic() < until, "The provider did not start."
                time.sleep(0.05)

    def knows(self, subject: str, **claims: Any) -> None:
        answer = self._session.put(f"{self.url}/users/{subject}", json=claims)
        assert answer.ok, answer.text

    def way_back(self, asked: str, subject: str) -> str:
        """Sign in on the provider's page; return where it leads the browser to."""
        answer = self._session.post(asked, data={"sub": subject}, allow_redirects=False)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def signs(self, subject: str, client_id: str, **claims: Any) -> str:
        """Return a token that the provider signs with these claims."""
        self.knows(subject, **claims)
        back = "http://testserver/"
        query = {
            **{"client_id": client_id, "redirect_uri": back, "response_type": "code"},
            "scope": "openid",
        }
        asked = requests.Request("GET", f"{self.url}/oauth2/authorize", params=query).prepare().url
        code = parse_qs(urlsplit(self.way_back(asked, subject)).query)["code"][0]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
        form |= {"client_id": client_id, "client_secret": "x"}
        return self._session.post(f"{self.url}/oauth2/token", data=form).json()["id_token"]


def begin(client: Client, next_page: str = "/inbox") -> str:
    """Press the button; return the provider's address that it leads to."""
    return client.get(f"/accounts/oidc/login/?next={next_page}").url


def sign_in(client: Client, provider: OpenIdProvider, subject: str) -> Any:
    return client.get(provider.way_back(begin(client), subject))
