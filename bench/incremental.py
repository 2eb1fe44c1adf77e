"""An incremental sync after 1 % of the rows changed, each with something worth history."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.peers import OURS_INCREMENTAL, peer
from bench.runs import BEFORE, INCREMENTAL, Run
from bench.stand import Stand

ONE_IN = 100


def measure_incremental(place: Stand) -> Iterator[Run]:
    ours = peer("ours")
    with place.database(ours) as database:
        yield place.run(BEFORE, ours, database)
        change_some(place)
        yield place.run(INCREMENTAL, OURS_INCREMENTAL, database)


def change_some(place: Stand) -> None:
    """Always the same rows: those of the last round fall into the overlap of the next."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    changed = [
        {**row, "LastUpdateDate": now, "Revenue": float(row["Revenue"] or 0) + 1000}
        for row in place.oracle.rows()[::ONE_IN]
    ]
    place.oracle.edit(*changed)
