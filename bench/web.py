"""`python -m bench.web`: what people ask the web for, against one scan of the whole table."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import machine
from bench.api.mirror import CONDITIONS, filled
from bench.peers import peer
from bench.stand import PROJECT, environment, migrated_server, stand
from sync.tests.simulator_process import OracleSimulator

MEASURE, MULTIPLY = ("-m", "bench.api.web"), ("-m", "bench.api.many")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--times", type=int, default=10, metavar="N", help="then multiplied")
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    parser.add_argument("--sqlite", action="store_true", help="measure SQLite, too")
    return parser


def main() -> None:
    options = arguments().parse_args()
    print("| database | rows | who | asks for | queries | ms | scan ms | times the scan |")
    print("|---|--:|---|---|--:|--:|--:|--:|")
    if options.sqlite:
        _print("SQLite", options.rows, _on_sqlite(options.rows, options.rounds))
    with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
        with filled(place) as mirror:
            _print("PostgreSQL", options.rows, mirror.carry_out(*MEASURE, str(options.rounds)))
            mirror.carry_out(*MULTIPLY, str(options.times))
            told = mirror.carry_out(*MEASURE, str(options.rounds))
            _print("PostgreSQL", options.rows * options.times, told)
        print(f"\n{machine.described(server)}")


def _print(database: str, rows: int, told: str) -> None:
    print("\n".join(_lines(f"{database} | {rows:,}", told)), flush=True)


def _lines(place: str, told: str) -> Iterator[str]:
    for each in json.loads(told):
        times = each["ms"] / each["scan_ms"]
        kept = ", as kept" if each["is_kept"] else ""
        yield (
            f"| {place} | {each['who']} | `{each['address']}`{kept} | {each['queries']} "
            f"| {each['ms']:.0f} | {each['scan_ms']:.1f} | {times:.1f} |"
        )


def _on_sqlite(rows: int, rounds: int) -> str:
    with (
        OracleSimulator("--rows", str(rows)) as oracle,
        tempfile.TemporaryDirectory(prefix="bqs-bench-") as folder,
    ):
        addresses = {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'mirror.sqlite3'}",
            "ORACLE_BASE_URL": oracle.url,
        }
        for command in (
            ("manage.py", "migrate", "-v", "0"),
            peer("ours").command[1:],
            ("-m", "bench.api.work", "fill"),
        ):
            _run(command, addresses)
        return _run((*MEASURE, str(rounds)), addresses)


def _run(command: tuple[str, ...], addresses: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=PROJECT,
        env=environment({**CONDITIONS, **addresses}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    main()
