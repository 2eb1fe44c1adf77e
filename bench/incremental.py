"""An incremental sync after 1 % of the rows changed, each with something worth history."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.peers import incremental, peer
from bench.runs import BEFORE, INCREMENTAL, Run
from bench.stand import Stand

ONE_IN = 100


def measure_incremental(place: Stand) -> Iterator[Run]:
    for who in (peer("floor"), peer("ours")):
        with place.database(who) as database:
            yield place.run(BEFORE, who, database)
            since = change_some(place)
            yield place.run(INCREMENTAL, incremental(who, since), database)


def change_some(place: Stand) -> datetime:
    """Always the same rows: those of the last round fall into the overlap of the next."""
    now = datetime.now(UTC).replace(microsecond=0)
    changed = [
        {**row, "LastUpdateDate": now.isoformat(), "Revenue": float(row["Revenue"] or 0) + 1000}
        for row in place.oracle.rows()[::ONE_IN]
    ]
    place.oracle.edit(*changed)
    return now
