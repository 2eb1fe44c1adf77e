"""What the sync is meant to reach, and whether these figures reach it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.growth import LARGE, SMALL
from bench.question import CONNECTIONS
from bench.runs import (
    FIRST,
    INCREMENTAL,
    MASS,
    MASS_FULL,
    STAYS,
    UNCHANGED,
    WIRE,
    Figure,
    Figures,
)

FULL_SIZES = (20_000, 100_000)
TIMES_DLT = (4, 5)
"""Of each size."""


@dataclass(frozen=True)
class Target:
    name: str
    measured: float
    limit: float
    unit: str = "times"
    is_least: bool = False
    floor: str = ""
    peers: str = ""
    ours: str = ""
    where: str = ""
    """Where our time goes."""

    @property
    def is_reached(self) -> bool:
        return self.measured >= self.limit if self.is_least else self.measured <= self.limit

    @property
    def times_the_limit(self) -> float:
        """Return how far it is from the goal: 1 or less reaches it."""
        if self.is_least:
            return self.limit / self.measured
        return self.measured / self.limit if self.limit else self.measured


def targets(figures: Figures, sizes: Sequence[int] = FULL_SIZES) -> Iterator[Target]:
    """Those that the figures at hand can answer."""
    for rows, times_dlt in zip(sizes, TIMES_DLT, strict=True):
        yield from _first_full(figures, rows, times_dlt)
        yield from _unchanged(figures, rows)
    yield from _incremental(figures, sizes[-1])
    yield from _growth(figures)


def targets_of_many(figures: Figures, rows: int) -> Iterator[Target]:
    """Those of so many rows: against the wire, and of a mass update."""
    kinds = (WIRE, FIRST, UNCHANGED, MASS, MASS_FULL)
    wire, first, second, mass, whole = (
        figures.get((kind, "wire" if kind == WIRE else "ours", rows)) for kind in kinds
    )
    if wire and first:
        name = f"{FIRST}, {rows:,} rows"
        yield _ratio(f"{name}: times the wire", first, wire, 1.25, floor=_s(wire))
        yield Target(f"{name}: peak memory", first.peak_mb, 125, "MB")
    if first and second:
        yield Target(f"{UNCHANGED}, {rows:,} rows: rows written", second.written, 0, "rows")
        name = f"{UNCHANGED}, {rows:,} rows: times the first"
        yield _ratio(name, second, first, 1, floor=f"first {_s(first)}")
    for than, full in (("a full run that reads the same", whole), ("an unchanged full", second)):
        if mass and full:
            name = f"{MASS}, {rows:,} rows: times {than}"
            yield _ratio(name, mass, full, 1.3, floor=f"full {_s(full)}")


def _first_full(figures: Figures, rows: int, times_dlt: float) -> Iterator[Target]:
    ours = figures.get((FIRST, "ours", rows))
    for peer, limit in (("floor", 1.5), ("dlt", times_dlt), ("literal", 15)):
        other = figures.get((FIRST, peer, rows))
        if ours and other:
            yield _against(peer, ours, other, f"{FIRST}, {rows:,} rows", limit)


def _against(peer: str, ours: Figure, other: Figure, name: str, limit: float) -> Target:
    if peer == "floor":
        return _ratio(f"{name}: times the floor", ours, other, limit, floor=_s(other))
    ratio, peers = other.seconds / ours.seconds, f"{peer} {_s(other)}"
    return Target(
        f"{name}: faster than {peer}",
        ratio,
        limit,
        is_least=True,
        peers=peers,
        ours=_s(ours),
        where=where(ours),
    )


def _ratio(name: str, ours: Figure, other: Figure, limit: float, *, floor: str) -> Target:
    measured, told = ours.seconds / other.seconds, where(ours)
    return Target(name, measured, limit, floor=floor, ours=_s(ours), where=told)


def _s(figure: Figure) -> str:
    return f"{figure.seconds:.2f} s"


def where(figure: Figure) -> str:
    """Say what a run consists of. The parts overlap, so they are more than the whole."""
    connections = 1 if figure.runs[0].kind in (INCREMENTAL, STAYS) else CONNECTIONS
    return (
        f"waiting for Oracle {figure.oracle_s / connections:.2f} s ({figure.requests:,} requests), "
        f"Python {figure.cpu_s:.2f} s, PostgreSQL {figure.postgres_s:.2f} s of the processor"
    )


def _unchanged(figures: Figures, rows: int) -> Iterator[Target]:
    ours, floor = (figures.get((UNCHANGED, peer, rows)) for peer in ("ours", "floor"))
    name = f"{UNCHANGED}, {rows:,} rows"
    if ours and floor:
        yield _against("floor", ours, floor, name, 1.3)
    if ours:
        yield Target(f"{name}: rows written", ours.written, 0, "rows")


def _incremental(figures: Figures, rows: int) -> Iterator[Target]:
    full = figures.get((FIRST, "ours", rows))
    for kind in (INCREMENTAL, STAYS):
        part, floor = (figures.get((kind, peer, rows)) for peer in ("ours", "floor"))
        if full and part:
            share, name = 100 * part.seconds / full.seconds, f"{kind}, {rows:,} rows"
            yield Target(
                f"{name}: of the full sync",
                share,
                limit=8,
                unit="%",
                floor=_s(floor) if floor else "",
                ours=_s(part),
                where=where(part),
            )


def _growth(figures: Figures) -> Iterator[Target]:
    for kind in (FIRST, UNCHANGED):
        small, large = (figures.get((kind, "ours", rows)) for rows in (SMALL, LARGE))
        if small and large:
            name = f"{kind}, {SMALL:,} to {LARGE:,} rows"
            yield Target(f"{name}: more memory", large.peak_mb - small.peak_mb, 20, "MB")
            growth = 100 * (large.seconds / small.seconds / (LARGE / SMALL) - 1)
            yield Target(f"{name}: more cost a row", growth, 10, "%")
