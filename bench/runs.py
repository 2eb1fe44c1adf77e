"""What is measured of a run, and the runs of a benchmark by what they have in common."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

FIRST = "first full"
UNCHANGED = "unchanged full"
INCREMENTAL = "incremental, 1 % changed"
STAYS = "incremental, 1 % changed, by a process that stays"
WIRE = "the wire"
MASS, MASS_FULL = "half stamped anew", "half stamped anew, read by a full run"


@dataclass(frozen=True)
class Run:
    kind: str
    peer: str
    rows: int
    seconds: float
    """From fork to exit of the whole process."""
    cpu_s: float
    """Of this process alone; others at work on the machine hardly change it."""
    peak_mb: float
    requests: int
    written: int
    """Rows inserted, updated and deleted in opportunities and their history."""
    postgres_s: float = 0
    """What PostgreSQL computed meanwhile."""
    latency_ms: float = 0
    """How long Oracle took for a page."""


@dataclass(frozen=True)
class Figure:
    """Some runs of one kind, peer and number of rows, as one line of the table."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def fastest(self) -> float:
        return min(run.seconds for run in self.runs)

    @property
    def slowest(self) -> float:
        return max(run.seconds for run in self.runs)

    @property
    def cpu_s(self) -> float:
        return median(run.cpu_s for run in self.runs)

    @property
    def postgres_s(self) -> float:
        return median(run.postgres_s for run in self.runs)

    @property
    def oracle_s(self) -> float:
        """All waiting for Oracle, as if over one connection."""
        return self.requests * self.runs[0].latency_ms / 1000

    @property
    def peak_mb(self) -> float:
        return median(run.peak_mb for run in self.runs)

    @property
    def written(self) -> int:
        return max(run.written for run in self.runs)

    @property
    def requests(self) -> int:
        return max(run.requests for run in self.runs)


class Figures(dict[tuple[str, str, int], Figure]):
    """By kind, peer and rows, in the order in which they were first measured."""

    def __init__(self, runs: Iterable[Run]) -> None:
        grouped: dict[tuple[str, str, int], list[Run]] = {}
        for run in runs:
            grouped.setdefault((run.kind, run.peer, run.rows), []).append(run)
        super().__init__({key: Figure(tuple(group)) for key, group in grouped.items()})


def told(runs: Iterable[Run]) -> Iterator[Run]:
    """Tell of each as it ends: all take long."""
    for run in runs:
        line = f"{run.kind}, {run.rows:,} rows: {run.peer} {run.seconds:.2f} s"
        print(line, file=sys.stderr, flush=True)
        yield run
