"""What each part of the run measures, by what the other benchmarks measure it with."""

import json
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bench.api.mirror import Mirror, filled
from bench.api.under_sync import serving
from bench.edit_to_screen import edits_to_screen
from bench.follow import idle
from bench.full_sync import measure_full, rehearse
from bench.incremental import measure_incremental
from bench.million import measure_million
from bench.nights import measure_nights
from bench.peers import peer
from bench.plans import MULTIPLY, query_plans
from bench.pulse import idle_pulse
from bench.runs import FIRST, Figures, Run, told
from bench.scratch_postgres import Server
from bench.stand import Stand, stand
from bench.start_up import start_up
from bench.targets import FULL_SIZES, Target, targets, targets_of_many
from bench.web import MEASURE

PARTS = ("start-up", "sync", "nights", "follow", "million", "web", "screen")
EDITS = 20
PEERS = ("floor", "ours", "dlt")
LATENCY_MS = 100
IDLE_MS = 150
LISTS, DASHBOARDS = 1.5, 2.5
"""Scans of the whole table that an answer may take."""
LEADS = 1.1
"""Times a lead of one practice: no slower, but for chance."""
Step = Callable[[], Iterator[Target]]


@dataclass
class Parts:
    """Hold what all parts need, and what they leave behind."""

    server: Server
    where: str
    rounds: int = 3
    divisor: int = 1
    """Of all rows, for a quick look."""
    failed: list[str] = field(default_factory=list)
    query_plans: str = ""

    def steps(self) -> dict[str, Step]:
        measures = (
            *(self._start_up, self._sync, self._nights, self._follow, self._million),
            *(self._web, self._screen),
        )
        return dict(zip(PARTS, measures, strict=True))

    def carried_out(self, steps: dict[str, Step]) -> Iterator[tuple[str, Target]]:
        """Yield what each step finds, by its name; one that fails does not end the others."""
        for name, step in steps.items():
            try:
                for target in step():
                    yield name, target
            except Exception:
                traceback.print_exc()
                self.failed.append(name)

    def _rows(self, rows: int) -> int:
        return rows // self.divisor

    def _start_up(self) -> Iterator[Target]:
        yield start_up(5 * self.rounds)

    # --- the sync ---------------------------------------------------------------------------------

    def _sync(self) -> Iterator[Target]:
        rehearse(self.server, [peer(name) for name in PEERS])
        sizes = [self._rows(rows) for rows in FULL_SIZES]
        yield from _judged(self._full_syncs(sizes), partial(targets, sizes=sizes))

    def _full_syncs(self, sizes: list[int]) -> Iterator[Run]:
        for rows in sizes:
            with stand(self.server, rows, LATENCY_MS) as place:
                yield from self._rounds_of(place)

    def _rounds_of(self, place: Stand) -> Iterator[Run]:
        is_larger = place.rows == self._rows(FULL_SIZES[-1])
        for _ in range(max(1, self.rounds - is_larger)):
            yield from measure_full(place, [peer(name) for name in PEERS])
            if is_larger:
                yield from measure_incremental(place)

    def _million(self) -> Iterator[Target]:
        rows = self._rows(1_000_000)
        with stand(self.server, rows, LATENCY_MS) as place:
            yield from _judged(measure_million(place), partial(targets_of_many, rows=rows))

    def _nights(self) -> Iterator[Target]:
        with stand(self.server, self._rows(20_000), latency_ms=0) as place:
            yield from measure_nights(place)

    def _follow(self) -> Iterator[Target]:
        ours = peer("ours")
        with (
            stand(self.server, self._rows(20_000), latency_ms=0) as place,
            place.database(ours) as database,
        ):
            place.run(FIRST, ours, database)
            poll = idle(place, database)
        yield Target("an idle poll: processor time", poll["processor_ms"], IDLE_MS, "ms")
        yield Target("an idle poll: requests", poll["requests"], 1, "request")
        yield Target("an idle poll: rows written", poll["written"], 0, "rows")

    # --- the web ----------------------------------------------------------------------------------

    def _web(self) -> Iterator[Target]:
        rows = self._rows(100_000)
        with stand(self.server, rows, latency_ms=0) as place, filled(place) as mirror:
            steps: dict[str, Step] = {
                "web": partial(self._answers, mirror, rows),
                "web, ten times the rows": partial(self._many_answers, mirror, 10 * rows),
                "pulse": partial(_pulse, mirror),
                "query plans": partial(self._plans, mirror, 10 * rows),
            }
            for _, target in self.carried_out(steps):
                yield target

    def _answers(self, mirror: Mirror, rows: int) -> Iterator[Target]:
        answers = json.loads(mirror.carry_out(*MEASURE, str(self.rounds)))
        dashboards = [each for each in answers if "/dashboard" in each["address"]]
        lists = [each for each in answers if each not in dashboards]
        yield _worst(f"the dearest answer but the dashboard, {rows:,} rows", lists, LISTS)
        for name, is_kept in (("as kept", True), ("counted anew", False)):
            same = [each for each in dashboards if each["is_kept"] == is_kept]
            yield _worst(f"the dashboard, {name}, {rows:,} rows", same, DASHBOARDS)
        yield _leads(
            f"for you, a lead of 20 practices: times a lead of one, {rows:,} rows", answers
        )

    def _many_answers(self, mirror: Mirror, rows: int) -> Iterator[Target]:
        mirror.carry_out(*MULTIPLY, "10")
        yield from self._answers(mirror, rows)

    def _screen(self) -> Iterator[Target]:
        with stand(self.server, self._rows(20_000), latency_ms=0) as place, filled(place) as mirror:
            yield from edits_to_screen(mirror, max(2, EDITS // self.divisor))

    def _plans(self, mirror: Mirror, rows: int) -> Iterator[Target]:
        self.query_plans = query_plans(mirror, rows, self.where)
        yield from ()


def _judged(
    measured: Iterator[Run], judge: Callable[[Figures], Iterator[Target]]
) -> Iterator[Target]:
    """Judge what was measured, also where it did not come to its end."""
    runs: list[Run] = []
    try:
        for run in told(measured):
            runs.append(run)
    finally:
        yield from judge(Figures(runs))


def _worst(name: str, answers: list[dict[str, Any]], limit: float) -> Target:
    """Judge the answer that takes the most scans of the table."""
    worst = max(answers, key=lambda each: each["ms"] / each["scan_ms"])
    over = sum(1 for each in answers if each["ms"] > limit * each["scan_ms"])
    return Target(
        name,
        worst["ms"] / worst["scan_ms"],
        limit,
        "scans",
        floor=f"scan {worst['scan_ms']:.0f} ms",
        ours=f"{worst['ms']:.0f} ms: `{worst['address']}`",
        where=f"{over} of {len(answers)} answers are over it; this one asks {worst['queries']} "
        f"queries of {worst['sql_ms']:.0f} ms, the dearest {worst['slowest_ms']:.0f} ms",
    )


def _leads(name: str, answers: list[dict[str, Any]]) -> Target:
    one, twenty = (
        next(each["ms"] for each in answers if each["who"] == f"Lead of {practices}")
        for practices in ("1 practice", "20 practices")
    )
    return Target(name, twenty / one, LEADS, floor=f"one {one:.0f} ms", ours=f"{twenty:.0f} ms")


def _pulse(mirror: Mirror) -> Iterator[Target]:
    with serving(mirror.conditions) as host:
        yield from idle_pulse(mirror, host, 200)
