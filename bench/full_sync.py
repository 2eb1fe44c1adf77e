"""Full syncs: the first into an empty table, and one more that finds nothing changed."""

from collections.abc import Iterator, Sequence

from bench.peers import Peer
from bench.question import COLUMN_OF
from bench.runs import FIRST, UNCHANGED, Run
from bench.scratch_postgres import Server
from bench.stand import PeerFailed, Stand, stand

REHEARSED_ROWS = 50
COMPARED_UNCHANGED = ("floor", "ours")
# dlt has its own table and types; there the rows are counted.
COUNT = "SELECT count(*)::text FROM mirror.opportunities"
MIRROR = f"""
    SELECT count(*)::text, md5(string_agg(({", ".join(COLUMN_OF.values())})::text, ''
                                          ORDER BY remote_id))
    FROM opportunities
"""  # noqa: S608 - names of columns only


def measure_full(place: Stand, peers: Sequence[Peer]) -> Iterator[Run]:
    """Each peer once, in turn; once more only those of whom a second run is compared."""
    mirrors = {}
    for who in peers:
        with place.database(who) as database:
            yield place.run(FIRST, who, database)
            mirrors[who.name] = _mirror(place, who, database)
            if who.name in COMPARED_UNCHANGED:
                yield place.run(UNCHANGED, who, database)
    _refuse_unequal(mirrors, place.rows)


def rehearse(server: Server, peers: Sequence[Peer]) -> None:
    """What does not work shall show at once, and all code be compiled before it is timed."""
    with stand(server, REHEARSED_ROWS, latency_ms=0) as place:
        for _ in measure_full(place, peers):
            pass


def _mirror(place: Stand, who: Peer, database: str) -> tuple[str, ...]:
    return place.server.rows(MIRROR if who.has_our_table else COUNT, database)[0]


def _refuse_unequal(mirrors: dict[str, tuple[str, ...]], rows: int) -> None:
    """A peer that loses or alters a row has not done the work."""
    counts = {name: mirror[0] for name, mirror in mirrors.items()}
    if set(counts.values()) - {str(rows)}:
        raise PeerFailed(f"Not all of the {rows:,} rows are in every mirror: {counts}.")
    if len({mirror for mirror in mirrors.values() if len(mirror) > 1}) > 1:
        raise PeerFailed(f"The mirrors hold different values: {mirrors}.")
