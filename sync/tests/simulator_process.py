"""The Oracle simulator as the tests hold it: a process of its own, moved over HTTP."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from requests import Response, Session
from requests.structures import CaseInsensitiveDict

from sync.simulator import exact_json

PROJECT = Path(__file__).resolve().parents[2]
GRACE_S = 10
ALL = "MyOpportunitiesFinder;RecordSet='ALLOPTIES'"
LOGIN = ("simulator", "simulator")


class OracleSimulator:
    """`with OracleSimulator() as oracle:` starts it, empty unless the arguments say otherwise."""

    def __init__(self, *arguments: str, trusting: str | None = None) -> None:
        """
        Args:
            trusting: a PEM file, for one that speaks https.
        """
        self._arguments = arguments or ("--rows", "0")
        self._trusting = trusting
        self._process: subprocess.Popen[str] | None = None
        self._rows: bytes | None = None
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, port: int = 0) -> None:
        self._session = Session()
        self._session.trust_env = False
        self._session.verify = self._trusting or True
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "sync.tests.misbehaving_oracle", "--port", str(port)),
                *("--until-stdin-closes", *self._arguments),
            ],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise AssertionError("The Oracle simulator did not start; its stderr says why.")
        self.url = line.split()[2]

    def stop(self) -> None:
        """End the process at once; its rows are kept for restart()."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None and self.url:
            self._rows = self._control("GET", "rows").content
        self._session.close()
        # Not killed, so that coverage can write down what ran.
        process.terminate()
        process.communicate(timeout=GRACE_S)

    def restart(self) -> None:
        """The same address and rows; no faults, no habits, nothing hidden, the real clock."""
        self.stop()
        self.start(port=int(self.url.rpartition(":")[2]))
        if self._rows is not None:
            self._control("PUT", "rows", self._rows)

    def serve(self, items: list[dict[str, Any]]) -> None:
        """Have these rows and no others."""
        self._control("PUT", "rows", exact_json.encode(items))

    def edit(self, *items: dict[str, Any]) -> None:
        """Add each item, or lay it over the row with its OptyId."""
        self._control("PATCH", "rows", exact_json.encode(items))

    def remove(self, opty_id: int) -> None:
        self._control("DELETE", f"rows/{opty_id}")

    def hide(self, *opty_ids: int) -> None:
        """Let these exist, and none but these be invisible to our user."""
        self._control("PUT", "hidden", exact_json.encode(opty_ids))

    def faults(self, *names: str) -> None:
        """Switch on these faults and no others: `name` or `name:option=value,option=value`."""
        self._control("PUT", "faults", exact_json.encode(names))

    def tenant(self, *names: str) -> None:
        """Have these lasting habits and no others: `name` or `name:option=value,option=value`."""
        self._control("PUT", "tenant", exact_json.encode(names))

    def clock(self, now: str | None) -> None:
        """Stop the clock there; None lets the real one go on."""
        self._control("PUT", "clock", exact_json.encode({"now": now}))

    def latency(self, ms: float) -> None:
        self._control("PUT", "latency", exact_json.encode({"ms": ms}))

    def rows(self) -> list[dict[str, Any]]:
        """The truth: every row, hidden ones too, in the order of OptyId."""
        rows: list[dict[str, Any]] = exact_json.decode(self._control("GET", "rows").content)
        return rows

    def requests(self) -> list[dict[str, Any]]:
        """What was asked since the start, since forget_requests() or since reset()."""
        entries: list[dict[str, Any]] = self._control("GET", "requests").json()
        return [{**each, "headers": CaseInsensitiveDict(each["headers"])} for each in entries]

    def forget_requests(self) -> None:
        self._control("DELETE", "requests")

    def reset(self) -> None:
        """No faults or habits, nothing hidden, no latency, the real clock; the rows stay."""
        self._control("POST", "reset")

    def ask(
        self,
        number: str = "",
        *,
        version: str = "11.13.18.05",
        framework: int | None = 2,
        login: tuple[str, str] | None = LOGIN,
        accept: str = "application/json",
        timeout_s: float = 5,
        **params: str | int | None,
    ) -> Response:
        """Read as a client of Oracle does: everything, in the order of ids, unless told else.

        Args:
            number: the OptyNumber of one record; empty for a list.
            params: laid over those of a full read; None takes one away.
        """
        path = f"{self.url}/crmRestApi/resources/{version}/opportunities"
        usual = {} if number else {"finder": ALL, "orderBy": "OptyId:asc"}
        version_header = {"REST-Framework-Version": str(framework)} if framework else {}
        return self._session.get(
            f"{path}/{quote(number, safe='')}" if number else path,
            params={**usual, "onlyData": "true", **params},
            headers={"Accept": accept, **version_header},
            auth=login,
            allow_redirects=False,
            timeout=timeout_s,
        )

    def ask_for(self, path: str) -> Response:
        """GET any other address of Oracle's."""
        return self._session.get(f"{self.url}{path}", auth=LOGIN, timeout=5)

    def items(self, **params: Any) -> list[dict[str, Any]]:
        """The items of one page."""
        return list(exact_json.decode(self.ask(**params).content)["items"])

    def ids(self, **params: Any) -> list[int]:
        """The OptyIds of one page."""
        return [item["OptyId"] for item in self.items(**params)]

    def _control(self, method: str, name: str, body: bytes | None = None) -> Response:
        address = f"{self.url}/_simulator/{name}"
        response = self._session.request(method, address, data=body, timeout=60)
        assert response.ok, response.text or f"{response.status_code} for {method} {name}"
        return response
