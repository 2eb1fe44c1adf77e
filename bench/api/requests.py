"""One request after the other, in one process with its peer; prints the targets as JSON."""

import json
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import django

django.setup()

import orjson  # noqa: E402
import psycopg2  # type: ignore[import-untyped]  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.tokens.tokens import issue_token  # noqa: E402
from bench.api.work import READER  # noqa: E402

LIST, DASHBOARD = "/api/opportunities", "/api/dashboard"
FILTERED = f"{LIST}?workflow_status=NEW&workflow_status=ASSIGNED&geo=EMEA&search=renewal"
WORD = f"{LIST}?search=renewal"
PAGE_SIZES = (10, 50, 500)


class Reader:
    def __init__(self, name: str = READER) -> None:
        _, token = issue_token(User.objects.get(username=name), "Benchmark")
        headers = {"Authorization": f"Token {token}", "Host": "localhost"}
        self.client = Client(headers=headers)

    def get(self, address: str) -> Any:
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code} {answer.content[:500]!r}")
        return answer

    def queries(self, address: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            self.get(address)
        return [query["sql"] for query in queries.captured_queries]

    def timed_queries(self, address: str) -> list[tuple[float, str]]:
        """Milliseconds and SQL of each, the answer being warm."""
        with CaptureQueriesContext(connection) as queries:
            self.get(address)
        return [(1000 * float(each["time"]), each["sql"]) for each in queries.captured_queries]


def forget_figures() -> None:
    """Let the next dashboard be counted anew."""
    caches["figures"].clear()


class Peer:
    """psycopg2 and orjson: the same queries, their rows as JSON, and nothing else."""

    def __init__(self, reader: Reader, address: str) -> None:
        asked = reader.queries(address)
        self.sql = [sql for sql in asked if 'FROM "opportunities"' in sql]
        database = settings.DATABASES["default"]
        self.connection = psycopg2.connect(
            host=database["HOST"],
            port=database["PORT"],
            dbname=database["NAME"],
            user=database["USER"],
            password=database["PASSWORD"],
        )
        self.connection.autocommit = True

    def get(self) -> bytes:
        told: list[Any] = []
        with self.connection.cursor() as cursor:
            for sql in self.sql:
                cursor.execute(sql)
                names = [column.name for column in cursor.description]
                told.append([dict(zip(names, row, strict=True)) for row in cursor])
        return orjson.dumps(told, default=str)


def measured(rounds: int) -> list[dict[str, Any]]:
    reader = Reader()
    first = reader.get(LIST).json()
    last = (first["count"] + 49) // 50
    known = next(row for row in first["results"] if row["close_date"] and row["sales_owner"])
    day = known["close_date"]
    lookup = f"{LIST}?sales_owner={known['sales_owner']}&close_date_from={day}&close_date_to={day}"
    anew = partial(_anew, reader, DASHBOARD)
    lists = (partial(reader.get, each) for each in (DASHBOARD, LIST))
    _note("the dashboard as kept, and a list", *in_turn(5, *lists))
    _note("the dashboard counted anew, and a list", *in_turn(5, anew, partial(reader.get, LIST)))
    forget_figures()
    dashboard = len(reader.queries(DASHBOARD))
    search = f"{LIST}?search={known['opty_number']}"
    return [
        _against_the_peer("list of 50", reader, f"{LIST}?page_size=50", rounds),
        _against_the_peer("list of 50, filters and search", reader, FILTERED, rounds),
        _ratio("search of a number, times a lookup by indexes", 5, reader, search, lookup, rounds),
        _ratio("search of a word, times a lookup by indexes", 5, reader, WORD, lookup, rounds),
        _ratio("the last page, times the first", 2, reader, f"{LIST}?page={last}", LIST, rounds),
        _more_queries_of_larger_pages(reader),
        _target("queries of the dashboard", dashboard, 15, "queries"),
    ]


def _anew(reader: Reader, address: str) -> Any:
    forget_figures()
    return reader.get(address)


def _against_the_peer(name: str, reader: Reader, address: str, rounds: int) -> dict[str, Any]:
    peer = Peer(reader, address)
    ours, floor = in_turn(rounds, lambda: reader.get(address), peer.get)
    _note(name, ours, floor)
    return _target(f"{name}: times psycopg2 and orjson", ours / floor, 3)


def _ratio(
    name: str, limit: float, reader: Reader, one: str, other: str, rounds: int
) -> dict[str, Any]:
    times = in_turn(rounds, lambda: reader.get(one), lambda: reader.get(other))
    _note(name, *times)
    return _target(name, times[0] / times[1], limit)


def _more_queries_of_larger_pages(reader: Reader) -> dict[str, Any]:
    counts = [len(reader.queries(f"{LIST}?page_size={size}")) for size in PAGE_SIZES]
    name = f"queries of a page of {PAGE_SIZES[-1]} more than of {PAGE_SIZES[0]}"
    return _target(name, max(counts) - min(counts), 0, "queries")


def in_turn(rounds: int, *each: Callable[[], Any]) -> list[float]:
    """The median of each in milliseconds; once unmeasured before."""
    for one in each:
        one()
    took = [[_ms(one) for one in each] for _ in range(rounds)]
    return [median(times) for times in zip(*took, strict=True)]


def _ms(one: Callable[[], Any]) -> float:
    began = perf_counter()
    one()
    return 1000 * (perf_counter() - began)


def _target(name: str, measured: float, limit: float, unit: str = "times") -> dict[str, Any]:
    return {"name": name, "measured": measured, "limit": limit, "unit": unit}


def _note(name: str, one: float, other: float) -> None:
    print(f"{name}: {one:.1f} ms against {other:.1f} ms", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
