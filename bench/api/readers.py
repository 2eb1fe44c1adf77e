"""So many readers at once, each asking again as soon as it is answered; prints JSON.

A process of its own, so that what it does is not counted as the server's.
"""

import http.client
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from statistics import quantiles
from threading import Event
from time import perf_counter
from typing import Any

LIST = "/api/opportunities"
ADDRESSES = (
    LIST,
    f"{LIST}?workflow_status=ASSIGNED&geo=EMEA",
    f"{LIST}/tabs",
    f"{LIST}?search=renewal",
    f"{LIST}?ordering=-deal_value",
    "/api/sync-status",
)
TIMEOUT_S = 120


def main(hosts: list[str], token: str, readers: int, addresses: tuple[str, ...]) -> None:
    """Until stdin is closed; each reader stays with one host."""
    is_over = Event()
    with ThreadPoolExecutor(readers) as pool:
        reading = [
            pool.submit(_read, hosts[number % len(hosts)], token, _from(addresses, number), is_over)
            for number in range(readers)
        ]
        sys.stdin.read()
        is_over.set()
    told = [each.result() for each in reading]
    times = sorted(time for each, _ in told for time in each)
    errors = [error for _, each in told for error in each]
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else None
    print(json.dumps({"requests": len(times), "p95_s": p95, "errors": errors[:5]}))


def _from(addresses: tuple[str, ...], number: int) -> Iterator[str]:
    """All of them again and again; each reader begins elsewhere."""
    first = number % len(addresses)
    return cycle(addresses[first:] + addresses[:first])


def _read(
    host: str, token: str, addresses: Iterator[str], is_over: Event
) -> tuple[list[float], list[str]]:
    """How long each answer took, and what was no answer."""
    times, errors = [], []
    while not is_over.is_set():
        address = next(addresses)
        began = perf_counter()
        try:
            status = status_of(host, address, token)
        except OSError as error:
            errors.append(f"{address}: {error!r}")
            continue
        times.append(perf_counter() - began)
        if status != http.client.OK:
            errors.append(f"{address}: {status}")
    return times, errors


def status_of(host: str, address: str, token: str) -> int:
    connection: Any = http.client.HTTPConnection(host, timeout=TIMEOUT_S)
    try:
        connection.request("GET", address, headers={"Authorization": f"Token {token}"})
        answer = connection.getresponse()
        answer.read()
        return int(answer.status)
    finally:
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1].split(","), sys.argv[2], int(sys.argv[3]), tuple(sys.argv[4:]) or ADDRESSES)
