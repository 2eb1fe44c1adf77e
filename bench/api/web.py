"""What people ask the web for, against a scan of the whole table; prints JSON.

One process on one database, each request in turn with the scan; medians. What each asks of
PostgreSQL: `bench.plans`.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from bench.api.addresses import DASHBOARD, addresses, person  # noqa: E402
from bench.api.requests import Reader, forget_figures, in_turn  # noqa: E402

SCAN = "SELECT count(*) FROM opportunities WHERE name <> ''"


def measured(rounds: int, part: str = "") -> list[dict[str, Any]]:
    asked = [each for each in addresses() if part in " ".join(each)]
    readers = {who: Reader(person(who)) for who in dict.fromkeys(who for who, _ in asked)}
    return [
        _measured(who, address, readers[who], rounds, is_kept)
        for who, address in asked
        for is_kept in ((True, False) if DASHBOARD in address else (False,))
    ]


def _measured(who: str, address: str, reader: Reader, rounds: int, is_kept: bool) -> dict[str, Any]:
    """Where figures are to be counted anew they are forgotten before each request."""
    forget: Callable[[], object] = (lambda: None) if is_kept else forget_figures
    took, scan = in_turn(rounds, lambda: (forget(), reader.get(address)), _scan)
    forget()
    queries = reader.timed_queries(address)
    return {
        "who": who,
        "address": address,
        "is_kept": is_kept,
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
