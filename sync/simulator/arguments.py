"""Define the arguments of the simulator."""

import argparse
import math
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Serve opportunities as Oracle's REST API does, on 127.0.0.1 only."
    add = parser.add_argument
    add("--rows", type=_count, default=2000, help="made-up opportunities (%(default)s)")
    add("--drift", type=duration, metavar="SECONDS", help="how often a few of them change")
    add("--port", type=int, default=8900, help="0 is any free one (%(default)s)")
    add("--certificate", type=Path, metavar="FILE", help="PEM with key and chain: speak https")
    add("--username", default="simulator", help="(%(default)s)")
    add("--password", default="simulator", help="(%(default)s)")
    add("--until-stdin-closes", action="store_true", help="end together with the parent process")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of rows")
    return int(text)


def duration(text: str) -> float:
    try:
        duration = float(text)
    except ValueError:
        duration = -1
    if not 0 <= duration < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration")
    return duration
