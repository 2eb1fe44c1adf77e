"""What the sync is meant to reach, and whether these figures reach it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.growth import LARGE, SMALL
from bench.runs import BEFORE, FIRST, INCREMENTAL, UNCHANGED, Figure, Figures

FULL_SIZES = (20_000, 100_000)


@dataclass(frozen=True)
class Target:
    name: str
    measured: float
    limit: float
    unit: str = "times"
    is_least: bool = False

    @property
    def is_reached(self) -> bool:
        return self.measured >= self.limit if self.is_least else self.measured <= self.limit


def targets(figures: Figures) -> Iterator[Target]:
    """Those that the figures at hand can answer."""
    for rows in FULL_SIZES:
        yield from _first_full(figures, rows)
        yield from _unchanged(figures, rows)
    yield from _incremental(figures, FULL_SIZES[-1])
    yield from _growth(figures)


def _first_full(figures: Figures, rows: int) -> Iterator[Target]:
    ours = figures.get((FIRST, "ours", rows))
    for peer, limit in (("floor", 1.5), ("dlt", 4), ("literal", 15)):
        other = figures.get((FIRST, peer, rows))
        if ours and other:
            yield _against(peer, ours, other, f"{FIRST}, {rows:,} rows", limit)


def _against(peer: str, ours: Figure, other: Figure, name: str, limit: float) -> Target:
    if peer == "floor":
        return Target(f"{name}: times the floor", ours.seconds / other.seconds, limit)
    ratio = other.seconds / ours.seconds
    return Target(f"{name}: faster than {peer}", ratio, limit, is_least=True)


def _unchanged(figures: Figures, rows: int) -> Iterator[Target]:
    ours, floor = (figures.get((UNCHANGED, peer, rows)) for peer in ("ours", "floor"))
    name = f"{UNCHANGED}, {rows:,} rows"
    if ours and floor:
        yield _against("floor", ours, floor, name, 1.3)
    if ours:
        yield Target(f"{name}: rows written", ours.written, 0, "rows")


def _incremental(figures: Figures, rows: int) -> Iterator[Target]:
    full, part = (figures.get((kind, "ours", rows)) for kind in (BEFORE, INCREMENTAL))
    if full and part:
        share = 100 * part.seconds / full.seconds
        yield Target(f"{INCREMENTAL}, {rows:,} rows: of the full sync", share, 8, "%")


def _growth(figures: Figures) -> Iterator[Target]:
    for kind in (FIRST, UNCHANGED):
        small, large = (figures.get((kind, "ours", rows)) for rows in (SMALL, LARGE))
        if small and large:
            name = f"{kind}, {SMALL:,} to {LARGE:,} rows"
            yield Target(f"{name}: more memory", large.peak_mb - small.peak_mb, 20, "MB")
            growth = 100 * (large.seconds / small.seconds / (LARGE / SMALL) - 1)
            yield Target(f"{name}: more cost a row", growth, 10, "%")
