"""The site as it runs in production, for tests that take the web process away."""

import os
import re
import signal
import subprocess
import sys
from collections import deque
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from requests import Response, Session

from sync.tests.scratch_database import ScratchDatabase

PROJECT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse"


class Gunicorn:
    """gunicorn on a free port, in a group of its own, so that all of it can be killed at once."""

    def __init__(self, environment: dict[str, str], *options: str, project: Path = PROJECT) -> None:
        """
        Args:
            project: the checkout whose code is served.
        """
        self._environment = environment
        self._options = options
        self._project = project

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "bqs.wsgi", "--no-control-socket"),
                *("--bind", "127.0.0.1:0", "--threads", "4", *self._options),
            ],
            cwd=self._project,
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.url = self._listening_at() + self._environment.get("URL_PREFIX", "")
        # Else a server that logs much would soon wait for a reader, and answer nobody.
        self._reader = Thread(target=deque, args=(self._process.stderr, 0))
        self._reader.start()

    def kill(self) -> None:
        """SIGKILL for the server, its workers and whatever else is in their group."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        self._process.stderr.close()

    def _listening_at(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            if found := re.search(r"Listening at: (\S+)", line):
                return found[1]
        raise AssertionError("The web server did not start.")


class WebServer(Gunicorn):
    """`with WebServer(database, ORACLE_BASE_URL=…) as site:` has an administrator logged in."""

    def __init__(self, database: ScratchDatabase, **environment: str) -> None:
        super().__init__(database.environment | environment)
        database.manage(
            "createsuperuser",
            "--noinput",
            DJANGO_SUPERUSER_USERNAME="admin",
            DJANGO_SUPERUSER_EMAIL="admin@example.com",
            DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        )

    def __enter__(self) -> Self:
        self.start()
        self._session = Session()
        self._session.trust_env = False
        self._log_in()
        return self

    def _log_in(self) -> None:
        login = {"username": "admin", "password": PASSWORD, "scopes": ["sync", "write"]}
        token = self.post("/api/token", login).json()["token"]
        self._session.headers["Authorization"] = f"Token {token}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._session.close()
        self.kill()

    def get(self, address: str) -> Response:
        return self._session.get(self.url + address, timeout=30)

    def post(self, address: str, body: object = None, **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._session.post(self.url + address, json=body, headers=named, timeout=30)

    def start_again(self) -> None:
        """After it was killed, at another address."""
        self._session.close()
        self.__enter__()
