"""The arguments of the simulator, and what --help says of them."""

import argparse
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sync.oracle.simulator.faults import FAULTS
from sync.oracle.simulator.faults.switchboard import read_switch
from sync.oracle.simulator.faults.table import BadFault, Option

USUAL_ROWS = 2000
BASE_DATE = "2026-11-01"
OPTIONS_EXPLAINED = """\
Every fault takes after=N (so many requests go well first), times=M (so many are then spoiled;
0 is for ever) and on=list, on=one (requests for a single record) or on=all."""


def parser() -> argparse.ArgumentParser:
    simulator = argparse.ArgumentParser(prog="oracle_simulator")
    add_arguments(simulator)
    return simulator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Serves opportunities as Oracle's REST API does, on 127.0.0.1 only."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _faults_explained()
    _add_rows(parser)
    _add_behaviour(parser)


def _add_rows(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--rows", type=_count, help=f"made-up opportunities ({USUAL_ROWS})")
    source.add_argument("--data", type=Path, metavar="FILE", help="opportunities, one a line")
    parser.add_argument("--seed", type=int, default=1, help="other made-up opportunities")
    parser.add_argument(
        "--base-date", type=_day, default=BASE_DATE, help="their newest day (%(default)s)"
    )
    parser.add_argument(
        "--drift", type=_duration, metavar="SECONDS", help="change a few opportunities that often"
    )


def _add_behaviour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8900, help="0 is any free one (%(default)s)")
    parser.add_argument("--username", default="simulator", help="whom to let in (%(default)s)")
    parser.add_argument("--password", default="simulator", help="(%(default)s)")
    parser.add_argument("--latency-ms", type=_duration, default=0, help="wait before each answer")
    parser.add_argument(
        "--fault", action="append", default=[], type=_fault, metavar="NAME[:OPTION=VALUE,...]",
        help="what shall go wrong; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end together with the parent process"
    )


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of rows")
    return int(text)


def _duration(text: str) -> float:
    try:
        duration = float(text)
    except ValueError:
        duration = -1
    if not 0 <= duration < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration")
    return duration


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as {BASE_DATE}") from None


def _fault(text: str) -> str:
    try:
        read_switch(text)
    except BadFault as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _faults_explained() -> str:
    width = max(map(len, FAULTS))
    lines = [
        f"  {each.name:{width}}  {each.meaning}{_options(each.options)}" for each in FAULTS.values()
    ]
    return "\n".join(("faults, with their usual options:", *lines, "", OPTIONS_EXPLAINED))


def _options(options: Mapping[str, Option]) -> str:
    return " [" + " ".join(f"{name}={value}" for name, value in options.items()) + "]"
