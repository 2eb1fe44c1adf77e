"""`python -m bench.first_screen`: the first screen's answers on many rows, on both databases."""

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

MEASURE = ("-m", "bench.api.first_screen")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.first_screen", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    return parser


def main() -> None:
    options = arguments().parse_args()
    print("| database | who | asks for | queries | ms | scan ms | times the scan |")
    print("|---|---|---|--:|--:|--:|--:|")
    print("\n".join(_lines("SQLite", _on_sqlite(options.rows, options.rounds))), flush=True)
    with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
        with filled(place) as mirror:
            told = mirror.carry_out(*MEASURE, str(options.rounds))
        print("\n".join(_lines("PostgreSQL", told)))
        print(f"\n{machine.described(server)}")


def _lines(database: str, told: str) -> Iterator[str]:
    for each in json.loads(told):
        times = each["ms"] / each["scan_ms"]
        yield (
            f"| {database} | {each['who']} | `{each['address']}` | {each['queries']} "
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
