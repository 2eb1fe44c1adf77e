"""Ask a tenant questions that may fail: one attempt each, and none after a refused login."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sync.oracle.errors import OracleConfigError, OracleError, OracleLoginRefused
from sync.oracle.findings import Findings
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.http import OracleHttp, unchanged
from sync.oracle.transport.server_clock import ServerClock
from sync.oracle.transport.sign_in import SignIn


class Ended(Exception):
    """Report that nothing more can be asked; the text says why."""


class Questions:
    """Ask one question after the other, with settings that may change in between."""

    def __init__(
        self, config: OracleConfig, sign_in: SignIn, on_question: Callable[[str], object]
    ) -> None:
        self.found = Findings(config)
        self._sign_in, self._on_question = sign_in, on_question
        self._clock = ServerClock()
        self._http = OracleHttp(config, sign_in, self._clock)

    @property
    def config(self) -> OracleConfig:
        return self.found.config

    def adopt(self, **settings: Any) -> None:
        """Go on with these settings."""
        self.found.config = replace(self.config, **settings)
        self._http = OracleHttp(self.config, self._sign_in, self._clock)

    def ask(self, what: str, url: str, params: Mapping[str, str]) -> Any:
        """Return the answer. Raises: OracleError; Ended where asking on may do harm."""
        self._on_question(what)
        asked_at, former_requests = datetime.now(UTC), self._http.traffic.requests
        try:
            return self._http.get(url, dict(params), unchanged, self.config.side_patience)
        except (OracleLoginRefused, OracleConfigError) as error:
            raise Ended(str(error)) from error
        finally:
            self.found.requests += self._http.traffic.requests - former_requests
            if self.found.clock_ahead_s is None and self._clock.began_at:
                self.found.clock_ahead_s = (self._clock.began_at - asked_at).total_seconds()

    def try_to_ask(self, what: str, url: str, params: Mapping[str, str]) -> Any:
        """Return the answer, or None with the reason in `found.refusals`."""
        try:
            return self.ask(what, url, params)
        except OracleError as error:
            self.found.refusals[what] = str(error)
            return None

    def ask_with_total(self, what: str, url: str, params: Mapping[str, str]) -> Any:
        """Ask for the number of records as well, but without it where that is refused."""
        if self.found.is_counted is not False:
            try:
                answer = self.ask(what, url, {**params, "totalResults": "true"})
                self.found.is_counted = True
                return answer
            except OracleError:
                if self.found.is_counted:
                    raise
        answer = self.ask(what, url, params)
        self.found.is_counted = False
        return answer
