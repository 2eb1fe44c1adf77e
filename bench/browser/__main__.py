"""`python -m bench.browser`: what a person waits for in Chromium, on a mirror of many rows."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import machine
from bench.api.mirror import Mirror, filled
from bench.api.under_sync import serving
from bench.report import judged
from bench.scratch_postgres import NoPostgres
from bench.stand import PROJECT, PeerFailed, migrated_server, stand
from bench.targets import Target

FRONTEND = PROJECT / "frontend"
MEASURE = ("node_modules/.bin/playwright", "test", "--config", "playwright.speed.ts")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.browser", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    return parser


def main() -> None:
    options = arguments().parse_args()
    # However it is stopped, its servers go with it; in the background Ctrl-C is ignored else.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
            print(machine.described(server), end="\n\n")
            with filled(place) as mirror, serving(mirror.conditions) as host:
                figures = told_by_browser(mirror, host, "speed.ts", options.rounds)
            print("\n".join(judged([Target(**each) for each in figures])))
    except (NoPostgres, PeerFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; there are no figures.")


def told_by_browser(mirror: Mirror, host: str, spec: str, rounds: int) -> list[Any]:
    """Return what a spec of frontend/e2e measures. Raises: PeerFailed."""
    session = mirror.run("bench.api.work", "session").strip()
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "figures.json"
        conditions = {
            "BQS_SITE": f"http://{host}",
            "BQS_ORACLE": mirror.place.oracle.url,
            "BQS_SESSION": session,
            "BQS_ROUNDS": str(rounds),
            "BQS_FIGURES": str(told),
        }
        command = [*MEASURE, f"e2e/{spec}", f"--output={folder}"]
        done = subprocess.run(  # noqa: S603
            command, cwd=FRONTEND, env={**os.environ, **conditions}, stdout=sys.stderr, check=False
        )
        if done.returncode:
            raise PeerFailed("The browser did not come to its end; see above.")
        figures: list[Any] = json.loads(told.read_text())
        return figures


if __name__ == "__main__":
    main()
