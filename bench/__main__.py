"""`python -m bench`: measures the sync and its peers in turn; see README.md."""

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import machine
from bench.full_sync import measure_full, rehearse
from bench.growth import LARGE, SMALL, measure_growth
from bench.incremental import measure_incremental
from bench.peers import NAMES, Peer, peer
from bench.report import markdown, write_json
from bench.runs import Run, told
from bench.scratch_postgres import NoPostgres, Server
from bench.stand import PeerFailed, Stand, migrated_server, stand
from bench.targets import FULL_SIZES

MODES = ("full", "incremental", "growth")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=FULL_SIZES, metavar="N")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="rounds (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--peers", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--latency-ms", type=float, default=100, help="a page (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every run as JSON, too")
    parser.add_argument(
        "--patient", action="store_true", help="the literal design above 20,000 rows, too"
    )
    return parser


def main() -> None:
    options = arguments().parse_args()
    # However it is stopped, its servers go with it; in the background Ctrl-C is ignored else.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        with migrated_server() as server:
            where, runs = machine.described(server), list(told(_measured(server, options)))
    except (NoPostgres, PeerFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; there are no figures.")
    print(markdown(where, runs))
    if options.json:
        write_json(options.json, where, runs)


def _measured(server: Server, options: argparse.Namespace) -> Iterator[Run]:
    peers = [peer(name) for name in options.peers]
    if options.repeat > 1:  # A single round is a look only, and not worth it.
        rehearse(server, peers)
    for rows in _sizes(options):
        with stand(server, rows, options.latency_ms) as place:
            for _ in range(options.repeat):
                yield from _round(place, options, peers)


def _sizes(options: argparse.Namespace) -> list[int]:
    growth = {SMALL, LARGE} if "growth" in options.only else set()
    return sorted({*options.rows, *growth})


def _round(place: Stand, options: argparse.Namespace, peers: Sequence[Peer]) -> Iterator[Run]:
    is_asked = place.rows in options.rows
    if "full" in options.only and is_asked:
        yield from measure_full(place, [p for p in peers if _is_bearable(p, place, options)])
    elif "growth" in options.only and place.rows in (SMALL, LARGE):
        yield from measure_growth(place)
    if "incremental" in options.only and is_asked:
        yield from measure_incremental(place)


def _is_bearable(who: Peer, place: Stand, options: argparse.Namespace) -> bool:
    return options.patient or who.most_rows is None or place.rows <= who.most_rows


if __name__ == "__main__":
    main()
