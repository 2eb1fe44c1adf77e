"""What people ask the web for, against a scan of the whole table; prints JSON.

One process on one database, each request in turn with the scan; medians. What each asks of
PostgreSQL: `bench.plans`.
"""

import json
import sys
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from bench.api.addresses import addresses, person  # noqa: E402
from bench.api.requests import Reader, in_turn  # noqa: E402

SCAN = "SELECT count(*) FROM opportunities WHERE name <> ''"


def measured(rounds: int, part: str = "") -> list[dict[str, Any]]:
    asked = [each for each in addresses() if part in " ".join(each)]
    readers = {who: Reader(person(who)) for who in dict.fromkeys(who for who, _ in asked)}
    return [_measured(who, address, readers[who], rounds) for who, address in asked]


def _measured(who: str, address: str, reader: Reader, rounds: int) -> dict[str, Any]:
    took, scan = in_turn(rounds, partial(reader.get, address), _scan)
    queries = reader.timed_queries(address)
    return {
        "who": who,
        "address": address,
        "ms": took,
        "scan_ms": scan,
        "queries": len(queries),
        "sql_ms": sum(ms for ms, _ in queries),
        "slowest_ms": max(ms for ms, _ in queries),
    }


def _scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCAN)
        cursor.fetchone()


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), *sys.argv[2:])))
