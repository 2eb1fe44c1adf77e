"""What thirty nights leave in the tables: dead rows, and files that grow."""

import time
from collections.abc import Iterator

from bench.incremental import ONE_IN, change_some
from bench.peers import incremental, peer
from bench.runs import FIRST
from bench.stand import Stand
from bench.targets import Target

NIGHTS, SETTLED, FULL_EACH = 30, 6, 7
# PostgreSQL looks each minute what is to be cleaned; a night here is a few seconds.
LOOK_OFTEN = "ALTER SYSTEM SET autovacuum_naptime = '1s'"
LOOK_AS_BEFORE = "ALTER SYSTEM RESET autovacuum_naptime"
REST_S = 2.5
STATE = """
    SELECT pg_total_relation_size('opportunities'), n_dead_tup, n_live_tup
    FROM pg_stat_user_tables WHERE relname = 'opportunities'"""
DEAD, GROWN = 0.25, 1.1
"""PostgreSQL cleans by itself from a fifth on."""


def measure_nights(place: Stand) -> Iterator[Target]:
    """Change 1 % each day, others each time, and sync each night, each seventh time in full."""
    ours = peer("ours")
    place.server.rows(LOOK_OFTEN)
    place.server.rows("SELECT pg_reload_conf()")
    try:
        with place.database(ours) as database:
            place.run(FIRST, ours, database)
            states = [_night(place, database, night) for night in range(1, NIGHTS + 1)]
    finally:
        place.server.rows(LOOK_AS_BEFORE)
        place.server.rows("SELECT pg_reload_conf()")
    yield from _judged(states)


def _night(place: Stand, database: str, night: int) -> tuple[int, int, int]:
    ours = peer("ours")
    since = change_some(place, night % ONE_IN)
    is_full = night % FULL_EACH == 0
    place.run("a night", ours if is_full else incremental(ours, since), database)
    time.sleep(REST_S)
    ((size, dead, live),) = place.server.rows(STATE, database)
    return size, dead, live


def _judged(states: list[tuple[int, int, int]]) -> Iterator[Target]:
    sizes = [size for size, _, _ in states]
    before, after = sizes[SETTLED - 1], sizes[-1]
    yield Target(
        f"table and indexes after {NIGHTS} nights: times those after {SETTLED}",
        after / before,
        GROWN,
        floor=f"{before / 1e6:.1f} MB",
        ours=f"{after / 1e6:.1f} MB",
    )
    yield Target(
        f"dead rows in {NIGHTS} nights: most, of those alive",
        max(dead / live for _, dead, live in states),
        DEAD,
        ours=f"{max(dead for _, dead, _ in states):,}",
    )
