"""`python -m bench.api`: measures the API's readers on a mirror of many rows; see README.md."""

import argparse
import json
import signal
import sys

from bench import machine
from bench.api.mirror import filled
from bench.api.under_sync import under_sync
from bench.report import judged
from bench.scratch_postgres import NoPostgres
from bench.stand import PeerFailed, migrated_server, stand
from bench.targets import Target


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=30, metavar="N")
    parser.add_argument("--readers", type=int, default=50, metavar="N", help="at once")
    parser.add_argument("--seconds", type=float, default=20, help="of reading without a sync")
    return parser


def main() -> None:
    options = arguments().parse_args()
    # However it is stopped, its servers go with it; in the background Ctrl-C is ignored else.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        with migrated_server() as server, stand(server, options.rows, latency_ms=100) as place:
            print(machine.described(server), end="\n\n")
            with filled(place) as mirror:
                told = json.loads(mirror.run("bench.api.requests", options.rounds))
                token = mirror.run("bench.api.work", "token").strip()
                under = under_sync(mirror, token, options.readers, options.seconds)
            print("\n".join(judged([Target(**each) for each in (*told, under)])))
    except (NoPostgres, PeerFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; there are no figures.")


if __name__ == "__main__":
    main()
