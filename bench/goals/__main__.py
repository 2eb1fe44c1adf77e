"""`python -m bench.goals`: measures what the project has set itself goals for, in one run.

With `--record` the figures go into bench/history.jsonl, and docs/benchmarks.md, its chart and
docs/query-plans.md are written anew.
"""

import argparse
import signal
import sys

from bench import machine
from bench.goals import history, page
from bench.goals.history import Line
from bench.goals.parts import PARTS, Parts
from bench.scratch_postgres import NoPostgres
from bench.stand import migrated_server


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.goals", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="(%(default)s)")
    parser.add_argument(
        "--divide-rows", type=int, default=1, metavar="N", help="for a look; cannot be recorded"
    )
    parser.add_argument("--record", action="store_true", help="into the history and the docs")
    return parser


def main() -> None:
    options = _options()
    # However it is stopped, its servers go with it; in the background Ctrl-C is ignored else.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        failed = _measured(options)
    except NoPostgres as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    if failed:
        sys.exit(f"Failed, see above: {', '.join(failed)}.")


def _options() -> argparse.Namespace:
    parser = arguments()
    options = parser.parse_args()
    if options.record and options.divide_rows > 1:
        parser.error("Only runs of all rows can be recorded.")
    return options


def _measured(options: argparse.Namespace) -> list[str]:
    found: list[Line] = []
    with migrated_server() as server:
        facts = machine.facts(server)
        parts = Parts(server, machine.in_words(facts), options.rounds, options.divide_rows)
        steps = {name: step for name, step in parts.steps().items() if name in options.only}
        try:
            for part, target in parts.carried_out(steps):
                found.append(_kept(Line(part, target, facts), is_recorded=options.record))
        finally:
            print("\n".join(page.table_of(found)))
            if options.record:
                page.write(parts.query_plans)
    return parts.failed


def _kept(line: Line, *, is_recorded: bool) -> Line:
    """Record each line at once: a long run may be stopped."""
    told = f"{line.part}: {line.target.name}: {line.target.measured:.2f} {line.target.unit}"
    print(told, file=sys.stderr, flush=True)
    if is_recorded:
        history.add([line])
    return line


if __name__ == "__main__":
    main()
