"""`python -m bench.attack`: what others wait while one user asks for the dearest; see README.md."""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from bench import machine
from bench.api.mirror import Mirror, filled
from bench.api.readers import LIST, status_of
from bench.api.under_sync import serving
from bench.attack.callers import ATTACKS
from bench.report import judged
from bench.scratch_postgres import NoPostgres
from bench.stand import PROJECT, PeerFailed, migrated_server, stand
from bench.targets import Target

USERS = ("sa0", "reader")
PAUSE_S = 0.1
"""Between two looks of the visitor, whose own limit is not to be met."""


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.attack", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, metavar="N")
    parser.add_argument("--callers", type=int, default=8, metavar="N", help="of one user, at once")
    parser.add_argument("--seconds", type=float, default=20, help="of each attack")
    parser.add_argument("--only", nargs="+", choices=ATTACKS, default=[*ATTACKS], metavar="ATTACK")
    return parser


def main() -> None:
    options = arguments().parse_args()
    # However it is stopped, its servers go with it; in the background Ctrl-C is ignored else.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
            print(machine.described(server), end="\n\n")
            with filled(place) as mirror:
                measured = [_attacked(mirror, each, options) for each in options.only]
            print("\n".join(judged(measured)))
    except (NoPostgres, PeerFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; there are no figures.")


def _attacked(mirror: Mirror, attack: str, options: argparse.Namespace) -> Target:
    """Each on a server of its own, so that no call of the one before is still in work."""
    visitor, attacker = (mirror.run("bench.api.work", "token", name).strip() for name in USERS)
    # The limit of calls is a part of what is measured.
    conditions = {**mirror.conditions, "API_THROTTLE": "1200/min"}
    with serving(conditions) as host:
        _looks(host, visitor, 3)
        quiet = _looks(host, visitor, options.seconds / 2)
        with _callers(host, attacker, options.callers, attack):
            beside = _looks(host, visitor, options.seconds)
    for told, times in (("quiet", quiet), (attack, beside)):
        print(_in_words(told, times), file=sys.stderr, flush=True)
    slower = median(beside) / median(quiet)
    return Target(f"a list beside {attack}: median, times the quiet one", slower, 3)


def _in_words(name: str, times: list[float]) -> str:
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return (
        f"{name}: {len(times)} lists, median {median(times):.3f} s, p95 {p95:.3f} s, "
        f"longest {max(times):.1f} s"
    )


def _looks(host: str, token: str, seconds: float) -> list[float]:
    """How long each list took, of one who looks again and again. Raises: PeerFailed."""
    times: list[float] = []
    over = time.monotonic() + seconds
    while time.monotonic() < over or not times:
        began = time.perf_counter()
        if (status := status_of(host, LIST, token)) != 200:
            raise PeerFailed(f"A list was answered with {status}.")
        times.append(time.perf_counter() - began)
        time.sleep(PAUSE_S)
    return times


@contextmanager
def _callers(host: str, token: str, callers: int, attack: str) -> Iterator[None]:
    """They begin a moment before, and are told of when they have been answered."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bench.attack.callers", host, token, str(callers), attack],
        cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        time.sleep(1)
        yield
    finally:
        out, _ = process.communicate()
    print(f"{attack}: answered {json.loads(out or '{}')}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
