"""`python -m bench.scale_out`: what a second web host brings, and how far one PostgreSQL goes."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench import machine
from bench.api.mirror import Mirror, filled
from bench.api.readers import LIST
from bench.api.under_sync import read_at_once, serving
from bench.processes import cpu_s
from bench.stand import PROJECT, migrated_server, stand

# As often as a page asks that is in view.
PULSE, PULSE_EVERY_S = "/api/pulse", 2
FOLLOWS_EVERY_S = 3
CONNECTIONS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
AND pid <> pg_backend_pid()
"""
SIZE = "SELECT pg_table_size('opportunities'), pg_indexes_size('opportunities')"


@dataclass(frozen=True)
class Burst:
    name: str
    per_s: float
    p95_s: float
    web_ms: float
    postgres_ms: float
    """Of the processors, for each answer."""
    connections: int


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.scale_out", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--readers", type=int, default=50, metavar="N", help="at once")
    parser.add_argument("--seconds", type=float, default=10, help="of each burst")
    return parser


def main() -> None:
    options = arguments().parse_args()
    with migrated_server() as server, stand(server, options.rows, latency_ms=100) as place:
        print(machine.described(server), end="\n\n")
        with filled(place) as mirror:
            bursts = list(_measured(mirror, options.readers, options.seconds))
            ((table, indexes),) = _rows(mirror, SIZE)
    print("| | answers/s | p95 ms | web ms | PostgreSQL ms | connections |")
    print("|---|--:|--:|--:|--:|--:|")
    for each in bursts:
        print(
            f"| {each.name} | {each.per_s:.0f} | {1000 * each.p95_s:.0f} | {each.web_ms:.1f} "
            f"| {each.postgres_ms:.1f} | {each.connections} |"
        )
    mix, doubled, pulse, *_ = bursts
    print(f"\nTwo hosts answer {doubled.per_s / mix.per_s:.2f} times what one does here.")
    print(f"One host bears {pulse.per_s * PULSE_EVERY_S:.0f} pages that only poll.")
    each, its_indexes = table / options.rows, indexes / options.rows
    print(f"A row takes {each:.0f} bytes, and {its_indexes:.0f} of indexes.")


def _measured(mirror: Mirror, readers: int, seconds: float) -> Iterator[Burst]:
    token = mirror.run("bench.api.work", "token").splitlines()[-1]
    ((deal,),) = _rows(mirror, "SELECT max(id) FROM opportunities")
    mix = (LIST, f"{LIST}/{deal}", f"{LIST}/tabs", PULSE)
    burst = partial(_burst, mirror, token, readers, seconds)
    with serving(mirror.conditions) as one:
        yield burst("one host, the mix", [one], mix)
        with serving(mirror.conditions) as other:
            yield burst("two hosts, the mix", [one, other], mix)
        yield burst("one host, the pulse", [one], (PULSE,))
        with _following(mirror):
            yield burst(f"one host, the mix, a sync each {FOLLOWS_EVERY_S} s", [one], mix)


def _burst(
    mirror: Mirror,
    token: str,
    readers: int,
    seconds: float,
    name: str,
    hosts: list[str],
    addresses: tuple[str, ...],
) -> Burst:
    connections: list[int] = []

    def meanwhile() -> None:
        time.sleep(seconds)
        connections.extend(_rows(mirror, CONNECTIONS)[0])

    read_at_once(hosts, token, readers, lambda: time.sleep(min(3, seconds)), addresses)
    began, before = time.perf_counter(), _cpu_s(mirror)
    told = read_at_once(hosts, token, readers, meanwhile, addresses)
    took, count = time.perf_counter() - began, told["requests"]
    web, postgres = (
        1000 * (then - first) / count for first, then in zip(before, _cpu_s(mirror), strict=True)
    )
    return Burst(name, count / took, told["p95_s"], web, postgres, connections[0])


def _rows(mirror: Mirror, sql: str) -> list[tuple[Any, ...]]:
    return mirror.place.server.rows(sql, mirror.database)


def _cpu_s(mirror: Mirror) -> tuple[float, float]:
    """Of all web hosts, and of PostgreSQL."""
    return cpu_s(os.getpid(), "gunicorn"), mirror.place.server.cpu_s()


@contextmanager
def _following(mirror: Mirror) -> Iterator[None]:
    """A sync that stays."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "sync_oracle", "--follow", str(FOLLOWS_EVERY_S)],
        cwd=PROJECT,
        env=mirror.conditions,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
