"""Compute up to when the mirror is complete after a run. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Began:
    """Hold when a run began, by two clocks that may differ."""

    by_oracle: datetime | None
    """None where Oracle's answers bear no usable date."""
    by_us: datetime


def next_watermark(
    former: datetime | None, newest_seen: datetime | None, began: Began, overlap: timedelta
) -> datetime | None:
    """Return the earlier of the newest change seen and the run's start.

    A record read early and changed before the run's end is stamped after its start, one with a
    date in the future would hide all until then: both are why the start is the limit, on
    Oracle's clock. Where that is unknown ours stands in, and the overlap for what it may be
    ahead. It never moves back behind `former`.
    """
    if newest_seen is None:
        return former
    if began.by_oracle:
        reached = min(newest_seen, began.by_oracle)
    else:
        reached = min(newest_seen, began.by_us) - overlap
    return max(former, reached) if former else reached
