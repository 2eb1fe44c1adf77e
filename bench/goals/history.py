"""The history: a line for each figure of each run."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.targets import Target

FILE = Path(__file__).parents[1] / "history.jsonl"


@dataclass(frozen=True)
class Line:
    part: str
    target: Target
    facts: dict[str, str]
    """When and where it was measured; see machine.facts."""


def lines(file: Path = FILE) -> list[Line]:
    return [_read(json.loads(line)) for line in file.read_text().splitlines()]


def _read(told: dict[str, object]) -> Line:
    return Line(str(told["part"]), Target(**told["goal"]), told["run"])  # type: ignore[arg-type]


def add(found: Iterable[Line], file: Path = FILE) -> None:
    with file.open("a") as history:
        for line in found:
            goal = {name: value for name, value in asdict(line.target).items() if value != ""}
            told = {"run": line.facts, "part": line.part, "goal": goal}
            history.write(json.dumps(told, ensure_ascii=False) + "\n")


def newest(history: Iterable[Line]) -> list[Line]:
    """Return the lines of the last run of each part, in the order of the parts' first runs."""
    last: dict[str, list[Line]] = {}
    for line in history:
        known = last.get(line.part)
        if known and known[0].facts == line.facts:
            known.append(line)
        else:
            last[line.part] = [line]
    return [line for part in last.values() for line in part]
