"""Lengths of bars, as SVG takes them."""

from collections.abc import Sequence
from dataclasses import dataclass


def share(part: int, whole: int) -> str:
    """Percent of the full length; a little of something is still seen."""
    return f"{max(100 * part / whole, 0.5 if part else 0):.1f}%" if whole else "0%"


@dataclass(frozen=True)
class Segment:
    series: str
    """Names its colour."""
    start: str
    length: str


def stacked(parts: Sequence[int], whole: int, names: Sequence[str] = "1234") -> list[Segment]:
    """The parts after one another, on the length that `whole` has."""
    segments, start = [], 0.0
    for series, part in zip(names, parts, strict=False):
        length = 100 * part / whole if whole else 0
        if part:
            segments.append(Segment(series, f"{start:.2f}%", f"{length:.2f}%"))
        start += length
    return segments
