"""How peak memory and the cost of a row grow with the table: ours alone."""

from collections.abc import Iterator

from bench.peers import peer
from bench.runs import FIRST, UNCHANGED, Run
from bench.stand import Stand

SMALL, LARGE = 20_000, 200_000


def measure_growth(place: Stand) -> Iterator[Run]:
    ours = peer("ours")
    with place.database(ours) as database:
        yield place.run(FIRST, ours, database)
        yield place.run(UNCHANGED, ours, database)
