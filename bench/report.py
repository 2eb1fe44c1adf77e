"""The figures as Markdown for people and as JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.runs import Figures, Run
from bench.targets import Target, targets

TITLES = (
    "| sync | rows | peer | median s | min | max | × floor | CPU s | µs a row | peak MB | requests "
    "| rows written |"
)
RULE = "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"


def markdown(machine: str, runs: Sequence[Run]) -> str:
    figures = Figures(runs)
    lines = [machine, "", TITLES, RULE, *_figure_lines(figures)]
    reached = list(targets(figures))
    if reached:
        lines += ["", *judged(reached)]
    return "\n".join(lines)


def judged(reached: Sequence[Target]) -> list[str]:
    """A table of what was aimed at."""
    lines = [_target_line(target) for target in reached]
    return ["| target | limit | measured | reached |", "|---|--:|--:|---|", *lines]


def _figure_lines(figures: Figures) -> Iterator[str]:
    for (kind, peer, rows), figure in figures.items():
        floor = figures.get((kind, "floor", rows))
        cells = (
            kind,
            f"{rows:,}",
            peer,
            *(f"{each:.2f}" for each in (figure.seconds, figure.fastest, figure.slowest)),
            f"{figure.seconds / floor.seconds:.2f}" if floor else "",
            f"{figure.cpu_s:.2f}",
            f"{1e6 * figure.seconds / rows:.0f}",
            f"{figure.peak_mb:.0f}",
            f"{figure.requests:,}",
            f"{figure.written:,}",
        )
        yield f"| {' | '.join(cells)} |"


def _target_line(target: Target) -> str:
    limit = f"{'at least' if target.is_least else 'at most'} {target.limit:g} {target.unit}"
    reached = "yes" if target.is_reached else "**no**"
    return f"| {target.name} | {limit} | {target.measured:.2f} | {reached} |"


def write_json(path: Path, machine: str, runs: Sequence[Run]) -> None:
    document = {
        "machine": machine,
        "runs": [asdict(run) for run in runs],
        "targets": [
            {**asdict(target), "is_reached": target.is_reached} for target in targets(Figures(runs))
        ],
    }
    path.write_text(json.dumps(document, indent=1))
