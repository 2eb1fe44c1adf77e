"""The table of goals in docs/benchmarks.md, and the chart: both from the history.

`python -m bench.goals.page` writes them anew without measuring.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.goals.chart import drawn
from bench.goals.history import Line, lines, newest
from bench.machine import in_words
from bench.stand import PROJECT

DOCS = PROJECT / "docs"
PAGE, CHART, PLANS = DOCS / "benchmarks.md", DOCS / "images/goals.svg", DOCS / "query-plans.md"
WRITTEN = re.compile(r"(?<=<!-- goals -->\n).*(?=<!-- end of goals -->)", re.DOTALL)


def write(query_plans: str) -> None:
    for file, text in pages().items():
        file.write_text(text)
    if query_plans:
        PLANS.write_text(query_plans)


def pages() -> dict[Path, str]:
    history = lines()
    table = "\n".join([*table_of(newest(history)), ""])
    return {PAGE: WRITTEN.sub(lambda _: table, PAGE.read_text()), CHART: drawn(history)}


def table_of(found: Sequence[Line]) -> Iterator[str]:
    runs = list({in_words(line.facts): None for line in found})
    yield from (f"{run}.\n" for run in runs)
    yield "| goal | limit | floor | peers | ours | measured | reached |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    yield from (f"| {' | '.join(_cells(line))} |" for line in found)
    if missed := [line.target for line in found if not line.target.is_reached]:
        yield "\n| goal missed | where its time goes (the parts overlap) |\n|---|---|"
        yield from (f"| {target.name} | {target.where or '-'} |" for target in missed)


def _cells(line: Line) -> Iterator[str]:
    target = line.target
    yield target.name
    yield f"{'at least' if target.is_least else 'at most'} {target.limit:g} {target.unit}"
    yield from (target.floor, target.peers, target.ours)
    yield f"{target.measured:.2f}"
    yield "yes" if target.is_reached else "**no**"


if __name__ == "__main__":
    write(query_plans="")
