"""Incremental syncs after 1 % of the rows changed, each with something worth history."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.peers import incremental, peer
from bench.polling import polling
from bench.runs import FIRST, INCREMENTAL, STAYS, Run
from bench.stand import Stand

ONE_IN = 100


def measure_incremental(place: Stand) -> Iterator[Run]:
    for who in (peer("floor"), peer("ours")):
        with place.database(who) as database:
            yield place.run(FIRST, who, database)
            since = change_some(place)
            yield place.run(INCREMENTAL, incremental(who, since), database)
            if who.name == "ours":
                with polling(place, database) as poll:
                    change_some(place)
                    yield place.watched(STAYS, who.name, database, poll)


def change_some(place: Stand, first: int = 0) -> datetime:
    """From the first on always the same: those of a round fall into the overlap of the next."""
    now = datetime.now(UTC).replace(microsecond=0)
    changed = [
        {**row, "LastUpdateDate": now.isoformat(), "Revenue": float(row["Revenue"] or 0) + 1000}
        for row in place.oracle.rows()[first::ONE_IN]
    ]
    place.oracle.edit(*changed)
    return now
