"""Define the arguments of the simulator, and what --help says about them."""

import argparse
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sync.simulator.faults import FAULTS
from sync.simulator.faults.switchboard import read_switch
from sync.simulator.options import BadSwitch, Option
from sync.simulator.tenant import VARIATIONS
from sync.simulator.tenant.tenant import read_variation

SWITCH = "NAME[:OPTION=VALUE,...]"
OPTIONS_EXPLAINED = """\
Every fault takes after=N (N requests go well first), times=M (M are then spoiled; 0 is for ever)
and on=list, on=one (requests for a single record) or on=all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Serve opportunities as Oracle's REST API does, on 127.0.0.1 only."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join(_epilog())
    _add_options(parser)


def _add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--rows", type=_count, default=2000, help="made-up opportunities (%(default)s)")
    add("--drift", type=_duration, metavar="SECONDS", help="how often a few of them change")
    add("--port", type=int, default=8900, help="0 is any free one (%(default)s)")
    add("--certificate", type=Path, metavar="FILE", help="PEM with key and chain: speak https")
    add("--username", default="simulator", help="(%(default)s)")
    add("--password", default="simulator", help="(%(default)s)")
    add("--latency-ms", type=_duration, default=0, help="wait before each answer")
    repeated: dict[str, Any] = {"action": "append", "default": [], "metavar": SWITCH}
    add("--fault", type=_checked(read_switch), help="what goes wrong; repeatable", **repeated)
    add("--tenant", type=_checked(read_variation), help="a lasting habit; repeatable", **repeated)
    add("--until-stdin-closes", action="store_true", help="end together with the parent process")


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


def _checked(read: Callable[[str], object]) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            read(text)
        except BadSwitch as error:
            raise argparse.ArgumentTypeError(str(error)) from None
        return text

    return check


def _epilog() -> Iterator[str]:
    yield "faults, with their usual options:"
    yield from _explained({each.name: (each.meaning, each.options) for each in FAULTS.values()})
    yield f"\n{OPTIONS_EXPLAINED}\n\nlasting habits of a tenant, with their usual options:"
    yield from _explained({name: (v.meaning, v.options()) for name, v in VARIATIONS.items()})


def _explained(table: Mapping[str, tuple[str, Mapping[str, Option]]]) -> Iterator[str]:
    width = max(map(len, table))
    for name, (meaning, options) in table.items():
        words = " ".join(f"{option}={value}" for option, value in options.items())
        yield f"  {name:{width}}  {meaning}{f' [{words}]' if words else ''}"
