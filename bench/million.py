"""A first and a second full sync of many rows against the wire, and a mass update in Oracle."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.peers import incremental, peer
from bench.runs import FIRST, MASS, MASS_FULL, UNCHANGED, WIRE, Run
from bench.stand import Stand

HALF = "SELECT remote_id::bigint FROM opportunities WHERE id % 2 = 0"


def measure_million(place: Stand) -> Iterator[Run]:
    ours = peer("ours")
    yield place.read_the_wire(WIRE)
    with place.database(ours) as database:
        yield place.run(FIRST, ours, database)
        yield place.run(UNCHANGED, ours, database)
        now = stamp_half(place, database)
        yield place.run(MASS, incremental(ours, now), database)
        stamp_half(place, database)
        yield place.run(MASS_FULL, ours, database)


def stamp_half(place: Stand, database: str) -> datetime:
    """Give every other row the same new LastUpdateDate, as a job in Oracle does."""
    now = datetime.now(UTC).replace(microsecond=0)
    stamp = {"LastUpdateDate": now.isoformat()}
    place.oracle.edit(*({"OptyId": each, **stamp} for (each,) in place.server.rows(HALF, database)))
    place.warm_up()
    return now
