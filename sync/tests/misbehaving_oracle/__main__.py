"""Serve as `manage.py oracle_simulator` does, with the faults and habits asked for."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sync.simulator.arguments import add_arguments, duration
from sync.simulator.process import start
from sync.simulator.simulator import Simulator
from sync.tests.misbehaving_oracle.faults import FAULTS
from sync.tests.misbehaving_oracle.faults.switchboard import read_switch
from sync.tests.misbehaving_oracle.habits import VARIATIONS
from sync.tests.misbehaving_oracle.habits.table import read_variation
from sync.tests.misbehaving_oracle.options import BadSwitch, Option
from sync.tests.misbehaving_oracle.steering import Steering

SWITCH = "NAME[:OPTION=VALUE,...]"
OPTIONS_EXPLAINED = """\
Every fault takes after=N (N requests go well first), times=M (M are then spoiled; 0 is for ever)
and on=list, on=one (requests for a single record) or on=all."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="misbehaving_oracle",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(_epilog()),
    )
    add_arguments(parser)
    repeated: dict[str, Any] = {"action": "append", "default": [], "metavar": SWITCH}
    add = parser.add_argument
    add("--fault", type=_checked(read_switch), help="what goes wrong; repeatable", **repeated)
    add("--tenant", type=_checked(read_variation), help="a lasting habit; repeatable", **repeated)
    add("--latency-ms", type=duration, default=0, help="wait before each answer")
    return parser.parse_args()


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


options = arguments()


def prepare(simulator: Simulator) -> None:
    steering = Steering(simulator)
    steering.have(options.tenant)
    steering.switch(options.fault)
    steering.slow(options.latency_ms)


start(options, prepare=prepare)
